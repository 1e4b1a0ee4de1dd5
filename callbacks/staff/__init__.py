"""Callbacks of the staff dashboard, one module a page."""
