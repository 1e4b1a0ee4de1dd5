"""`coalition analyse`: hotspots and service deserts, computed and stored for the screens."""

import sys
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from commands.analysing import Desk, Outcome, analyse, desk_of
from commands.handing_in import QUEUED, hand_in
from commands.questions import Wanted
from dashboard.services import services
from dashboard.store.workspace import open_workspace

WIDE = 200
NAMED = 4
STOPPED = 130
READING = "'p chance': higher than elsewhere; 'p beyond ordinary': beyond ordinary variation between towns."


class Format(StrEnum):
    """How results are printed."""

    TABLE = "table"
    JSON = "json"


def command(
    indicator: Annotated[str, typer.Option(help="Only this indicator of events; all of them when left out.")] = "",
    period: Annotated[str, typer.Option(help="2018, 2018-2020, 24m ...; the newest 36 months when left out.")] = "",
    as_of: Annotated[str, typer.Option(help="Analyse what was known on this day, such as 2026-03-31.")] = "",
    max_share: Annotated[float, typer.Option(help="Most of the people that one cluster may hold, up to 0.50.")] = 0.10,
    within: Annotated[str, typer.Option(help="Only towns of this state, county or set, against each other.")] = "",
    seed: Annotated[int, typer.Option(min=0, help="Seed of the maps of chance; the same seed, the same p.")] = 1,
    format_: Annotated[Format, typer.Option("--format", help="table or json.")] = Format.TABLE,
    queued: Annotated[bool, typer.Option("--queued", help=QUEUED)] = False,
) -> None:
    """Find hotspots and service deserts, store them for the screens, and print them (not what a worker found)."""
    if queued:
        asked = {"indicator": indicator, "period": period, "within": within, "as_of": as_of}
        hand_in("analyse", asked | {"max_share": str(max_share), "seed": str(seed)})
        return
    wanted = Wanted(indicator, period, within, max_share, seed=seed)
    with open_workspace() as workspace:
        desk = desk_of(workspace, as_of)
        outcome = run(desk, wanted)
        if desk.reader.cube.demonstration:
            print("Demonstration data, not real.", file=sys.stderr)
    {Format.JSON: _print_json, Format.TABLE: _print_table}[format_](outcome)


def run(desk: Desk, wanted: Wanted) -> Outcome:
    """Analyse with a bar of progress on standard error; Ctrl-C ends it between two results (exit code 130)."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Analysing", total=1.0)
            return analyse(desk, wanted, lambda said, done: progress.update(task, description=said, completed=done))
    except KeyboardInterrupt:
        print("Stopped. What was finished is stored; run the same command again for the rest.", file=sys.stderr)
        raise typer.Exit(STOPPED) from None


def _print_json(outcome: Outcome) -> None:
    print(orjson.dumps({
        "hotspots": outcome.hotspots, "deserts": outcome.deserts, "skipped": outcome.skipped
    }, option=orjson.OPT_INDENT_2).decode())  # fmt: skip


def _print_table(outcome: Outcome) -> None:
    console = Console(width=None if sys.stdout.isatty() else WIDE)
    if outcome.hotspots:
        share = outcome.hotspots[0]["max_share"]
        console.print(_hotspots(outcome))
        console.print(f"A cluster holds at most {share:.0%} of the people. {READING}")
    console.print(_deserts(outcome))
    for row in dict.fromkeys(result["travel"] for result in outcome.deserts):
        console.print(row)
    for sentence in outcome.skipped:
        console.print(f"Not analysed: {sentence}")


def _hotspots(outcome: Outcome) -> RenderableType:
    table = Table("indicator", "where", "period", "basis", "kind", "towns", "observed", "expected", "times elsewhere",
                  "p chance", "p beyond ordinary", title="Hotspots")  # fmt: skip
    for result in outcome.hotspots:
        head = (result["indicator"], result["compared_with"], result["period"], result["basis"])
        if not result["clusters"]:
            table.add_row(*head, "", "none found", "", "", "", "", "")
        for cluster in result["clusters"]:
            table.add_row(
                *head, cluster["kind"], _names(cluster["names"]), str(cluster["observed"]),
                f"{cluster['expected']:.1f}", f"{cluster['relative_risk']:.2f}", f"{cluster['p_value']:.3f}",
                f"{cluster['p_overdispersed']:.3f}",
            )  # fmt: skip
    return table


def _deserts(outcome: Outcome) -> RenderableType:
    table = Table("service", "where", "sites", "that are", "towns beyond", "residents beyond", "overdoses beyond",
                  title="Service deserts")  # fmt: skip
    for result in outcome.deserts:
        counted = "listed, not verified" if result["listed"] else "verified open"
        beyond = (result[name] for name in ("towns_beyond", "residents_beyond", "overdoses_beyond"))
        shown = [_number(value) for value in beyond] if result["known"] else ["not known"] * 3
        table.add_row(services()[result["service"]].name, result["place"], str(result["sites"]), counted, *shown)
    return table


def _names(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _number(value: Any) -> str:
    return "not known" if value is None else f"{value:,}"
