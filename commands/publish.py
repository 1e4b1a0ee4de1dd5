"""`coalition publish`: make a release, a fixed and protected set of tables for the public."""

import getpass
from typing import Annotated

import typer
from rich.progress import Progress

from commands.handing_in import QUEUED, hand_in
from commands.publishing import WantedRelease, make_release
from dashboard.store.workspace import open_workspace


def command(
    as_of: Annotated[str, typer.Option(help="Date of the release; periods must have ended by then.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be published; write nothing.")] = False,
    made_by: Annotated[str, typer.Option(help="Who makes the release; your login name by default.")] = "",
    approved_by: Annotated[str, typer.Option(help="The second person, who looked at it.")] = "",
    queued: Annotated[bool, typer.Option("--queued", help=QUEUED)] = False,
) -> None:
    """Make the next release: count, protect, audit with every earlier release, write."""
    made_by = made_by or getpass.getuser()
    if queued:
        names = {"as_of": as_of, "made_by": made_by, "approved_by": approved_by}
        hand_in("publish", names | {"dry_run": "yes" * dry_run})
        return
    with open_workspace() as workspace, Progress(transient=True) as progress:
        task = progress.add_task("Counting", total=1.0)

        def say(words: str, share: float) -> None:
            progress.update(task, description=words, completed=share)

        for sentence in make_release(workspace, WantedRelease(as_of, made_by, approved_by, dry_run), say):
            progress.stop()  # what is said stays, a bar would run through it
            print(sentence)
