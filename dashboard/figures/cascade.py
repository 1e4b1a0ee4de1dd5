"""A cascade: at each step after an overdose how many were reached, and how many we have not yet reached."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain import State
from dashboard.figures.flags import Flag
from dashboard.figures.tables import Table
from dashboard.figures.words import absent_words, capital, interval_words, number, remarks


@dataclass(frozen=True)
class CascadeStep:
    """One step: `reached` of `of`, None where a number is absent and `state` says why.

    `ended` are those whose path ended otherwise (declined for now, already in care); `lower` and `upper` are the 95%
    interval of the share in percent. `indicators` are those that count the step, `flags` what people said about it.
    """

    label: str
    reached: float | None
    of: float | None
    ended: float | None = None
    lower: float | None = None
    upper: float | None = None
    state: str = State.VALUE
    provisional: bool = False
    indicators: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def share(self) -> float | None:
        """Percent reached; None where it is unknown or there is nobody to reach."""
        return None if self.reached is None or not self.of else 100 * self.reached / self.of

    @property
    def not_yet(self) -> float | None:
        """How many are not yet reached; None where unknown or where more are reached than there are."""
        left = None if self.reached is None or self.of is None else self.of - self.reached - (self.ended or 0)
        return None if left is None or left < 0 else left

    @property
    def said(self) -> str:
        """`62 of 81 (77%, 66 to 84)`, or why there is no number."""
        if self.reached is None:
            return absent_words(self.state, None)
        of = "" if self.of is None else f" of {number(self.of)}"
        span = interval_words(self.lower, self.upper)
        share = "" if self.share is None else f" ({number(self.share)}%{f', {span}' if span else ''})"
        remark = remarks(self.state, self.provisional, shown=True)
        return ", ".join(filter(None, (f"{number(self.reached)}{of}{share}", remark)))


@dataclass(frozen=True)
class CascadeChart:
    """Steps from top to bottom; `shared`: every step counts the same events, so that the bars may be compared.

    `unit` is what is counted ("overdoses", "people"); `ended_label` names the ends of their own.
    """

    title: str
    sentence: str
    unit: str
    steps: tuple[CascadeStep, ...]
    shared: bool = True
    ended_label: str = "declined for now or already in care"

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What people said about any step, by number."""
        return tuple(flag for step in self.steps for flag in step.flags)

    @property
    def has_ends(self) -> bool:
        """Whether any step has ends of its own."""
        return any(step.ended for step in self.steps)

    @property
    def has_values(self) -> bool:
        """Whether there is anything to draw."""
        return any(step.reached is not None for step in self.steps)

    @property
    def reading(self) -> str:
        """How to read the marks that occur: sentences for the caption."""
        said = {
            "Filled: reached. Outlined: not yet reached by us.": self.has_values,
            f"Dotted: {self.ended_label}.": self.has_ends,
            "Each step has a base of its own: its bar is not a part of the bar above it.": not self.shared,
            "Striped or empty: no number can be shown; the words say why.": any(
                step.reached is None for step in self.steps
            ),
        }
        return " ".join(sentence for sentence, occurs in said.items() if occurs)

    def table(self) -> Table:
        """Head and rows of the table twin: one row a step."""
        columns = [
            ("Step", [step.label for step in self.steps]),
            ("Reached", [_counted(step.reached, step.state) for step in self.steps]),
            ("Not yet reached", [_counted(step.not_yet, step.state) for step in self.steps]),
            (capital(self.ended_label), [_counted(step.ended, step.state) for step in self.steps]),
            (f"Of how many {self.unit}", [_counted(step.of, step.state) for step in self.steps]),
            ("Percent reached", ["–" if step.share is None else number(step.share) for step in self.steps]),
            ("95% interval", [interval_words(step.lower, step.upper) for step in self.steps]),
            ("Note", [remarks(step.state, step.provisional, step.reached is not None) for step in self.steps]),
        ]
        if not self.has_ends:
            del columns[3]
        kept = [(head, column) for head, column in columns if any(column)]
        rows = zip(*(column for _, column in kept), strict=True)
        return tuple(head for head, _ in kept), [tuple(cell or "–" for cell in row) for row in rows]


def _counted(count: float | None, state: str) -> str:
    if count is not None:
        return number(count)
    return absent_words(state, None) if state in (State.SUPPRESSED, State.NOT_REPORTED) else "–"
