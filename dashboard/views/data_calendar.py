"""The calendar of data: what is due from whom, when, how late, and a reminder to copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.registers.due import Due
from dashboard.views.reporting import Reporting, due_row, expected_row
from dashboard.views.words import day_words, many, period_words

COLUMNS = ("From whom", "What", "For", "Due on", "How late")
NOTHING = "Nothing is due from anybody: no partner has reported or promised numbers yet."
AHEAD_DAYS = 92


@dataclass(frozen=True)
class Reminder:
    """What to send one partner: plain text to copy."""

    id: str
    name: str
    text: str


@dataclass(frozen=True)
class DataCalendar:
    """Late, soon and by public sources; each table by the day it is due."""

    headline: str
    late: Sequence[tuple[str, ...]]
    coming: Sequence[tuple[str, ...]]
    sources: Sequence[tuple[str, ...]]
    reminders: Sequence[Reminder]


def data_calendar(partners: Sequence[Reporting], sources: Sequence[Reporting], today: date, name: str) -> DataCalendar:
    """The calendar of a coalition (its name), from what its partners and public sources are to bring."""
    waiting = sorted((due for one in partners for due in one.waiting), key=lambda due: (due.due_on, due.expected.name))
    late, coming = [due for due in waiting if due.late_days], [due for due in waiting if not due.late_days]
    published = sorted((due for one in sources for due in one.waiting[:1]), key=lambda due: due.due_on)
    return DataCalendar(
        _headline(partners, late, coming, today), [due_row(due) for due in late], [due_row(due) for due in coming],
        [expected_row(due) for due in published], [_reminder(one, today, name) for one in _to_remind(partners)],
    )  # fmt: skip


def _headline(partners: Sequence[Reporting], late: Sequence[Due], coming: Sequence[Due], today: date) -> str:
    if not any(one.expected for one in partners):
        return NOTHING
    who, verb = len({due.expected.who for due in late}), "is" if len(late) == 1 else "are"
    said = f"{many(len(late), 'report')} from {many(who, 'partner')} {verb} late" if late else "Nothing is late"
    if not coming:
        return f"{said}; nothing more is due in the next three months."
    first = coming[0]
    when = "today" if first.due_on == today else f"on {day_words(first.due_on)}"
    return f"{said}; next, {first.expected.name} {when}."


def _to_remind(partners: Sequence[Reporting]) -> list[Reporting]:
    return [one for one in partners if one.expected and one.waiting]


def _reminder(one: Reporting, today: date, name: str) -> Reminder:
    """A friendly text: what is awaited, why it matters, how to bring it, and that none is a number too."""
    lines = [f"- {period_words(due.period)}: {_when(due)}" for due in one.waiting]
    what = one.expected.what if one.expected else ""
    text = "\n".join([
        f"Dear colleagues at {one.name},",
        "",
        f"{name} looks at its numbers together every month, to see whether people who survived an overdose, people who "
        "use drugs and their families are reached. Yours are part of that picture.",
        "",
        f"Where things stand on {day_words(today)} ({_lower(what)}):",
        *lines,
        "",
        "A file, a few numbers typed in, or \"none this month\" all take a few minutes. None is a number too: please "
        "tell us, so that it is not taken for missing. Counts only, please: no names and no row for a single person.",
        "",
        "If something stands in the way, tell us; we would rather help than remind.",
        "",
        "Thank you.",
    ])  # fmt: skip
    return Reminder(one.id, one.name, text)


def _when(due: Due) -> str:
    if due.late_days:
        return f"was due on {day_words(due.due_on)}, {due.late_days} day{'' if due.late_days == 1 else 's'} ago"
    return f"is due on {day_words(due.due_on)}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
