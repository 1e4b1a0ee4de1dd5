"""The hotspots page in words: what was found, what it would have taken, how to compute it, and the way to a town."""

from typing import Any

import pytest
from fake_reader import ASH, BIRCH, CEDAR, DOGWOOD, NORTH, RATE, SHARE, STATE, FakeReader

from dashboard.domain import Level, Period, Query
from dashboard.errors import InvalidQuery
from dashboard.views.hotspot_fact import hotspot_facts
from dashboard.views.hotspots import hotspot_rows, hotspots
from dashboard.views.hotspots_asked import AskedHotspots, complete, events
from dashboard.views.place_gaps import place_gaps

TOWNS = (ASH, BIRCH, CEDAR, DOGWOOD)
CLUSTER = {"kind": "spatial", "towns": [ASH, BIRCH], "names": ["Ash", "Birch"], "observed": 92, "expected": 61.0,
           "relative_risk": 1.6, "llr": 9.0, "p_value": 0.001, "p_overdispersed": 0.03,
           "first_period": None}  # fmt: skip
CLASSES = [{"geoid": ASH, "class": "persistent", "flagged_periods": ["2017", "2018"]},
           {"geoid": BIRCH, "class": "new", "flagged_periods": ["2018"]},
           {"geoid": CEDAR, "class": "never", "flagged_periods": []},
           {"geoid": DOGWOOD, "class": "not enough data", "flagged_periods": []}]  # fmt: skip


@pytest.fixture
def reader() -> FakeReader:
    """Deaths of 2016-2018 in four towns of 100,000 person-years each; shapes; nothing analysed."""
    known = FakeReader()
    known.boundaries.append({"sha": "abc", "state": "25", "level": "town", "vintage": "2020", "schematic": False,
                             "geoids": list(TOWNS), "loaded_at": "2026-01-01"})  # fmt: skip
    known.reports("deaths", "2016-2018")
    known.reports("contacts", "2018", basis="none")
    for town, deaths in zip(TOWNS, (60, 32, 20, 8), strict=True):
        known.tell(town, "2016-2018", deaths, 100_000)
    known.tell("area-1", "2016-2018", 92, 200_000)
    known.tell("area-2", "2016-2018", 28, 200_000)
    return known


def analysed(reader: FakeReader, *clusters: dict[str, Any], within: str = STATE, **more: Any) -> None:
    detectable = [{"expected": 5.0, "needed": 17}, {"expected": 10.0, "needed": 25}, {"expected": 50.0, "needed": 80}]
    result = {"clusters": list(clusters), "towns": CLASSES, "max_share": 0.1, "replicates": 999,
              "detectable": detectable}  # fmt: skip
    reader.analysed("hotspots", RATE.id, result, period="2016-2018", basis="residence", within=within, **more)


def asked(**more: str) -> AskedHotspots:
    return AskedHotspots(**({"indicator": RATE.id, "within": STATE} | more))


def town_query(within: str = STATE) -> Query:
    return Query(RATE.id, (Period.parse("2016-2018"),), Level.TOWN, within=within)


def test_where_nothing_is_stored_the_page_says_which_command_computes_it(reader: FakeReader) -> None:
    page = hotspots(reader, asked())
    assert page.headline == "Overdose deaths in Massachusetts, 2016 to 2018: nobody has looked for hotspots yet."
    assert page.nothing[0].endswith("coalition analyse --indicator death_rate --period 2016-2018")
    assert (page.clusters, page.computed, page.drawn.paint["outlines"]) == ((), (), [])
    assert "smoothed" in page.drawn.paint["columns"]


def test_a_cluster_is_the_headline_and_a_line_on_the_map(reader: FakeReader) -> None:
    analysed(reader, CLUSTER)
    page = hotspots(reader, asked())
    assert page.headline.startswith("Ash and Birch had 92 deaths where 61 would be expected: more than chance, and")
    assert page.drawn.paint["outlines"] == [{"geoids": [ASH, BIRCH], "label": "A", "kind": "sure"}]
    assert page.drawn.paint["columns"]["cluster"] == ["A", "A", "–", "–"]
    assert page.drawn.paint["columns"]["class"] == ["persistent", "new", "never", "not enough data"]
    assert page.nothing == ()
    assert "999 maps" in page.computed[0]
    assert "at most 10% of the residents" in page.computed[0]


def test_the_headline_tells_a_cluster_that_passed_both_tests_before_a_stronger_one_that_did_not(
    reader: FakeReader,
) -> None:
    strong = CLUSTER | {"towns": [CEDAR], "names": ["Cedar"], "llr": 90.0, "p_overdispersed": 0.4}
    analysed(reader, CLUSTER, strong)
    page = hotspots(reader, asked())
    assert page.headline.startswith("Ash and Birch had 92 deaths")
    assert page.headline.endswith("There is 1 more group of towns.")
    assert [(card.letter, card.sure) for card in page.cards] == [("A", False), ("B", True)]
    assert "too often to call it a hotspot" in page.cards[0].tests[1]


def test_where_nothing_is_found_it_says_what_it_would_have_taken_and_where_most_people_are_affected(
    reader: FakeReader,
) -> None:
    analysed(reader)
    page = hotspots(reader, asked())
    assert page.headline.endswith("2016 to 2018: no group of towns stands out from chance.")
    assert page.nothing == (
        "To be found, towns that together expect 5 would have needed 17 deaths, 10 would have needed 25, "
        "50 would have needed 80.",
        "Most people are affected, by planning area, in Ash and Birch (92 deaths) and Cedar and Dogwood (28 deaths).",
    )


