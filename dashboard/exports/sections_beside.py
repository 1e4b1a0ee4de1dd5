"""What funders ask for, and what a meeting decided, as sections."""

from __future__ import annotations

from dataclasses import asdict

from dashboard.errors import InvalidQuery
from dashboard.exports.desk import Desk
from dashboard.exports.paper import Point, Reading, Section, Sheet
from dashboard.funders import funders
from dashboard.views.funder_tables import COLUMNS, FunderTable, funder_rows, funder_table, newest_period

ACTION_HEAD = ("Action", "Owner", "Due", "Status", "What became of it")


def funder_section(desk: Desk, area: str, as_of: str) -> Section | None:  # noqa: ARG001
    """Every funder's table for its newest reporting period; None where nobody reports anything they ask for."""
    tables, nobody = _tables(desk, area)
    if not tables:
        return None
    readings = tuple(Reading(f"{table.title}. {table.sentence}", COLUMNS, tuple(funder_rows(table)))
                     for table in tables)  # fmt: skip
    sheets = tuple(Sheet(f"funder-{table.id.replace('_', '-')}", table.sentence, tuple(map(asdict, table.rows)),
                         (*table.notes, table.address, *nobody)) for table in tables)  # fmt: skip
    notes = (*(note for table in tables for note in table.notes), *nobody)
    return Section("funders", "What funders ask", tables[0].sentence, points=tuple(Point(t.sentence) for t in tables),
                   tables=readings, sheets=sheets, notes=notes)  # fmt: skip


def _tables(desk: Desk, area: str) -> tuple[list[FunderTable], list[str]]:
    """The tables that can be filled, and a sentence for each of which nobody reports anything here."""
    tables, nobody = [], []
    for name in funders():
        try:
            tables.append(funder_table(desk.reader, name, newest_period(desk.reader, name, area), place=area))
        except InvalidQuery as nothing:
            nobody.append(str(nothing))
    return tables, nobody


def decided(desk: Desk, area: str, as_of: str) -> Section | None:  # noqa: ARG001
    """What the meeting decided; stories only where their tellers agreed to exports. None without a meeting."""
    record = desk.meeting
    if record is None:
        return None
    actions = tuple((a.text, a.owner, a.due, a.status, a.outcome or "–") for a in record.actions)
    points = [Point(text, "Decided") for text in record.decisions]
    points += [Point(f"{told.text} ({told.role}, {told.on})", "Noted") for told in record.notes]
    points += [Point(f"{told.text} ({told.role}, {told.on})", "Told, with consent") for told in record.stories]
    rows = [{"kind": "decision", "text": text, "owner": None, "due": None, "status": None, "outcome": None}
            for text in record.decisions]  # fmt: skip
    rows += [{"kind": "action", **asdict(action)} for action in record.actions]
    return Section(
        "meeting", f"{record.title}, {record.day}", record.sentence, points=tuple(points),
        tables=(Reading("Actions", ACTION_HEAD, actions),) if actions else (),
        sheets=(Sheet("meeting", record.sentence, tuple(rows)),),
    )  # fmt: skip
