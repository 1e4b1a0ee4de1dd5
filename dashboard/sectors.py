"""The sectors a coalition needs, and which of them have no partner. The list is declared in sectors.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("sectors.toml")


@dataclass(frozen=True)
class Sector:
    """A sector, why it is needed, and the other ways in which it is written."""

    name: str
    why: str
    also: tuple[str, ...] = ()


@cache
def sectors() -> tuple[Sector, ...]:
    """Every sector of the list, in its order."""
    told = _told()["sectors"]
    return tuple(Sector(name, entry["why"], tuple(entry.get("also", ()))) for name, entry in told.items())


def source() -> str:
    """Where the list comes from."""
    return str(_told()["source"])


def sector_of(written: str) -> str:
    """The sector of the list that a partner's sector means; "" for one that is not on it."""
    return _by_word().get(" ".join(written.replace("_", " ").split()).casefold(), "")


def missing(written: Iterable[str]) -> tuple[Sector, ...]:
    """Sectors of the list that none of these partners' sectors means."""
    filled = {sector_of(each) for each in written}
    return tuple(sector for sector in sectors() if sector.name not in filled)


@cache
def _by_word() -> Mapping[str, str]:
    return {word.casefold(): sector.name for sector in sectors() for word in (sector.name, *sector.also)}


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))
