"""What was fetched by network: every attempt, with what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine, func, insert, select

from dashboard.store.schema_pulls import pull


class Ended(StrEnum):
    """How an attempt ended; only LOADED and SAME say that the store holds what the publisher has."""

    LOADED = "loaded"
    SAME = "no change"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Pull:
    """One attempt: when (UTC, naive), how it ended, in words, and what the host told of its answer."""

    feed: str
    tried_at: datetime
    outcome: Ended
    words: str
    bytes_taken: int = 0
    etag: str = ""
    modified: str = ""


def record(engine: Engine, attempt: Pull) -> None:
    """Keep an attempt."""
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(insert(pull).values(**asdict(attempt)))


def newest(engine: Engine) -> dict[str, Pull]:
    """The last attempt of each feed."""
    return _last(engine, Ended)


def last_good(engine: Engine) -> dict[str, Pull]:
    """The last attempt of each feed after which the store held what the publisher has, with the size it last had."""
    return _last(engine, (Ended.LOADED, Ended.SAME))


def _last(engine: Engine, outcomes: Iterable[Ended]) -> dict[str, Pull]:
    """The last attempt of each feed that ended in one of these ways."""
    ended = pull.c.outcome.in_(list(outcomes))
    last = (
        select(pull.c.feed, func.max(pull.c.tried_at).label("tried_at")).where(ended).group_by(pull.c.feed).subquery()
    )
    same = (pull.c.feed == last.c.feed) & (pull.c.tried_at == last.c.tried_at)
    with engine.connect() as connection:
        rows = connection.execute(select(pull).join(last, same).order_by(pull.c.feed)).mappings()
        return {row["feed"]: Pull(**{**row, "outcome": Ended(row["outcome"])}) for row in rows}
