"""My agency as its steward, a publisher, a member and strangers meet it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from dashboard.agreements.written import from_terms
from dashboard.domain import Basis, Level, Partner, Period, PlaceSet, SourceCard
from dashboard.intake import Coverage, Intake
from dashboard.people import Grant, Person, Role
from dashboard.settings import Settings
from dashboard.store import workspace as workspaces
from dashboard.store.agreements import save_agreement
from dashboard.store.audit_log import records
from dashboard.store.comments import comments
from dashboard.store.people import add_account
from dashboard.store.sign_in import sign_in
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write
from data_loaders.register import built_in

HERE = {"Host": "localhost"}
TOWN = "2501127060"
KITS, REFERRED, HANDED = "naloxone_kits", "referrals", "referrals_warm_handoff"
PAGE = "/bring-numbers/agency?partner=ems"
PEOPLE = {
    "steward": (Grant(Role.STEWARD, "ours", "ems"),), "other": (Grant(Role.STEWARD, "ours", "clinic"),),
    "publisher": (Grant(Role.PUBLISHER, "ours"),), "member": (Grant(Role.MEMBER, "ours"),),
    "stranger": (Grant(Role.MEMBER, "theirs"),), "foreign": (Grant(Role.PUBLISHER, "theirs"),),
    "administrator": (Grant(Role.ADMINISTRATOR),),
}  # fmt: skip
TERMS: dict[str, Any] = {
    "id": "ems", "name": "Tamarack", "coalition": "ours", "partner": "ems", "purpose": "To learn", "indicators": "all",
    "finest_place": "town", "finest_period": "month", "groups": "all", "audiences": {"member": 0}, "embargo_days": 0,
    "valid_from": "2020-01-01", "valid_to": "until ended", "on_expiry": "hide", "legal_basis": "Counts",
    "citation": "none", "signatures": [{"who": "them", "on": "2020-01-01"}],
}  # fmt: skip


def now() -> datetime:
    """When a test asks, not when it was collected: links and sessions end."""
    return datetime.now(UTC).replace(tzinfo=None)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A service whose kits grew from 40 to 90 in a month, and whose referrals to the clinic were told."""
    made = Workspace(Settings(home=tmp_path_factory.mktemp("agency"), database_url=""))
    write(made.engine, built_in("25"), SourceCard("gazetteer", "Towns", "us", "public domain"), datetime(2026, 1, 1))
    told = Intake("partner_sheet", "kits.csv", "1", date(2026, 1, 5))
    told.coalitions = [("ours", "Our coalition", "ours-towns"), ("theirs", "Theirs", "")]
    told.place_sets = [PlaceSet("ours-towns", "Our towns", Level.CATCHMENT, (TOWN,))]
    told.partners = [
        Partner("ems", "Tamarack", "EMS", "ours", "ours-towns"),
        Partner("clinic", "Clinic", "health", "ours"),
    ]
    for month in range(1, 13):
        kits = 90.0 if month == 12 else 40.0
        span = Period.of_months(2025, month, 1)
        told.observations.add(KITS, TOWN, (span.start, span.end), kits, partner="ems")
        for measure, people in ((REFERRED, 30.0), (HANDED, 24.0)):
            told.observations.add(measure, TOWN, (span.start, span.end), people, partner="ems",
                                  stratum="receiving_partner=clinic")  # fmt: skip
    year = (date(2025, 1, 1), date(2026, 1, 1), Level.TOWN, Basis.NONE, "ems")
    told.coverage = [Coverage(measure, *year) for measure in (KITS, REFERRED, HANDED)]
    write(made.engine, told, SourceCard("partner_sheet", "Kits", "us", "by agreement"), datetime(2026, 1, 6))
    save_agreement(made.engine, from_terms(TERMS), who="Ann", why="Agreed", now=now())
    for name, grants in PEOPLE.items():
        add_account(made.engine, Person(name, name.title(), grants), now=now())
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def browsers(workspace: Workspace) -> dict[str, FlaskClient]:
    server: Any = create_app(workspace).server
    found = {}
    for name in PEOPLE:
        found[name] = server.test_client()
        found[name].set_cookie("coalition", sign_in(workspace.engine, name, by="link", now=now()))
    return found


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspaces, "POLL_SECONDS", -1.0)


def opened(browser: FlaskClient, page: str = PAGE) -> str:
    return str(browser.get("/_dash-layout", headers=HERE | {"Referer": f"http://localhost{page}"}).json)


def post(browser: FlaskClient, path: str, **form: str) -> TestResponse:
    return browser.post(f"/agency/{path}", data=form or {"a": "b"}, headers=HERE,
                        content_type="application/x-www-form-urlencoded")  # fmt: skip


def agree(workspace: Workspace, **changed: object) -> None:
    save_agreement(workspace.engine, from_terms(TERMS | changed), who="Ann", why="Changed", now=now())


def test_a_steward_sees_what_the_meeting_would_see_and_how_it_moved(browsers: dict[str, FlaskClient]) -> None:
    page = opened(browsers["steward"])
    assert "The meeting sees" in page
    assert "December 2025" in page
    assert "90 kits" in page
    assert "50 more than November 2025" in page
    assert "What only you see" in page


