"""The first page: what the numbers say, in plain sentences, and where to look further."""

from __future__ import annotations

from typing import Any

from public.choosing import Chosen, choose_table, first_topic
from public.map_page import draw, legend, title
from public.map_rows import shown
from public.scene import Scene
from public.snapshot import DRAWN, EVERYONE, Topic, address_token
from public.trend_line import has_line
from public.wholes import source_words, whole_words


def build(scene: Scene) -> dict[str, Any]:
    """Everything the template needs."""
    topics = [told for topic in scene.snapshot.topics.values() if (told := _told(scene, topic))]
    first = first_topic(scene.snapshot)
    chosen = choose_table(scene.snapshot, (first.token,))[0] if first else None
    context: dict[str, Any] = {"told": topics, "towns": towns(scene), "chosen": chosen, "picture": ""}
    context["sources"] = source_words(scene, {source.id for source in scene.snapshot.released.sources})
    if chosen:
        found = shown(scene, chosen)
        context |= {
            "picture": draw(scene, chosen, found) if found.row_of else "", "legend": legend(scene, found),
            "figure_title": title(scene, chosen),
            "map_href": scene.page("map", chosen.topic.token, chosen.period, chosen.group),
        }  # fmt: skip
    return context


def towns(scene: Scene) -> list[tuple[str, str]]:
    """(name, link) of every town, by name."""
    return [(town.name, scene.page("town", town.geoid)) for town in scene.snapshot.towns()]


def _told(scene: Scene, topic: Topic) -> dict[str, Any] | None:
    """One indicator: its newest number for everyone, of the coalition's area or else a state; one that can be shown
    before one that is hidden."""
    own = [whole for whole in scene.snapshot.wholes if whole in scene.snapshot.sets]
    states = [whole for whole in scene.snapshot.wholes if whole not in own]
    every = [(whole, chosen) for whole in own for chosen in newest_first(scene, topic)]
    every += [(state, chosen) for chosen in newest_first(scene, topic) for state in states]
    told = [(whole, chosen) for whole, chosen in every if whole_words(scene, chosen, whole)]
    if not told:
        return None
    whole, chosen = next((pair for pair in told if _is_shown(scene, *pair)), told[0])
    drawn = scene.snapshot.finest(topic, chosen.period, "") in DRAWN
    return {
        "name": scene.topic_name(topic), "said": whole_words(scene, chosen, whole),
        "period": scene.words.period(chosen.period), "see": scene.words.say("see_map" if drawn else "see_numbers"),
        "map": scene.page("map", topic.token, chosen.period, chosen.group),
        "trend": trend_href(scene, topic, whole, chosen.group),
    }  # fmt: skip


def _is_shown(scene: Scene, whole: str, chosen: Chosen) -> bool:
    at = scene.snapshot.cell(chosen.topic, whole, chosen.period, "")
    return at is not None and at.count == at.count


def trend_href(scene: Scene, topic: Topic, id_: str, group: str) -> str:
    """The link to a place's line over time; "" where there are not two periods to join."""
    found = has_line(scene.snapshot, topic, id_, "")
    return scene.page("trend", topic.token, address_token(id_), group) if found else ""


def newest_first(scene: Scene, topic: Topic) -> list[Chosen]:
    """The topic's periods for everyone."""
    periods = scene.snapshot.periods(topic)
    return [
        Chosen(topic, period, EVERYONE, "") for period in periods if EVERYONE in scene.snapshot.groups(topic, period)
    ]
