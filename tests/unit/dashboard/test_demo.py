"""The demonstration: real places, invented numbers, and everything a screen must be able to show."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice

import numpy as np
import pytest
from demonstrated import ROWS, TODAY, made

from dashboard.demo import demonstration
from dashboard.domain import Level, State
from dashboard.indicators import registry
from dashboard.intake import Intake

Key = tuple[str, str, date, date, str, str, str]
Told = dict[Key, tuple[float | None, str, bool]]


@pytest.fixture(scope="module")
def intakes() -> list[Intake]:
    return made()


@pytest.fixture(scope="module")
def places(intakes: list[Intake]) -> Intake:
    return intakes[0]


def rows_of(intakes: list[Intake]) -> Iterator[tuple[Key, float | None, str, bool]]:
    for intake in intakes:
        o = intake.observations
        keys = zip(o.measure, o.geoid, o.start, o.end, o.basis, o.partner, o.stratum, strict=True)
        yield from zip(keys, o.value, o.state, o.provisional, strict=True)


def town(geoid: str) -> bool:
    return geoid.isdigit() and len(geoid) == 10


@pytest.fixture(scope="module")
def newest(intakes: list[Intake]) -> list[Intake]:
    """All but the numbers as they were first reported."""
    return [intake for intake in intakes if "first reported" not in intake.file_name]


@pytest.fixture(scope="module")
def told(newest: list[Intake]) -> Told:
    return {key: (value, state, provisional) for key, value, state, provisional in rows_of(newest)}


def test_every_part_is_marked_as_demonstration(intakes: list[Intake]) -> None:
    assert all(intake.demonstration and intake.source == "demonstration" for intake in intakes)
    assert all("not real" in intake.notes[0] for intake in intakes)
    assert len({intake.sha256 for intake in intakes}) == len(intakes)


def beginning(parts: int, *, seed: int, today: date) -> list[str]:
    """What the first parts say: a change anywhere in the made world changes them; the third takes long."""
    return [intake.sha256 for intake in islice(demonstration(seed=seed, today=today, rows=ROWS), parts)]


def test_the_same_seed_makes_the_same_content_on_any_day_of_the_month(intakes: list[Intake]) -> None:
    assert beginning(4, seed=20, today=date(2025, 10, 31)) == [intake.sha256 for intake in intakes[:4]]


def test_another_seed_makes_another_content(intakes: list[Intake]) -> None:
    assert not set(beginning(2, seed=8, today=TODAY)) & {intake.sha256 for intake in intakes}


def test_about_as_many_rows_come_out_as_asked_for(told: dict[Key, object]) -> None:
    assert 0.9 * ROWS < len(told) <= ROWS


def test_no_observation_is_told_twice(newest: list[Intake], told: dict[Key, object]) -> None:
    assert sum(len(intake.observations) for intake in newest) == len(told)


def test_what_was_first_reported_was_fewer_months_and_fewer_late_counts(intakes: list[Intake], told: Told) -> None:
    """Everything of it is of coalitions, ends two months earlier and holds no count above the newest."""
    (earlier,) = [intake for intake in intakes if "first reported" in intake.file_name]
    assert earlier.as_of == date(2025, 8, 21)
    assert max(earlier.observations.end) == date(2025, 7, 1)
    assert all(geoid.startswith("c-") for geoid in earlier.observations.geoid)
    members = {one.id: one.members for intake in intakes for one in intake.place_sets}

    def now(key: Key) -> float:
        towns = (told.get((key[0], town, *key[2:])) for town in members[key[1]])
        return sum(number[0] or 0 for number in towns if number)

    deaths = [(key, value) for key, value, *_ in rows_of([earlier]) if key[0] == "opioid_deaths"]
    assert deaths
    assert all((value or 0) <= now(key) for key, value in deaths)
    assert any((value or 0) < now(key) for key, value in deaths)


def test_massachusetts_is_complete(places: Intake) -> None:
    levels = Counter(place.level for place in places.places)
    assert (levels[Level.STATE], levels[Level.COUNTY], levels[Level.TOWN]) == (1, 14, 351)
    assert {"Boston", "Gosnold", "Mount Washington", "Manchester-by-the-Sea"} <= {p.name for p in places.places}


def test_residents_of_2020_are_those_of_the_census(told: Told) -> None:
    counted = {k: v[0] for k, v in told.items() if k[0] == "population" and k[2] == date(2020, 1, 1)}
    assert sum(value or 0 for key, value in counted.items() if key[6] == "") == 7_029_917
    assert counted["population", "2502507000", date(2020, 1, 1), date(2021, 1, 1), "residence", "", ""] == 675_647


@pytest.mark.parametrize("dimension", ["age", "sex", "race"])
@pytest.mark.parametrize("year", [2020, 2025])
def test_residents_by_group_add_up_in_every_town(told: Told, dimension: str, year: int) -> None:
    whole: dict[str, float] = {}
    parts: dict[str, float] = defaultdict(float)
    for (measure, geoid, start, _, _, _, stratum), (value, _, _) in told.items():
        if measure == "population" and start.year == year:
            if stratum == "":
                whole[geoid] = value or 0
            elif stratum.startswith(dimension + "="):
                parts[geoid] += value or 0
    assert len(whole) == 351
    assert parts == whole


def test_every_indicator_has_values(told: Told) -> None:
    valued = {key[0] for key, (value, _, _) in told.items() if value is not None}
    missing = [
        indicator.id
        for indicator in registry().indicators.values()
        for term in (indicator.numerator, indicator.denominator)
        if term and term.measures[0] not in valued
    ]
    assert missing == []


def test_a_value_is_absent_exactly_when_its_state_says_why(told: Told) -> None:
    states = Counter((state, value is None) for value, state, _ in told.values())
    assert set(states) == {(State.VALUE, False), (State.SUPPRESSED, True), (State.NOT_REPORTED, True)}


def test_deaths_of_the_last_full_year_are_near_the_published_total(
    told: Told,
) -> None:
    """Massachusetts counted about 1,340 opioid-related deaths of residents in 2024."""
    towns = [
        value or 0
        for (measure, geoid, start, _, basis, _, stratum), (value, _, _) in told.items()
        if measure == "opioid_deaths" and start.year == 2024 and basis == "residence" and stratum == ""
        and town(geoid)
    ]  # fmt: skip
    assert len(towns) == 351 * 12
    assert sum(towns) == pytest.approx(1340, rel=0.10)


def test_nowhere_do_more_people_die_of_opioids_than_of_any_drug(told: Told) -> None:
    opioids = {key[1:]: value for key, (value, *_) in told.items() if key[0] == "opioid_deaths" and not key[5] + key[6]}
    drugs = {key[1:]: value for key, (value, *_) in told.items() if key[0] == "drug_deaths_examiner"}
    shared = opioids.keys() & drugs.keys()
    assert len(shared) > 5000
    assert [key for key in shared if (opioids[key] or 0) > (drugs[key] or 0)] == []


def test_ambulances_are_called_about_ten_times_as_often_as_people_die(
    told: Told,
) -> None:
    total: dict[str, float] = defaultdict(float)
    for (measure, geoid, start, _, basis, partner, stratum), (value, _, _) in told.items():
        if start.year == 2024 and stratum == partner == "" and town(geoid) and basis in ("residence", "occurrence"):
            total[f"{measure} {basis}"] += value or 0
    ratio = total["ems_opioid_incidents occurrence"] / total["opioid_deaths residence"]
    assert 8 < ratio < 16


def test_towns_differ_more_than_chance_explains(told: Told) -> None:
    deaths: dict[str, float] = defaultdict(float)
    residents: dict[str, float] = {}
    for (measure, geoid, start, _, basis, _, stratum), (value, _, _) in told.items():
        if measure == "opioid_deaths" and basis == "residence" and stratum == "" and town(geoid):
            deaths[geoid] += value or 0
        if measure == "population" and stratum == "" and start.year == 2020:
            residents[geoid] = value or 0
    observed = np.array([deaths[geoid] for geoid in residents])
    people = np.array(list(residents.values()))
    expected = observed.sum() * people / people.sum()
    assert ((observed - expected) ** 2 / expected).sum() / 350 > 2  # 1 where towns differ by chance alone


def test_numerators_never_exceed_denominators(told: Told) -> None:
    wrong = []
    compared = 0
    pairs = {
        (i.numerator.measures[0], i.denominator.measures[0])
        for i in registry().indicators.values()
        if i.kind == "proportion" and i.denominator
    }
    for key, (value, _, _) in told.items():
        for below in (pair[1] for pair in pairs if pair[0] == key[0]):
            whole = told.get((below, *key[1:]), (None,))[0]
            if value is not None and whole is not None:
                compared += 1
                wrong += [key] if value > whole else []
    assert compared > 50_000
    assert wrong == []


def test_the_cascade_never_grows(told: Told) -> None:
    steps = ["known_nonfatal_overdoses", "identified_events", "contacted_30d", "contacted_7d", "contacted_72h",
             "contacted_next_day"]  # fmt: skip
    checked = 0
    for key, (value, _, _) in told.items():
        if key[0] == steps[0] and value is not None:
            counts = [told[step, *key[1:]][0] for step in steps if (step, *key[1:]) in told]
            known = [count for count in counts if count is not None]
            assert known == sorted(known, reverse=True)
            checked += 1
    assert checked > 1_000


def test_groups_add_up_to_the_quarter_in_the_coalition_towns(
    told: Told,
) -> None:
    months: dict[tuple[str, date], float] = defaultdict(float)
    groups: dict[tuple[str, date], float] = defaultdict(float)
    for (measure, geoid, start, end, basis, partner, stratum), (value, _, _) in told.items():
        if measure == "opioid_deaths" and basis == "residence" and not partner and town(geoid):
            quarter = date(start.year, 3 * ((start.month - 1) // 3) + 1, 1)
            if stratum == "" and (end - start).days < 32:
                months[geoid, quarter] += value or 0
            elif stratum.startswith("age="):
                groups[geoid, quarter] += value or 0
    assert len({geoid for geoid, _ in groups}) >= 30
    assert groups == {key: months[key] for key in groups}


@pytest.mark.parametrize("dimension", ["sex", "age"])
def test_groups_of_deaths_of_any_drug_hold_more_than_those_of_opioids(told: Told, dimension: str) -> None:
    towns, groups = (defaultdict[date, float](float) for _ in range(2))
    for (measure, geoid, start, _, basis, partner, stratum), (value, _, _) in told.items():
        if measure == "drug_deaths_examiner" and basis == "residence" and not partner:
            quarter = date(start.year, 3 * ((start.month - 1) // 3) + 1, 1)
            if stratum == "" and town(geoid):
                towns[quarter] += value or 0
            elif stratum.startswith(f"{dimension}=") and geoid == "25":
                groups[quarter] += value or 0
    assert len(groups) >= 8
    assert groups == {quarter: towns[quarter] for quarter in groups}


def test_the_last_two_months_are_provisional_and_nothing_is_later(
    told: Told,
) -> None:
    months = {
        key[2]: provisional
        for key, (_, _, provisional) in told.items()
        if key[0] == "opioid_deaths" and (key[3] - key[2]).days < 32
    }
    assert max(key[3] for key in told if key[0] != "population") == date(2025, 9, 1)
    assert sorted(start for start, provisional in months.items() if provisional) == [date(2025, 7, 1), date(2025, 8, 1)]


def test_small_treatment_counts_of_towns_are_hidden_while_the_state_stays_readable(
    told: Told,
) -> None:
    admissions = [(key, entry) for key, entry in told.items() if key[0] == "admissions_substance" and not key[6]]
    towns = [entry for key, entry in admissions if town(key[1]) and not key[5]]
    state = [entry for key, entry in admissions if key[1] == "25"]
    assert any(value_state == State.SUPPRESSED for _, value_state, _ in towns)
    assert not [value for value, _, _ in towns if value is not None and 1 <= value <= 10]
    assert state
    assert all(value_state == State.VALUE for _, value_state, _ in state)


def test_measures_that_cannot_be_added_over_places_are_told_directly(
    told: Told,
) -> None:
    measures = registry().measures
    used = {i.numerator.measures[0] for i in registry().indicators.values()}
    alone = {name for name in used if "place" not in measures[name].adds_over}
    assert alone
    assert alone <= {key[0] for key in told if key[1] == "25"}


def test_people_never_outnumber_residents(told: Told) -> None:
    people = {name for name, measure in registry().measures.items() if measure.people}
    residents = {key[1]: entry[0] for key, entry in told.items() if key[0] == "population" and not key[6]}
    assert not [
        key for key, (value, _, _) in told.items() if key[0] in people and value is not None
        and key[1] in residents and value > (residents[key[1]] or 0) * 1.1 + 1
    ]  # fmt: skip
