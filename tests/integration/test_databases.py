"""The store on SQLite and on a real PostgreSQL: tables, one transaction a load, writers at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine, inspect, select, text

from dashboard.domain import Basis, Jurisdiction, Level, Period, Query, SourceCard, State
from dashboard.errors import StoreError
from dashboard.intake import Boundary, Coverage, Intake, PlaceCode
from dashboard.store import schema
from dashboard.store.cube import current_version, open_cube
from dashboard.store.engine import connect, migrate, open_engine
from dashboard.store.places import known_places
from dashboard.store.reader import CubeReader
from dashboard.store.writer import already_loaded, is_demonstration, is_empty, write

pytestmark = pytest.mark.usefixtures("tables_migrated")
TABLES = [import_module(f"dashboard.store.{path.stem}").metadata
          for path in Path(schema.__file__).parent.glob("schema*.py")]  # fmt: skip
"""Of every module that declares tables: all the same, and full only once all are imported."""
CARD = SourceCard("deaths", "Deaths", "the state", "public domain")
NOW = datetime(2026, 1, 2, 3, 4, 5)
DEATHS = "opioid_deaths"
ASH, BIRCH = "2500100001", "2500100002"


def intake(name: str = "deaths.csv", *, source: str = "deaths", year: int = 2018, ash: float = 12) -> Intake:
    """Two towns, one with a count and one hidden, with residents for both."""
    made = Intake(source, name, f"{source}-{name}".ljust(64, "0"), date(2025, 6, 1), rows_accepted=2)
    made.places = [Jurisdiction("25", "Massachusetts", Level.STATE, "25"),
                   Jurisdiction("25001", "Barnstable County", Level.COUNTY, "25"),
                   Jurisdiction(ASH, "Ash", Level.TOWN, "25", "25001", 41.5, -70.25),
                   Jurisdiction(BIRCH, "Birch – “the other”", Level.TOWN, "25", "25001")]  # fmt: skip
    made.place_codes = [PlaceCode(ASH, "regions", "9999900001", date(2022, 1, 1))]
    made.aliases = [(ASH, "Ashe Village")]
    span = Period.of_months(year, 1, 12)
    made.observations.add(DEATHS, ASH, (span.start, span.end), ash, basis="residence", provisional=True)
    made.observations.add(DEATHS, BIRCH, (span.start, span.end), None, basis="residence",
                          state=State.SUPPRESSED)  # fmt: skip
    made.observations.add("population", ASH, (span.start, span.end), 12_000, basis="residence")
    made.coverage = [Coverage(DEATHS, span.start, span.end, Level.TOWN, Basis.RESIDENCE, scope="25")]
    made.notes = ["One row was not placed: “Ästadt”."]
    return made


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in schema.metadata.sorted_tables
        }


def read(engine: Engine, home: Path, year: str = "2018") -> dict[str, dict[str, object]]:
    query = Query("opioid_overdose_death_rate", (Period.parse(year),), Level.TOWN)
    return {str(row["place"]): row for row in CubeReader(open_cube(engine, home)).read(query).rows()}


def test_the_tables_are_made_from_nothing_taken_down_to_nothing_and_made_again(store_url: str) -> None:
    engine = open_engine(store_url)
    assert all(tables is schema.metadata for tables in TABLES)
    names = set(schema.metadata.tables) | {"alembic_version"}
    for _ in range(2):
        migrate(engine)
        assert set(inspect(engine).get_table_names()) == names
        migrate(engine, "base")
        assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    engine.dispose()


def test_the_migrated_tables_are_those_that_the_program_declares(store: Engine) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with store.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def test_a_store_that_is_up_to_date_opens_while_a_load_is_being_written(store: Engine, store_url: str) -> None:
    with store.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE setting SET value = '0' WHERE key = 'data_version'"))
        other = connect(store_url)
        assert is_empty(other)
        other.dispose()


def test_two_programs_that_start_at_once_make_the_tables_once(store_url: str) -> None:
    start = Barrier(2)

    def open_it(_: int) -> str:
        start.wait()
        engine = connect(store_url)
        version = current_version(engine)
        engine.dispose()
        return version

    with ThreadPoolExecutor(2) as two:
        assert len(set(two.map(open_it, range(2)))) == 1


def test_a_store_of_a_newer_program_is_refused_in_a_sentence(store: Engine, store_url: str) -> None:
    with store.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="update the program"):
        connect(store_url)


def test_whatever_stops_the_opening_of_a_store_leaves_no_connection_open(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools = []

    def broken(engine: Engine) -> None:
        with engine.connect():
            pools.append(engine.pool)
        assert engine.pool.checkedin() == 1  # type: ignore[attr-defined]
        raise LookupError

    monkeypatch.setattr("dashboard.store.engine.migrate", broken)
    with pytest.raises(LookupError):
        connect(store_url)
    assert pools[0].checkedin() == 0


def test_what_was_written_is_read_back(store: Engine, tmp_path: Path) -> None:
    write(store, intake(), CARD, NOW)
    rows = read(store, tmp_path)
    ash, birch = rows["Ash"], rows["Birch – “the other”"]
    assert (ash["numerator"], ash["denominator"], ash["rate"], ash["state"]) == (12, 12_000, 100, "unstable")
    assert (ash["provisional"], ash["source"], ash["as_of"]) == (True, "deaths", "2025-06-01")
    assert (birch["numerator"], birch["state"]) == (None, "suppressed")
    places, aliases, codes = known_places(store)
    assert places == intake().places
    assert (aliases, codes) == (intake().aliases, intake().place_codes)


def test_the_load_keeps_its_report_and_its_time(store: Engine) -> None:
    write(store, intake(), CARD, NOW)
    with store.connect() as connection:
        row = connection.execute(select(schema.load)).one()
    assert (row.loaded_at, row.as_of, row.rows_accepted) == (NOW, date(2025, 6, 1), 2)
    assert row.notes == ["One row was not placed: “Ästadt”."]


def test_shapes_are_read_back_byte_by_byte(store: Engine) -> None:
    made = intake()
    made.boundaries = [Boundary("25", Level.TOWN, "2020", False, '{"geoid": ["é"]}'.encode())]
    write(store, made, CARD, NOW)
    with store.connect() as connection:
        assert connection.scalar(select(schema.boundary.c.body)) == '{"geoid": ["é"]}'.encode()


def test_the_same_file_again_changes_nothing(store: Engine) -> None:
    first = write(store, intake(), CARD, NOW)
    before = everything(store)
    assert already_loaded(store, "deaths", intake().sha256)
    assert write(store, intake(), CARD, datetime(2026, 5, 5)) == first
    assert everything(store) == before


def test_a_load_that_breaks_off_leaves_the_store_as_it_was(store: Engine, tmp_path: Path) -> None:
    write(store, intake(), CARD, NOW)
    before, version = everything(store), current_version(store)
    broken = intake("later.csv", year=2019)
    broken.observations.add(DEATHS, "99 is no place", (date(2019, 1, 1), date(2020, 1, 1)), 1)
    with pytest.raises(KeyError):
        write(store, broken, CARD, NOW)
    assert everything(store) == before
    assert current_version(store) == version
    assert read(store, tmp_path)["Ash"]["numerator"] == 12
    write(store, intake("later.csv", year=2019), CARD, NOW)
    assert read(store, tmp_path, "2018-2019")["Ash"]["numerator"] == 24


def test_writers_at_the_same_time_all_land_and_none_is_lost(store: Engine, tmp_path: Path) -> None:
    start = Barrier(4)

    def write_year(year: int) -> int:
        start.wait()
        return write(store, intake(f"{year}.csv", year=year), CARD, NOW)

    with ThreadPoolExecutor(4) as threads:
        loads = list(threads.map(write_year, (2015, 2016, 2017, 2018)))
    assert len(set(loads)) == 4
    assert current_version(store).endswith("-4")
    assert read(store, tmp_path, "2015-2018")["Ash"]["numerator"] == 48


def test_two_writers_of_the_same_file_write_it_once(store: Engine) -> None:
    start = Barrier(2)

    def write_it(_: int) -> int:
        start.wait()
        return write(store, intake(), CARD, NOW)

    with ThreadPoolExecutor(2) as threads:
        assert len(set(threads.map(write_it, range(2)))) == 1
    assert len(everything(store)["load"]) == 1


def test_a_new_store_is_empty_and_no_demonstration(store: Engine) -> None:
    assert is_empty(store)
    assert not is_demonstration(store)


def test_an_address_that_cannot_be_opened_is_refused_without_its_password() -> None:
    with pytest.raises(StoreError) as refusal:
        connect("postgresql+psycopg://ann:secret@127.0.0.1:9/none")
    assert "COALITION_DATABASE_URL" in str(refusal.value)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("url", ["nonsense", "oracle://x/y", "sqlite+nothing:///x"])
def test_an_address_of_another_kind_is_refused_with_what_to_write(url: str) -> None:
    with pytest.raises(StoreError, match="sqlite:///"):
        connect(url)
