"""What is read while a file is made, taken down, so that the file can carry what agreements ask to be said with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from dashboard.domain import Query

_asked: ContextVar[list[Query] | None] = ContextVar("asked", default=None)


@contextmanager
def taken_down() -> Iterator[None]:
    """Take every question down that is put to a reader within the block."""
    token = _asked.set([])
    try:
        yield
    finally:
        _asked.reset(token)


def so_far() -> tuple[Query, ...]:
    """The questions that were put so far."""
    return tuple(_asked.get() or ())


def take_down(query: Query) -> None:
    """Take a question down where somebody wants to know."""
    asked = _asked.get()
    if asked is not None:
        asked.append(query)
