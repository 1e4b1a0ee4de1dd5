"""`coalition targets` and a targets sheet as a person runs them, and saving over the wire, which only one may."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from dashboard.domain import SourceCard
from dashboard.intake import Intake
from dashboard.settings import Settings
from dashboard.store.targets import TargetBoard
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write
from dashboard.views.target_form import FIELDS
from data_loaders.register import built_in

BOSTON = "2502507000"
HEAD = "indicator,place,baseline,baseline_period,target,due,owner,why"
DUE = f"{date.today().year + 3}-12-31"
ROW = f"opioid_overdose_death_rate,{{place}},30,2014,{{target}},{DUE},Steering group,agreed"
WRITTEN = {
    "indicator": "opioid_overdose_death_rate", "place": BOSTON, "baseline": "30", "baseline_period": "2014",
    "target": "20", "due": DUE, "owner": "Group", "who": "Ann", "why": "agreed",
}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Massachusetts, and five years of deaths in Boston."""
    made = Workspace(Settings(home=tmp_path / "home", database_url="", hosts="board.example"))
    deaths = Intake("deaths", "deaths.csv", "1" * 64, date(2019, 1, 1))
    for year, count in zip(range(2014, 2019), (200, 195, 190, 188, 181), strict=True):
        span = (date(year, 1, 1), date(year + 1, 1, 1))
        deaths.observations.add("opioid_deaths", BOSTON, span, count, basis="residence")
        deaths.observations.add("population", BOSTON, span, 670_000, basis="residence")
    card = SourceCard("deaths", "Deaths", "the state", "public domain")
    for intake in (built_in("25"), deaths):
        write(made.engine, intake, card, datetime(2019, 2, 1))
    yield made
    made.engine.dispose()


@pytest.fixture
def client(workspace: Workspace) -> FlaskClient:
    return create_app(workspace).server.test_client()


def sheet(folder: Path, *rows: str) -> Path:
    path = folder / "targets.csv"
    path.write_text("\n".join((HEAD, *rows)), "utf-8")
    return path


def save(client: FlaskClient, *, version: int = 0, target_id: str = "", **sent: Any) -> Any:
    """Press Save in the form, as the browser sends it."""
    asked = client.get("/_dash-dependencies", headers={"Host": "localhost"}).json
    found = next(one for one in asked if any(part["id"] == "aim-save" for part in one["inputs"]))
    values = dict.fromkeys(FIELDS, "") | WRITTEN | sent.pop("values", {})
    edits = {"coalition": "", "target_id": target_id, "version": version}
    known = {f"aim-{name}": value for name, value in values.items()} | {"aim-edited": edits, "aim-save": 1}
    outputs = [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
        for part in found["output"].strip(".").split("...")
    ]
    body = {
        "output": found["output"], "outputs": outputs, "changedPropIds": ["aim-save.n_clicks"],
        "inputs": [part | {"value": known[part["id"]]} for part in found["inputs"]],
        "state": [part | {"value": known[part["id"]]} for part in found["state"]],
    }  # fmt: skip
    headers = {"Host": "localhost"} | sent.pop("headers", {})
    return client.post("/_dash-update-component", json=body, headers=headers, **sent)


def test_a_sheet_is_loaded_and_every_target_printed(
    workspace: Workspace, coalition: Callable[..., Any], tmp_path: Path
) -> None:
    assert TargetBoard(workspace.engine).targets == ()
    ran = coalition("load", sheet(tmp_path, ROW.format(place="Boston", target=20)))
    assert ran.code == 0, ran.out + ran.err
    (row,) = json.loads(coalition("targets", "--format", "json").out)
    assert (row["status"], row["for"], row["baseline"], row["wanted"]) == (
        "data late",
        "Everyone in Boston",
        "30.0",
        "20.0",
    )
    assert row["events"] == 181
    assert row["now"] == pytest.approx(181 / 6.7 * 365.25 / 365, abs=0.1)
    early = json.loads(coalition("targets", "--as-of", "2019-06-01", "--format", "json").out)
    assert early == []  # nobody had set it then
    assert "data late" in coalition("targets").out


def test_a_sheet_with_a_fault_changes_nothing(
    workspace: Workspace, coalition: Callable[..., Any], tmp_path: Path
) -> None:
    ran = coalition(
        "load", sheet(tmp_path, ROW.format(place="Boston", target=20), ROW.format(place="Atlantis", target=9))
    )
    assert ran.code == 1
    assert "There is no such place" in ran.out
    assert TargetBoard(workspace.engine).targets == ()


def test_an_empty_store_says_how_to_begin(coalition: Callable[..., Any]) -> None:
    assert "There are no targets yet." in coalition("targets").out


def test_the_form_saves_and_the_next_look_shows_it(client: FlaskClient, workspace: Workspace) -> None:
    answer = save(client)
    assert answer.status_code == 200
    assert "Saved as version 1." in answer.text
    page = client.get("/_dash-layout", headers={"Host": "localhost", "Referer": "http://localhost/targets"}).text
    assert "Everyone in Boston" in page
    told = client.get("/csv/targets.csv", headers={"Host": "localhost"}).text
    assert told.count("\n") == 2
    assert "data late" in told
    assert len(TargetBoard(workspace.engine).targets) == 1


@pytest.mark.parametrize(
    "way",
    [
        {"headers": {"Host": "board.example"}},
        {"headers": {"X-Forwarded-For": "192.0.2.7"}},
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
    ],
)
def test_nobody_saves_without_signing_in(client: FlaskClient, workspace: Workspace, way: dict[str, Any]) -> None:
    answer = save(client, **way)
    assert (answer.status_code, answer.text) == (401, "Sign in to set targets.")
    assert TargetBoard(workspace.engine).targets == ()


def test_another_site_cannot_save(client: FlaskClient, workspace: Workspace) -> None:
    assert save(client, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert TargetBoard(workspace.engine).targets == ()


def test_saving_is_never_answered_from_memory(client: FlaskClient) -> None:
    assert "Saved as version 1." in save(client).text
    assert "Saved as version 1." in save(client).text  # a second target, not the first answer again
    assert client.get("/csv/targets.csv", headers={"Host": "localhost"}).text.count("\n") == 3


@pytest.mark.parametrize("values", [{"owner": ["a"]}, {"why": "x" * 500}, {"place": {"a": 1}}])
def test_nonsense_in_the_form_is_refused(client: FlaskClient, workspace: Workspace, values: dict[str, Any]) -> None:
    assert save(client, values=values).status_code == 400
    assert TargetBoard(workspace.engine).targets == ()


def test_an_old_version_is_told_of_the_newer_one(client: FlaskClient, workspace: Workspace) -> None:
    save(client)
    (first,) = TargetBoard(workspace.engine).targets
    assert "Saved as version 2." in save(client, version=1, target_id=first.id, values={"owner": "Ann's group"}).text
    assert "Somebody else saved" in save(client, version=1, target_id=first.id, values={"owner": "Ben's"}).text
    assert [one.target.owner for one in TargetBoard(workspace.engine).history["", first.id]] == ["Group", "Ann's group"]
