"""The store: what was loaded, by whom, when; and the read model (the cube) that answers queries from it."""
