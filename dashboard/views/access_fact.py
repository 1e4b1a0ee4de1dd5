"""Which services a town has within reach, which it has not or by one site alone, and what would change that."""

from __future__ import annotations

from datetime import date

import numpy as np

from dashboard.domain import Query
from dashboard.figures.words import lower, number
from dashboard.views.access_answer import AccessAnswer, AskedAccess, access_answer, complete_access, offered_services
from dashboard.views.asking import finest_level, state_of, write_address
from dashboard.views.gap_fact import GapFact
from dashboard.views.source import ViewReader
from dashboard.views.town_access import minutes_words
from dashboard.views.what_if_asked import AskedWhatIf

Found = tuple[AccessAnswer, int]
"""The answer for a service, and the town's row in it."""


def access_facts(reader: ViewReader, query: Query, place: str) -> tuple[GapFact, ...]:
    """One fact on a town's services; none for larger places, and none where no site of any service is known."""
    state = state_of(reader, place)
    if not state or reader.gazetteer.level_of(place) is not finest_level(reader, state):
        return ()
    today = query.as_of or date.today()
    answers = [found for each in known_services(reader) if (found := _answer(reader, each, state, today)).sites]
    told = [(answer, answer.ground.geoid.index(place)) for answer in answers if place in answer.ground.geoid]
    if not told:
        return ()
    deserts = [(answer, row) for answer, row in told if answer.desert[row]]
    fragile = [(answer, row) for answer, row in told if answer.access.fragile[row] and not answer.desert[row]]
    first = (deserts or fragile or told)[0][0]
    title = f"Out of reach: {_counted(len(deserts))}" if deserts else "Services within reach"
    return (GapFact(title, " ".join(_sentences(told, deserts, fragile)), _links(first, place, bool(deserts))),)


def known_services(reader: ViewReader) -> list[str]:
    """Services of which any site is known."""
    offered = {word for site in reader.facilities() for word in site.services}
    return [choice.value for choice in offered_services(reader) if not choice.heading] if offered else []


def _answer(reader: ViewReader, service: str, within: str, today: date) -> AccessAnswer:
    return access_answer(reader, complete_access(reader, AskedAccess(service, within), today), today)


def _sentences(told: list[Found], deserts: list[Found], fragile: list[Found]) -> list[str]:
    said = []
    if deserts:
        said.append(f"A desert for {_listed([_far(answer, row) for answer, row in deserts])}.")
        road = any(np.isfinite(answer.minutes[row]) for answer, row in deserts)
        said.append(f"A site nearer{', a van or a longer threshold' if road else ' or a van'} would change that.")
    if fragile:
        sites = [f"{lower(answer.service.name)} ({answer.site_of(row).name})" for answer, row in fragile]  # type: ignore[union-attr]
        said.append(f"It depends on one site alone for {_listed(sites)}: if that closed, it would be a desert.")
    near = [(answer, row) for answer, row in told if not answer.desert[row] and not answer.access.fragile[row]]
    if near:
        said.append(f"Within reach by more than one site: {_listed([_far(answer, row) for answer, row in near])}.")
    return said


def _far(answer: AccessAnswer, row: int) -> str:
    minutes = answer.minutes[row]
    far = minutes_words(minutes) if np.isfinite(minutes) else "no road"
    return f"{lower(answer.service.name)} ({far}, threshold {number(answer.access.threshold[row])})"


def _links(answer: AccessAnswer, place: str, desert: bool) -> tuple[tuple[str, str], ...]:
    within, sites = answer.ground.within, "listed" if answer.reach.listed else "verified"
    asked = AskedWhatIf(service=answer.service.id, within=within, sites=sites, placed=place)
    see = f"/places/access?service={answer.service.id}&within={within}&place={place}&sites={sites}"
    links = (("See its nearest sites", see),)
    return (*links, ("Try a site here", write_address("/places/what-if", asked))) if desert else links


def _counted(number_: int) -> str:
    return "1 service" if number_ == 1 else f"{number(number_)} services"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
