"""The table twin of a chart: the same points in words, with state words where there is no number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.domain import State
from dashboard.figures.words import STATE_WORDS, absent_words, capital, digits_for, interval_words, number, remarks

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


class Point(NamedTuple):
    """A value with all that is known of it; None where a number is absent and `state` says why."""

    label: str
    value: float | None
    lower: float | None
    upper: float | None
    numerator: float | None
    state: str
    provisional: bool

    def said(self, digits: int) -> str:
        """`24.1 (20.2 to 28.5), provisional`, or why there is no number."""
        if self.value is None:
            return absent_words(self.state, self.numerator)
        span = interval_words(self.lower, self.upper, digits)
        said = number(self.value, digits) + (f" ({span})" if span else "")
        return ", ".join(filter(None, (said, remarks(self.state, self.provisional, shown=True))))


def long_table(first: str, axis: str, counted: str, points: Sequence[Point]) -> Table:
    """One row a point: `first` heads the labels, `axis` the values, `counted` the counts behind them.

    Columns that say nothing anywhere (no interval, no count, no remark) are left out.
    """
    digits = digits_for(point.value for point in points)
    columns = [
        (first, [point.label for point in points]),
        (capital(axis), [_value(point, digits) for point in points] if not _counts_only(points) else []),
        ("95% interval", [interval_words(point.lower, point.upper, digits) for point in points]),
        (capital(counted), [_count(point) for point in points] if _counts_tell(points) else []),
        ("Note", [remarks(point.state, point.provisional, point.value is not None) for point in points]),
    ]
    kept = [(head, column) for head, column in columns if any(column)]
    rows = zip(*(column for _, column in kept), strict=True)
    return tuple(head for head, _ in kept), [tuple(cell or "–" for cell in row) for row in rows]


def wide_table(named: Sequence[tuple[str, Sequence[str], Sequence[Point], int]]) -> Table:
    """A row per period and a column per (heading, ISO dates, points, decimals)."""
    spans = {x: point.label for _, days, points, _ in named for x, point in zip(days, points, strict=True)}
    cells = [
        {x: point.said(digits) for x, point in zip(days, points, strict=True)} for _, days, points, digits in named
    ]
    rows = [(spans[x], *(cell.get(x, STATE_WORDS[State.NOT_REPORTED]) for cell in cells)) for x in sorted(spans)]
    return ("Period", *(heading for heading, *_ in named)), rows


def told(point: Point, digits: int) -> tuple[str, str]:
    """The value and the count of a point, each in words: the number with its remarks, or why there is none."""
    return point._replace(lower=None, upper=None, numerator=None).said(digits), _count(point)


def reading(interval: str, points: Sequence[Point], crosses: bool = True, hollow: str = "Hollow or dashed") -> str:
    """How to read the marks of these points: a sentence for each kind of mark that occurs."""
    said = {
        interval: any(p.lower is not None for p in points),
        f"{hollow}: provisional, may still change.": any(p.value is not None and p.provisional for p in points),
        "Diamond: few events, unstable.": any(p.value is not None and p.state == State.UNSTABLE for p in points),
        "Cross: no number can be shown; the table says why.": crosses and any(p.value is None for p in points),
    }
    return " ".join(sentence for sentence, occurs in said.items() if occurs)


def _value(point: Point, digits: int) -> str:
    return absent_words(point.state, None) if point.value is None else number(point.value, digits)


def _count(point: Point) -> str:
    return absent_words(point.state, None) if point.numerator is None else number(point.numerator)


def _counts_only(points: Sequence[Point]) -> bool:
    """Whether every point has a count and none a rate: nobody knows how many people there are in any group."""
    return bool(points) and all(point.value is None and point.numerator is not None for point in points)


def _counts_tell(points: Sequence[Point]) -> bool:
    """Whether the counts say more than the values: a rate's do, a count's own do not."""
    return any(point.numerator is not None and point.numerator != point.value for point in points)
