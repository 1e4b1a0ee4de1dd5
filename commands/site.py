"""`coalition site`: where the next sites of a service would help most."""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from commands.analyse import Format
from dashboard.access import ground, reach
from dashboard.access.siting import Wish, site_next
from dashboard.errors import InvalidQuery
from dashboard.services import service as find_service
from dashboard.store.reader import CubeReader
from dashboard.store.workspace import open_workspace
from dashboard.views.asking import find_place
from dashboard.views.shapes import home_state


class GoalWord(StrEnum):
    """What the new sites should do."""

    COVERAGE = "coverage"
    MEAN = "mean"
    FARTHEST = "farthest"


class NeedWord(StrEnum):
    """Whose need counts."""

    RESIDENTS = "residents"
    OVERDOSES = "overdoses"


UNITS = {GoalWord.MEAN: "minutes (mean)", GoalWord.FARTHEST: "minutes (farthest)"}


def command(
    service: Annotated[str, typer.Argument(help="A service, such as opioid_treatment_program or naloxone.")],
    count: Annotated[int, typer.Option(help="How many sites, 1 to 10.")] = 1,
    within: Annotated[str, typer.Option(help="A state, county or set; the coalition's home when left out.")] = "",
    minutes: Annotated[float | None, typer.Option(help="Threshold; the service's own when left out.")] = None,
    goal: Annotated[GoalWord, typer.Option(help="Most need covered, least mean minutes, or nobody far.")] = (
        GoalWord.COVERAGE
    ),
    need: Annotated[NeedWord, typer.Option(help="Residents or overdoses.")] = NeedWord.RESIDENTS,
    listed: Annotated[bool, typer.Option("--listed", help="Count every listed site, verified or not.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="table or json.")] = Format.TABLE,
) -> None:
    """Print the best next sites of a service, what each adds, and the solver's certificate."""
    chosen = find_service(service)
    with open_workspace() as workspace:
        reader = workspace.reader()
        today = datetime.now(UTC).date()
        towns = ground(reader, _place(reader, within), today)
        known = reach(towns, chosen, reader.facilities(), today, listed=True if listed else None)
        wish = Wish(count, goal.value, need.value, minutes)
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Choosing sites", total=1.0)
            result = site_next(known, wish, progress=lambda done: progress.update(task, completed=done))
        if reader.cube.demonstration:
            print("Demonstration data, not real.", file=sys.stderr)
        result["place"] = reader.gazetteer.name(towns.within)
    if format_ is Format.JSON:
        print(orjson.dumps(result, option=orjson.OPT_INDENT_2).decode())
    else:
        _print_table(result, UNITS.get(goal, f"{need.value} within the threshold"))


def _place(reader: CubeReader, within: str) -> str:
    """The place that was named, else the coalition's home, else the state with most towns."""
    found = find_place(reader, within) if within else reader.home or home_state(reader)
    if not found:
        raise InvalidQuery("The store knows no towns yet. `coalition load FILE...` brings numbers.")
    return found


def _print_table(result: dict[str, Any], unit: str) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160)
    counted = "listed, not all verified" if result["listed"] else "verified open"
    console.print(f"{result['place']}: {result['open_sites']} sites count ({counted}).")
    table = Table("next", "town", f"adds: {unit}", title=f"Best next sites: {find_service(result['service']).name}")
    for number, site in enumerate(result["sites"], start=1):
        table.add_row(str(number), site["name"], f"{site['gain']:,.10g}")
    console.print(table)
    before, after = ("unknown" if result[name] is None else f"{result[name]:,.10g}" for name in ("before", "after"))
    console.print(f"{unit.capitalize()}: {before} before, {after} after.")
    console.print(result["certificate"])
    console.print(result["travel"])
