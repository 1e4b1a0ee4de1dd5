"""Who reports, up to when, and how late: from what was told and from what was promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.registers import Entry
from dashboard.registers.due import MONTHS, USUAL_DAYS, Due, Expected, dues
from dashboard.views.source import ViewReader
from dashboard.views.words import day_words, month_words, period_words

EVERY = {1: "month", 3: "quarter", 12: "year"}
YEAR = 12
EVERYTHING = "Its numbers"
NOTHING_YET = "Brings no numbers yet"
COLUMNS = ("Partner", "Brings", "Told up to", "How late", "Next due")


@dataclass(frozen=True)
class Reporting:
    """One partner (or source) and what it is to bring: `waiting` are its periods that are not told, oldest first.

    `expected` is None where it never brought anything and promised nothing; `hidden` says why nothing of it is shown.
    """

    id: str
    name: str
    expected: Expected | None
    waiting: tuple[Due, ...] = ()
    hidden: str = ""

    @property
    def late(self) -> list[Due]:
        """Periods whose day has passed."""
        return [due for due in self.waiting if due.late_days]

    @property
    def late_days(self) -> int:
        """Days since the oldest of them was due; 0 when none is late."""
        return max((due.late_days for due in self.waiting), default=0)

    def row(self) -> tuple[str, ...]:
        """Name, what and how often, told up to, how late, next due."""
        if self.expected is None:
            return self.name, self.hidden or NOTHING_YET, "–", "–", "–"
        what = f"{self.expected.what}, every {EVERY.get(self.expected.months, 'year')}"
        said = what if self.expected.promised else f"{what}, as so far"
        until = self.expected.until
        told = month_words(until - timedelta(days=1)) if until else "nothing yet"
        coming = next((due for due in self.waiting if not due.late_days), None)
        return self.name, said, told, late_words(self), day_words(coming.due_on) if coming else "–"


def late_words(one: Reporting) -> str:
    """`2 reports, the oldest 52 days late`, or that nothing is."""
    late = one.late
    if not late:
        return "on time"
    days = f"{one.late_days} day{'' if one.late_days == 1 else 's'}"
    return f"{days} late" if len(late) == 1 else f"{len(late)} reports, the oldest {days} late"


def reporting(
    reader: ViewReader, today: date, *, coalition: str, promises: Sequence[Entry] = (),
    hidden: Mapping[str, str] | None = None,
) -> list[Reporting]:  # fmt: skip
    """Every partner of a coalition and what it is to bring, the latest first. `hidden` is why by a partner's name."""
    series = _by_partner(reader)
    found: list[Reporting] = []
    for id_, row in reader.partners.items():
        if row.get("coalition_id", "") != coalition:
            continue
        name, why = str(row["name"]), (hidden or {}).get(str(row["name"]), "")
        expected = _expected(reader, (id_, name), series.get(id_, []), promises)
        found += [Reporting(id_, name, one, tuple(dues(one, today)), why) for one in expected] or [
            Reporting(id_, name, None, hidden=why)
        ]
    return sorted(found, key=lambda one: (-one.late_days, one.expected is None, one.name))


def sources(reader: ViewReader, today: date) -> list[Reporting]:
    """Public sources by what they have published so far: when the next period is likely, by their usual lag."""
    found = []
    titles = {str(load["source"]): str(load["title"]) for load in reader.loads}
    for source, title in titles.items():
        rows = [row for row in reader.series_from(source) if not row["partner"] and row["measure"] != "population"]
        ends = [end for row in rows if row["months"] in EVERY and (end := reader.told_until(row))]
        if ends:
            months = min(row["months"] for row in rows if row["months"] in EVERY)
            begins = max(ends).month if months == YEAR else 1
            expected = Expected(source, title, EVERYTHING, months, _lag(reader, source), until=max(ends), begins=begins)
            found.append(Reporting(source, title, expected, tuple(dues(expected, today))))
    return sorted(found, key=lambda one: (-one.late_days, one.name))


def headline(found: Sequence[Reporting]) -> str:
    """How many partners report, and how many are late."""
    partners = {one.id for one in found}
    told = {one.id for one in found if one.expected and one.expected.until}
    late = {one.id for one in found if one.late}
    if not partners:
        return "No partner is known yet."
    if not told:
        return f"None of {len(partners)} partners has reported yet."
    said = f"{len(told)} of {len(partners)} partner{'' if len(partners) == 1 else 's'} {_has(len(told))} reported"
    return f"{said}; {len(late)} {'is' if len(late) == 1 else 'are'} late." if late else f"{said}, and nobody is late."


def due_row(due: Due) -> tuple[str, ...]:
    """From whom, what, for which period, due on, how late."""
    late = "not yet due" if not due.late_days else f"{due.late_days} day{'' if due.late_days == 1 else 's'} late"
    return due.expected.name, due.expected.what, period_words(due.period), day_words(due.due_on), late


def expected_row(due: Due) -> tuple[str, ...]:
    """The same of a public source, which promised nothing to anybody: newer numbers may be there, or come later."""
    said = "newer numbers may be there" if due.late_days else "likely then"
    return (*due_row(due)[:4], said)


def _has(count: int) -> str:
    return "has" if count == 1 else "have"


def _by_partner(reader: ViewReader) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for source in {str(load["source"]) for load in reader.loads}:
        for row in reader.series_from(source):
            if row["partner"]:
                found.setdefault(row["partner"], []).append(row)
    return found


def _expected(
    reader: ViewReader, who: tuple[str, str], series: Sequence[dict[str, Any]], promises: Sequence[Entry]
) -> list[Expected]:
    """What a partner promised, else what it has brought so far: as often as its shortest periods."""
    ends = [end for row in series if (end := reader.told_until(row))]
    until = max(ends, default=None)
    mine = [entry for entry in promises if entry.text("partner") == who[0]]
    if mine:
        return [
            Expected(*who, entry.text("what"), MONTHS[entry.text("every")], int(entry.number("due_days")),
                     promised=True, until=until)
            for entry in mine
        ]  # fmt: skip
    months = [row["months"] for row in series if row["months"] in EVERY]
    return [Expected(*who, EVERYTHING, min(months), until=until)] if months else []


def _lag(reader: ViewReader, source: str) -> int:
    """The usual lag of a source, of the indicator that it feeds first; at least what is usual of anybody.

    A file that does not say when it was published counts as published when its last period ended.
    """
    measures = {row["measure"] for row in reader.series_from(source)}
    fed = [i for i in reader.registry.indicators.values() if measures & set(i.numerator.measures)]
    return max(USUAL_DAYS, reader.usual_lag_days(fed[0], source) if fed else 0)