def test_a_county_without_an_analysis_of_its_own_shows_what_reaches_into_it(reader: FakeReader) -> None:
    analysed(reader, CLUSTER, CLUSTER | {"towns": [CEDAR], "names": ["Cedar"]})
    page = hotspots(reader, asked(within=NORTH))
    assert [cluster.geoids for cluster in page.clusters] == [(ASH, BIRCH)]
    assert "North County was not analysed by itself" in page.computed[1]
    assert page.computed[1].endswith(f"--within {NORTH}")


def test_an_analysis_older_than_the_data_says_so(reader: FakeReader) -> None:
    analysed(reader, stale=True)
    assert hotspots(reader, asked()).computed[-1].startswith("Data came in since this was computed.")


def test_an_empty_request_opens_on_what_was_analysed(reader: FakeReader) -> None:
    analysed(reader, CLUSTER)
    found = complete(reader, AskedHotspots())
    assert found == AskedHotspots(RATE.id, period="36m", basis="residence", within=STATE, kind="spatial")


@pytest.mark.parametrize(
    "wrong", [{"indicator": SHARE.id}, {"indicator": "nope"}, {"kind": "lunar"}, {"within": "Nowhere"},
              {"place": "Nowhere"}, {"period": "soon"}, {"as_of": "soon"}],
)  # fmt: skip
def test_what_has_no_hotspots_or_is_unknown_is_refused(reader: FakeReader, wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidQuery):
        hotspots(reader, asked(**wrong))


def test_only_events_are_offered_and_no_heading_without_them(reader: FakeReader) -> None:
    assert [choice.label for choice in events(reader, "25")] == ["Outcomes", "Overdose deaths"]


def test_the_trail_leads_from_the_state_to_the_town_and_back(reader: FakeReader) -> None:
    trail = hotspots(reader, asked(place=ASH)).trail
    assert [words for words, _ in trail] == ["Massachusetts", "North County", "Ash"]
    assert f"within={NORTH}" in trail[1][1]
    assert trail[2][1] == ""
    assert [name for name, _ in hotspots(reader, asked()).inside] == ["North County", "South County", "Our towns"]
    assert hotspots(reader, asked(within=NORTH)).inside == ()


def test_classes_name_the_flagged_towns_and_count_the_others(reader: FakeReader) -> None:
    analysed(reader, CLUSTER)
    groups = hotspots(reader, asked()).classes
    assert [(group.name, group.towns, group.named) for group in groups] == [
        ("persistent", ((ASH, "Ash"),), True), ("new", ((BIRCH, "Birch"),), True),
        ("not enough data", ((DOGWOOD, "Dogwood"),), False), ("never", ((CEDAR, "Cedar"),), False),
    ]  # fmt: skip


def test_the_funnel_draws_towns_with_ten_events_against_the_rate_of_all(reader: FakeReader) -> None:
    funnel = hotspots(reader, asked()).funnel
    assert funnel is not None
    assert funnel.reference == (30.0, "All of Massachusetts")  # 120 of 400,000
    assert [(point.label, point.size) for point in funnel.points] == [("Ash", 30), ("Birch", 30), ("Cedar", 30)]
    # exact Poisson around 30, 99.8%: 15 to 48 (R: qpois(c(.001, .999), 30) is 15 and 48)
    assert [point.flagged for point in funnel.points] == [True, False, False]
    assert funnel.sentence.startswith("Above what chance alone explains: 1 of 3 towns; below it: 0.")
    assert funnel.sentence.endswith("Left out: 1 with fewer than 10 events.")


def test_the_csv_has_a_row_a_town_with_its_cluster_and_class(reader: FakeReader) -> None:
    analysed(reader, CLUSTER)
    rows = {row["place"]: row for row in hotspot_rows(reader, asked())}
    assert (rows["Ash"]["cluster"], rows["Ash"]["class"], rows["Ash"]["cluster_p_value"]) == ("A", "persistent", 0.001)
    assert (rows["Cedar"]["cluster"], rows["Cedar"]["class"], rows["Cedar"]["cluster_observed"]) == ("", "never", "")


def test_a_towns_page_says_that_it_is_flagged_and_why(reader: FakeReader) -> None:
    analysed(reader, CLUSTER)
    flagged, years = hotspot_facts(reader, town_query(), ASH)
    assert flagged.title == "In a hotspot"
    assert "92 deaths where 61 would be expected" in flagged.sentence
    assert flagged.links[0][1].startswith("/places/hotspots?")
    assert years.sentence.startswith("Persistent: flagged in the last year")
    assert years.sentence.endswith("(2017, 2018).")


def test_a_towns_page_says_that_it_is_not_flagged_and_what_it_would_have_taken(reader: FakeReader) -> None:
    analysed(reader, CLUSTER)
    fact = hotspot_facts(reader, town_query(), CEDAR)[0]
    assert fact.title == "Not flagged"
    assert fact.sentence.startswith("20 deaths where 30.0 would be expected at the rate of Massachusetts")
    assert "found from about 53." in fact.sentence  # half way from 25 (of 10) to 80 (of 50) is 52.5


def test_a_towns_page_says_when_nobody_looked(reader: FakeReader) -> None:
    (fact,) = place_gaps(reader, town_query(), ASH)[:1]
    assert fact.sentence.startswith("Not looked for in this period yet.")


def test_larger_places_and_what_counts_no_events_have_no_such_fact(reader: FakeReader) -> None:
    assert hotspot_facts(reader, town_query(), NORTH) == ()
    contacts = Query(SHARE.id, (Period.parse("2018"),), Level.TOWN, within=STATE)
    assert hotspot_facts(reader, contacts, ASH) == ()
