"""Who is in the demonstration: coalitions, partners, what they missed, sites, targets and shapes."""

from datetime import date, timedelta

import orjson
import pytest
from demonstrated import TODAY, made

from dashboard.domain import Level, State
from dashboard.intake import Intake

SECTORS = {
    "harm reduction", "primary care", "mental health", "hospital", "EMS", "pharmacy", "treatment", "housing",
    "peer support", "law enforcement", "courts and jails", "schools", "employers", "faith", "local government",
    "people with lived experience",
}  # fmt: skip


@pytest.fixture(scope="module")
def intakes() -> list[Intake]:
    return made()


@pytest.fixture(scope="module")
def places(intakes: list[Intake]) -> Intake:
    return intakes[0]


def states_of(intakes: list[Intake], partner: str) -> dict[date, set[str]]:
    """Per start of a period, the states of everything a partner tells."""
    found: dict[date, set[str]] = {}
    for intake in intakes:
        o = intake.observations
        for who, start, state in zip(o.partner, o.start, o.state, strict=True):
            if who == partner:
                found.setdefault(start, set()).add(state)
    return found


def test_franklin_county_and_north_quabbin_has_its_thirty_towns(places: Intake) -> None:
    names = {place.geoid: place.name for place in places.places}
    members = next(one.members for one in places.place_sets if one.name == "Franklin County and North Quabbin")
    assert len(members) == 30
    assert {"Greenfield", "Orange", "Athol", "Petersham", "Phillipston", "Royalston"} <= {names[m] for m in members}


def test_every_town_is_in_one_region_and_one_planning_area(places: Intake) -> None:
    for level in (Level.REGION, Level.PLANNING_AREA):
        members = [geoid for one in places.place_sets if one.level is level for geoid in one.members]
        assert len(members) == len(set(members)) == 351
    regions = {one.name for one in places.place_sets if one.level is Level.REGION}
    assert regions == {"Western", "Central", "Northeast", "MetroWest", "Southeast", "Boston"}


def test_every_sector_is_filled_somewhere_and_some_coalition_lacks_one(places: Intake) -> None:
    filled = {coalition[0]: set() for coalition in places.coalitions}
    for partner in places.partners:
        filled[partner.coalition].add(partner.sector)
    assert len(filled) >= 6
    assert set().union(*filled.values()) == SECTORS
    assert any(sectors < SECTORS for sectors in filled.values())


def test_every_partner_has_a_name_and_a_catchment_of_its_own_coalition(places: Intake) -> None:
    sets = {one.id for one in places.place_sets}
    assert len({partner.id for partner in places.partners}) == len(places.partners)
    assert all(partner.name and partner.catchment in sets for partner in places.partners)


def test_a_partner_that_missed_a_quarter_is_not_reported_there_and_nowhere_else(intakes: list[Intake]) -> None:
    states = states_of(intakes, "c-franklin-ems")
    missed = [start for start, found in states.items() if found == {State.NOT_REPORTED}]
    assert len(missed) == 1
    assert all(State.NOT_REPORTED not in found for start, found in states.items() if start not in missed)


def test_a_late_partner_lacks_its_newest_quarters(intakes: list[Intake]) -> None:
    states = states_of(intakes, "c-southcoast-ems")
    assert [states[start] == {State.NOT_REPORTED} for start in sorted(states)[-3:]] == [False, True, True]


def test_a_partner_with_nobody_in_a_quarter_says_zero(intakes: list[Intake]) -> None:
    told: dict[date, list[float | None]] = {}
    for intake in intakes:
        o = intake.observations
        for measure, who, start, value in zip(o.measure, o.partner, o.start, o.value, strict=True):
            if who == "c-franklin-harm-reduction" and measure == "overdoses_attended":
                pytest.fail("ambulances attend overdoses, not harm-reduction services")
            if who == "c-franklin-harm-reduction" and measure == "reversals_reported":
                told.setdefault(start, []).append(value)
    sums = [sum(value or 0 for value in told[start]) for start in sorted(told)]
    assert None not in told[sorted(told)[-5]]
    assert sums[-5] == 0
    assert all(one > 0 for one in sums[:-5])


