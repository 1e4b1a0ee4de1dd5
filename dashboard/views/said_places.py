"""Of which places of a map something was said, and how much: marks on the map, a column of its table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain import Level
from dashboard.meetings import Memory
from dashboard.views.memory import Spoken, entries, kind_of
from dashboard.views.source import ViewGazetteer
from dashboard.views.words import many

NAMED = {"Story": ("story", "stories"), "You said": ("request",)}


@dataclass(frozen=True)
class SaidMark:
    """A place of which something was said: the towns it is made of, its name, and how much was said: `2 decisions`."""

    geoids: tuple[str, ...]
    name: str
    words: str


@dataclass(frozen=True)
class MapAsked:
    """What a map shows: an indicator within a place, by towns or by areas, known on a day ("" now); stories or none."""

    indicator: str
    within: str
    areas: bool
    until: str
    stories: bool


def said_marks(gazetteer: ViewGazetteer, memory: Memory, asked: MapAsked) -> list[SaidMark]:
    """A mark for every town within, and on a map of areas every planning area, of which this was said; by name.

    What speaks of the map's whole, or of no place, marks nothing: it stands below the map.
    """
    towns = set(gazetteer.towns_of(asked.within))
    about: dict[str, list[Spoken]] = defaultdict(list)
    for entry in entries(memory, stories=asked.stories, until=asked.until):
        if entry.about.place and entry.about.indicator in ("", asked.indicator):
            about[entry.about.place].append(entry)
    found = [
        SaidMark(geoids, gazetteer.name(place), how_much(said))
        for place, said in about.items()
        if (geoids := _shapes(gazetteer, place, towns, areas=asked.areas))
    ]
    return sorted(found, key=lambda mark: mark.name)


def _shapes(gazetteer: ViewGazetteer, place: str, towns: set[str], *, areas: bool) -> tuple[str, ...]:
    """The towns of a map that make up a place; none where it has no mark there."""
    if place in towns:
        return (place,)
    if not areas or place not in gazetteer.set_by_id or gazetteer.level_of(place) is not Level.PLANNING_AREA:
        return ()
    return tuple(town for town in gazetteer.towns_of(place) if town in towns)


def how_much(said: Sequence[Spoken]) -> str:
    """`1 decision, 2 notes`."""
    counted = Counter(kind_of(entry) for entry in said)
    return ", ".join(many(count, *NAMED.get(kind, (kind.lower(),))) for kind, count in counted.items())
