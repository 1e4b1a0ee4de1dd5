"""`coalition pull`: fetch public sources by network; what is newer and whole is loaded, the last good data are kept."""

import sys
import time
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from commands.handing_in import QUEUED, hand_in
from commands.pulling import WantedFeeds, pull_feeds, sentence_of
from dashboard.store.pulls import Pull, newest
from dashboard.store.workspace import Workspace, open_workspace
from data_loaders.pull.feeds import Feed, feeds

WATCH_SECONDS = 3600
WIDE = 200


def command(
    names: Annotated[list[str] | None, typer.Argument(metavar="[FEED]...", help="Feeds to fetch; none: all.")] = None,
    only_due: Annotated[bool, typer.Option("--due", help="Only those whose last answer is old enough.")] = False,
    listing: Annotated[
        bool, typer.Option("--list", help="Say what can be fetched, and how the last attempts ended.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Stay, and fetch what is due every hour.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Load even an answer much smaller than the last.")] = False,
    queued: Annotated[bool, typer.Option("--queued", help=QUEUED)] = False,
) -> None:
    """Fetch public sources; exit code 1 when one could not be fetched or loaded, and what was there is kept."""
    if queued and not listing and not watch:
        hand_in("pull", {"names": " ".join(names or []), "due": "yes" * only_due, "force": "yes" * force})
        return
    with open_workspace() as workspace:
        if listing:
            console = Console() if sys.stdout.isatty() else Console(width=WIDE)
            console.print(_table(feeds(workspace.settings.feeds), newest(workspace.engine)))
            return
        good = _pull(workspace, WantedFeeds(tuple(names or ()), only_due or watch, force))
        while watch:
            time.sleep(WATCH_SECONDS)
            _pull(workspace, WantedFeeds(tuple(names or ()), only_due=True))
    if not good:
        raise typer.Exit(1)


def _pull(workspace: Workspace, wanted: WantedFeeds) -> bool:
    told: list[Pull] = []

    def tell(attempt: Pull, _share: float) -> None:
        told.append(attempt)
        print(sentence_of(attempt), flush=True)

    good = pull_feeds(workspace, wanted, tell)
    if not told:
        print("Nothing is due.", flush=True)
    return good


def _table(known: dict[str, Feed], last: dict[str, Pull]) -> Table:
    table = Table("feed", "from", "every", "last tried", "ended", "in words")
    for feed in known.values():
        pull = last.get(feed.id)
        told = (f"{pull.tried_at:%Y-%m-%d %H:%M}", str(pull.outcome), pull.words) if pull else ("never", "", "")
        table.add_row(feed.id, feed.address.partition("?")[0], f"{feed.every_days} days", *told)
    return table
