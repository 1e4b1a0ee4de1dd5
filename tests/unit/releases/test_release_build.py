"""What a release hides: small counts and what gives them away, within it and together with every release before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from releases_world import DEATHS, WINDOW, YEAR, World, declared, made, numbers

from dashboard.disclosure import presets
from dashboard.domain import Level
from dashboard.releases.auditing import audit_release
from dashboard.releases.declare import DeclaredTable
from dashboard.releases.file import write_release
from dashboard.releases.reading import ReleaseReader
from dashboard.releases.release import Release, Structure
from dashboard.releases.told import hidden_rows, hidden_sentences

ASH, BIRCH, CEDAR, DOVER = "2500100001", "2500100002", "2500100003", "2500100004"
ELM, FERN, GROVE = "2500300005", "2500300006", "2500300007"
WORLD = World({
    ASH: (10, 11, 10), BIRCH: (4, 4, 4), CEDAR: (1, 1, 1), DOVER: (3, 3, 3),
    ELM: (20, 20, 20), FERN: (15, 15, 15), GROVE: (9, 9, 9),
})  # fmt: skip


def written(release: Release, folder: Path) -> ReleaseReader:
    return ReleaseReader(write_release(release, folder))


def test_the_three_of_a_county_of_55_is_hidden_and_so_is_what_gives_it_away(tmp_path: Path) -> None:
    built = made(WORLD)
    towns = numbers(built, "town")
    assert towns[CEDAR] is None
    assert sum(towns[town] is None for town in (ASH, BIRCH, DOVER)) >= 1
    assert numbers(built, "county")["25001"] in (55, None)
    assert [verdict.unsafe for verdict in audit_release(written(built.release, tmp_path))] == [[]]


def test_a_hidden_cell_says_only_what_its_policy_hides() -> None:
    hidden = [cell for cell in made(WORLD).release.cells if cell.state == "suppressed"]
    assert {(cell.numerator, cell.low, cell.high) for cell in hidden} == {(None, 0, 4)}
    assert {cell.denominator for cell in hidden if cell.table.level == "town"} == {60_000}


def test_the_audit_finds_a_release_that_hides_the_small_count_alone(tmp_path: Path) -> None:
    """A deliberately naive release: 31, 12, hidden, 9 and the county's 55 tell the 3."""
    release = made(WORLD).release
    keys = {key: (key, policy, count) for key, policy, count in release.structure.cells}
    truth = {ASH: 31, BIRCH: 12, DOVER: 9, "25001": 55}
    cells = [
        (key, policy, truth.get(key[4], count) if key[5] == WINDOW else count) for key, policy, count in keys.values()
    ]
    naive = replace(release, structure=Structure(cells, release.structure.sums))
    (verdict,) = audit_release(written(naive, tmp_path))
    found = {each.key[4]: (each.low, each.high) for each in verdict.unsafe if isinstance(each.key, tuple)}
    assert found[CEDAR] == (3, 3)
    assert "can be worked out" in verdict.sentence


def test_what_a_release_hid_stays_hidden_when_the_number_grows(tmp_path: Path) -> None:
    first = written(made(WORLD).release, tmp_path)
    grown = replace(WORLD, deaths=dict(WORLD.deaths) | {CEDAR: (9, 9, 9)})
    assert numbers(made(grown), "town")[CEDAR] == 27
    assert numbers(made(grown, [first], number=2), "town")[CEDAR] is None


def test_the_same_numbers_again_hide_the_same_cells(tmp_path: Path) -> None:
    first = made(WORLD)
    again = made(WORLD, [written(first.release, tmp_path)], number=2)
    assert again.release.cells == first.release.cells


def test_a_number_that_shrinks_below_the_threshold_is_hidden_though_a_larger_one_was_shown(tmp_path: Path) -> None:
    first = made(WORLD)
    assert numbers(first, "town")[ELM] == 60
    shrunk = replace(WORLD, deaths=dict(WORLD.deaths) | {ELM: (1, 1, 1)})
    assert numbers(made(shrunk, [written(first.release, tmp_path)], number=2), "town")[ELM] is None


