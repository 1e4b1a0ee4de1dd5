"""What was said, on the maps and paths of a meeting's screens: numbers with their words below, as on its trends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from dashboard.figures.cascade import CascadeChart
from dashboard.figures.svg_map import Drawn
from dashboard.meetings import AgendaItem
from dashboard.views.meeting_screens import Room, Show, Shown
from dashboard.views.memory import Spoken, entries, entries_of_any, places_around
from dashboard.views.said_flags import flag, stands_at
from dashboard.views.said_steps import flagged_steps, path_abouts

MOST = 4
MAP = "/places"


def with_said(show: Show) -> Show:
    """A kind of screen with what was said about its map or path, as far as it was said by the day of its numbers."""

    def told(room: Room, item: AgendaItem, values: Mapping[str, str]) -> Shown:
        shown = show(room, item, values)
        page = urlsplit(shown.href)
        asked = dict(parse_qsl(page.query))
        if isinstance(shown.picture, CascadeChart):
            return replace(shown, picture=_path(room, shown.picture, asked))
        if isinstance(shown.picture, Drawn) and page.path == MAP:
            return replace(shown, picture=_map(room, shown.picture, asked.get("indicator", "")))
        return shown

    return told


def _path(room: Room, chart: CascadeChart, asked: Mapping[str, str]) -> CascadeChart:
    place = asked.get("place", "")
    around = places_around(room.reader.gazetteer, place)
    abouts = path_abouts(asked.get("path", ""), place)
    return flagged_steps(chart, entries_of_any(room.memory, abouts, around, stories=False, until=room.as_of), most=MOST)


def _map(room: Room, drawn: Drawn, indicator: str) -> Drawn:
    """The newest of what was said about the towns that are painted, town by town in the order of their names."""
    found = [one for one in entries(room.memory, stories=False, until=room.as_of)
             if one.about.place in drawn.towns and one.about.indicator in ("", indicator)]  # fmt: skip
    newest = sorted(found, key=lambda one: (one.on, one.id))[-MOST:]
    name = room.reader.gazetteer.name

    def by_town(entry: Spoken) -> tuple[str, str, str]:
        return name(entry.about.place), entry.on.isoformat(), entry.id

    told = enumerate(sorted(newest, key=by_town), 1)
    flags = (replace(flag(number, stands_at(one), one, name(one.about.place)), x=one.about.place)
             for number, one in told)  # fmt: skip
    return replace(drawn, flags=tuple(flags))
