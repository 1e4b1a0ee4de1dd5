"""A database that goes away and comes back: told in a sentence, nothing half done, found again by itself."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import OperationalError
from steward_at_work import OWN, Inline, Steward, filled_workspace, month, sheet
from surroundings import Restartable, postgresql_in, runner

from app import create_app
from dashboard.domain import Level, SourceCard
from dashboard.intake import Intake
from dashboard.settings import Settings
from dashboard.store import partner_files, schema
from dashboard.store.engine import connect
from dashboard.store.partner_files import Brought, save
from dashboard.store.schema_partner_files import partner_load, sheet_mapping
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write
from data_loaders.register import built_in

CARD = SourceCard("partner-p", "P", "P", "ours")
NOW = datetime(2026, 6, 1)


@pytest.fixture
def database() -> Iterator[Restartable]:
    """A running database, gone afterwards."""
    kept = tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True)
    with kept as folder, postgresql_in(Path(folder)) as made:
        yield made


def brought() -> Brought:
    """A year of kits in every town of Massachusetts."""
    intake = Intake("partner-p", "kits.csv", "0" * 64, date(2026, 6, 1))
    for place in built_in("25").places:
        if place.level is Level.TOWN:
            intake.observations.add("naloxone_kits", place.geoid, (date(2025, 1, 1), date(2026, 1, 1)), 1, partner="p")
    return Brought(intake, "c", "p", "file", "Ann", "layout", {"column": "B"})


def counts(engine: Engine) -> tuple[int, int, int]:
    """Loads of partners, what was remembered of their sheets, and numbers of kits."""
    kits = select(schema.series.c.id).where(schema.series.c.measure == "naloxone_kits")
    observed = select(func.count()).select_from(schema.observation).where(schema.observation.c.series_id.in_(kits))
    with engine.connect() as connection:
        first, second = (connection.scalar(select(func.count()).select_from(t)) for t in (partner_load, sheet_mapping))
        return int(first or 0), int(second or 0), int(connection.scalar(observed) or 0)


def test_connections_that_the_database_closed_are_made_anew(postgresql_url: str) -> None:
    engine, other = connect(postgresql_url), connect(postgresql_url)
    with engine.connect():
        pass
    with other.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                "WHERE pid <> pg_backend_pid() AND datname = current_database()"))  # fmt: skip
    assert counts(engine) == (0, 0, 0)
    for each in (engine, other):
        each.dispose()


@pytest.mark.long
def test_a_database_that_stops_in_the_middle_of_a_load_keeps_nothing_of_it(
    database: Restartable, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = connect(database.url)
    write(engine, built_in("25"), SourceCard("places", "Towns", "us", "ours"), NOW)
    remember = partner_files._remember

    def stopped(*arguments: Any) -> None:
        database.stop()
        remember(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(partner_files, "_remember", stopped)
        with pytest.raises(OperationalError):
            save(engine, brought(), CARD, NOW)
    database.start()
    assert counts(engine) == (0, 0, 0)
    assert save(engine, brought(), CARD, NOW).new
    assert counts(engine) == (1, 1, 351)
    engine.dispose()


@pytest.mark.long
def test_the_command_line_says_that_the_database_is_away_and_loads_once_it_is_back(
    database: Restartable, tmp_path: Path, shared: Path
) -> None:
    coalition = runner(tmp_path / "home", COALITION_DATABASE_URL=database.url.replace("+psycopg", ""))
    assert coalition("status").code == 0
    database.stop()
    ran = coalition("load", shared / "ma" / "population_sex_age.csv")
    assert ran.code == 1
    assert "cannot be opened" in ran.err
    assert "Traceback" not in ran.err
    database.start()
    assert coalition("load", shared / "ma" / "population_sex_age.csv").code == 0


@pytest.mark.long
def test_whoever_reads_reads_on_and_whoever_brings_is_told_to_wait(
    database: Restartable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.store.workspace.get_context", lambda _how: SimpleNamespace(Process=Inline))
    monkeypatch.setattr("dashboard.store.workspace.POLL_SECONDS", 0)
    monkeypatch.setattr("dashboard.store.workspace.AWAY_SECONDS", 0)
    workspace = Workspace(Settings(home=tmp_path, database_url=database.url))
    filled_workspace(workspace)
    steward = Steward(workspace, create_app(workspace).server.test_client(), "p1")
    assert steward.bring(sheet((3, 1))) == 303
    seen = steward.seen()
    database.stop()
    assert steward.client.get("/", headers=OWN).status_code == 200
    for path, fields in (
        (f"/{steward.token}/save", {"seen": seen}),
        ("/none", {"measure": "positive_tests", "period": month(0)}),
    ):
        answer = steward.client.post(f"/upload/p1{path}", data={"here": "1", **fields}, headers=OWN)
        assert (answer.status_code, answer.text[:30]) == (503, "The store does not answer just"), answer.text
    body = {"file": (io.BytesIO(sheet((3, 1))), "kits.csv")}
    answer = steward.client.post("/upload/p1", data=body, headers=OWN, content_type="multipart/form-data")
    assert answer.status_code in (303, 503)
    database.start()
    assert steward.loads() == 0
    assert steward.post(f"/{steward.token}/save", seen=seen) == 303
    assert steward.loads() == 1
    workspace.engine.dispose()
