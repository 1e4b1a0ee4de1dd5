"""Clusters in words: which test they passed, what they are called, how likely they are by chance."""

from typing import Any

import pytest
from fake_reader import ASH, BIRCH, CEDAR, DOGWOOD, NORTH, RATE, STATE, FakeReader

from dashboard.domain import Basis, Level, Period, Query
from dashboard.views.clusters import (
    chance_words,
    cluster_words,
    found_clusters,
    stored_result,
    table_rows,
    towns_words,
)


def row(*towns: str, llr: float = 10.0, p: float = 0.001, ordinary: float | None = 0.02, **more: Any) -> dict[str, Any]:
    """A stored cluster of towns named by number."""
    names = {ASH: "Ash", BIRCH: "Birch", CEDAR: "Cedar", DOGWOOD: "Dogwood"}
    return {"kind": "spatial", "towns": list(towns), "names": [names[town] for town in towns], "observed": 92,
            "expected": 61.2, "relative_risk": 1.6, "llr": llr, "p_value": p, "p_overdispersed": ordinary,
            "first_period": None} | more  # fmt: skip


def found(*rows: dict[str, Any], kind: str = "spatial", counts: dict[str, float] | None = None, here: Any = ()) -> Any:
    return found_clusters({"clusters": list(rows)}, kind, counts or {}, here)


def test_a_cluster_that_passed_both_tests_is_told_as_more_than_towns_differ() -> None:
    (one,) = found(row(ASH, BIRCH, CEDAR, DOGWOOD))
    assert one.sure
    assert cluster_words(RATE, one) == (
        "Ash and 3 nearby towns had 92 deaths where 61 would be expected: "
        "more than chance, and more than towns usually differ."
    )


@pytest.mark.parametrize("ordinary", [0.051, 0.9, None])
def test_a_cluster_that_passed_the_first_test_only_is_no_hotspot(ordinary: float | None) -> None:
    (one,) = found(row(ASH, BIRCH, ordinary=ordinary))
    assert not one.sure
    assert one.outline["kind"] == "unsure"
    assert cluster_words(RATE, one).endswith("but within the ordinary differences between towns.")


def test_a_cluster_that_chance_explains_is_not_told() -> None:
    assert found(row(ASH, p=0.051)) == ()
    assert len(found(row(ASH, p=0.05))) == 1


def test_letters_follow_strength_whatever_the_order_of_the_rows() -> None:
    weak, strong = row(ASH, llr=3.0), row(CEDAR, llr=30.0)
    for rows in ((weak, strong), (strong, weak)):
        assert [(one.letter, one.title) for one in found(*rows)] == [("A", "Cedar"), ("B", "Ash")]


def test_the_twenty_seventh_cluster_has_a_letter_too() -> None:
    many = found(*(row(ASH, llr=100.0 - at) for at in range(53)))
    assert [many[at].letter for at in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_a_cluster_is_called_after_its_town_with_most_events() -> None:
    (one,) = found(row(ASH, BIRCH, CEDAR), counts={ASH: 3, BIRCH: float("nan"), CEDAR: 40})
    assert one.title == "Cedar and 2 nearby towns"
    assert one.geoids == (CEDAR, ASH, BIRCH)


def test_one_town_and_two_towns_are_named() -> None:
    assert towns_words(["Ash"]) == "Ash"
    assert towns_words(["Ash", "Birch"]) == "Ash and Birch"
    assert towns_words(["Ash", "Birch", "Cedar"]) == "Ash and 2 nearby towns"


def test_emerging_clusters_say_since_when() -> None:
    emerging = row(ASH, kind="emerging", first_period="2017")
    assert found(emerging) == ()
    (one,) = found(emerging, row(BIRCH), kind="emerging")
    assert one.outline["kind"] == "emerging"
    assert "had 92 deaths since the start of 2017 where 61 would be expected" in cluster_words(RATE, one)


def test_a_part_of_the_map_shows_the_clusters_that_reach_into_it() -> None:
    across, beyond = row(BIRCH, CEDAR), row(DOGWOOD)
    assert [one.geoids for one in found(across, beyond, here={ASH, BIRCH})] == [(BIRCH, CEDAR)]


@pytest.mark.parametrize(
    ("p", "words"),
    [(0.001, "at most 1 time in 1,000"), (0.002, "about 2 times in 1,000"), (0.032, "about 3 times in 100"),
     (0.741, "about 74 times in 100"), (1.0, "almost every time"), (None, "not tested")],
)  # fmt: skip
def test_a_p_value_is_said_as_times_in_a_hundred_or_a_thousand_maps(p: float | None, words: str) -> None:
    assert chance_words(p, 999) == words


def test_the_table_has_both_p_values_and_says_which_test_was_passed() -> None:
    rows = table_rows(found(row(ASH, BIRCH, llr=20), row(CEDAR, ordinary=0.242)))
    assert rows[0] == ("A: Ash and Birch", "92", "61.2", "1.60", "0.001", "0.020", "both")
    assert rows[1][-2:] == ("0.242", "chance only")


def test_an_area_without_an_analysis_of_its_own_takes_that_of_its_state() -> None:
    reader = FakeReader()
    query = Query(RATE.id, (Period.parse("2018"),), Level.TOWN, within=NORTH, basis=Basis.RESIDENCE)
    assert stored_result(reader, query, "residence") is None
    names = {"period": "2018", "basis": "residence"}
    reader.analysed("hotspots", RATE.id, {"clusters": ["state"]}, within=STATE, **names)
    within, result = stored_result(reader, query, "residence") or ("", {})
    assert (within, result["clusters"]) == (STATE, ["state"])
    reader.analysed("hotspots", RATE.id, {"clusters": ["own"]}, within=NORTH, **names)
    within, result = stored_result(reader, query, "residence") or ("", {})
    assert (within, result["clusters"]) == (NORTH, ["own"])
    assert stored_result(reader, query, "occurrence") is None
