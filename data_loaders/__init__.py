"""How files become rows: one module a publisher, and what they share."""
