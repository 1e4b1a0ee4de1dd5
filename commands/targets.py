"""`coalition targets`: every target with its status and its sentence."""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from dashboard.periods import parse_day
from dashboard.store.workspace import open_workspace
from dashboard.views.targets import target_rows

COLUMNS = ("coalition", "target", "indicator", "for", "baseline", "wanted", "due", "status", "sentence")


class Format(StrEnum):
    """How targets are printed."""

    TABLE = "table"
    JSON = "json"


def command(
    as_of: Annotated[str, typer.Option(help="Targets and numbers as they were known on this day.")] = "",
    format_: Annotated[Format, typer.Option("--format", help="table or json.")] = Format.TABLE,
) -> None:
    """Print every target with where it stands, what needs the coalition most first."""
    today = parse_day(as_of) if as_of else datetime.now(UTC).date()
    with open_workspace() as workspace:
        reader = workspace.reader(as_of)
        rows = target_rows(reader, today)
        if reader.cube.demonstration:
            print("Demonstration data, not real.", file=sys.stderr)
    if format_ is Format.JSON:
        print(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
    elif rows:
        _print_table(rows)
    else:
        print("There are no targets yet. Make one on the page Targets, or load a targets sheet (docs/targets.md).")


def _print_table(rows: list[dict[str, object]]) -> None:
    table = Table(*COLUMNS, show_lines=True)
    for row in rows:
        table.add_row(*(str(row[name]) for name in COLUMNS))
    Console(width=None if sys.stdout.isatty() else 200).print(table)
