"""The first page: what the numbers say, in plain sentences, and where to look further."""

from __future__ import annotations

from typing import Any

from public.choosing import Chosen, choose_table, first_topic
from public.map_page import draw, legend, shown, title, whole_words
from public.scene import Scene
from public.snapshot import EVERYONE, Topic, address_token


def build(scene: Scene) -> dict[str, Any]:
    """Everything the template needs."""
    topics = [told for topic in scene.snapshot.topics.values() if (told := _told(scene, topic))]
    first = first_topic(scene.snapshot)
    chosen = choose_table(scene.snapshot, (first.token,))[0] if first else None
    context: dict[str, Any] = {"told": topics, "towns": towns(scene), "chosen": chosen, "picture": ""}
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
    """One indicator: its newest number for everyone in each state."""
    for whole in scene.snapshot.wholes:
        for chosen in newest_first(scene, topic):
            said = whole_words(scene, chosen, whole)
            if said:
                return {
                    "name": scene.topic_name(topic), "said": said, "period": scene.words.period(chosen.period),
                    "map": scene.page("map", topic.token, chosen.period, chosen.group),
                    "trend": scene.page("trend", topic.token, address_token(whole), chosen.group),
                }  # fmt: skip
    return None


def newest_first(scene: Scene, topic: Topic) -> list[Chosen]:
    """The topic's periods for everyone."""
    periods = scene.snapshot.periods(topic)
    return [
        Chosen(topic, period, EVERYONE, "") for period in periods if EVERYONE in scene.snapshot.groups(topic, period)
    ]
