"""Lines that people can call, from helplines.toml: each with its source and the day its number was last checked."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("helplines.toml")


@dataclass(frozen=True)
class Helpline:
    """A line: `dial` is what a phone dials; `states` are those it serves (none: all); `said` names its sentence."""

    id: str
    name: str
    number: str
    dial: str
    source: str
    checked_on: str
    states: tuple[str, ...] = ()


@cache
def helplines() -> tuple[Helpline, ...]:
    """Every line of the file, in its order."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Helpline(id_, **row | {"states": tuple(row.get("states", ()))}) for id_, row in told.items())


def helplines_of(states: Collection[str]) -> list[Helpline]:
    """Lines that serve any of these states."""
    return [line for line in helplines() if not line.states or set(line.states) & set(states)]
