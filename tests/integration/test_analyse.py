"""`coalition analyse` and `coalition site` as a person runs them, on a small store and on the real files."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from surroundings import runner

import commands.analysing
from commands.analysing import Desk, analyse
from commands.questions import Wanted
from dashboard.domain import Basis, Facility, Jurisdiction, Level, Period, SourceCard
from dashboard.errors import InvalidQuery
from dashboard.intake import Coverage, Intake
from dashboard.store.analyses import Analysis, Shelf, count_analyses, write_analysis
from dashboard.store.cube import open_cube
from dashboard.store.engine import connect
from dashboard.store.reader import CubeReader
from dashboard.store.scenarios import Scenario, list_scenarios, load_scenario, save_scenario
from dashboard.store.writer import write

DEATHS = "opioid_overdose_death_rate"
CARD = SourceCard("state", "Deaths", "the state", "public domain")
NOW = datetime(2026, 11, 1)
SIDE = 5


def geoid(at: int) -> str:
    return f"25001{at:05d}"


def intake() -> Intake:
    """Five times five towns of 20,000; 60 deaths in 2018 in three towns of a corner, 10 elsewhere; two naloxone points,
    one verified in the south-west corner, one listed in the north-east."""
    made = Intake("state", "deaths.csv", "d" * 64, date(2025, 6, 1))
    made.places = [Jurisdiction("25", "Massachusetts", Level.STATE, "25"),
                   Jurisdiction("25001", "Barnstable County", Level.COUNTY, "25")]  # fmt: skip
    year = Period.parse("2018")
    for at in range(SIDE * SIDE):
        made.places.append(
            Jurisdiction(geoid(at), f"Town {at}", Level.TOWN, "25", "25001", 42 + at // SIDE / 10, -72 + at % SIDE / 10)
        )
        sick = at in (0, 1, SIDE)
        for measure, value in (("opioid_deaths", 60 if sick else 10), ("population", 20_000)):
            made.observations.add(measure, geoid(at), (year.start, year.end), value, basis=Basis.RESIDENCE)
    made.coverage = [Coverage("opioid_deaths", year.start, year.end, Level.TOWN, Basis.RESIDENCE, scope="25")]
    made.facilities = [
        Facility("s", "South Point", ("naloxone",), "", geoid(0), 42.0, -72.0, date(2026, 10, 1)),
        Facility("n", "North Point", ("naloxone",), "", geoid(24), 42.4, -71.6),
    ]
    return made


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """`coalition` on that small store, made once: its numbers never change."""
    home = tmp_path_factory.mktemp("small")
    engine = connect(f"sqlite:///{home / 'coalition.db'}")
    write(engine, intake(), CARD, NOW)
    engine.dispose()
    return runner(home)


@pytest.fixture(scope="module")
def loaded(loaded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """`coalition` on a copy of the real files: what is analysed is kept."""
    return runner(shutil.copytree(loaded_home, tmp_path_factory.mktemp("analysed") / "home"))


def analysed(run: Any, *arguments: str) -> dict[str, Any]:
    ran = run("analyse", *arguments, "--format", "json")
    assert ran.code == 0, ran.err
    told: dict[str, Any] = json.loads(ran.out)
    return told


def shelf_reader(store: Engine, home: Path) -> CubeReader:
    cube = open_cube(store, home)
    return CubeReader(cube, shelf=Shelf(store, cube.version))


def test_a_small_store_is_analysed_and_printed_as_json(small: Any) -> None:
    told = analysed(small)
    (hotspots,) = told["hotspots"]
    cluster, other = hotspots["clusters"]
    total = 3 * 60 + 22 * 10
    assert (hotspots["indicator"], hotspots["period"], hotspots["max_share"]) == (DEATHS, "2018", 0.1)
    assert [len(one["towns"]) for one in (cluster, other)] == [2, 1]  # three towns are 12% of the people, two are 8%
    assert {*cluster["towns"], *other["towns"]} == {geoid(0), geoid(1), geoid(SIDE)}
    assert (cluster["observed"], cluster["expected"]) == (120, pytest.approx(total * 2 / 25))
    assert cluster["p_value"] == 0.001
    assert 0.001 <= cluster["p_overdispersed"] <= 1
    naloxone = next(row for row in told["deserts"] if row["service"] == "naloxone")
    assert (naloxone["listed"], naloxone["sites"], naloxone["place"]) == (False, 1, "Massachusetts")
    by_town = {town["geoid"]: town for town in naloxone["towns"]}
    assert by_town[geoid(0)] | {"minutes": 0} == by_town[geoid(0)]
    # 15 urban minutes are 15 / 60 x 45 / 1.35 = 8.3 km: one step east is 8.26 km, one step north 11.1 km.
    assert [at for at in range(SIDE * SIDE) if not by_town[geoid(at)]["desert"]] == [0, 1]
    assert (naloxone["residents_beyond"], naloxone["overdoses_beyond"]) == (23 * 20_000, 60 + 22 * 10)
    assert by_town[geoid(24)]["nearest_name"] == "South Point"


def test_what_was_analysed_is_kept_and_goes_stale_with_new_numbers(store: Engine, tmp_path: Path) -> None:
    write(store, intake(), CARD, NOW)
    reader = shelf_reader(store, tmp_path)
    assert reader.analysis("hotspots", indicator=DEATHS) is None
    outcome = analyse(Desk(store, reader, NOW), Wanted(replicates=99), lambda *_: None)
    again = shelf_reader(store, tmp_path)
    assert again.version != reader.version
    kept = again.analysis("hotspots", indicator=DEATHS, basis="residence", within="25")
    assert kept is not None
    assert kept["clusters"] == outcome.hotspots[0]["clusters"]
    assert (kept["stale"], kept["seed"], kept["parameters"]) == (False, 1, {"max_share": 0.1, "replicates": 99})
    assert again.analysis("desert", indicator="naloxone", within="25") is not None
    assert again.analysis("hotspots", indicator=DEATHS, basis="occurrence") is None
    assert len(again.analyses()) == 1 + len(outcome.deserts)
    more = intake()
    more.sha256, more.file_name = "e" * 64, "more.csv"
    write(store, more, CARD, datetime(2026, 11, 2))
    stale = shelf_reader(store, tmp_path).analysis("hotspots", indicator=DEATHS)
    assert stale is not None
    assert (stale["stale"], stale["clusters"]) == (True, kept["clusters"])


def test_the_same_question_again_takes_the_place_of_its_answer_and_another_share_stands_beside(
    store: Engine, tmp_path: Path
) -> None:
    write(store, intake(), CARD, NOW)
    desk = Desk(store, shelf_reader(store, tmp_path), NOW)
    for wanted in (Wanted(replicates=19), Wanted(replicates=19), Wanted(replicates=19, max_share=0.5)):
        analyse(desk, wanted, lambda *_: None)
    rows = [row for row in shelf_reader(store, tmp_path).analyses() if row["kind"] == "hotspots"]
    assert sorted(row["variant"] for row in rows) == ["", "max_share=0.5"]
    default = shelf_reader(store, tmp_path).analysis("hotspots", indicator=DEATHS)
    assert default is not None
    assert default["max_share"] == 0.1


def test_a_screen_of_a_past_day_does_not_show_what_was_found_later(store: Engine) -> None:
    for as_of in ("", "2020-01-01"):
        write_analysis(store, Analysis("hotspots", DEATHS, {"seen": as_of or "now"}, "1", NOW, as_of=as_of))
    for as_of, seen in (("", "now"), ("2020-01-01", "2020-01-01")):
        found = Shelf(store, "1", as_of).find("hotspots", {"indicator": DEATHS})
        assert found is not None
        assert found["seen"] == seen
    assert Shelf(store, "1", "2019-01-01").find("hotspots", {"indicator": DEATHS}) is None


def test_stopping_keeps_what_was_finished(store: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(store, intake(), CARD, NOW)
    desk = Desk(store, shelf_reader(store, tmp_path), NOW)

    def stop(said: str, _done: float) -> None:
        if said == "Service deserts":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        analyse(desk, Wanted(replicates=19), stop)
    assert count_analyses(store) == 1
    monkeypatch.setattr(commands.analysing, "find_hotspots", lambda *_, **__: pytest.fail("not asked"))
    assert shelf_reader(store, tmp_path).analysis("hotspots", indicator=DEATHS) is not None


def test_ctrl_c_is_one_sentence(small: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("commands.analyse.analyse", stopped)
    ran = small("analyse")
    assert (ran.code, "What was finished is stored" in ran.err) == (130, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--indicator", "opioid_related_ems_incidents"), "Nobody reports 'opioid_related_ems_incidents' yet"),
        (("--indicator", "contact_7d"), "'contact_7d' does not count events among residents"),
        (("--indicator", "nonsense"), "nonsense"),
        (("--within", "Town 3"), "Town 3 has one town"),
        (("--within", "Atlantis"), "There is no place 'Atlantis'"),
        (("--indicator", DEATHS, "--period", "2010"), "Too few towns of Massachusetts report"),
        (("--max-share", "0.8"), "at most 0.5"),
        (("--period", "yesterday"), "yesterday"),
        (("--as-of", "soon"), "is not a day"),
    ],
)
def test_what_cannot_be_analysed_is_said_and_ends_with_one(small: Any, arguments: tuple[str, ...], words: str) -> None:
    ran = small("analyse", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_an_empty_store_says_what_to_do(coalition: Any) -> None:
    for command in (("analyse",), ("site", "naloxone")):
        ran = coalition(*command)
        assert (ran.code, "`coalition load" in ran.err) == (1, True)


def test_the_next_sites_are_printed_with_their_gain_and_the_certificate(small: Any) -> None:
    told = json.loads(small("site", "naloxone", "--count", "2", "--within", "25", "--minutes", "21",
                            "--format", "json").out)  # fmt: skip
    # 21 minutes are 21 / 60 x 45 / 1.35 = 11.7 km: a site reaches its own town and the four next to it.
    assert told["before"] == 3 * 20_000
    assert [site["gain"] for site in told["sites"]] == [100_000, 100_000]
    assert (told["after"], told["status"], told["listed"]) == (260_000, "optimal", False)
    listed = json.loads(
        small("site", "naloxone", "--listed", "--within", "25", "--minutes", "21", "--format", "json").out
    )
    assert listed["before"] == 6 * 20_000
    table = small("site", "naloxone", "--count", "2")
    assert table.code == 0
    for words in ("Best next sites: Free naloxone point", "Proved by the solver", "Estimated minutes by car"):
        assert words in table.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("acupuncture",), "There is no service 'acupuncture'"),
        (("naloxone", "--count", "0"), "ask for 1 to 10"),
        (("naloxone", "--minutes", "-3"), "above 0"),
        (("naloxone", "--within", "Town 3"), "single town"),
        (("naloxone", "--within", "Atlantis"), "There is no place"),
    ],
)
def test_sites_that_cannot_be_chosen_are_said_and_end_with_one(
    small: Any, arguments: tuple[str, ...], words: str
) -> None:
    ran = small("site", *arguments)
    assert (ran.code, words in ran.err) == (1, True), ran.err


def test_a_scenario_is_saved_listed_and_loaded_unchanged(store: Engine) -> None:
    first = Scenario("  Two  vans ", {"service": "naloxone", "sites": [{"geoid": geoid(3)}]}, NOW, "ours")
    id_ = save_scenario(store, first)
    later = save_scenario(store, Scenario("One van", {}, datetime(2026, 11, 2), "ours"))
    save_scenario(store, Scenario("Theirs", {}, NOW, "theirs"))
    loaded = load_scenario(store, id_)
    assert (loaded.title, loaded.body, loaded.made_at) == ("Two vans", first.body, NOW)
    assert [one.id for one in list_scenarios(store, "ours")] == [later, id_]
    for nonsense in ("", "x" * 500, "nothing"):
        with pytest.raises(InvalidQuery, match="no such scenario"):
            load_scenario(store, nonsense)
    with pytest.raises(InvalidQuery, match="needs a title"):
        save_scenario(store, Scenario("   ", {}, NOW))


def test_at_half_the_people_the_massachusetts_cluster_has_86_towns_and_121_hundredths_of_the_expected(
    loaded: Any,
) -> None:
    told = analysed(loaded, "--indicator", DEATHS, "--within", "25", "--period", "2016-2018", "--max-share", "0.5")
    by_home = next(row for row in told["hotspots"] if row["basis"] == "residence")
    first = next(cluster for cluster in by_home["clusters"] if cluster["kind"] == "spatial")
    assert len(first["towns"]) == 86  # methods.md, section 3
    assert first["observed_to_expected"] == pytest.approx(1.21, abs=0.005)
    assert first["p_value"] == 0.001


def test_connecticut_2018_to_2020_has_clusters_of_at_most_a_tenth_of_its_people(loaded: Any) -> None:
    told = analysed(loaded, "--indicator", DEATHS, "--within", "09", "--period", "2018-2020")
    by_home = next(row for row in told["hotspots"] if row["basis"] == "residence")
    spatial = [cluster for cluster in by_home["clusters"] if cluster["kind"] == "spatial"]
    assert spatial
    assert any("Hartford" in cluster["names"] for cluster in spatial)
    towns = [town for cluster in spatial for town in cluster["towns"]]
    assert len(towns) == len(set(towns))  # clusters share no town
    for cluster in spatial:  # events expected of a tenth of the people
        assert cluster["expected"] <= by_home["total"] / 10
        assert cluster["observed"] > cluster["expected"]
        assert cluster["p_value"] <= 0.05
