"""Several files in one call, and what else a store has to take in with them."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

import data_loaders.registry as registry
from dashboard.domain import Basis, Jurisdiction, Level, State
from dashboard.intake import Boundary, Intake
from dashboard.store import schema
from dashboard.store.engine import connect
from data_loaders import table
from data_loaders.contract import Context, Report, Source, Stage
from data_loaders.load import Status, load_files
from data_loaders.rawfile import RawFile

NOW = datetime(2026, 11, 21, 12)
YEAR = (date(2024, 1, 1), date(2025, 1, 1))


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return connect(f"sqlite:///{tmp_path / 'store.db'}")


def source(id_: str, column: str, read: object, stage: Stage = Stage.OBSERVATIONS, state: str = "") -> Source:
    return Source(id_, id_, "publisher", "licence", "", "", (), read, (column,), stage=stage, state=state)  # type: ignore[arg-type]


def name_towns(file: RawFile, _context: Context, report: Report) -> Intake:
    """Towns of a state nobody knows yet."""
    intake = Intake("towns", file.name, file.sha256, date(2020, 1, 1), rows_accepted=1)
    for _row, record in table.records(file, report):
        intake.places.append(Jurisdiction(record["Code"], record["Name"], Level.TOWN, record["Code"][:2]))
    return intake


def count_deaths(file: RawFile, context: Context, report: Report) -> Intake:
    intake = Intake("deaths", file.name, file.sha256, date(2025, 1, 1), rows_accepted=1)
    for row, record in table.records(file, report):
        place = context.places.find(record["Town"])
        if place is None:
            report.problem("unknown town", "correct it", row=row, column="Town", value=record["Town"])
        else:
            intake.observations.add("opioid_deaths", place.geoid, YEAR, 1.0, basis=Basis.RESIDENCE)
    return intake


def draw_shapes(file: RawFile, _context: Context, _report: Report) -> Intake:
    intake = Intake("shapes", file.name, file.sha256, date(2020, 1, 1), rows_accepted=1)
    intake.places = [Jurisdiction("2502702480", "Athol", Level.TOWN, "25", "25027")]
    intake.boundaries = [Boundary("25", Level.TOWN, "2020", False, b"{}")]
    intake.observations.add("population", "2502702480", YEAR, 11945.0, basis=Basis.RESIDENCE)
    return intake


def contradict(file: RawFile, context: Context, _report: Report) -> Intake:
    """A loader that breaks the rules of an intake."""
    intake = Intake("broken", file.name, file.sha256, date(2025, 1, 1), rows_accepted=1)
    place = context.places.find("Athol", state="25")
    assert place is not None
    intake.observations.add("opioid_deaths", place.geoid, YEAR, None, state=State.VALUE)
    intake.observations.add("opioid_deaths", "9999999999", YEAR, 1.0)
    intake.observations.add("no_such_measure", place.geoid, YEAR, 1.0)
    return intake


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = (
        source("towns", "Code", name_towns, Stage.PLACES),
        source("deaths", "Town", count_deaths),
        source("shapes", "Shape", draw_shapes, Stage.PLACES, "25"),
        source("broken", "Broken", contradict, state="25"),
    )
    monkeypatch.setattr(registry, "sources", lambda: {one.id: one for one in sources})


def rows_of(store: Engine, name: str) -> int:
    with store.connect() as connection:
        return connection.scalar(select(func.count()).select_from(schema.metadata.tables[name])) or 0


@pytest.mark.parametrize("dry_run", [False, True])
def test_what_names_places_is_read_first_even_in_a_dry_run(store: Engine, tmp_path: Path, dry_run: bool) -> None:
    (tmp_path / "a_deaths.csv").write_text("Town\nBarre Town\n")
    (tmp_path / "b_towns.csv").write_text("Code,Name\n5002303250,Barre Town\n")
    outcomes = load_files(store, [tmp_path / "a_deaths.csv", tmp_path / "b_towns.csv"], dry_run=dry_run, now=NOW)
    wanted = Status.WOULD_LOAD if dry_run else Status.LOADED
    assert [(outcome.file, outcome.status) for outcome in outcomes] == [
        ("b_towns.csv", wanted), ("a_deaths.csv", wanted),
    ]  # fmt: skip
    assert rows_of(store, "observation") == (0 if dry_run else 1)


def test_the_built_in_towns_come_only_where_a_file_speaks_of_their_state(store: Engine, tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text("Code,Name\n5002303250,Barre\n")
    (tmp_path / "deaths.csv").write_text("Town\nBarre\n")
    outcomes = load_files(store, [tmp_path / "towns.csv", tmp_path / "deaths.csv"], now=NOW)
    assert [outcome.notes for outcome in outcomes] == [(), ()]
    assert rows_of(store, "place") == 1


def test_an_empty_store_takes_in_the_built_in_towns_with_a_file_that_needs_them(store: Engine, tmp_path: Path) -> None:
    (tmp_path / "deaths.csv").write_text("Town\nAthol\n")
    (outcome,) = load_files(store, [tmp_path / "deaths.csv"], now=NOW)
    assert outcome.status == Status.LOADED
    assert "351 built-in towns of Massachusetts" in outcome.notes[0]
    assert rows_of(store, "place") == 351 + 14 + 1


def test_a_refused_file_leaves_an_empty_store_empty(store: Engine, tmp_path: Path) -> None:
    (tmp_path / "deaths.csv").write_text("Town\nAthol\nAtholl\n")
    (outcome,) = load_files(store, [tmp_path / "deaths.csv"], now=NOW)
    assert (outcome.status, rows_of(store, "place"), rows_of(store, "load")) == (Status.REFUSED, 0, 0)


def test_a_demonstration_takes_the_shapes_of_official_boundaries_and_nothing_else(
    store: Engine, tmp_path: Path
) -> None:
    with store.begin() as connection:
        connection.execute(schema.setting.insert().values(coalition_id="", key="demonstration", value="1"))
    (tmp_path / "shapes.csv").write_text("Shape\nround\n")
    (outcome,) = load_files(store, [tmp_path / "shapes.csv"], now=NOW)
    assert outcome.status == Status.LOADED
    assert (rows_of(store, "boundary"), rows_of(store, "observation")) == (1, 0)


def test_a_loader_that_breaks_the_rules_of_an_intake_is_refused(store: Engine, tmp_path: Path) -> None:
    (tmp_path / "broken.csv").write_text("Broken\nyes\n")
    (outcome,) = load_files(store, [tmp_path / "broken.csv"], now=NOW)
    assert outcome.status == Status.REFUSED
    assert {problem.value for problem in outcome.problems} == {"9999999999", "no_such_measure", "None (value)"}
