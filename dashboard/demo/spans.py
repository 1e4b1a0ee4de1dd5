"""The months, quarters and years that the demonstration speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from dashboard.domain import FloatArray, add_months

Span = tuple[date, date]
PROVISIONAL_MONTHS = 2
WINDOWS = (12, 24, 36)


@dataclass(frozen=True)
class Spans:
    """Half-open spans of each cadence, oldest first; quarters and years are whole calendar ones inside the months."""

    month: tuple[Span, ...]
    quarter: tuple[Span, ...]
    year: tuple[Span, ...]

    @classmethod
    def before(cls, today: date, months: int) -> Spans:
        """The `months` months of which the last is two months before the month of `today`."""
        end = add_months(today.replace(day=1), -1)
        first = add_months(end, -months)
        return cls(_tiles(first, end, 1), _tiles(first, end, 3), _tiles(first, end, 12))

    def of(self, cadence: str) -> tuple[Span, ...]:
        """The spans of a cadence: month, quarter, year, rolling, windows or years (see rates.toml)."""
        if cadence == "rolling":
            return tuple((add_months(end, -12), end) for _, end in self.month[11:])
        if cadence in ("windows", "years"):
            quarters = self.quarter if cadence == "windows" else ()
            return tuple(sorted({*quarters, *self.year, *self._windows()}, key=lambda span: span[::-1]))
        return {"month": self.month, "quarter": self.quarter, "year": self.year}[cadence]

    def _windows(self) -> Iterator[Span]:
        """The newest 24 and 36 months, and years counted back from the newest month."""
        first = self.month[0][0]
        back = [(add_months(self.end, -12 * n), 12) for n in range(len(self.month) // 12)]
        for end, months in (*back, *((self.end, months) for months in WINDOWS)):
            if (start := add_months(end, -months)) >= first:
                yield start, end

    @property
    def end(self) -> date:
        """The first day that nobody has reported on yet."""
        return self.month[-1][1]

    def provisional(self, spans: tuple[Span, ...]) -> list[bool]:
        """Which spans reach into the last two months, whose numbers still change."""
        settled = add_months(self.end, -PROVISIONAL_MONTHS)
        return [end > settled for _, end in spans]

    def elapsed(self, spans: tuple[Span, ...]) -> FloatArray:
        """How far each span's middle lies between the first month (0) and the last (1)."""
        first = self.month[0][0].toordinal()
        whole = self.end.toordinal() - first
        return (np.array([(s.toordinal() + e.toordinal()) / 2 for s, e in spans]) - first) / whole

    def quarter_of(self, spans: tuple[Span, ...]) -> NDArray[np.int64]:
        """Which quarter each span lies in, counted from the first; -1 outside the whole quarters."""
        if not self.quarter:
            return np.full(len(spans), -1)
        first = self.quarter[0][0]
        numbers = [((s.year - first.year) * 12 + s.month - first.month) // 3 for s, _ in spans]
        return np.array([number if 0 <= number < len(self.quarter) else -1 for number in numbers])


def _tiles(first: date, end: date, months: int) -> tuple[Span, ...]:
    """Calendar-aligned spans of `months` months inside [first, end)."""
    start = first
    while (start.month - 1) % months:
        start = add_months(start, 1)
    spans: list[Span] = []
    while add_months(start, months) <= end:
        spans.append((start, add_months(start, months)))
        start = spans[-1][1]
    return tuple(spans)


def years_of(spans: tuple[Span, ...]) -> FloatArray:
    """Length of each span in years of 365.25 days."""
    return np.array([(end - start).days for start, end in spans]) / 365.25


def seeded(seed: int, *words: str) -> np.random.Generator:
    """A generator of its own for each purpose, so that a new indicator does not change the other numbers."""
    return np.random.default_rng([seed, *(int.from_bytes(word.encode(), "big") for word in words)])
