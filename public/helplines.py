"""Lines that people can call, from helplines.toml: each with its source and the day its number was last checked."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from public.language import Language

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


def checked_words(lines: Collection[Helpline], words: Language) -> str:
    """When all these numbers had been checked, and of which of them nobody has checked the number yet."""
    days = sorted(line.checked_on for line in lines if line.checked_on)
    unchecked = [line.name for line in lines if not line.checked_on]
    said = [words.say("lines_checked", day=words.day(days[0]))] if days else []
    said += [words.say("lines_unchecked", names=words.listing(unchecked))] if unchecked else []
    return " ".join(said)


def helplines_of(states: Collection[str]) -> list[Helpline]:
    """Lines that serve any of these states."""
    return [line for line in helplines() if not line.states or set(line.states) & set(states)]
