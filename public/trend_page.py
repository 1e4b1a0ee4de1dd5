"""The page of a number over time: a sentence, the line, its table, and the places and groups to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.domain import State
from public.cell_words import counted_words, number_words, provisional_words, short_words
from public.scene import Choice, Scene
from public.snapshot import Topic, address_token, group_token
from public.trend_line import Line, has_line, line, sentence, trend_picture


def build(scene: Scene, topic: Topic, id_: str, stratum: str) -> dict[str, Any]:
    """Everything the template needs."""
    cells = line(scene.snapshot, topic, id_, stratum)
    place = scene.snapshot.name(id_)
    group = f", {scene.group_name(stratum)}" if stratum else ""
    return {
        "title": f"{scene.topic_name(topic)}, {place}{group}", "headline": sentence(scene, topic, cells, place),
        "picture": trend_picture(scene, topic, id_, stratum, 720),
        "narrow": trend_picture(scene, topic, id_, stratum, 340),
        "table": table_rows(scene, topic, cells), "topics": _topics(scene, topic, id_),
        "places": _places(scene, topic, id_, stratum), "groups": _groups(scene, topic, id_, stratum),
        "town_href": scene.page("town", address_token(id_)), "place": place,
        "sources_of": {at.cells.source[at.row] for _, at in cells},
        "definition": topic.indicator.definition, "topic": topic,
        "counted": counted_words(scene.words, topic.indicator),
        "caveats": topic.indicator.caveats,
    }  # fmt: skip


def table_rows(scene: Scene, topic: Topic, cells: Line) -> list[dict[str, Any]]:
    """The table twin: one row a period."""
    rows = []
    for period, at in cells:
        absent = at.state in (State.SUPPRESSED, State.NOT_REPORTED)
        rows.append({
            "name": scene.words.period(str(period)), "href": "", "members": (),
            "absent": short_words(scene.words, topic.indicator, at) if absent else "",
            **number_words(scene.words, topic.indicator, at), "note": provisional_words(scene.words, at),
        })  # fmt: skip
    return rows


def _topics(scene: Scene, chosen: Topic, id_: str) -> list[Choice]:
    found = []
    for topic in scene.snapshot.topics.values():
        if topic is chosen or has_line(scene.snapshot, topic, id_, ""):
            href = scene.here("trend", topic.token, address_token(id_), "all")
            found.append(Choice(scene.topic_name(topic), href, topic is chosen))
    return found


def _places(scene: Scene, topic: Topic, id_: str, stratum: str) -> list[Choice]:
    """States and counties; towns are reached from their own pages."""
    ids = [*scene.snapshot.wholes, *(county.geoid for county in scene.snapshot.counties())]
    ids += [] if id_ in ids else [id_]
    shown: Sequence[str] = [one for one in ids if one == id_ or has_line(scene.snapshot, topic, one, stratum)]
    group = group_token(stratum)
    return [
        Choice(scene.snapshot.name(one), scene.here("trend", topic.token, address_token(one), group), one == id_)
        for one in shown
    ]


def _groups(scene: Scene, topic: Topic, id_: str, stratum: str) -> list[Choice]:
    found = scene.snapshot.every_group(topic)
    return [
        Choice(scene.group_name(s), scene.here("trend", topic.token, address_token(id_), token), s == stratum)
        for token, s in found.items()
        if s == stratum or has_line(scene.snapshot, topic, id_, s)
    ]
