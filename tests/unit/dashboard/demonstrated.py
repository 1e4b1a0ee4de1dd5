"""The demonstration that several files of tests look at; whoever has made it keeps it."""

from datetime import date
from functools import cache

from dashboard.demo import demonstration
from dashboard.intake import Intake

TODAY = date(2025, 10, 14)  # so that 2024 is the last full year
ROWS = 450_000


@cache
def made() -> list[Intake]:
    """All of its parts, to be read only: making them takes five seconds."""
    return list(demonstration(seed=20, today=TODAY, rows=ROWS))
