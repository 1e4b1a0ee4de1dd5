"""What screens, files, the command line, earlier days and releases show by the agreements of today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from ambulance_kits import load_kits
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.agreements import Agreement, Audience, Unit
from dashboard.agreements.written import from_terms
from dashboard.domain import Level, Period, Query
from dashboard.people import Grant, Person, Role, act_as
from dashboard.settings import Settings
from dashboard.store import workspace as workspaces
from dashboard.store.agreements import agreements, history, save_agreement
from dashboard.store.analyses import Analysis, write_analysis
from dashboard.store.cube import open_cube
from dashboard.store.workspace import Workspace

KITS = "naloxone_kits"
GREENFIELD = "2501127060"
TERMS = {
    "id": "ems", "name": "Tamarack Ambulance", "coalition": "ours", "partner": "ems", "purpose": "To learn",
    "indicators": "all", "finest_place": "town", "finest_period": "month", "groups": "all",
    "audiences": {"member": 0, "public": 11}, "embargo_days": 0, "valid_from": "2026-01-01", "valid_to": "2026-06-30",
    "on_expiry": "hide", "legal_basis": "Counts", "citation": "none",
    "signatures": [{"who": "them", "on": "2026-01-01"}],
}  # fmt: skip
AGREED = from_terms(TERMS)
NOW = datetime(2026, 6, 1, 12)
MEMBER = Person("ann", "Ann", (Grant(Role.MEMBER),))
YEAR = Period.parse("2025")
ASKED = Query("naloxone_kits_per_100k", (YEAR,), Level.TOWN, (GREENFIELD,))


def save(engine: Engine, agreement: Agreement) -> Agreement:
    return save_agreement(engine, agreement, who="Ann", why="Agreed", now=NOW)


@pytest.fixture
def today() -> list[date]:
    """The day that the calendar shows; a test turns it."""
    return [date(2026, 6, 29)]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an ambulance service's kits, its read model made; tests take copies."""
    home = tmp_path_factory.mktemp("filled")
    made = Workspace(Settings(home=home, database_url=""))
    load_kits(made)
    open_cube(made.engine, home)
    made.engine.dispose()
    return home


