"""The public, read-only view of released numbers: plain pages, no store, no loaders, no Dash."""
