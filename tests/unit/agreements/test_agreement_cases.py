"""Random agreements and questions, through a real store and its gate, against an oracle that shares no code with it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import agreement_oracle as oracle
import agreement_world as world
import pytest
from agreement_world import NORTH, SOUTH

from dashboard.agreements import Asker, Audience
from dashboard.agreements.written import from_terms
from dashboard.domain import Level, Period, Query, add_months
from dashboard.people import Grant, Person, Role, act_as
from dashboard.store.cube import Cube, open_cube
from dashboard.store.gate import Asking
from dashboard.store.gated import GatedReader
from dashboard.store.workspace import who_acts

TODAY = date(2025, 12, 20)
SHORT, LONG = 300, 5_000
QUESTIONS = 5
MEASURES_OF = {
    "contact_count": ["contacts"], "contacted": ["contacts", "events"], "death_count": ["deaths"],
    "visit_count": ["clinic_visits"], "contacts_a_death": ["contacts", "deaths"],
}  # fmt: skip


@pytest.fixture(scope="module")
def cube(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cube]:
    home: Path = tmp_path_factory.mktemp("world")
    engine = world.fill(home)
    yield open_cube(engine, home)
    engine.dispose()


def likely(chance: random.Random, usual: Any, *others: Any) -> Any:
    """Mostly the usual, so that something is shown in every second case."""
    return usual if chance.random() < 0.8 else chance.choice(others)


def random_terms(chance: random.Random, whose: dict[str, str], number: int) -> dict[str, Any]:
    """The terms of an agreement as a file says them; now and then one is left open."""
    terms: dict[str, Any] = whose | {
        "id": f"agreement-{number}", "name": "them", "purpose": "To learn", "legal_basis": "Counts",
        "citation": "none",
        "indicators": likely(chance, "all", ["contact_count"], ["contact_count", "contacted", "death_count"], []),
        "finest_place": likely(chance, "town", "county", "state", "planning_area"),
        "finest_period": likely(chance, "month", "day", "quarter", "year", "fiscal_year"),
        "groups": likely(chance, "all", ["age"], [], ["age", "sex"]),
        "audiences": likely(chance, {"member": 0, "public": 5}, {"member": 0, "law_enforcement": 0}, {"public": 0},
                            {"auditor": 0}, {"member": 11, "public": 11}, {}),
        "embargo_days": likely(chance, 0, 30, 90, 400),
        "valid_from": likely(chance, date(2024, 1, 1), TODAY + timedelta(days=chance.randint(-1, 1))),
        "valid_to": likely(chance, date(2026, 12, 31), "until ended", TODAY + timedelta(days=chance.randint(-1, 1)),
                           date(2025, chance.randint(1, 12), 28), date(2025, 6, 30)),
        "on_expiry": chance.choice(["hide", "keep", "keep_public"]),
        "part2": chance.random() < 0.2,
        "signatures": [{"who": "them", "on": likely(chance, date(2024, 1, 1), TODAY, TODAY + timedelta(days=1))}],
    }  # fmt: skip
    if chance.random() < 0.05:
        terms["signatures"] = [{"who": "them"}]
    if chance.random() < 0.1:
        del terms[chance.choice(oracle.HAS_TO_BE_AGREED)]
    first, last = terms.get("valid_from"), terms.get("valid_to")
    if isinstance(last, date) and first is not None and last < first:
        terms["valid_from"] = last
    return terms


def random_agreements(chance: random.Random) -> list[dict[str, Any]]:
    """None, one or two for each partner and each source."""
    told = []
    for whose in (*({"partner": name} for name in world.SERVED), {"source": world.OPEN}, {"source": world.CLOSED},
                  {"source": "partner_sheets"}):  # fmt: skip
        usual = 1 if "partner" in whose else 0
        for _ in range(likely(chance, usual, 0, 1, 2)):
            coalition = likely(chance, world.COALITION.get(whose.get("partner", ""), ""), "", "north", "south")
            of_whom = whose | ({"coalition": coalition} if coalition else {})
            told.append(random_terms(chance, of_whom, len(told)))
    return told


def random_roles(chance: random.Random) -> list[tuple[str, str]]:
    """Somebody with a role in every coalition, in one, or in two; law enforcement is that wherever it is anything."""
    role = likely(chance, "member", *(audience.value for audience in Audience))
    where = likely(chance, [""], ["north"], ["south"], ["north", ""], ["north", "south"])
    other = role if role in ("law_enforcement", "public") else "member"
    return [(coalition, other if at else role) for at, coalition in enumerate(where)]


def asker_of(roles: list[tuple[str, str]]) -> Asker:
    """The same person as the program knows them when they act."""
    officer = roles[0][1] == "law_enforcement"
    grants = tuple(Grant(Role.MEMBER if officer else Role(role), where) for where, role in roles)
    with act_as(Person("somebody", grants=grants, law_enforcement=officer)):
        return replace(who_acts(), own=frozenset())


def random_question(chance: random.Random) -> Query:
    """One to three windows that follow each other, of months, quarters, years or something odd."""
    length = chance.choice([1, 3, 3, 6, 12, 12])
    first = add_months(world.FIRST, chance.randrange(0, world.MONTHS - length + 1))
    if chance.random() < 0.6:
        first = date(first.year, (first.month - 1) // length * length + 1, 1)
    windows = [Period(add_months(first, length * n), add_months(first, length * (n + 1))) for n in range(3)]
    last = add_months(world.FIRST, world.MONTHS)
    kept = tuple(window for window in windows if window.end <= last)[: chance.randint(1, 3)]
    indicator = chance.choice(list(MEASURES_OF))
    partner = likely(chance, "", *world.SERVED) if indicator.startswith("contact") else ""
    group = likely(chance, "", *world.GROUPS[1:]) if indicator in ("contact_count", "contacted") else ""
    level = chance.choice([Level.TOWN, Level.COUNTY, Level.STATE])
    return Query(indicator, kept, level, partner=partner, stratum=group)


def expected(told: list[dict[str, Any]], query: Query, asker: dict[str, Any]) -> list[list[float] | None]:
    """For each window and area the numbers to be shown, worked out row by row.

    None where an agreement does not allow them; none of them where their partner hides them itself.
    """
    of_county = {county: [town for town, at in world.TOWNS.items() if at == county] for county in (NORTH, SOUTH)}
    inside = {"town": {town: [town] for town in world.TOWNS}, "county": of_county, "state": {"25": list(world.TOWNS)}}
    return [
        _cell(told, query, asker, (window, towns))
        for window in query.periods
        for towns in inside[query.level.value].values()
    ]


def _cell(
    told: list[dict[str, Any]], query: Query, asker: dict[str, Any], where: tuple[Period, list[str]]
) -> list[float] | None:
    window, towns = where
    asked = asker | {
        "indicator": query.indicator, "group": query.stratum, "level": query.level.value, "first": window.start,
        "last": window.end - timedelta(days=1), "coalition": "",
    }  # fmt: skip
    sums, hidden = [], False
    for measure in MEASURES_OF[query.indicator]:
        whole = [report for report in world.reports() if report[2] == measure and report[1] == query.partner]
        rows = whole or [report for report in world.reports() if report[2] == measure and not query.partner]
        here = [(source, partner, [t for t in towns if t in served]) for source, partner, _, served in rows]
        here = [row for row in here if row[2]]
        if not here and sums:  # nobody reports what stands below: a count alone
            continue
        if not here or not all(_may_see(told, source, partner, asked) for source, partner, _ in here):
            return None
        inside = [month for month in world.months() if window.start <= month < window.end]
        hidden = hidden or any(world.is_hidden(measure, partner, month) for _, partner, _ in here for month in inside)
        sums.append(float(sum(
            world.counted(measure, partner, town, query.stratum, month)
            for _, partner, served in here for town in served for month in inside
        )))  # fmt: skip
    return [] if hidden else sums


def _may_see(told: list[dict[str, Any]], source: str, partner: str, asked: dict[str, Any]) -> bool:
    """A partner's number needs the partner's word, and the source's where it gave one; a public record needs none."""
    of_source = [terms for terms in told if terms.get("source") == source and "partner" not in terms]
    if not partner:
        return oracle.allowed(of_source, asked) if of_source else source == world.OPEN
    of_partner = [terms for terms in told if terms.get("partner") == partner]
    of_its = asked | {"coalition": world.COALITION[partner]}
    return oracle.allowed(of_partner, of_its) and (not of_source or oracle.allowed(of_source, asked))


