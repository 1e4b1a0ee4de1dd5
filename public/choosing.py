"""What can be chosen on a figure's page: indicators, periods, groups and places, each a link."""

from __future__ import annotations

from dataclasses import dataclass

from public.scene import Choice, Scene
from public.snapshot import EVERYONE, Snapshot, Topic


@dataclass(frozen=True)
class Chosen:
    """A table as an address names it, all parts known."""

    topic: Topic
    period: str
    group: str
    stratum: str


def first_topic(snapshot: Snapshot) -> Topic | None:
    """What a release opens on: its first topic with towns."""
    topics = list(snapshot.topics.values())
    with_towns = [t for t in topics if any(table.level == "town" for table in snapshot.tables(t))]
    return next(iter(with_towns or topics), None)


def choose_table(snapshot: Snapshot, parts: tuple[str, ...]) -> tuple[Chosen | None, str]:
    """The table nearest to an address's (indicator, period, group), and which of them was not known ("" for none).

    Parts that are left out are no fault: they open on the newest period and everyone.
    """
    token, period, group = (*parts, "", "", "")[:3]
    topic, fault = snapshot.topics.get(token), ""
    if topic is None:
        topic, fault = first_topic(snapshot), "indicator" if token else ""
    if topic is None:
        return None, fault
    periods = snapshot.periods(topic)
    if period not in periods:
        fault = fault or ("period" if period not in ("", "newest") else "")
        period = periods[0]
    groups = snapshot.groups(topic, period)
    if group not in groups:
        fault = fault or ("group" if group else "")
        group = EVERYONE if EVERYONE in groups else next(iter(groups))
    return Chosen(topic, period, group, groups[group]), fault


def topic_choices(scene: Scene, chosen: Topic) -> list[Choice]:
    """Indicators; each opens on its newest period."""
    found = []
    for token, topic in scene.snapshot.topics.items():
        known, _ = choose_table(scene.snapshot, (token,))
        if known:
            href = scene.here("map", token, known.period, known.group)
            found.append(Choice(scene.topic_name(topic), href, token == chosen.token))
    return found


def period_choices(scene: Scene, chosen: Chosen) -> list[Choice]:
    """Periods of the indicator, with the chosen group where they have it."""
    found = []
    for period in scene.snapshot.periods(chosen.topic):
        groups = scene.snapshot.groups(chosen.topic, period)
        group = chosen.group if chosen.group in groups else next(iter(groups))
        href = scene.here("map", chosen.topic.token, period, group)
        found.append(Choice(scene.words.period(period), href, period == chosen.period))
    return found


def group_choices(scene: Scene, chosen: Chosen) -> list[Choice]:
    """Population groups of the period."""
    groups = scene.snapshot.groups(chosen.topic, chosen.period)
    return [
        Choice(scene.group_name(s), scene.here("map", chosen.topic.token, chosen.period, g), g == chosen.group)
        for g, s in groups.items()
    ]
