"""Wiring: control values become a query, a view and a figure."""