def test_tables_that_are_published_no_more_still_count_because_copies_exist(tmp_path: Path) -> None:
    """First towns alone, then the county alone: together they would tell the hidden town."""
    towns, county = (DeclaredTable((level,), "3 years") for level in (Level.TOWN, Level.COUNTY))
    first = made(WORLD, told=declared(towns))
    assert [town for town, count in numbers(first, "town").items() if count is None] == [CEDAR]
    alone = made(WORLD, told=declared(county))
    assert numbers(alone, "county")["25001"] == 55
    second = made(WORLD, [written(first.release, tmp_path)], number=2, told=declared(county))
    assert numbers(second, "county")["25001"] is None


def test_an_edited_planning_area_is_a_new_set_and_audited_together_with_the_old_one(tmp_path: Path) -> None:
    """Ash and Birch were 43; with Cedar the area is 46: the difference is Cedar's 3, which must not be told."""
    area = DeclaredTable((Level.PLANNING_AREA,), "3 years")
    before = replace(WORLD, areas={"area-1": (ASH, BIRCH)})
    first = made(before, told=declared(area))
    assert numbers(first, "planning_area") == {"area-1": 43}
    after = replace(WORLD, areas={"area-1": (ASH, BIRCH, CEDAR)})
    assert numbers(made(after, told=declared(area)), "planning_area") == {"area-1": 46}
    second = made(after, [written(first.release, tmp_path)], number=2, told=declared(area))
    assert numbers(second, "planning_area") == {"area-1": None}


def test_a_county_and_an_area_inside_it_do_not_tell_the_town_between_them() -> None:
    """Year tables without towns: a county of 18 less an area of 17 would tell the one death of Cedar."""
    inside = replace(WORLD, areas={"area-1": (ASH, BIRCH, DOVER)})
    table = DeclaredTable((Level.PLANNING_AREA, Level.COUNTY), "year")
    built = made(inside, told=declared(table))
    county, area = numbers(built, "county", "2022")["25001"], numbers(built, "planning_area", "2022")["area-1"]
    assert None in (county, area)


def test_a_small_town_is_not_printed_but_its_area_is_and_its_number_stays_unknown(tmp_path: Path) -> None:
    small = replace(WORLD, areas={"area-1": (CEDAR, DOVER)}, residents={CEDAR: 2_000})
    built = made(small)
    assert CEDAR not in numbers(built, "town")
    assert next(place for place in built.release.places if place.geoid == CEDAR).merged_into == "area-1"
    shown = numbers(built, "planning_area")["area-1"], numbers(built, "town")[DOVER]
    assert None in shown, "area less the other town would be the small town's 3"
    assert not audit_release(written(built.release, tmp_path))[0].unsafe


def test_a_county_of_a_single_town_is_the_same_people_and_hidden_with_it() -> None:
    island = World({ELM: (20, 20, 20), ASH: (1, 1, 1), "2500500001": (30, 1, 1)})
    built = made(island, told=declared(DeclaredTable((Level.TOWN, Level.COUNTY), "3 years")))
    assert numbers(built, "town")[ASH] is None
    assert numbers(built, "county")["25001"] is None


def test_provisional_numbers_wait_until_they_are_final() -> None:
    built = made(replace(WORLD, provisional=frozenset({2024})))
    periods = {cell.table.period for cell in built.release.cells}
    assert periods == {"2022", "2023"}


def test_what_a_source_hides_stays_hidden_and_no_number_is_made_up(tmp_path: Path) -> None:
    withheld = replace(WORLD, deaths=dict(WORLD.deaths) | {CEDAR: (None, 1, 1)})
    built = made(withheld)
    assert numbers(built, "town")[CEDAR] is None
    assert numbers(built, "county")["25001"] is None, "its total is unknown too"
    assert not audit_release(written(built.release, tmp_path))[0].unsafe


def test_a_public_record_is_shown_as_its_publisher_shows_it() -> None:
    built = made(WORLD, told=declared(public_record={"made": "The publisher prints every count."}))
    assert numbers(built, "town")[CEDAR] == 3
    assert ("The publisher prints every count." in built.release.notes[1][1]) is True


