"""How an answer changes with a threshold: lines in steps over a number such as minutes."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain import State
from dashboard.figures.tables import Point, Table
from dashboard.figures.words import absent_words, axis_words, capital, digits_for, number

Numbers = tuple[float | None, ...]
MOST_LINES = 4


@dataclass(frozen=True)
class StepLine:
    """One line: the value at each `x` holds until the next. `x` rises; `state` says why a value is absent (None).

    `state` may be left out where every value is there.
    """

    label: str
    x: tuple[float, ...]
    value: Numbers
    state: tuple[str, ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        """A state for every value."""
        return self.state or tuple(State.NOT_REPORTED if value is None else State.VALUE for value in self.value)


@dataclass(frozen=True)
class StepChart:
    """One to four lines over one number; `marker` is the (x, label) that is chosen, such as (30, "30 minutes")."""

    title: str
    sentence: str
    x_label: str
    unit: str
    lines: tuple[StepLine, ...]
    marker: tuple[float, str] | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.lines) <= MOST_LINES:
            raise ValueError(f"a step chart shows 1 to {MOST_LINES} lines, not {len(self.lines)}")

    @property
    def axis(self) -> str:
        """What the axis counts, in words."""
        return axis_words(self.unit, 1)

    @property
    def digits(self) -> int:
        """Decimals of every value in this chart."""
        return digits_for(value for line in self.lines for value in line.value)

    @property
    def has_values(self) -> bool:
        """Whether there is anything to draw."""
        return any(value is not None for line in self.lines for value in line.value)

    @property
    def reading(self) -> str:
        """How to read the marks that occur: sentences for the caption."""
        said = f"Dashed upright line: {self.marker[1]}." if self.marker else ""
        absent = any(value is None for line in self.lines for value in line.value)
        return " ".join(filter(None, (said, "A gap: no number can be shown; the table says why." if absent else "")))

    def value_at(self, line: StepLine, x: float) -> float | None:
        """The value that holds at `x`; None before the line begins or where it is absent."""
        held = [value for at, value in zip(line.x, line.value, strict=True) if at <= x]
        return held[-1] if held else None

    def table(self) -> Table:
        """Head and rows of the table twin: a row for every x at which a line has a number, rising."""
        places = sorted({x for line in self.lines for x in line.x})
        digits = digits_for(places)
        rows = [(number(x, digits), *(self._said(line, x) for line in self.lines)) for x in places]
        head = [capital(self.axis)] if len(self.lines) == 1 else [line.label for line in self.lines]
        return (capital(self.x_label), *head), rows

    def _said(self, line: StepLine, x: float) -> str:
        at = [i for i, place in enumerate(line.x) if place <= x]
        if not at:
            return "–"
        value, state = line.value[at[-1]], line.states[at[-1]]
        return (
            absent_words(state, None)
            if value is None
            else Point("", value, *(None,) * 3, state, False).said(self.digits)
        )
