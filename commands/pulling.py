"""Fetching the feeds that were asked for, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard.domain import Level
from dashboard.errors import InvalidQuery, LoadRefused
from dashboard.store.pulls import Ended, Pull
from dashboard.store.workspace import Workspace
from dashboard.store.writer import is_demonstration
from data_loaders.pull.feeds import Feed, feeds
from data_loaders.pull.fetch import visitor
from data_loaders.pull.pulling import Puller, due, fitting


@dataclass(frozen=True)
class WantedFeeds:
    """Feeds by name (none: all that fit), only those that are due, or even an answer much smaller than the last."""

    names: tuple[str, ...] = ()
    only_due: bool = False
    force: bool = False


def pull_feeds(workspace: Workspace, wanted: WantedFeeds, tell: Callable[[Pull, float], object]) -> bool:
    """Fetch what is wanted, telling each attempt as it ends and the share of all; whether all went well.

    LoadRefused in a store of demonstration data, InvalidQuery for an unknown feed.
    """
    if is_demonstration(workspace.engine):
        raise LoadRefused("The store holds demonstration data; real data never join it. Use another COALITION_HOME.")
    states = {place.state for place in workspace.reader().gazetteer.places if place.level is Level.TOWN}
    chosen = _chosen(workspace, wanted, states)
    good = True
    with visitor() as visits:
        puller = Puller(workspace.engine, visits, states)
        for number, feed in enumerate(chosen, 1):
            attempt = puller.pull(feed, _now(), force=wanted.force)
            tell(attempt, number / len(chosen))
            good = good and attempt.outcome in (Ended.LOADED, Ended.SAME)
    return good


def sentence_of(attempt: Pull) -> str:
    """How an attempt ended."""
    return f"{attempt.feed}: {attempt.outcome}. {attempt.words}"


def _chosen(workspace: Workspace, wanted: WantedFeeds, states: set[str]) -> list[Feed]:
    known = feeds(workspace.settings.feeds)
    chosen = [_named(known, name) for name in wanted.names] or fitting(known.values(), states)
    if not wanted.only_due:
        return chosen
    ids = {feed.id for feed in due(known, workspace.engine, _now())}
    return [feed for feed in chosen if feed.id in ids]


def _named(known: Mapping[str, Feed], name: str) -> Feed:
    if name not in known:
        raise InvalidQuery(f"There is no feed '{name[:60]}'; there are {', '.join(known)}.")
    return known[name]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
