"""What was said, where it belongs on a page: flags on its charts, marks on its map. From what whoever asks may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from callbacks.query import short_text
from callbacks.staff.meetings import hears_stories
from callbacks.staff.memory import FOLLOWED, coalition_of_place, kept_memory
from dashboard.domain import Level
from dashboard.figures.chart import SmallMultiples
from dashboard.meetings import About
from dashboard.meetings import Memory as KeptMemory
from dashboard.store.workspace import Workspace
from dashboard.views.asking import write_address
from dashboard.views.cascade import AfterOverdose, Side
from dashboard.views.cascade_asking import AskedCascade
from dashboard.views.memory import Spoken, entries_of_any, places_around
from dashboard.views.said_cards import card_with_said
from dashboard.views.said_flags import Flagged, flagged
from dashboard.views.said_panels import PanelSaid, flagged_panels
from dashboard.views.said_places import MapAsked, said_marks
from dashboard.views.said_steps import flagged_steps, path_abouts
from dashboard.views.source import ViewGazetteer
from dashboard.views.this_month import ThisMonth

State = Mapping[str, object]
AFTER, TRENDS = "/after-an-overdose", "/places/trends"


@dataclass(frozen=True)
class Heard:
    """What a coalition remembers, for a page about `place`; `until` is the ISO day it is looked at from, "" for now."""

    memory: KeptMemory
    gazetteer: ViewGazetteer
    place: str
    until: str

    def about(self, about: About) -> list[Spoken]:
        """What was said about this, the newest first."""
        return self.about_any([about])

    def about_any(self, abouts: Sequence[About]) -> list[Spoken]:
        """What was said about any of these, which speak of one place."""
        around = places_around(self.gazetteer, abouts[0].place)
        return entries_of_any(self.memory, abouts, around, stories=hears_stories(), until=self.until)


def with_flags(workspace: Workspace, chart: Flagged, state: State) -> Flagged:
    """A chart of a page with what was said about it as flags; on an earlier day only what had been said by then."""
    told = {name: short_text(name, state.get(name)) for name in FOLLOWED}
    heard = heard_about(workspace, state, told["place"] or told["within"])
    if heard is None:
        return chart
    said = heard.about(About(indicator=told["indicator"], place=heard.place, target=told["target"]))
    return flagged(chart, said, level=heard.gazetteer.level_of(heard.place))


def with_steps_said(workspace: Workspace, answer: AfterOverdose) -> AfterOverdose:
    """A path with what was said about its steps; a second one beside it where it is of another place."""
    asked = answer.asked
    kind, _, id_ = asked.beside.partition(":")
    places = [asked.place, id_ if kind == "place" else ""]
    sides = [_with_steps(workspace, side, asked, place) for side, place in zip(answer.sides, places, strict=False)]
    return replace(answer, sides=tuple(sides))


def _with_steps(workspace: Workspace, side: Side, asked: AskedCascade, place: str) -> Side:
    heard = heard_about(workspace, asdict(asked), place)
    if heard is None:
        return side
    said = heard.about_any(path_abouts(asked.path, place))
    page = "" if place == asked.place else write_address(AFTER, AskedCascade(asked.path, place))
    return replace(side, chart=flagged_steps(side.chart, said, page=page))


def with_cards_said(workspace: Workspace, page: ThisMonth, state: State) -> ThisMonth:
    """The numbers of a month, each with what was said about it."""
    heard = heard_about(workspace, state, page.area)
    if heard is None:
        return page
    level = heard.gazetteer.level_of(page.area)
    told = [(card, About(indicator=card.evidence.indicator, place=page.area)) for card in page.cards]
    return replace(page, cards=tuple(card_with_said(card, heard.about(about), level=level) for card, about in told))


def with_panel_flags(
    workspace: Workspace, chart: SmallMultiples, state: State, places: Mapping[str, str]
) -> SmallMultiples:
    """Charts side by side with flags; `places` are the places of those that show another than the page's, by title."""
    told = {name: short_text(name, state.get(name)) for name in ("indicator", "place")}
    heard = heard_about(workspace, state, told["place"])
    if heard is None:
        return chart

    def said(place: str) -> PanelSaid:
        about = About(indicator=told["indicator"], place=place)
        page = "" if place == heard.place else f"{TRENDS}?{urlencode({'indicator': about.indicator, 'place': place})}"
        return PanelSaid(heard.about(about), heard.gazetteer.level_of(place), page)

    return flagged_panels(chart, [said(places.get(one.title, heard.place)) for one in chart.charts])


def said_on_map(workspace: Workspace, state: State) -> list[dict[str, object]]:
    """Marks of the towns and areas of a map of which something was said, as its script takes them."""
    told = {name: short_text(name, state.get(name)) for name in ("indicator", "within", "level")}
    heard = heard_about(workspace, state, told["within"])
    if heard is None:
        return []
    areas = told["level"] == Level.PLANNING_AREA.value
    asked = MapAsked(told["indicator"], heard.place, areas, heard.until, hears_stories())
    return [asdict(mark) for mark in said_marks(heard.gazetteer, heard.memory, asked)]


def heard_about(workspace: Workspace, state: State, place: str) -> Heard | None:
    """What the coalition of a place remembers; None where there is none that whoever asks may see."""
    reader = workspace.reader()
    coalition = coalition_of_place(reader, place)
    memory = kept_memory(workspace, coalition) if coalition else None
    if memory is None or not place:
        return None
    return Heard(memory, reader.gazetteer, place, short_text("as_of", state.get("as_of")))