@pytest.fixture
def workspace(filled: Path, tmp_path: Path, today: list[date], monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A copy of that store, which looks at its agreements whenever it is asked."""
    monkeypatch.setattr(workspaces, "POLL_SECONDS", -1.0)
    copytree(filled, tmp_path / "home")
    made = Workspace(Settings(home=tmp_path / "home", database_url=""), today=lambda: today[0])
    with act_as(MEMBER):
        yield made
    made.engine.dispose()


def told(workspace: Workspace, query: Query = ASKED, **more: Any) -> tuple[str, tuple[str, ...]]:
    """The state of the one cell, and the sentences with it."""
    cells = workspace.reader(**more).read(query)
    return cells.state[0], cells.notes


def test_a_partner_without_an_agreement_is_not_shown_and_the_reason_is_told(workspace: Workspace) -> None:
    assert told(workspace) == ("not_reported", ("There is no agreement with Tamarack Ambulance.",))
    assert workspace.reader().not_shown() == [
        ("ours", "Tamarack Ambulance", "There is no agreement with Tamarack Ambulance.")
    ]


def test_a_signed_agreement_shows_the_number_and_its_menu_at_once(workspace: Workspace) -> None:
    indicator = workspace.reader().registry.indicator(ASKED.indicator)
    assert workspace.reader().series_of(indicator) == []
    save(workspace.engine, AGREED)
    cells = workspace.reader().read(ASKED)
    assert (cells.numerator.tolist(), cells.notes) == ([120.0], ())
    assert {row["partner"] for row in workspace.reader().series_of(indicator)} == {"ems"}


def test_a_number_is_gone_the_day_after_the_last_day(workspace: Workspace, today: list[date]) -> None:
    save(workspace.engine, AGREED)
    today[0] = date(2026, 6, 30)
    assert told(workspace)[0] == "value"
    today[0] = date(2026, 7, 1)
    assert told(workspace) == ("not_reported", ("The agreement with Tamarack Ambulance ended on 2026-06-30.",))


def test_an_agreement_ends_on_time_while_the_store_is_away(workspace: Workspace, today: list[date]) -> None:
    save(workspace.engine, AGREED)
    assert told(workspace)[0] == "value"
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE setting RENAME TO mislaid")
    assert told(workspace)[0] == "value"
    today[0] = date(2026, 7, 1)
    assert told(workspace)[0] == "not_reported"


def test_todays_agreement_holds_for_an_earlier_day_too(workspace: Workspace, today: list[date]) -> None:
    save(workspace.engine, AGREED)
    assert told(workspace, as_of="2026-03-01")[0] == "value"
    today[0] = date(2026, 7, 1)
    assert told(workspace, as_of="2026-03-01")[0] == "not_reported"


def test_pages_open_on_the_newest_period_that_may_be_shown(workspace: Workspace) -> None:
    def newest() -> Period | None:
        reader = workspace.reader()
        return reader.span(reader.registry.indicator(ASKED.indicator))

    save(workspace.engine, replace(AGREED, embargo_days=200))
    assert newest() == Period.parse("2025-01..2025-11")
    save(workspace.engine, replace(AGREED, embargo_days=200, finest_period=Unit.QUARTER))
    assert newest() == Period.parse("2025-01..2025-09")
    windows = {window for row in workspace.reader().series_from("partner_sheet")
               for window in workspace.reader().windows(row)}  # fmt: skip
    assert max(windows).end == date(2025, 10, 1)


def test_each_audience_has_a_reader_of_its_own(workspace: Workspace) -> None:
    save(workspace.engine, AGREED)
    shown = {audience: told(workspace, audience=audience)[0] for audience in Audience}
    assert {audience for audience, state in shown.items() if state == "value"} == set(Audience) - {
        Audience.PUBLIC, Audience.LAW_ENFORCEMENT
    }  # fmt: skip
    versions = {workspace.reader(audience=audience).version for audience in Audience}
    assert len(versions) == len(Audience)


def test_nobody_who_acts_is_the_public(workspace: Workspace) -> None:
    save(workspace.engine, AGREED)
    with act_as(Person("nobody", "Nobody", (Grant(Role.PUBLIC),))):
        state, notes = told(workspace)
    assert state == "not_reported"
    assert notes == ("The agreement with Tamarack Ambulance shows the public no live numbers and no count under 11: "
                     "read the release made for it.",)  # fmt: skip


def test_a_steward_sees_the_numbers_of_the_own_partner_without_an_agreement(workspace: Workspace) -> None:
    with act_as(Person("eve", "Eve", (Grant(Role.STEWARD, partner="ems"),))):
        assert told(workspace)[0] == "value"
    with act_as(Person("fay", "Fay", (Grant(Role.STEWARD, partner="clinic"),))):
        assert told(workspace)[0] == "not_reported"


def test_only_what_the_public_may_see_enters_a_release(workspace: Workspace) -> None:
    save(workspace.engine, AGREED)
    state = {
        smallest: workspace.release_reader({ASKED.indicator: smallest}).read(ASKED).state[0] for smallest in (5, 11)
    }
    assert state == {5: "not_reported", 11: "value"}


def test_a_stored_analysis_goes_with_the_numbers_it_was_made_of(workspace: Workspace) -> None:
    cluster = {"kind": "spatial", "towns": [GREENFIELD]}
    result = {"clusters": [cluster, cluster | {"kind": "emerging"}], "towns": [{"geoid": GREENFIELD}], "period": "2025"}
    write_analysis(
        workspace.engine, Analysis("hotspots", ASKED.indicator, result, "1", NOW, period="2025", within="25")
    )
    asked = {"indicator": ASKED.indicator, "period": "2025", "within": "25"}
    assert workspace.reader().analysis("hotspots", **asked) is None
    save(workspace.engine, from_terms(TERMS | {"audiences": {"member": 0, "law_enforcement": 0}}))
    found = workspace.reader().analysis("hotspots", **asked)
    assert found is not None
    assert len(found["clusters"]) == 2
    found = workspace.reader(audience=Audience.LAW_ENFORCEMENT).analysis("hotspots", **asked)
    assert found is not None
    assert [each["kind"] for each in found["clusters"]] == ["spatial"]
    assert found["towns"] == []


def test_a_desert_goes_with_the_overdoses_it_counts(workspace: Workspace) -> None:
    result = {"service": "naloxone", "need": ASKED.indicator, "overdoses_beyond": 12, "towns": []}
    write_analysis(workspace.engine, Analysis("desert", "naloxone", result, "1", NOW, within="25"))
    assert workspace.reader().analysis("desert", indicator="naloxone", within="25") is None
    save(workspace.engine, AGREED)
    assert workspace.reader().analysis("desert", indicator="naloxone", within="25") is not None


@pytest.fixture
def client(workspace: Workspace) -> FlaskClient:
    from app import create_app

    return create_app(workspace).server.test_client()


def test_the_page_says_whose_numbers_are_not_shown_and_what_to_do(client: FlaskClient, workspace: Workspace) -> None:
    page = {"Referer": "http://localhost/our-coalition/agreements", "Host": "localhost"}
    before = client.get("/_dash-layout", headers=page).text
    assert "1 partner or source reports numbers that are not shown." in before
    assert "coalition agreements set FILE.toml" in before
    save(workspace.engine, replace(AGREED, valid_to=date.max))
    after = client.get("/_dash-layout", headers=page).text
    assert "1 of 1 agreement holds today." in after


@pytest.mark.parametrize("page", ["/places", "/places/trends"])
def test_a_page_says_why_a_number_is_missing(page: str, client: FlaskClient, workspace: Workspace) -> None:
    save(workspace.engine, replace(AGREED, finest_place=Level.COUNTY))
    asked = f"{page}?indicator=naloxone_kits_per_100k&period=2025&within=25011&partner=ems&first=2501127060"
    told = client.get("/_dash-layout", headers={"Referer": f"http://localhost{asked}", "Host": "localhost"}).text
    assert "The agreement with Tamarack Ambulance shows no places smaller than counties." in told


def test_a_download_follows_the_agreement(client: FlaskClient, workspace: Workspace) -> None:
    address = "/csv/places.csv?indicator=naloxone_kits_per_100k&period=2025&within=25011"
    host = {"Host": "localhost"}
    assert ",120," not in client.get(address, headers=host).text
    save(workspace.engine, AGREED)
    assert ",120," in client.get(address, headers=host).text


NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


@pytest.mark.parametrize("asked", ["places.csv?period=2025&within=25011", "trends.csv?place=2501127060"])
def test_every_row_of_a_download_with_treatment_records_says_that_they_are_not_passed_on(
    asked: str, client: FlaskClient, workspace: Workspace
) -> None:
    address, host = f"/csv/{asked}&indicator=naloxone_kits_per_100k", {"Host": "localhost"}
    save(workspace.engine, AGREED)
    assert NOTICE not in client.get(address, headers=host).text
    save(workspace.engine, replace(AGREED, part2=True))
    _, *rows = client.get(address, headers=host).text.splitlines()
    assert rows
    assert all(row.endswith(NOTICE) for row in rows)


@pytest.mark.parametrize(
    ("file", "agreed"),
    [("places.csv?indicator=naloxone_kits_per_100k&period=2025&within=25013", {}),
     ("places.csv?indicator=naloxone_kits_per_100k&period=2025&within=25011", {"valid_to": date(2026, 5, 1)})],
)  # fmt: skip
def test_a_download_without_treatment_records_behind_it_says_nothing_of_them(
    file: str, agreed: dict[str, Any], client: FlaskClient, workspace: Workspace
) -> None:
    """Other places, and numbers that are not shown at all."""
    save(workspace.engine, replace(AGREED, part2=True, **agreed))
    told = client.get(f"/csv/{file}", headers={"Host": "localhost"}).text
    assert "not_reported" in told
    assert NOTICE not in told


def test_the_command_line_sets_lists_shows_and_ends(coalition: Any, workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "ems.toml"
    file.write_text('id = "ems"\nname = "Tamarack"\ncoalition = "ours"\npartner = "ems"\n', "utf-8")
    assert "Not shown: Tamarack Ambulance." in coalition("status").out
    assert "is not finished" in coalition("agreements", "set", file).out
    assert "0 of 1 agreement hold today" in coalition("agreements", "list").out
    assert "Purpose: not agreed yet" in coalition("agreements", "show", "ems").out
    save(workspace.engine, replace(AGREED, valid_to=date.max))
    shown = coalition("show", ASKED.indicator, "--place", "Greenfield", "--partner", "ems", "--period", "2025")
    assert "120" in shown.out
    assert "has ended" in coalition("agreements", "expire", "ems").out
    shown = coalition("show", ASKED.indicator, "--place", "Greenfield", "--partner", "ems", "--period", "2025")
    assert "120" not in shown.out
    assert "ended on" in shown.err


def test_a_file_about_somebody_unknown_changes_nothing(coalition: Any, workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "ems.toml"
    file.write_text('id = "ems"\nname = "T"\npartner = "nobody"\nindicators = ["colour"]\n', "utf-8")
    refused = coalition("agreements", "set", file)
    assert "there is no partner 'nobody'; there is no indicator 'colour'" in refused.err
    assert agreements(workspace.engine) == ()


def test_a_member_changes_no_agreement(coalition: Any, workspace: Workspace) -> None:
    save(workspace.engine, AGREED)
    assert coalition("--audience", "member", "agreements", "expire", "ems").code == 1
    assert len(history(workspace.engine, AGREED)) == 1
