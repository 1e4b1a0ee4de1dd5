"""Fetch each feed, load what is new and whole, and keep the last good data otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from dashboard.store.pulls import Ended, Pull, last_good, newest, record
from data_loaders.load import Outcome, Status, load_files
from data_loaders.pull.answers import gather
from data_loaders.pull.feeds import Feed
from data_loaders.pull.fetch import NotFetched, Validators, Visitor

SHRUNK = 0.5
"""An answer smaller than this part of the last good one is not loaded: it would retract what it does not say."""
ENDED = {Status.LOADED: Ended.LOADED, Status.NO_CHANGE: Ended.SAME}


@dataclass
class Puller:
    """Pulls feeds into one store; `states` are the codes of the states that the store knows."""

    engine: Engine
    visitor: Visitor
    states: Collection[str]

    def pull(self, feed: Feed, now: datetime, *, force: bool = False) -> Pull:
        """Fetch and load one feed, and keep account of the attempt; `now` is UTC, naive.

        `force` loads an answer that is much smaller than the last one, and asks even for what did not change.
        """
        good = last_good(self.engine).get(feed.id)
        attempt = self._attempt(feed, now, None if force else good)
        if attempt.outcome in (Ended.REFUSED, Ended.UNREACHABLE):
            attempt = replace(attempt, words=f"{attempt.words} {_kept(good)}")
        record(self.engine, attempt)
        return attempt

    def _attempt(self, feed: Feed, now: datetime, good: Pull | None) -> Pull:
        known = Validators(good.etag, good.modified) if good else Validators()
        with TemporaryDirectory() as folder:
            try:
                path, told = gather(feed, self.visitor, Path(folder), states=self.states, known=known)
            except NotFetched as error:
                return Pull(feed.id, now, Ended.UNREACHABLE if error.offline else Ended.REFUSED, str(error))
            if path is None:
                assert good is not None
                return replace(good, tried_at=now, outcome=Ended.SAME, words="The publisher has nothing newer.")
            return self._load(feed, path, now, told, good)

    def _load(self, feed: Feed, path: Path, now: datetime, told: Validators, good: Pull | None) -> Pull:
        size = path.stat().st_size
        if good and size < SHRUNK * good.bytes_taken:
            rule = (
                f"The answer has {size:,} bytes where the last good one had {good.bytes_taken:,}: it may be cut off. "
                f"Look at it, and load it with: coalition pull {feed.id} --force."
            )
            return Pull(feed.id, now, Ended.REFUSED, rule, size)
        outcome = load_files(self.engine, [path], source=feed.source, now=now)[0]
        return Pull(
            feed.id, now, ENDED.get(outcome.status, Ended.REFUSED), _words(outcome), size, told.etag, told.modified
        )


def due(feeds: Mapping[str, Feed], engine: Engine, now: datetime) -> list[Feed]:
    """The feeds whose last answered attempt is older than they allow, and those that never were fetched."""
    tried = {id_: pull for id_, pull in newest(engine).items() if pull.outcome is not Ended.UNREACHABLE}
    return [
        feed
        for feed in feeds.values()
        if feed.id not in tried or now - tried[feed.id].tried_at >= timedelta(days=feed.every_days)
    ]


def fitting(feeds: Iterable[Feed], states: Collection[str]) -> list[Feed]:
    """The feeds that speak of a state the store knows; of every state those that are not bound to one."""
    return [feed for feed in feeds if not feed.state or feed.state in states]


def _words(outcome: Outcome) -> str:
    if outcome.status is Status.NO_CHANGE:
        return "The publisher has nothing newer."
    if outcome.status is Status.LOADED:
        return f"{outcome.rows_accepted:,} rows were taken."
    first = outcome.problems[0]
    more = f" And {len(outcome.problems) - 1:,} more problems." if len(outcome.problems) > 1 else ""
    place = f" ({first.column})" if first.column else ""
    return f"The publisher's file cannot be read as before: {first.rule}{place} {first.fix}{more}"


def _kept(good: Pull | None) -> str:
    return f"What was fetched on {good.tried_at:%d %B %Y} is kept." if good else "Nothing was fetched from there yet."
