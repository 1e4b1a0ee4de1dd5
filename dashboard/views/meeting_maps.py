"""The maps that a screen of a meeting can show: an indicator, need and access together, and the strategies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from dashboard.domain import Level
from dashboard.figures.painted import drawn_of
from dashboard.figures.svg_marks import marks_legend
from dashboard.meetings import AgendaItem
from dashboard.views import choices
from dashboard.views.asking import Asked, build_query, state_of, write_address
from dashboard.views.gaps_page import PATH as GAPS_PATH
from dashboard.views.gaps_page import AskedGaps, gaps_page
from dashboard.views.meeting_screens import Room, Shown, TwoWay
from dashboard.views.shapes import shapes_for
from dashboard.views.strategy_page import PATH as STRATEGIES_PATH
from dashboard.views.strategy_page import AskedStrategies, strategy_page
from dashboard.views.town_map import few_rates, town_map

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Request = TypeVar("Request", bound=DataclassInstance)


def asked_of(kind: type[Request], values: Mapping[str, str]) -> Request:
    """A page's request from the values of its address; unknown names are left aside."""
    return kind(**{field.name: values[field.name] for field in fields(kind) if field.name in values})


def town_picture(room: Room, item: AgendaItem, values: Mapping[str, str]) -> Shown:  # noqa: ARG001
    """The map of an indicator in the coalition's towns."""
    asked = replace(asked_of(Asked, {"indicator": "", **values}), as_of=room.as_of, place="")
    asked = replace(asked, within=asked.within or room.area)
    state = state_of(room.reader, asked.within)
    indicator = room.reader.registry.indicator(asked.indicator or choices.first_indicator(room.reader, state))
    asked = replace(asked, indicator=indicator.id)
    if not asked.level and indicator.kind == "rate" and few_rates(room.reader.read(build_query(room.reader, asked))):
        areas = any(one.level is Level.PLANNING_AREA for one in room.reader.gazetteer.sets)
        asked = replace(asked, level=Level.PLANNING_AREA.value if areas else "")
    shapes = shapes_for(room.reader, asked.within)
    drawn = town_map(room.reader, build_query(room.reader, asked), shapes.geoids if shapes else (), asked.within, "")
    prepared = room.shapes(shapes.sha) if shapes else None
    legend = tuple((row["key"], row["label"]) for row in drawn.paint["legend"])
    picture = drawn_of(drawn.paint, prepared, title=drawn.title, sentence=drawn.headline) if prepared else None
    return Shown(drawn.headline, picture, legend=legend if picture else (), note=" ".join(drawn.notes),
                 href=write_address("/places", asked))  # fmt: skip


def two_way(room: Room, item: AgendaItem, values: Mapping[str, str]) -> Shown:  # noqa: ARG001
    """Need and access on one map: where need is high and help is far."""
    asked = replace(asked_of(AskedGaps, values), as_of=room.as_of, place="")
    found = gaps_page(room.reader, replace(asked, within=asked.within or room.area), room.today)
    shown = _painted(room, found.headline, found.paint, found.asked.within, said="reading")
    told = found.paint.get("bivariate")
    legend = TwoWay(told["down"], told["across"], tuple(told["labels"]["down"]), tuple(told["labels"]["across"])) if (
        told and shown.picture) else None  # fmt: skip
    return replace(shown, two_way=legend, note=" ".join(found.notes), href=write_address(GAPS_PATH, found.asked))


def strategies(room: Room, item: AgendaItem, values: Mapping[str, str]) -> Shown:  # noqa: ARG001
    """The coalition's strategies, town by town, beside where the rates are highest."""
    wanted = AskedStrategies(room.memory.coalition, values.get("strategy", ""), as_of=room.as_of)
    found = strategy_page(room.reader, room.strategies(), wanted)
    shown = _painted(room, found.headline, found.paint, found.within, said="status")
    return replace(shown, note=" ".join(found.notes), href=write_address(STRATEGIES_PATH, found.asked))


def _painted(room: Room, headline: str, paint: Mapping[str, Any], within: str, *, said: str) -> Shown:
    """A map as its page paints it, with its legend; the sentence alone where no shapes are loaded."""
    shapes = shapes_for(room.reader, within)
    prepared = room.shapes(shapes.sha) if shapes else None
    if prepared is None:
        return Shown(headline)
    legend = tuple((row["key"], row["label"]) for row in paint["legend"] if row["key"] in paint["classes"])
    drawn = drawn_of(paint, prepared, title=paint["title"], sentence=headline, said=said)
    return Shown(headline, drawn, legend=legend, signs=tuple(marks_legend(paint)))
