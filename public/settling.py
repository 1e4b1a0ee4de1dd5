"""For any address of a release the nearest one that has a page, and the first part of it that was not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from public.addresses import FIGURES, Asked
from public.choosing import choose_table, first_topic
from public.gaps_page import choose_service
from public.snapshot import EVERYONE, Snapshot, Topic, address_token
from public.trend_line import FEWEST, line


def settle(snapshot: Snapshot, asked: Asked) -> tuple[Asked, str]:
    """The nearest address that has a page, and the first part that was not known."""
    if asked.embed and asked.page not in FIGURES:
        return replace(asked, embed=False), "page"
    settled, fault = _SETTLE[asked.page](snapshot, asked) if asked.page in _SETTLE else (asked, "")
    return settled, fault


def _settle_map(snapshot: Snapshot, asked: Asked) -> tuple[Asked, str]:
    chosen, fault = choose_table(snapshot, asked.parts)
    if chosen is None:
        return asked.at(""), "page"
    return replace(asked, parts=(chosen.topic.token, chosen.period, chosen.group)), fault


def _settle_trend(snapshot: Snapshot, asked: Asked) -> tuple[Asked, str]:
    token, place, group = (*asked.parts, "", "", "")[:3]
    topic, fault = snapshot.topics.get(token), ""
    if topic is None:
        topic, fault = first_topic(snapshot), "indicator" if token else ""
    if topic is None or not snapshot.places:
        return asked.at(""), "page"
    if place not in snapshot.id_of:
        fault = fault or ("place" if place else "")
        place = address_token(_first_place(snapshot, topic))
    known = snapshot.every_group(topic)
    if group not in known:
        fault = fault or ("group" if group else "")
        group = EVERYONE if EVERYONE in known else sorted(known)[0]
    return replace(asked, parts=(topic.token, place, group)), fault


def _first_place(snapshot: Snapshot, topic: Topic) -> str:
    """The whole that a line opens on: the first with two numbers that can be shown, else the first there is."""
    for whole in snapshot.wholes:
        if sum(at.count == at.count for _, at in line(snapshot, topic, whole, "")) >= FEWEST:
            return whole
    return next(iter(snapshot.wholes), next(iter(snapshot.places)))


def _settle_town(snapshot: Snapshot, asked: Asked) -> tuple[Asked, str]:
    token = next(iter(asked.parts), "")
    if token in snapshot.id_of:
        return asked, ""
    return replace(asked.at(""), embed=False), "place"


def _settle_gaps(snapshot: Snapshot, asked: Asked) -> tuple[Asked, str]:
    service, fault = choose_service(snapshot, next(iter(asked.parts), ""))
    parts = asked.parts if not asked.parts or asked.parts == (service,) else (service,)
    return replace(asked, parts=tuple(part for part in parts if part)), fault


def _settle_said(snapshot: Snapshot, asked: Asked) -> tuple[Asked, str]:
    return (asked, "") if snapshot.released.texts else (asked.at(""), "page")


_SETTLE: dict[str, Callable[[Snapshot, Asked], tuple[Asked, str]]] = {
    "map": _settle_map, "trend": _settle_trend, "town": _settle_town, "gaps": _settle_gaps,
    "said": _settle_said,
}  # fmt: skip
