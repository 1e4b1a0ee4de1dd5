"""What the page of a brought file says before anything is saved: what was understood, is wrong, and would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard.domain import Measure, Period, State
from dashboard.figures.words import STATE_WORDS
from dashboard.views.words import group_words, month_words, period_words

MOST_ROWS = 200
COLUMN_HEAD = ("Cell", "Heading", "What it is", "Why we think so")
PROBLEM_HEAD = ("Where", "What stands there", "What is wrong", "What to do")
CHANGE_HEAD = ("Where", "When", "Now", "Then", "What", "For whom")
KINDS = {"added": "new", "changed": "changed", "withdrawn": "taken away", "unchanged": "unchanged"}


@dataclass(frozen=True)
class AskedQuestion:
    """A choice that only a person can make."""

    id: str
    text: str
    options: tuple[tuple[str, str], ...]
    why: str


@dataclass(frozen=True)
class TableSeen:
    """One table of a sheet: where it stands, how it is laid out, and its columns as COLUMN_HEAD names them."""

    title: str
    sentence: str
    columns: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Difference:
    """One number before and after; None where there was or will be none. `state` words stand in for a value."""

    measure: str
    geoid: str
    start: date
    end: date
    stratum: str
    before: tuple[float | None, str] | None
    after: tuple[float | None, str] | None


@dataclass(frozen=True)
class Unusual:
    """A period whose total needs a word; `kind` is drop or jump, `revised` when it is the period's own old number."""

    measure: str
    period: Period
    kind: str
    usual: float
    now: float
    revised: bool


@dataclass(frozen=True)
class FileCheck:
    """Everything the page shows. `counts` are by kind; `savable` when nothing stands in the way."""

    partner: str
    partner_name: str
    file_name: str
    token: str
    tables: tuple[TableSeen, ...] = ()
    questions: tuple[AskedQuestion, ...] = ()
    problems: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    changes: tuple[tuple[str, ...], ...] = ()
    unusual: tuple[str, ...] = ()
    savable: bool = False
    remembered: bool = False
    kept: bool = True
    seen: str = ""
    said: str = ""

    @property
    def headline(self) -> str:
        """The first sentence."""
        if self.problems:
            many = len(self.problems)
            return f"Nothing can be saved yet: {many} thing{'' if many == 1 else 's'} to put right in {self.file_name}."
        if self.questions:
            many = len(self.questions)
            return f"{self.file_name} is understood, but for {many} choice{'' if many == 1 else 's'} only you can make."
        if not self.savable:
            return (
                f"{self.file_name} changes nothing: its {self.counts.get('unchanged', 0):,} numbers are here already."
            )
        return f"{self.file_name} is ready to save: {counted(self.counts)}."


def counted(counts: Mapping[str, int]) -> str:
    """12 new numbers, 1 changed, 3 unchanged."""
    parts = [(counts[kind], word) for kind, word in KINDS.items() if counts.get(kind)]
    if not parts:
        return "no number"
    many, word = parts[0]
    first = f"{many:,} {word} number{'' if many == 1 else 's'}" if word != "taken away" else f"{many:,} taken away"
    return ", ".join([first, *(f"{number:,} {kind}" for number, kind in parts[1:])])


def difference_rows(
    found: Sequence[Difference], measures: Mapping[str, Measure], places: Mapping[str, str]
) -> tuple[tuple[str, ...], ...]:
    """Rows under CHANGE_HEAD, the first MOST_ROWS of them."""
    return tuple(
        (
            places.get(one.geoid, one.geoid), period_words(Period(one.start, one.end)),
            _number(one.before, "nothing yet"), _number(one.after, "taken away"),
            _label(one.measure, measures), group_words(one.stratum),
        )
        for one in found[:MOST_ROWS]
    )  # fmt: skip


def unusual_sentence(one: Unusual, measures: Mapping[str, Measure]) -> str:
    """Why a word is asked for: Naloxone kits in May 2026: 12, where April said 40 a month on average before."""
    label, when = _label(one.measure, measures), period_words(one.period)
    if one.revised:
        why = "a drop of more than 20%" if one.kind == "drop" else "more than chance explains"
        return f"{label}, {when}: {one.now:,.0f} instead of {one.usual:,.0f} as it is now, {why}."
    if one.kind == "drop":
        return f"{label}, {when}: {one.now:,.0f}, a drop of more than 20% from the usual {one.usual:,.0f}."
    return f"{label}, {when}: {one.now:,.0f}, more than chance explains where {one.usual:,.0f} is usual."


def saved_sentence(changes: Mapping[str, object], measures: Mapping[str, Measure], *, none: bool = False) -> str:
    """What a load changed, from what was kept with it; `none` says that all of it are true zeros."""
    counts = {kind: int(str(changes.get(kind, 0))) for kind in KINDS}
    told = changes.get("measures")
    names = [_label(str(each), measures) for each in told] if isinstance(told, list) else []
    if none:
        zeros = counts["added"] + counts["changed"] + counts["unchanged"]
        return f"none ({', '.join(names)}): {zeros:,} true zero{'' if zeros == 1 else 's'}"
    shown = f" ({', '.join(names[:4])}{', and more' if len(names) > 4 else ''})" if names else ""
    return f"{counted(counts)}{shown}"


def recent_months(today: date, months: int, *, many: int) -> list[tuple[str, str]]:
    """(period, words) of the newest whole periods of so many months before a day, the newest first."""
    first = (today.year * 12 + today.month - 1) // months * months
    starts = [divmod(first - months * back, 12) for back in range(1, many + 1)]
    periods = [Period.of_months(year, month + 1, months) for year, month in starts]
    return [(str(period), month_words(period.start) if months == 1 else period_words(period)) for period in periods]


def _label(measure: str, measures: Mapping[str, Measure]) -> str:
    label = measures[measure].label if measure in measures else measure
    return label[:1].upper() + label[1:]


def _number(told: tuple[float | None, str] | None, nothing: str) -> str:
    if told is None:
        return nothing
    value, state = told
    return f"{value:,.10g}" if value is not None else STATE_WORDS[State(state)]
