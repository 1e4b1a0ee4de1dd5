"""Pages of the staff dashboard."""
