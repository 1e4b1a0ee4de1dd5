"""`coalition status`: what the store holds and how fresh each source is."""

import sys
from datetime import UTC, date, datetime
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from commands.agreements import say_not_shown, silenced
from dashboard.store.workspace import open_workspace
from dashboard.views.bring_numbers import SourceStatus, source_statuses

WIDE = 200
"""Columns where nobody looks at a terminal: nothing is cut in a file or a pipe."""


def command(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Say what the store holds and how fresh each source is."""
    with open_workspace() as workspace:
        reader = workspace.reader()
        statuses = source_statuses(reader, datetime.now(UTC).date())
        kind = "demonstration data, not real" if reader.cube.demonstration else "real data"
        places = len(reader.gazetteer.places)
        not_shown = silenced(workspace)
    if as_json:
        told = {"kind": kind, "places": places, "sources": statuses, "not_shown": not_shown}
        print(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
        return
    console = Console() if sys.stdout.isatty() else Console(width=WIDE)
    if not statuses:
        console.print("The store is empty. `coalition load FILE...` brings numbers; `coalition demo` makes an example.")
        return
    console.print(f"{places:,} places, {kind}.")
    console.print(_table(statuses))
    say_not_shown(not_shown)


def _table(statuses: list[SourceStatus]) -> Table:
    table = Table("source", "covers", "published", "age", "loads", "rows accepted", "rows not counted", "last file")
    for status in statuses:
        table.add_row(
            status.source, status.covers, _text(status.as_of), f"{status.age_days} days", str(status.loads),
            f"{status.rows_accepted:,}", f"{status.rows_refused:,}", status.file_name,
        )  # fmt: skip
    return table


def _text(day: date) -> str:
    return day.isoformat()