def test_what_the_agreement_does_not_show_only_the_steward_sees(
    browsers: dict[str, FlaskClient], workspace: Workspace
) -> None:
    agree(workspace, audiences={"public": 11})
    steward, member = opened(browsers["steward"]), opened(browsers["member"])
    agree(workspace)
    assert "not shown to the meeting" in steward
    assert "90 kits" in steward
    assert "90 kits" not in member


def test_a_member_reads_and_says_nothing(browsers: dict[str, FlaskClient]) -> None:
    page = opened(browsers["member"])
    assert "90 kits" in page
    assert "What only you see" not in page
    assert "What was said" not in page
    assert "/agency/" not in page
    assert post(browsers["member"], "ems/comment", about="month:2025-12", words="No").status_code == 403


@pytest.mark.parametrize("name", ["stranger", "foreign"])
def test_people_of_another_coalition_open_nothing(name: str, browsers: dict[str, FlaskClient]) -> None:
    answer = browsers[name].get("/_dash-layout", headers=HERE | {"Referer": f"http://localhost{PAGE}"})
    assert answer.status_code == 403
    assert browsers[name].get("/csv/funder-table.csv?partner=ems&table=pew_core", headers=HERE).status_code == 403
    assert "Tamarack" not in opened(browsers[name], "/bring-numbers/agency")


def test_a_steward_is_the_steward_of_the_own_partner_alone(
    browsers: dict[str, FlaskClient], workspace: Workspace
) -> None:
    assert "What only you see" not in opened(browsers["other"])
    for path in ("ems/comment", "ems/settle/1"):
        assert post(browsers["other"], path, about="month:2025-12", words="No").status_code == 403
    assert comments(workspace.engine, "ems", coalition="ours") == ()


def test_a_question_is_asked_shown_to_the_meeting_answered_and_settled(
    browsers: dict[str, FlaskClient], workspace: Workspace
) -> None:
    mark, about = "Tamarack has a question about this.", "number:naloxone_kits_per_100k|2025-12"
    said = post(browsers["steward"], "ems/comment", about=about, how="hold", words="December is counted twice.")
    assert said.headers["Location"] == f"{PAGE}&done=said"
    assert mark in opened(browsers["member"])
    assert mark in opened(browsers["member"], "/places?indicator=naloxone_kits_per_100k&period=2025-12&within=25011")
    assert "December is counted twice." not in opened(browsers["member"])
    assert "December is counted twice." in opened(browsers["publisher"])
    for name in ("member", "foreign", "steward"):
        assert post(browsers[name], "ems/answer/1", words="We look.").status_code == 403
    assert post(browsers["publisher"], "ems/answer/1", words="We look.", status="answered").status_code == 303
    assert all(words in opened(browsers["steward"]) for words in ("We look.", "Publisher", mark))
    assert post(browsers["steward"], "ems/settle/1").status_code == 303
    assert mark not in opened(browsers["member"])
    (kept,) = comments(workspace.engine, "ems", coalition="ours")
    assert [(each.who, each.status) for each in kept.answers] == [("Publisher", "answered"), ("Steward", "settled")]
    logged = [each.account for each in records(workspace.engine) if "comment" in each.action]
    assert logged == ["steward", "publisher", "steward"]


@pytest.mark.parametrize(
    "form",
    [{}, {"about": "month:2025-12", "words": " "}, {"about": "month:someday", "words": "x"},
     {"about": "number:nothing|2025-12", "words": "x"}, {"about": "load:999", "words": "x"},
     {"about": "load:x", "words": "x"}, {"about": "person:ann", "words": "x"}],
)  # fmt: skip
def test_nonsense_is_refused_in_words(
    form: dict[str, str], browsers: dict[str, FlaskClient], workspace: Workspace
) -> None:
    before = comments(workspace.engine, "ems", coalition="ours")
    assert post(browsers["steward"], "ems/comment", **form).status_code == 400
    assert post(browsers["steward"], "nobody/comment", about="month:2025-12", words="x").status_code == 400
    assert comments(workspace.engine, "ems", coalition="ours") == before


def test_what_became_of_referrals_is_told(browsers: dict[str, FlaskClient]) -> None:
    assert "360 referrals in" in opened(browsers["steward"])
    assert "288 ended with a completed warm handoff" in opened(browsers["steward"])


def test_the_funders_table_on_the_page_is_the_one_in_the_file(browsers: dict[str, FlaskClient]) -> None:
    told = browsers["steward"].get("/csv/funder-table.csv?partner=ems&table=cdc_od2a_local", headers=HERE)
    rows = list(csv.DictReader(io.StringIO(told.text)))
    assert {row["partner"] for row in rows} == {"ems"}
    page = opened(browsers["steward"], f"{PAGE}&table=cdc_od2a_local")
    assert all(row["What is asked"] in page for row in rows)
    assert any(row["Numerator"] == "530" for row in rows)
