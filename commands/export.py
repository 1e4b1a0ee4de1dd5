"""`coalition export brief|slides|workbook|csv|funders|meeting --out FILE`: what the meeting takes home."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from callbacks.exporting import open_desk
from dashboard.errors import InvalidQuery
from dashboard.exports.desk import AskedPaper, Desk
from dashboard.exports.forms import FORMS, Form, export, form_of
from dashboard.people.chain import Event
from dashboard.store.audit_log import record
from dashboard.store.workspace import open_workspace

STOPPED = 130


def command(
    form: Annotated[str, typer.Argument(help=f"What to make: {', '.join(FORMS)}.")],
    out: Annotated[Path, typer.Option(help="File to write; an existing one is replaced.")],
    within: Annotated[str, typer.Option(help="The area: a state, county, region or catchment by name or id.")] = "",
    as_of: Annotated[str, typer.Option(help="Show what was known on this day, such as 2026-03-31.")] = "",
    meeting: Annotated[str, typer.Option(help="Id of the meeting whose decisions go along.")] = "",
) -> None:
    """Write a brief (PDF), slides, a workbook, tables as CSV, tables for funders, or the whole meeting (ZIP)."""
    wanted, asked = form_of(form), AskedPaper(within, as_of, meeting)
    if out.suffix.lower() != wanted.suffix:
        raise InvalidQuery(
            f"A {wanted.name.lower()} is a {wanted.suffix} file. Name it {out.with_suffix(wanted.suffix)}."
        )
    if not out.absolute().parent.is_dir():
        raise InvalidQuery(f"There is no folder {out.absolute().parent} to write {out.name} to.")
    with open_workspace() as workspace:
        desk = open_desk(workspace, asked)
        _run(desk, wanted, asked, out)
        record(workspace.engine, Event("export", wanted.id, told=f"{asked.within or 'home'} {asked.as_of}".strip()))
    mark = " Demonstration data, not real." if desk.demonstration else ""
    print(f"{wanted.name}: {out} ({out.stat().st_size / 1024:,.0f} kB).{mark}")


def _run(desk: Desk, form: Form, asked: AskedPaper, out: Path) -> None:
    """Export with a bar of progress on standard error; Ctrl-C leaves no file behind (exit code 130)."""
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn()
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Exporting", total=1.0)
            export(desk, form, asked, out, lambda said, done: progress.update(task, description=said, completed=done))
    except KeyboardInterrupt:
        print("Stopped. Nothing was written.")
        raise typer.Exit(STOPPED) from None
