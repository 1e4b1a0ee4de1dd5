"""`coalition publish`: make a release, a fixed and protected set of tables for the public."""

import getpass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from dashboard.meetings.plain_text import in_one_line
from dashboard.people.chain import Event
from dashboard.periods import parse_day
from dashboard.releases.build import Built
from dashboard.releases.compare import compare
from dashboard.releases.publish import prepare, publish
from dashboard.releases.reading import current, open_release
from dashboard.releases.told import hidden_sentences
from dashboard.store.audit_log import recorded
from dashboard.store.workspace import Workspace, open_workspace


def command(
    as_of: Annotated[str, typer.Option(help="Date of the release; periods must have ended by then.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be published; write nothing.")] = False,
    made_by: Annotated[str, typer.Option(help="Who makes the release; your login name by default.")] = "",
    approved_by: Annotated[str, typer.Option(help="The second person, who looked at it.")] = "",
) -> None:
    """Make the next release: count, protect, audit with every earlier release, write."""
    with open_workspace() as workspace:
        folder = workspace.settings.releases_path
        built = _prepared(workspace, folder, parse_day(as_of) if as_of else date.today())
        for sentence in hidden_sentences(built):
            print(sentence)
        for text in built.release.texts:
            print(f"Goes out as it stands ({text.kind}, {text.language}): {in_one_line(f'{text.text} {text.answer}')}")
        if dry_run:
            print(f"Nothing was written: release {built.release.number} would hold {len(built.release.cells):,} cells.")
            return
        before = current(folder)
        with recorded(workspace.engine, Event("publish", f"release {built.release.number}")):
            path = publish(
                built, folder, made_by=made_by or getpass.getuser(), approved_by=approved_by,
                database=workspace.settings.release_database,
            )  # fmt: skip
        print(f"Release {built.release.number} of {built.release.made_on} is published: {path}")
        if before:
            print(" ".join(compare(before, open_release(folder, str(built.release.number))).sentences))


def _prepared(workspace: Workspace, folder: Path, day: date) -> Built:
    with Progress(transient=True) as progress:
        task = progress.add_task("Counting", total=1.0)
        return prepare(
            workspace, folder, made_on=day,
            progress=lambda words, share: progress.update(task, description=words, completed=share),
        )  # fmt: skip
