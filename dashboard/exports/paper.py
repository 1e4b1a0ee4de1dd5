"""The paper: what an export says, before anything prints it. Figures, tables and sentences are those of the screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dashboard.figures.render_svg import Picture
from dashboard.views.words import day_words

Row = Mapping[str, object]
FOUR_STATES = (
    ("value", "A value", "A number that may be shown. Zero is a value: it was counted, and there were none."),
    ("unstable", "Unstable", "A value with too few events to lean on: shown with a flag, or as a count only."),
    ("suppressed", "Hidden to protect people", "Known, but it may not be shown: it could point to a person."),
    ("not_reported", "Not reported", "Nobody told us. It is not zero."),
)
"""The four states: as files write them, as people read them, and what they mean."""
MARK = "Demonstration data, not real: real towns, invented numbers."
NOT_REAL = "Demonstration data, not real. "
"""The same mark before another sentence."""
PROVISIONAL = "Provisional is a mark beside any of them: the number is still being completed and may change."


@dataclass(frozen=True)
class Tile:
    """One number shown large: `figure` and `unit` as the screen writes them, and how it moved."""

    name: str
    figure: str
    unit: str
    sentence: str
    change: str


@dataclass(frozen=True)
class MapFigure:
    """A map as SVG with its sentence, its legend as (class of palette.FILLS, words), and its places as texts.

    `whole` is the same picture with its legend in it, for a slide or a file of its own.
    """

    title: str
    sentence: str
    svg: str
    legend: tuple[tuple[str, str], ...]
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    whole: str = ""


@dataclass(frozen=True)
class Reading:
    """A table for people: head and rows of texts; the first column names the row."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """A table for machines: plain rows that all have the same columns; None where there is no number.

    `name` is the name of its file and sheet; a column `state` beside the numbers says why one is missing.
    """

    name: str
    title: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Point:
    """One sentence under a short heading of its own ("" where it needs none)."""

    words: str
    under: str = ""


@dataclass(frozen=True)
class Section:
    """One part of the paper: its sentence first, then figures, tables and notes."""

    id: str
    heading: str
    sentence: str
    tiles: tuple[Tile, ...] = ()
    figures: tuple[Picture | MapFigure, ...] = ()
    points: tuple[Point, ...] = ()
    tables: tuple[Reading, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """Where numbers come from."""

    title: str
    publisher: str
    licence: str
    as_of: date
    url: str = ""


@dataclass(frozen=True)
class Paper:
    """Everything an export says. `known_on` is the day whose knowledge it shows, `whom` who may see it, in words."""

    title: str
    place: str
    headline: str
    known_on: date
    whom: str
    sections: tuple[Section, ...] = field(repr=False)
    sources: tuple[Source, ...] = ()
    withheld: tuple[str, ...] = ()
    demonstration: bool = False

    def cited(self, most: int, rest: str) -> str:
        """The sentence on where its numbers are from: the first `most` sources, and where the rest is listed."""
        named = [f"{one.title} ({one.publisher}, {day_words(one.as_of)})" for one in self.sources]
        more = f"; and {len(named) - most} more, listed in {rest}" if len(named) > most else ""
        return f"Sources: {'; '.join(named[:most]) or 'none yet'}{more}."

    def nearer(self, words: str) -> str:
        """A sentence without what goes without saying on a paper about this place: that it is about everyone there."""
        return words.replace(f", Everyone in {self.place}", "")

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every table for machines."""
        return tuple(sheet for section in self.sections for sheet in section.sheets)

    def section(self, id_: str) -> Section | None:
        """The section with this id, if the paper has it."""
        return next((section for section in self.sections if section.id == id_), None)
