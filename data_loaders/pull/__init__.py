"""Public sources fetched by network: what is newer and whole is loaded, otherwise the last good data stay."""