def check(cube: Cube, seed: int) -> tuple[int, int]:
    """One case: agreements, somebody who asks, a few questions. (cells shown, cells withheld)."""
    chance = random.Random(seed)
    told = random_agreements(chance)
    roles = random_roles(chance)
    release = chance.choice([None, None, None, 5, 11])
    smallest = None if release is None else dict.fromkeys(MEASURES_OF, release)
    asking = Asking(asker_of(roles), TODAY, tuple(from_terms(terms) for terms in told), release=smallest)
    reader = GatedReader(cube, asking, world.KNOWN)
    shown = withheld = 0
    for _ in range(QUESTIONS):
        query = random_question(chance)
        cells = reader.read(query)
        wanted = expected(told, query, {"roles": roles, "today": TODAY, "release": release})
        for at, numbers in enumerate(wanted):
            where = f"case {seed}: {query} cell {at}"
            if numbers is None:
                assert cells.state[at] == "not_reported", where
                assert cells.numerator[at] != cells.numerator[at], where
                assert cells.rate[at] != cells.rate[at], where
                withheld += 1
            elif not numbers:
                assert cells.state[at] == "suppressed", where
            else:
                assert cells.numerator[at] == numbers[0], where
                assert cells.denominator[at : at + 1].tolist() == numbers[1:] or len(numbers) == 1, where
                shown += 1
    return shown, withheld


def test_random_agreements_show_exactly_what_the_oracle_allows(cube: Cube) -> None:
    shown, withheld = (sum(counts) for counts in zip(*(check(cube, seed) for seed in range(SHORT)), strict=True))
    assert shown > 500
    assert withheld > 500


@pytest.mark.long
def test_many_random_agreements_show_exactly_what_the_oracle_allows(cube: Cube) -> None:
    for seed in range(SHORT, SHORT + LONG):
        check(cube, seed)
