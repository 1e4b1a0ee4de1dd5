"""Releases: fixed, dated, numbered sets of protected tables. Reading one needs neither the store nor a solver."""
