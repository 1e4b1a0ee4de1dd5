"""Access put together: which sites count, minutes by hand, deserts at any threshold; nothing where nothing is known."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from fake_reader import ASH, BIRCH, CEDAR, NORTH, PLACES, RATE, STATE, FakeReader

from dashboard.access import Ground, decide, ground, has_verified, is_open, reach, sites_of, thresholds, told
from dashboard.access.rules import rules
from dashboard.access.siting import Wish, site_next
from dashboard.domain import Facility, Level
from dashboard.errors import InvalidQuery
from dashboard.services import service, services

TODAY = date(2026, 11, 1)
NALOXONE = service("naloxone")
A_DEGREE_KM = math.pi * 6371.0088 / 180
SHUTESBURY, PETERSHAM, ORANGE, NANTUCKET = "2501161905", "2502753120", "2501151265", "2501943790"


def site(id_: str = "a", north: float = 42.0, **more: object) -> Facility:
    """A naloxone point on the meridian of 72 degrees west, checked a month ago."""
    known = {"services": ("naloxone",), "latitude": north, "longitude": -72.0, "verified_on": date(2026, 10, 1)}
    return Facility(id_, f"Site {id_}", **(known | more))  # type: ignore[arg-type]


def towns(
    *north: float, residents: float = 5000, geoids: tuple[str, ...] = (), islands: tuple[int, ...] = ()
) -> Ground:
    """Rural towns on that meridian, with 10 overdoses each."""
    n = len(north)
    people = np.full(n, residents, dtype=float)
    return Ground(
        "25", geoids or tuple(f"25001000{at:02d}" for at in range(n)), tuple(f"Town {at}" for at in range(n)),
        np.array(north), np.full(n, -72.0), people, np.full(n, 10.0), people >= rules().urban_residents,
        np.array(islands or [0] * n),
    )  # fmt: skip


def test_the_straight_line_gives_the_minutes_of_the_formula() -> None:
    found = reach(towns(42.0, 42.1), NALOXONE, [site()], TODAY)
    by_hand = 60 * 0.1 * A_DEGREE_KM * 1.35 / 65
    assert found.minutes[:, 0] == pytest.approx([0, by_hand])
    urban = reach(towns(42.0, 42.1, residents=10_000), NALOXONE, [site()], TODAY)
    assert urban.minutes[1, 0] == pytest.approx(by_hand * 65 / 45)
    assert "times 1.35, at 45 km/h from urban and 65 km/h" in found.travel


def test_a_site_is_verified_open_for_twelve_months_and_eight_hours_a_week() -> None:
    assert is_open(site(verified_on=date(2025, 11, 1)), TODAY)
    assert not is_open(site(verified_on=date(2025, 10, 31)), TODAY)
    assert not is_open(site(verified_on=date(2026, 11, 2)), TODAY)
    assert not is_open(site(verified_on=None), TODAY)
    assert is_open(site(hours_a_week=8), TODAY)
    assert not is_open(site(hours_a_week=7.5), TODAY)
    assert not is_open(site(hours="Mon 9-12"), TODAY)
    assert is_open(site(hours="by appointment"), TODAY)
    assert not is_open(site(accepting=False), TODAY)
    assert is_open(site(services=("naloxone", "mobile"), hours="Mon 9-12"), TODAY)


def test_listed_and_verified_are_kept_apart() -> None:
    known, only_listed, closed = site("a"), site("b", verified_on=None), site("c", accepting=False)
    everything = [known, only_listed, closed, replace(known, id="d", latitude=None)]
    assert sites_of(everything, NALOXONE, TODAY) == (known,)
    assert sites_of(everything, NALOXONE, TODAY, listed=True) == (known, only_listed)
    assert not has_verified([only_listed], NALOXONE, TODAY)


def test_verified_sites_alone_count_wherever_there_is_one_and_all_listed_ones_where_there_is_none() -> None:
    ground_ = towns(42.0)
    both = [site("far", 43.0), site("near", verified_on=None)]
    assert [one.id for one in reach(ground_, NALOXONE, both, TODAY).sites] == ["far"]
    assert not reach(ground_, NALOXONE, both, TODAY).listed
    only_listed = reach(ground_, NALOXONE, both[1:], TODAY)
    assert ([one.id for one in only_listed.sites], only_listed.listed) == (["near"], True)
    assert len(reach(ground_, NALOXONE, both, TODAY, listed=True).sites) == 2


def test_deserts_fragile_and_borderline_follow_the_threshold() -> None:
    # minutes to the sites at 42.0 and 42.5: town 42.0: 0 and 69; 42.2: 28 and 42; 43.0: 139 and 69
    found = reach(towns(42.0, 42.2, 43.0), NALOXONE, [site("a"), site("b", 42.5)], TODAY)
    assert found.minutes.round().tolist() == [[0, 69], [28, 42], [139, 69]]
    at_30 = decide(found)
    assert at_30.threshold.tolist() == [30, 30, 30]
    assert at_30.desert.tolist() == [False, False, True]
    assert at_30.fragile.tolist() == [True, True, False]
    assert at_30.borderline.tolist() == [False, True, False]
    at_80 = decide(found, rural=80)
    assert at_80.desert.tolist() == [False, False, False]
    assert at_80.fragile.tolist() == [False, False, True]
    curve = at_30.curve((10, 30, 80), found.ground.residents)
    assert curve is not None
    assert curve.beyond.tolist() == [10_000, 5_000, 0]


def test_urban_towns_have_a_threshold_of_their_own() -> None:
    mixed = replace(towns(42.0, 42.1), urban=np.array([True, False]))
    assert thresholds(mixed, service("opioid_treatment_program")).tolist() == [30, 60]
    for nonsense in (0.0, -5.0, float("nan"), float("inf"), 2000.0):
        with pytest.raises(InvalidQuery, match="A threshold of"):
            thresholds(mixed, NALOXONE, rural=nonsense)


def test_where_no_site_is_known_nothing_is_called_a_desert() -> None:
    said = told(decide(reach(towns(42.0, 43.0), NALOXONE, [], TODAY)))
    assert (said["known"], said["sites"], said["residents_beyond"], said["overdoses_beyond"]) == (False, 0, None, None)
    assert {town["desert"] for town in said["towns"]} == {None}
    assert said["curve"] == []


def test_an_island_is_reached_by_no_road_from_the_mainland() -> None:
    ground_ = towns(41.9, 42.0, geoids=("2500100001", NANTUCKET), islands=(0, 1))
    on_land = reach(ground_, NALOXONE, [site(north=41.9, town="2500100001")], TODAY)
    assert on_land.minutes[:, 0].tolist() == [0, math.inf]
    assert decide(on_land, rural=1000).desert.tolist() == [False, True]
    on_it = reach(ground_, NALOXONE, [site(north=42.0)], TODAY)  # without a town: on the island of the nearest one
    assert on_it.minutes[:, 0].tolist() == [math.inf, 0]


def test_the_way_round_the_quabbin_leads_through_orange_not_through_the_water() -> None:
    ground_ = replace(
        towns(42.45697, 42.45922, 42.60544, geoids=(SHUTESBURY, PETERSHAM, ORANGE)),
        longitude=np.array([-72.41724, -72.21634, -72.29207]),
    )
    there = site(latitude=42.45922, longitude=-72.21634, town=PETERSHAM)
    found = reach(ground_, NALOXONE, [there], TODAY)
    # On a plane: a degree north is 111.195 km, a degree east 82.0 km there.
    to_orange = math.hypot(0.14847 * 111.195, 0.12517 * 82.0)
    on_from_orange = math.hypot(0.14622 * 111.195, 0.07573 * 82.0)
    through_the_water = 60 * 0.20093 * 82.0 * 1.35 / 65
    assert through_the_water == pytest.approx(20.5, abs=0.1)  # the 20 minutes that nobody can drive
    assert found.minutes[0, 0] == pytest.approx(60 * (to_orange + on_from_orange) * 1.35 / 65, rel=0.003)
    assert found.minutes[0, 0] > 2 * through_the_water
    assert "1 barrier overrides it" in found.travel
    elsewhere = replace(ground_, geoid=(SHUTESBURY, PETERSHAM, ASH))
    assert "barrier" not in reach(elsewhere, NALOXONE, [there], TODAY).travel


def test_the_ground_knows_residents_and_overdoses_and_what_nobody_told() -> None:
    placed = [
        replace(place, latitude=42.0, longitude=-72.0) if place.level is Level.TOWN else place for place in PLACES
    ]
    placed[-1] = replace(placed[-1], latitude=None)
    reader = FakeReader([replace(RATE, id="opioid_overdose_death_rate")], places=placed)
    deaths = reader.registry.indicator("opioid_overdose_death_rate")
    reader.reports("deaths", "2019-2021")
    for town, count, people in ((ASH, 12, 30_000), (BIRCH, "suppressed", 9_999), (CEDAR, 0, 10_000)):
        reader.tell(town, "2019-2021", count, people, of=deaths)
        reader.tell(town, "2025", "not_reported", people, of=deaths)
    found = ground(reader, STATE, TODAY)
    assert found.geoid == (ASH, BIRCH, CEDAR)
    assert found.left_out == ("Dogwood",)
    assert found.residents.tolist() == [30_000, 9_999, 10_000]
    assert found.urban.tolist() == [True, False, True]
    assert np.array_equal(found.overdoses, [12, np.nan, 0], equal_nan=True)
    assert (found.need, str(found.period)) == ("opioid_overdose_death_rate", "2019-2021")
    said = told(decide(reach(found, NALOXONE, [site(north=45.0)], TODAY)))
    assert (said["residents_beyond"], said["overdoses_beyond"]) == (49_999, 12)
    with pytest.raises(InvalidQuery, match="no town whose position is known"):
        ground(FakeReader(), NORTH, TODAY)


def test_the_next_site_goes_where_most_people_are_beyond() -> None:
    ground_ = replace(towns(42.0, 43.0, 44.0), residents=np.array([9_000.0, 1_000.0, 3_000.0]))
    found = reach(ground_, NALOXONE, [site()], TODAY)
    said = site_next(found, Wish(1))
    assert [(one["name"], one["gain"]) for one in said["sites"]] == [("Town 2", 3_000)]
    assert (said["before"], said["after"], said["status"]) == (9_000, 12_000, "optimal")
    assert site_next(found, Wish(2))["after"] == 13_000
    assert said["certificate"]


def test_sites_nobody_can_choose_are_refused_in_words() -> None:
    found = reach(towns(42.0, 43.0), NALOXONE, [site()], TODAY)
    for wish in (Wish(0), Wish(11), Wish(1, goal="best"), Wish(1, need="votes"), Wish(1, minutes=-1)):  # type: ignore[arg-type]
        with pytest.raises(InvalidQuery):
            site_next(found, wish)
    with pytest.raises(InvalidQuery, match="single town"):
        site_next(reach(towns(42.0), NALOXONE, [], TODAY), Wish(1))
    unknown = replace(towns(42.0, 43.0), overdoses=np.full(2, np.nan))
    with pytest.raises(InvalidQuery, match="No overdoses are known"):
        site_next(reach(unknown, NALOXONE, [], TODAY), Wish(1, need="overdoses"))


def test_services_have_thresholds_in_order_and_an_unknown_one_is_named() -> None:
    for one in services().values():
        assert 0 < one.urban_minutes <= one.rural_minutes
        assert list(one.steps) == sorted(one.steps)
        assert {one.urban_minutes, one.rural_minutes} <= set(one.steps)
    with pytest.raises(InvalidQuery, match=r"There is no service 'acupuncture'\. Known: opioid_treatment_program"):
        service("acupuncture")


def test_every_town_of_the_rules_exists() -> None:
    from dashboard import gazetteer

    known = {place.geoid for place in gazetteer.towns("25")[0]}
    named = set(rules().islands)
    for barrier in rules().barriers:
        named |= {*barrier.one_side, *barrier.other_side, *barrier.through}
    assert named <= known
    assert {place.geoid for place in gazetteer.towns("25")[0] if place.county in ("25007", "25019")
            and place.level is Level.TOWN} == set(rules().islands)  # fmt: skip
