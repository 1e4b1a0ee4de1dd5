"""What each kind of screen shows: the same views as the dashboard's own pages, for the back of a room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from dashboard.errors import InvalidQuery
from dashboard.figures.chart import TrendChart
from dashboard.meetings import About, AgendaItem, ScreenKind
from dashboard.views import choices
from dashboard.views.asking import find_partner, state_of, write_address
from dashboard.views.cascade import after_overdose
from dashboard.views.cascade_asking import AskedCascade
from dashboard.views.meeting_maps import asked_of, strategies, town_picture, two_way
from dashboard.views.meeting_screens import VIEWS, Room, Show, Shown
from dashboard.views.memory import entries_about, places_around
from dashboard.views.said_flags import Flagged, flagged
from dashboard.views.target_page import target_page
from dashboard.views.target_windows import place_of
from dashboard.views.target_words import STATUS_WORDS
from dashboard.views.targets import AskedTargets, find_target, targets_page
from dashboard.views.trends import AskedTrend, compared
from dashboard.views.what_changed import AskedChanges, complete, what_changed

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Request = TypeVar("Request", bound=DataclassInstance)

MOST_TARGETS, MOST_CHANGES, OF_ONE_KIND, MOST_FLAGS = 8, 6, 3, 4


def targets(room: Room, item: AgendaItem, values: Mapping[str, str]) -> Shown:  # noqa: ARG001
    """One target against its path, or all of them, what needs the coalition most first."""
    asked = replace(asked_of(AskedTargets, values), as_of=room.as_of)
    if asked.target:
        target = find_target(room.reader, asked.target)
        page = target_page(room.reader, target, room.today)
        said = f"{page.card.name}. {page.card.standing}"
        speaks = About(target=asked.target, indicator=target.indicator, place=place_of(room.reader, target))
        chart = _flagged(room, page.chart, speaks) if page.chart else None
        return Shown(said, chart, lines=(page.card.wanted,), href=asked.address("/targets"))
    asked = replace(asked, coalition=asked.coalition or room.memory.coalition)
    found = targets_page(room.reader, asked, room.today)
    rows = [(STATUS_WORDS[status], card.name, card.whom) for status, cards in found.groups for card in cards]
    more = len(rows) - MOST_TARGETS
    note = f"And {more} more that stand better." if more > 0 else ""
    return Shown(found.headline, head=("Where it stands", "Target", "For whom"), rows=tuple(rows[:MOST_TARGETS]),
                 note=note, href=asked.address("/targets"))  # fmt: skip


def changed(room: Room, item: AgendaItem, values: Mapping[str, str]) -> Shown:  # noqa: ARG001
    """What changed since the meeting before, most important first."""
    wanted = replace(asked_of(AskedChanges, values), as_of=room.as_of)
    wanted = replace(wanted, since=wanted.since or room.since, place=wanted.place or room.area)
    asked = complete(room.reader, wanted, room.today)
    found = what_changed(room.reader, room.then, asked, room.today)
    told = [one.words for section in found.sections for one in section.items[:OF_ONE_KIND]]
    left = sum(len(section.items) for section in found.sections) - min(len(told), MOST_CHANGES)
    more = [f"And {left} more on the page What changed."] if left > 0 else []
    note = " ".join([*more, *(section.nothing for section in found.sections if not section.items)])
    return Shown(found.headline, lines=tuple(told[:MOST_CHANGES]), note=note,
                 href=write_address("/what-changed", asked))  # fmt: skip


def trend(room: Room, item: AgendaItem, values: Mapping[str, str]) -> Shown:  # noqa: ARG001
    """An indicator over time."""
    asked = replace(asked_of(AskedTrend, values), as_of=room.as_of)
    return _trend(room, replace(asked, place=asked.place or room.area))


def partner(room: Room, item: AgendaItem, values: Mapping[str, str]) -> Shown:
    """A partner's slot: what it reports over time, of the indicator it chose or the first it reports."""
    if not item.partner:
        raise InvalidQuery("It does not say which partner's slot it is.")
    id_ = find_partner(room.reader, item.partner)
    name = str(room.reader.partners[id_]["name"])
    asked = replace(asked_of(AskedTrend, values), as_of=room.as_of, compare="partner", first=id_)
    asked = replace(asked, place=asked.place or room.area)
    own = asked.indicator or _first_of(room, id_, asked.place)
    shown = _trend(room, replace(asked, indicator=own))
    return replace(shown, note=" ".join(filter(None, (f"As reported by {name}.", shown.note))))


def continuity(room: Room, item: AgendaItem, values: Mapping[str, str]) -> Shown:  # noqa: ARG001
    """Of the same events, how many came how far after an overdose."""
    asked = replace(asked_of(AskedCascade, values), as_of=room.as_of, beside="")
    found = after_overdose(room.reader, replace(asked, place=asked.place or room.area))
    side = found.sides[0] if found.sides else None
    chart = side.chart if side and side.chart.has_values else None
    told = (chart.reading if chart else "", *(side.faults if side else ()), found.left_out)
    return Shown(found.headline, chart, note=" ".join(filter(None, told)),
                 href=write_address("/after-an-overdose", found.asked))  # fmt: skip


SHOWS: Mapping[ScreenKind, Show] = {
    ScreenKind.TARGETS: targets, ScreenKind.CHANGED: changed, ScreenKind.MAP: town_picture,
    ScreenKind.TWO_WAY: two_way, ScreenKind.STRATEGIES: strategies, ScreenKind.TREND: trend,
    ScreenKind.PARTNER: partner, ScreenKind.CONTINUITY: continuity,
}  # fmt: skip


def _trend(room: Room, asked: AskedTrend) -> Shown:
    found = compared(room.reader, asked)
    about = About(indicator=found.asked.indicator, place=found.asked.place)
    chart = _flagged(room, found.chart, about) if isinstance(found.chart, TrendChart) else found.chart
    return Shown(found.headline, chart, note=found.reading, href=found.asked.address(VIEWS[ScreenKind.TREND]))


def _flagged(room: Room, chart: Flagged, about: About) -> Flagged:
    """A chart with what was said about it, as far as it was said by the day of the meeting's numbers."""
    gazetteer = room.reader.gazetteer
    around = places_around(gazetteer, about.place)
    said = entries_about(room.memory, about, around, stories=room.stories, until=room.as_of)
    return flagged(chart, said, level=gazetteer.level_of(about.place), most=MOST_FLAGS)


def _first_of(room: Room, partner: str, place: str) -> str:
    """The first indicator, by theme and name, that a partner reports and that may be seen."""
    state = state_of(room.reader, place)
    offered = [choice.value for choice in choices.indicators(room.reader, state) if not choice.heading]
    for id_ in offered:
        indicator = room.reader.registry.indicator(id_)
        if any(row["partner"] == partner for row in room.reader.series_of(indicator, state)):
            return id_
    raise InvalidQuery(f"Nothing that {room.reader.partners[partner]['name']} reports may be shown here yet.")
