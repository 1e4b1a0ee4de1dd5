"""The page of people as administrators, auditors and everybody else meet it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update
from werkzeug.test import TestResponse

from app import create_app
from dashboard.domain import Partner, SourceCard
from dashboard.errors import InvalidQuery
from dashboard.intake import Intake
from dashboard.people import Grant, Person, Role, act_as
from dashboard.people.chain import REFUSED, Event
from dashboard.settings import Settings
from dashboard.store.audit_log import Wanted, look, record, records, signed_in_last
from dashboard.store.people import add_account, find_person, list_accounts, remove_account
from dashboard.store.schema_people import audit_record
from dashboard.store.sign_in import sign_in
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write

HERE = {"Host": "localhost"}
PAGE = "/our-coalition/people"
PEOPLE = (
    Person("ann", "Ann Smith", (Grant(Role.ADMINISTRATOR),)), Person("ben", "Ben", (Grant(Role.AUDITOR),)),
    Person("cleo", "Cleo", (Grant(Role.ADMINISTRATOR, "north"),)), Person("dan", "Dan", (Grant(Role.MEMBER, "north"),)),
    Person("eve", "Eve", (Grant(Role.MEMBER, "north"), Grant(Role.PUBLISHER, "south"))),
)  # fmt: skip


def now() -> datetime:
    """When a test asks, not when it was collected: links and sessions end."""
    return datetime.now(UTC).replace(tzinfo=None)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("people")


@pytest.fixture(scope="module")
def workspace(home: Path) -> Iterator[Workspace]:
    """Two coalitions with a partner each, and accounts; no places and no numbers."""
    made = Workspace(Settings(home=home, database_url=""))
    named = Intake("partner_sheet", "names.csv", "1", now().date())
    named.coalitions = [("north", "North", ""), ("south", "South", "")]
    named.partners = [
        Partner(f"{name}-clinic", f"{name.title()} clinic", "health", name) for name in ("north", "south")
    ]
    write(made.engine, named, SourceCard("partner_sheet", "Names", "us", "by agreement"), now())
    for person in PEOPLE:
        add_account(made.engine, person, now=now())
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def browsers(workspace: Workspace) -> dict[str, FlaskClient]:
    """A signed-in browser of each account."""
    server = create_app(workspace).server
    found = {}
    for person in PEOPLE:
        found[person.account] = server.test_client()  # type: ignore[attr-defined]
        found[person.account].set_cookie("coalition", sign_in(workspace.engine, person.account, by="link", now=now()))
    return found


def opened(browser: FlaskClient, asked: str = "") -> str:
    return str(browser.get("/_dash-layout", headers=HERE | {"Referer": f"http://localhost{PAGE}{asked}"}).json)


def post(browser: FlaskClient, name: str, /, **form: str) -> TestResponse:
    return browser.post(f"/people/{name}", data=form, headers=HERE, content_type="application/x-www-form-urlencoded")


def grants(workspace: Workspace, account: str) -> tuple[Grant, ...]:
    person = find_person(workspace.engine, account)
    return person.grants if person else ()


def test_an_administrator_sees_who_has_which_role_and_may_change_it(browsers: dict[str, FlaskClient]) -> None:
    page = opened(browsers["ann"])
    assert "5 people have an account; 2 of them may say who may do what." in page
    assert [
        words for words in ("Ann Smith", "Publisher in South", "last signed in", "/people/add") if words not in page
    ] == []


def test_an_auditor_reads_and_changes_nothing(browsers: dict[str, FlaskClient], workspace: Workspace) -> None:
    page = opened(browsers["ben"])
    assert "Audit log, the newest first" in page
    assert "/people/" not in page
    assert post(browsers["ben"], "add", account="ben", role="administrator").status_code == 403
    assert grants(workspace, "ben") == (Grant(Role.AUDITOR),)


def test_a_member_is_not_shown_the_page(browsers: dict[str, FlaskClient]) -> None:
    assert "This page is not open to you." in opened(browsers["dan"])


def test_a_role_is_given_and_taken_back(browsers: dict[str, FlaskClient], workspace: Workspace) -> None:
    form = {"account": "flo", "name": "Flo", "role": "steward", "coalition": "north", "partner": "north-clinic"}
    assert post(browsers["ann"], "add", **form).status_code == 303
    post(browsers["ann"], "add", account="flo", role="member", partner="north-clinic")
    steward = Grant(Role.STEWARD, "north", "north-clinic")
    assert grants(workspace, "flo") == (Grant(Role.MEMBER), steward)
    assert "Done: flo has the role." in opened(browsers["ann"], "?done=added&of=flo")
    post(browsers["ann"], "take", account="flo", role="member")
    assert grants(workspace, "flo") == (steward,)
    post(browsers["ann"], "remove", account="flo")
    assert find_person(workspace.engine, "flo") is None


def test_an_officer_is_a_member_who_is_marked(browsers: dict[str, FlaskClient], workspace: Workspace) -> None:
    post(browsers["ann"], "add", account="gus", role="law_enforcement")
    assert find_person(workspace.engine, "gus") == Person("gus", "gus", (Grant(Role.MEMBER),), law_enforcement=True)
    remove_account(workspace.engine, "gus", now=now())


def test_what_cannot_be_is_refused_with_the_reason(browsers: dict[str, FlaskClient], workspace: Workspace) -> None:
    before = list_accounts(workspace.engine)
    refusals = {
        ("Not an account!", "member", ""): "cannot be an account", ("hal", "king", ""): "There is no role",
        ("hal", "public", ""): "The public needs no account",
        ("hal", "steward", ""): "A steward is the steward of one partner",
        ("hal", "member", "east"): "There is no coalition",
    }  # fmt: skip
    for (account, role, coalition), reason in refusals.items():
        told = post(browsers["ann"], "add", account=account, role=role, coalition=coalition)
        assert (told.status_code, reason in told.text) == (400, True), told.text
    assert list_accounts(workspace.engine) == before


def test_a_link_is_shown_once_and_signs_in(browsers: dict[str, FlaskClient]) -> None:
    told = post(browsers["ann"], "link", account="dan")
    found = re.findall(r"http://localhost/sign-in/[\w-]{43}", told.text)
    assert len(found) == 1
    assert "for 15 minutes" in told.text
    assert told.headers["Cache-Control"] == "no-store"
    fresh = browsers["ann"].application.test_client()
    form = {"data": "a=b", "content_type": "application/x-www-form-urlencoded"}
    assert fresh.post(found[0].removeprefix("http://localhost"), headers=HERE, **form).status_code == 303
    assert found[0].rpartition("/")[2] not in opened(browsers["ann"])


def test_the_last_administrator_stays(browsers: dict[str, FlaskClient], workspace: Workspace) -> None:
    for name, form in (("take", {"role": "administrator"}), ("remove", {})):
        told = post(browsers["ann"], name, account="ann", **form)
        assert (told.status_code, "This is the last administrator" in told.text) == (400, True)
    assert grants(workspace, "ann") == (Grant(Role.ADMINISTRATOR),)


@pytest.mark.parametrize("form", [{"name": "take", "role": "administrator"}, {"name": "remove"}])
def test_of_two_administrators_one_may_go(store: Engine, form: dict[str, str]) -> None:
    both = [Person(name, name, (Grant(Role.ADMINISTRATOR),)) for name in ("ann", "ben")]
    for person in both:
        add_account(store, person, now=now())
    role = Role.ADMINISTRATOR if "role" in form else None
    with act_as(both[0]):
        remove_account(store, "ben", now=now(), role=role)
        with pytest.raises(InvalidQuery, match="last administrator"):
            remove_account(store, "ann", now=now(), role=role)
    assert find_person(store, "ann") == both[0]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("add", {"account": "ivy", "role": "member"}),
        ("add", {"account": "ivy", "role": "member", "coalition": "south"}),
        ("add", {"account": "cleo", "role": "administrator"}),
        ("add", {"account": "eve", "role": "law_enforcement", "coalition": "north"}),
        ("take", {"account": "eve", "role": "publisher", "coalition": "south"}),
        ("take", {"account": "ann", "role": "administrator"}),
        ("remove", {"account": "eve"}),
        ("remove", {"account": "ann"}),
        ("link", {"account": "ann"}),
        ("link", {"account": "eve"}),
    ],
)
def test_an_administrator_of_one_coalition_reaches_no_further(
    name: str, form: dict[str, str], browsers: dict[str, FlaskClient], workspace: Workspace
) -> None:
    before = list_accounts(workspace.engine)
    assert post(browsers["cleo"], name, **form).status_code == 403
    assert list_accounts(workspace.engine) == before


def test_an_administrator_of_one_coalition_says_who_may_do_what_there(
    browsers: dict[str, FlaskClient], workspace: Workspace
) -> None:
    post(browsers["cleo"], "add", account="jan", role="member", coalition="north")
    assert grants(workspace, "jan") == (Grant(Role.MEMBER, "north"),)
    assert post(browsers["cleo"], "link", account="jan").status_code == 200
    page = opened(browsers["cleo"])
    assert "In North" in page
    assert "In South" not in page
    post(browsers["cleo"], "remove", account="jan")
    assert find_person(workspace.engine, "jan") is None


def test_the_log_is_found_by_person_day_and_kind(store: Engine) -> None:
    days = (datetime(2026, 3, 1, 23, 59), datetime(2026, 3, 2), datetime(2026, 3, 3, 0, 0, 1))
    for day, account, action in zip(days, ("ann", "ben", "ann"), ("load", "load", "sign in"), strict=True):
        record(store, Event(action, "ben" if action == "sign in" else "7"), account=account, now=day)
    record(store, Event("sign in", outcome=REFUSED), account="dan", now=days[2])

    def numbers(**wanted: str) -> list[int]:
        return [each.number for each in look(store, Wanted(**wanted), most=9)[0]]

    assert numbers() == [4, 3, 2, 1]
    assert numbers(account="ben") == [3, 2]
    assert numbers(action="load") == [2, 1]
    assert numbers(first_day="2026-03-02") == [4, 3, 2]
    assert numbers(last_day="2026-03-02") == [2, 1]
    found, count = look(store, Wanted(), most=2, skip=1)
    assert ([each.number for each in found], count) == ([3, 2], 4)
    assert signed_in_last(store) == {"ann": "2026-03-03T00:00:01.000000"}


def test_an_edited_record_is_named_in_words(browsers: dict[str, FlaskClient], workspace: Workspace) -> None:
    assert "Nobody touched it" in opened(browsers["ben"], "?check=yes")
    second = list(records(workspace.engine))[1]
    with workspace.engine.begin() as connection:
        connection.execute(update(audit_record).where(audit_record.c.number == 2).values(subject="somebody else"))
    page = opened(browsers["ben"], "?check=yes")
    with workspace.engine.begin() as connection:
        connection.execute(update(audit_record).where(audit_record.c.number == 2).values(subject=second.subject))
    assert "The log was touched. Record 2 of" in page


@pytest.mark.parametrize("asked", ["?first=yesterday", "?page=minus", "?page=0", "?page=99999999999"])
def test_nonsense_in_the_address_is_answered_in_words(asked: str, browsers: dict[str, FlaskClient]) -> None:
    assert "This address asks for something that is not here." in opened(browsers["ann"], asked)
