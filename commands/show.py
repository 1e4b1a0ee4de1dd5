"""`coalition show`: exactly what the screen would say, a row a place."""

import csv
import sys
from enum import StrEnum
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from dashboard.exports.csv_text import harmless
from dashboard.store.workspace import open_workspace
from dashboard.views.asking import Asked, build_query

COLUMNS = ("geoid", "place", "period", "numerator", "denominator", "rate", "lower", "upper", "per", "state",
           "provisional", "source", "as_of")  # fmt: skip


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def command(
    indicator: Annotated[str, typer.Argument(help="Id of an indicator, as `coalition sources` lists them.")],
    place: Annotated[str, typer.Option(help="A town, county, state, region or catchment by name or id.")] = "",
    level: Annotated[str, typer.Option(help="Every town, planning_area, catchment, region, county or state.")] = "",
    within: Annotated[str, typer.Option(help="Only towns inside this county, state or set.")] = "",
    period: Annotated[str, typer.Option(help="2018, 2018-2020, 2018Q3, 2018-07, FY2018 or 36m.")] = "",
    basis: Annotated[str, typer.Option(help="residence or occurrence.")] = "",
    group: Annotated[str, typer.Option(help="A population group such as age=25-34.")] = "",
    partner: Annotated[str, typer.Option(help="A partner by name or id.")] = "",
    as_of: Annotated[str, typer.Option(help="Show what was known on this day, such as 2026-03-31.")] = "",
    format_: Annotated[Format, typer.Option("--format", help="table, csv or json.")] = Format.TABLE,
) -> None:
    """Print an indicator exactly as the screen would say it, a row a place."""
    asked = Asked(indicator, place, level, within, period, basis, group, partner, as_of)
    with open_workspace() as workspace:
        reader = workspace.reader(as_of)
        query = build_query(reader, asked)
        cells = reader.read(query)
        rows = cells.rows()
        if not reader.series_of(reader.registry.indicator(query.indicator)):
            when = f" as known on {as_of}" if as_of else " yet"
            print(f"Nobody reports '{query.indicator}'{when}.", file=sys.stderr)
        if reader.cube.demonstration:
            print("Demonstration data, not real.", file=sys.stderr)
        for note in (
            *reader.notices([query]),
            *(cells.notes or reader.why_hidden(reader.registry.indicator(indicator))),
        ):
            print(note, file=sys.stderr)
    {Format.JSON: _print_json, Format.CSV: _print_csv, Format.TABLE: _print_table}[format_](rows)


def _print_json(rows: list[dict[str, object]]) -> None:
    print(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())


def _print_csv(rows: list[dict[str, object]]) -> None:
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)


def _print_table(rows: list[dict[str, object]]) -> None:
    table = Table(*COLUMNS)
    for row in rows:
        table.add_row(*("" if row[name] is None else str(row[name]) for name in COLUMNS))
    Console(width=None if sys.stdout.isatty() else 200).print(table)
