"""One fact about the gaps of a place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GapFact:
    """A short title, what holds here and why, and links (words, address) to see more or do something."""

    title: str
    sentence: str
    links: tuple[tuple[str, str], ...] = ()
