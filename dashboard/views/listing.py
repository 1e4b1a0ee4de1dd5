"""A short list of towns or sites in words, for the tables behind a map."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Listing:
    """A list as a table: title, sentence, head and rows of texts; `first` rows stand open even where it is long."""

    title: str
    sentence: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    first: int = 0