def test_what_a_public_record_showed_is_known_though_a_later_policy_would_hide_it(tmp_path: Path) -> None:
    """Hiding it now would protect nobody, and a number that leans on it would only seem hidden."""
    shown = made(WORLD, told=declared(public_record={"made": "Printed."}))
    later = made(WORLD, [written(shown.release, tmp_path)], number=2)
    assert numbers(later, "town") == numbers(shown, "town")


def test_the_treatment_policy_hides_up_to_ten() -> None:
    built = made(WORLD, told=declared(policy="eleven"))
    assert {numbers(built, "town")[town] for town in (CEDAR, DOVER)} == {None}
    assert presets()["eleven"].threshold == 11


def test_the_file_is_the_same_to_the_byte_for_another_truth_with_the_same_hidden_cells(tmp_path: Path) -> None:
    """Non-interference: two hidden towns of a county trade deaths of the same year; all that is shown stays true."""
    first = made(WORLD, told=declared(DeclaredTable((Level.TOWN, Level.COUNTY), "3 years"), YEAR))
    hidden = [town for town, count in numbers(first, "town").items() if count is None and town.startswith("25001")]
    partner = next(town for town in hidden if town != CEDAR)
    moved = dict(WORLD.deaths)
    moved[CEDAR] = (0, 1, 1)
    moved[partner] = (moved[partner][0] + 1, *moved[partner][1:])  # type: ignore[operator]
    second = made(replace(WORLD, deaths=moved), told=declared(
        DeclaredTable((Level.TOWN, Level.COUNTY), "3 years"), YEAR))  # fmt: skip
    files = [write_release(built.release, tmp_path / str(at)) for at, built in enumerate((first, second))]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_hidden_zero_is_cited_like_any_other_hidden_number() -> None:
    """A town without an event has no row, and so no date of its own: a missing date would tell the zero."""
    events = replace(WORLD, deaths=dict(WORLD.deaths) | {CEDAR: (0, 0, 0), DOVER: (1, 1, 1)}, events_only=True)
    hidden = {c.geoid: c for c in made(events).release.cells if c.state == "suppressed" and c.table.level == "town"}
    assert {(hidden[town].source, hidden[town].as_of) for town in (CEDAR, DOVER)} == {("made", "2026-01-01")}


def test_a_zero_is_as_provisional_as_the_numbers_beside_it() -> None:
    """Were it printed alone, that it is printed at all would tell the zero."""
    events = replace(WORLD, deaths=dict(WORLD.deaths) | {CEDAR: (0, 0, 0)}, events_only=True)
    built = made(replace(events, provisional=frozenset({2024})), told=declared(
        DeclaredTable((Level.TOWN, Level.COUNTY), "year")))  # fmt: skip
    assert {cell.table.period for cell in built.release.cells} == {"2022", "2023"}


def test_no_hidden_count_is_in_the_file(tmp_path: Path) -> None:
    release = written(made(WORLD).release, tmp_path)
    told = {key[4]: count for key, _, count in release.structure().cells if key[3:4] == ("town",)}
    assert told[CEDAR] is None
    hidden = [geoid for table in release.tables for geoid, state in _states(release, table) if state == "suppressed"]
    assert CEDAR in hidden


def test_the_reasons_add_up_to_what_is_hidden() -> None:
    built = made(WORLD)
    rows = hidden_rows(built)
    hidden = sum(cell.state == "suppressed" for cell in built.release.cells)
    assert sum(row.hidden for row in rows) == hidden
    assert any("0-4" in sentence for sentence in hidden_sentences(built))
    assert {row.indicator for row in rows} == {"Opioid overdose deaths"}
    assert built.release.indicators[0].id == DEATHS


def _states(release: ReleaseReader, table: tuple[str, ...]) -> list[tuple[str, str]]:
    cells = release.cells(table)  # type: ignore[arg-type]
    return list(zip(cells.geoid, cells.state, strict=True))
