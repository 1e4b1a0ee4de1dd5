"""Who is acting: set by the command line and by every web request, nobody anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from dashboard.people.roles import NOBODY, Person

_acting: ContextVar[Person] = ContextVar("acting", default=NOBODY)
"""A thread begins with the default: what a worker does beside its requests has no rights."""


def acting() -> Person:
    """Who is acting here and now."""
    return _acting.get()


@contextmanager
def act_as(person: Person) -> Iterator[Person]:
    """Within the block `person` acts."""
    token = _acting.set(person)
    try:
        yield person
    finally:
        _acting.reset(token)
