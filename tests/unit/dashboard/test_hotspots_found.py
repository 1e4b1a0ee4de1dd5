"""Hotspots put together: what is scanned, what is left out, what is told; a planted excess is found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fake_reader import COUNT, RATE, SHARE, FakeReader

from dashboard.domain import Direction, Jurisdiction, Level, Period, Term
from dashboard.errors import InvalidQuery
from dashboard.hotspots import Question, find_hotspots
from dashboard.hotspots.counted import count_events, is_of_events

SIDE = 6
YEARS = ("2016", "2017", "2018", "2019", "2020")
SICK = (0, 1, SIDE, SIDE + 1)
"""Four towns in a corner."""


def geoid(at: int) -> str:
    return f"25001{at:05d}"


def places() -> list[Jurisdiction]:
    """A state of six times six towns, a tenth of a degree apart."""
    grid = [
        Jurisdiction(geoid(at), f"Town {at}", Level.TOWN, "25", "25001", 42 + at // SIDE / 10, -72 + at % SIDE / 10)
        for at in range(SIDE * SIDE)
    ]
    return [Jurisdiction("25", "Massachusetts", Level.STATE, "25"), *grid]


def reader(sick_from: str = "2016", **special: object) -> FakeReader:
    """20 deaths a year in every town of 20,000; 60 in the sick ones, from a year on. `special` is told for town 35."""
    made = FakeReader([RATE, SHARE, COUNT], places=places(), sets=())
    made.reports("deaths", "2016-2020", months=12)
    for at in range(SIDE * SIDE):
        counts = {year: 60 if at in SICK and year >= sick_from else 20 for year in YEARS}
        for year, count in counts.items():
            made.tell(geoid(at), year, special.get(year, count) if at == 35 else count, 20_000)  # type: ignore[arg-type]
        whole = sum(counts[year] for year in YEARS[2:])
        made.tell(geoid(at), "2018-2020", special.get("whole", whole) if at == 35 else whole, 60_000)  # type: ignore[arg-type]
    return made


def found(made: FakeReader, **changes: Any) -> dict[str, Any]:
    question = Question(RATE, Period.parse("2018-2020"), "residence", "25", max_share=0.2, replicates=99)
    return find_hotspots(made, replace(question, **changes))


def spatial(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [cluster for cluster in result["clusters"] if cluster["kind"] == "spatial"]


def test_four_towns_with_three_times_the_deaths_are_one_cluster() -> None:
    result = found(reader())
    (cluster,) = spatial(result)
    assert cluster["towns"] == [geoid(at) for at in SICK]
    total = 32 * 60 + 4 * 180
    assert (result["total"], cluster["observed"]) == (total, 720)
    assert cluster["expected"] == pytest.approx(total * 4 / 36, abs=1e-3)
    assert cluster["relative_risk"] == pytest.approx(3)  # 180 against 60 a town
    assert cluster["observed_to_expected"] == pytest.approx(720 / (total / 9), abs=1e-4)
    assert cluster["p_value"] == 0.01  # the least that 99 maps of chance can say
    assert 0 < cluster["p_overdispersed"] <= 1
    assert (result["compared_with"], result["max_share"], result["left_out"]) == ("Massachusetts", 0.2, [])


def test_what_began_last_year_is_new_and_emerging_and_what_always_was_is_persistent() -> None:
    new = found(reader("2020"))
    classes = {town["geoid"]: town["class"] for town in new["towns"]}
    assert {classes[geoid(at)] for at in SICK} == {"new"}
    assert {classes[geoid(at)] for at in range(SIDE * SIDE) if at not in SICK} == {"never"}
    (emerging,) = [cluster for cluster in new["clusters"] if cluster["kind"] == "emerging"]
    assert (emerging["towns"], emerging["first_period"]) == ([geoid(at) for at in SICK], "2020")
    always = found(reader())
    told = {town["geoid"]: town for town in always["towns"]}
    assert {told[geoid(at)]["class"] for at in SICK} == {"persistent"}
    assert told[geoid(0)]["flagged_periods"] == list(always["periods"]) == list(YEARS)


def test_an_even_map_has_no_cluster_and_says_what_would_have_been_found() -> None:
    result = found(reader("2999"))
    assert result["clusters"] == []
    limits = {row["expected"]: row["needed"] for row in result["detectable"]}
    assert all(needed > expected for expected, needed in limits.items())
    assert sorted(limits.values()) == list(limits.values())


def test_a_rise_of_the_whole_state_is_no_emerging_cluster() -> None:
    made = reader("2999")
    for at in range(SIDE * SIDE):
        made.tell(geoid(at), "2020", 80, 20_000)
    assert [cluster for cluster in found(made)["clusters"] if cluster["kind"] == "emerging"] == []


@pytest.mark.parametrize("state", ["suppressed", "not_reported"])
def test_a_town_without_a_number_is_left_out_and_named_and_never_a_zero(state: str) -> None:
    made = reader(whole=state)
    result = found(made)
    assert (result["left_out"], result["towns_scanned"]) == (["Town 35"], 35)
    assert result["total"] == 31 * 60 + 4 * 180
    assert spatial(result)[0]["expected"] == pytest.approx(result["total"] * 4 / 35, abs=1e-3)


def test_a_town_hidden_in_one_year_has_not_enough_data() -> None:
    result = found(reader(**{"2019": "suppressed"}))
    (town,) = [town for town in result["towns"] if town["geoid"] == geoid(35)]
    assert (town["class"], town["flagged_periods"]) == ("not enough data", [])


def test_the_same_seed_gives_the_same_answer() -> None:
    assert found(reader()) == found(reader())
    assert found(reader(), seed=2)["clusters"][0]["towns"] == found(reader())["clusters"][0]["towns"]


def test_progress_runs_to_the_end_and_what_it_raises_stops_the_work() -> None:
    said: list[float] = []
    question = Question(RATE, Period.parse("2018-2020"), "residence", "25", replicates=99)
    find_hotspots(reader(), question, progress=said.append)
    assert said == sorted(said)
    assert (said[0] >= 0, said[-1]) == (True, 1.0)

    def stop(_done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_hotspots(reader(), question, progress=stop)


def test_what_cannot_be_scanned_is_refused_in_words() -> None:
    made = reader()
    cases: list[tuple[dict[str, Any], str]] = [
        ({"within": geoid(0)}, "has one town: a hotspot is a group of towns"),
        ({"period": Period.parse("1999")}, "Too few towns of Massachusetts report 'Overdose deaths' for 1999: 0 of 36"),
        ({"indicator": SHARE}, "'Contacted' does not count events among residents"),
        ({"indicator": COUNT}, "'Kits' does not count events among residents"),
        ({"max_share": 0.0}, "more than 0 and at most 0.5"),
        ({"max_share": 0.9}, "more than 0 and at most 0.5"),
    ]
    for changes, words in cases:
        with pytest.raises(InvalidQuery) as refusal:
            found(made, **changes)
        assert words in str(refusal.value)


def test_hardly_any_events_say_nothing_about_where() -> None:
    made = FakeReader(places=places(), sets=())
    for at in range(SIDE * SIDE):
        made.tell(geoid(at), "2018", 9 if at == 0 else 0, 20_000)
    with pytest.raises(InvalidQuery, match="Massachusetts has 9 events"):
        count_events(made, RATE, [Period.parse("2018")], basis="residence", within="25")
    made.tell(geoid(1), "2018", 1, 20_000)
    assert count_events(made, RATE, [Period.parse("2018")], basis="residence", within="25").cases.sum() == 10


def test_only_events_among_residents_that_add_up_have_hotspots() -> None:
    per_event = replace(RATE, id="b", denominator=Term(("events",), "events"))
    wanted = replace(RATE, id="c", direction=Direction.UP)
    made = FakeReader([RATE, per_event, wanted])
    assert [is_of_events(made, one) for one in (RATE, per_event, wanted)] == [True, False, False]
    assert not is_of_events(FakeReader([RATE], adds_over=("place",)), RATE)
