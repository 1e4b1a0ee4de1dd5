"""A funnel: every place at its size, between limits that show what chance alone explains. No ranking."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dashboard.domain import State
from dashboard.figures.tables import Point, Table, reading, told
from dashboard.figures.words import axis_words, capital, counted_words, digits_for, number

Numbers = tuple[float | None, ...]


@dataclass(frozen=True)
class FunnelPoint:
    """A place: its `size` (events expected, or residents), its value, and whether it is `flagged` as outside.

    `note` says in words why it is flagged; an absent value has its reason in `state`.
    """

    label: str
    size: float
    value: float | None
    state: str = State.VALUE
    numerator: float | None = None
    flagged: bool = False
    note: str = ""
    provisional: bool = False

    @property
    def point(self) -> Point:
        """The same as any chart's point; of a suppressed place not even the count."""
        count = None if self.state == State.SUPPRESSED else self.numerator
        return Point(self.label, self.value, None, None, count, self.state, self.provisional)


@dataclass(frozen=True)
class FunnelLimits:
    """Limits at one level, such as "95%": columns of equal length by rising size, in the units of the points."""

    label: str
    size: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]


@dataclass(frozen=True)
class FunnelChart:
    """Places by size between their limits; `reference` is the (value, label) they are compared with."""

    title: str
    sentence: str
    unit: str
    per: int
    size_label: str
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimits, ...]
    reference: tuple[float, str]

    @property
    def axis(self) -> str:
        """What the axis counts, in words."""
        return axis_words(self.unit, self.per)

    @cached_property
    def digits(self) -> int:
        """Decimals of every value in this chart."""
        return digits_for([*(point.value for point in self.points), self.reference[0]])

    @property
    def has_values(self) -> bool:
        """Whether there is anything to draw."""
        return any(point.value is not None for point in self.points)

    @property
    def reading(self) -> str:
        """How to read the marks that occur: sentences for the caption."""
        levels = " and ".join(each.label for each in self.limits)
        said = [f"Between the curves ({levels} limits) chance alone explains the difference." if levels else ""]
        if any(point.flagged and point.value is not None for point in self.points):
            said.append("Filled: outside the limits; all others are hollow.")
        said.append(reading("", [point.point for point in self.points], hollow="Dotted ring"))
        return " ".join(filter(None, said))

    def table(self) -> Table:
        """Head and rows of the table twin: one row a place, in the order given."""
        head = ("Place", capital(self.size_label), capital(self.axis), capital(counted_words(self.unit, self.per)))
        sizes = 0 if all(point.size == int(point.size) for point in self.points) else 1
        rows: list[tuple[str, ...]] = [
            (point.label, number(point.size, sizes), *told(point.point, self.digits), _standing(point))
            for point in self.points
        ]
        return (*head, "Compared with the limits"), rows


def _standing(point: FunnelPoint) -> str:
    if point.value is None:
        return "–"
    return point.note or ("outside" if point.flagged else "inside")