def test_about_250_sites_of_which_some_are_verified_within_a_quarter_and_some_only_listed(places: Intake) -> None:
    assert 230 <= len(places.facilities) <= 270
    lately = [s for s in places.facilities if s.verified_on and s.verified_on > TODAY - timedelta(days=120)]
    listed = [s for s in places.facilities if s.verified_on is None]
    assert min(len(lately), len(listed)) > 50
    assert all(site.verified_on is None or site.verified_on <= TODAY for site in places.facilities)
    offered = {service for site in places.facilities for service in site.services}
    assert {"opioid_treatment_program", "buprenorphine", "naloxone", "naloxone_pharmacy", "syringe_services",
            "recovery_support", "mobile"} <= offered  # fmt: skip


def test_sites_stand_in_massachusetts(places: Intake) -> None:
    assert all(41.1 < (s.latitude or 0) < 42.95 and -73.6 < (s.longitude or 0) < -69.8 for s in places.facilities)


def test_two_coalitions_have_targets_for_about_ten_indicators(intakes: list[Intake]) -> None:
    wanted = [target for intake in intakes for target in intake.targets]
    assert len({target.coalition for target in wanted}) == 2
    assert 10 <= len({target.indicator for target in wanted}) <= 14
    assert all(target.baseline > 0 and target.due > TODAY for target in wanted)


def test_a_town_a_partner_and_a_group_have_targets_of_their_own_and_one_was_changed(intakes: list[Intake]) -> None:
    first, changed = [intake for intake in intakes if intake.targets]
    assert {"", "c-franklin-peer-support"} == {target.partner for target in first.targets}
    assert {"", "housing=unhoused"} == {target.stratum for target in first.targets}
    assert {target.place[:5] for target in first.targets if target.place[:2] == "25"} == {"25027"}  # Athol
    (raised,) = changed.targets
    assert [before.target for before in first.targets if before.id == raised.id] == [60.0]
    assert raised.target == 80.0
    assert changed.targets_why != first.targets_why


def test_the_town_map_is_marked_as_schematic(places: Intake) -> None:
    (towns,) = places.boundaries
    assert towns.schematic
    assert len(orjson.loads(towns.body)["path"]) == 351


def test_a_change_of_definition_is_told(intakes: list[Intake]) -> None:
    assert [note for intake in intakes for note in intake.notes if "before and after cannot be compared" in note]


def test_a_name_finds_one_place_or_set_of_its_level(places: Intake) -> None:
    named = [(place.name, place.level) for place in places.places]
    named += [(one.name, one.level) for one in places.place_sets]
    assert len(named) == len(set(named))


def referrals_of(intakes: list[Intake]) -> dict[tuple[str, str, str, str, date], float | None]:
    """Quarterly referrals by measure, coalition area, sender ("": all), receiver ("": all) and first day."""
    found = {}
    for intake in intakes[3:]:
        o = intake.observations
        columns = zip(o.measure, o.geoid, o.partner, o.stratum, o.start, o.value, strict=True)
        for measure, geoid, partner, stratum, start, value in columns:
            if measure.startswith("referrals") and geoid.startswith("c-"):
                found[measure, geoid, partner, stratum.removeprefix("receiving_partner="), start] = value
    return found


def test_referrals_to_every_receiver_add_up_to_what_the_sender_made(intakes: list[Intake]) -> None:
    told = referrals_of(intakes)
    sent = {key: value for key, value in told.items() if key[2] and not key[3] and value is not None}
    assert len(sent) > 200
    for (measure, area, sender, _, start), value in sent.items():
        pairs = [told[key] for key in told if key[:3] == (measure, area, sender) and key[3] and key[4] == start]
        assert len(pairs) == 5
        assert sum(pair or 0 for pair in pairs) == value


def test_no_pair_completes_more_handoffs_than_it_made_referrals(intakes: list[Intake]) -> None:
    told = referrals_of(intakes)
    done = {key: value for key, value in told.items() if key[0] == "referrals_warm_handoff" and key[2] and key[3]}
    assert len(done) > 500
    made = {key: told["referrals", *key[1:]] for key in done}
    assert all((made[key] is None) is (value is None) for key, value in done.items())
    assert all(value <= (made[key] or 0) for key, value in done.items() if value is not None)
