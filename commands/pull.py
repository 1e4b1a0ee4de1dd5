"""`coalition pull`: fetch public sources by network; what is newer and whole is loaded, the last good data are kept."""

import sys
import time
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from dashboard.domain import Level
from dashboard.errors import InvalidQuery, LoadRefused
from dashboard.store.pulls import Ended, Pull, newest
from dashboard.store.workspace import Workspace, open_workspace
from dashboard.store.writer import is_demonstration
from data_loaders.pull.feeds import Feed, feeds
from data_loaders.pull.fetch import visitor
from data_loaders.pull.pulling import Puller, due, fitting

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
) -> None:
    """Fetch public sources; exit code 1 when one could not be fetched or loaded, and what was there is kept."""
    with open_workspace() as workspace:
        known = feeds(workspace.settings.feeds)
        if listing:
            console = Console() if sys.stdout.isatty() else Console(width=WIDE)
            console.print(_table(known, newest(workspace.engine)))
            return
        if is_demonstration(workspace.engine):
            raise LoadRefused(
                "The store holds demonstration data; real data never join it. Use another COALITION_HOME."
            )
        good = _pull(workspace, known, names or [], only_due=only_due or watch, force=force)
        while watch:
            time.sleep(WATCH_SECONDS)
            _pull(workspace, known, names or [], only_due=True, force=False)
    if not good:
        raise typer.Exit(1)


def _pull(workspace: Workspace, known: dict[str, Feed], names: list[str], *, only_due: bool, force: bool) -> bool:
    """Fetch what is asked for, one after the other, telling each as it ends; whether all went well."""
    states = {place.state for place in workspace.reader().gazetteer.places if place.level is Level.TOWN}
    chosen = [_named(known, name) for name in names] or fitting(known.values(), states)
    if only_due:
        wanted = {feed.id for feed in due(known, workspace.engine, _now())}
        chosen = [feed for feed in chosen if feed.id in wanted]
    good = True
    with visitor() as visits:
        puller = Puller(workspace.engine, visits, states)
        for feed in chosen:
            attempt = puller.pull(feed, _now(), force=force)
            print(f"{feed.id}: {attempt.outcome}. {attempt.words}", flush=True)
            good = good and attempt.outcome in (Ended.LOADED, Ended.SAME)
    if not chosen:
        print("Nothing is due.", flush=True)
    return good


def _named(known: dict[str, Feed], name: str) -> Feed:
    if name not in known:
        raise InvalidQuery(f"There is no feed '{name[:60]}'; there are {', '.join(known)}.")
    return known[name]


def _table(known: dict[str, Feed], last: dict[str, Pull]) -> Table:
    table = Table("feed", "from", "every", "last tried", "ended", "in words")
    for feed in known.values():
        pull = last.get(feed.id)
        told = (f"{pull.tried_at:%Y-%m-%d %H:%M}", str(pull.outcome), pull.words) if pull else ("never", "", "")
        table.add_row(feed.id, feed.address.partition("?")[0], f"{feed.every_days} days", *told)
    return table


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
