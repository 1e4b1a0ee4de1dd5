"""Every address of a release: what plain files are written for, and what a server could be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from public.addresses import FIGURES, FORMS, Asked
from public.gaps_page import offered
from public.render import DOORS
from public.settling import settle
from public.snapshot import Snapshot
from public.trend_line import has_line


def addresses(snapshot: Snapshot, language: str) -> Iterator[Asked]:
    """Pages of a release in a language, each with its frame and downloads; pages beside releases are not among them."""
    for page in dict.fromkeys(_pages(snapshot)):
        asked = replace(page, release=str(snapshot.number), language=language)
        yield asked
        if asked.page in FIGURES:
            yield replace(asked, embed=True)
            yield from (replace(asked, form=form) for form in FORMS)
        elif asked.page == "town":
            yield from (replace(asked, form=form) for form in ("csv", "json"))


def _pages(snapshot: Snapshot) -> Iterator[Asked]:
    yield from (settle(snapshot, Asked(page))[0] for page in DOORS)
    yield from (Asked("gaps", (service.id,)) for service in offered(snapshot))
    for token in snapshot.id_of:
        yield Asked("town", (token,))
    for topic in snapshot.topics.values():
        for period in snapshot.periods(topic):
            for group in snapshot.groups(topic, period):
                yield Asked("map", (topic.token, period, group))
        yield from _trends(snapshot, topic.token)


def _trends(snapshot: Snapshot, token: str) -> Iterator[Asked]:
    """Lines over time of every place and group that has one."""
    topic = snapshot.topics[token]
    for group, stratum in snapshot.every_group(topic).items():
        for place, id_ in snapshot.id_of.items():
            if has_line(snapshot, topic, id_, stratum):
                yield Asked("trend", (token, place, group))
