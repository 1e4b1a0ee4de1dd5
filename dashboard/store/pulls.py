"""What was fetched by network: every attempt, with what became of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine, insert, select

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


def attempts(engine: Engine) -> list[Pull]:
    """Every attempt, oldest first."""
    with engine.connect() as connection:
        rows = connection.execute(select(pull).order_by(pull.c.tried_at, pull.c.feed)).mappings()
        return [Pull(**{**row, "outcome": Ended(row["outcome"])}) for row in rows]


def newest(engine: Engine) -> dict[str, Pull]:
    """The last attempt of each feed."""
    return {attempt.feed: attempt for attempt in attempts(engine)}


def last_good(engine: Engine) -> dict[str, Pull]:
    """The last attempt of each feed after which the store held what the publisher has, with the size it last had."""
    found: dict[str, Pull] = {}
    for attempt in attempts(engine):
        if attempt.outcome in (Ended.LOADED, Ended.SAME):
            found[attempt.feed] = attempt
    return found
