"""Accounts, links, sign-ins and the audit log in real databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Delete, Engine, Update, delete, insert, select, update

from dashboard.errors import InvalidQuery, NotAllowed
from dashboard.people import AT_THE_COMMAND_LINE, Grant, Person, Role, act_as
from dashboard.people.chain import DONE, REFUSED, Event
from dashboard.store.audit_log import (
    append,
    head,
    keep_head,
    kept_head,
    parse_head,
    record,
    recorded,
    records,
    verify,
)
from dashboard.store.engine import migrate
from dashboard.store.people import add_account, find_person, has_accounts, list_accounts, remove_account
from dashboard.store.schema import coalition, partner
from dashboard.store.schema_people import audit_record, one_time_link, signed_in
from dashboard.store.sign_in import make_link, owner_of_link, person_behind, sign_in, sign_out, spend_link

NOW = datetime(2026, 11, 22, 9)
MEMBER = (Grant(Role.MEMBER),)


@pytest.fixture
def people(store: Engine) -> Iterator[Engine]:
    """A store with one coalition, one partner and one member."""
    with store.begin() as connection:
        connection.execute(insert(coalition).values(id="north", name="North", catchment=""))
        connection.execute(insert(partner).values(coalition_id="north", id="clinic", name="Clinic", sector="health"))
    with act_as(AT_THE_COMMAND_LINE):
        add_account(store, Person("ann", "Ann", MEMBER), now=NOW)
        yield store


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)


def test_an_account_is_what_it_was_granted(people: Engine) -> None:
    add_account(people, Person("ann", "", (Grant(Role.STEWARD, "north", "clinic"),)), now=NOW)
    assert find_person(people, "ann") == Person("ann", "Ann", (*MEMBER, Grant(Role.STEWARD, "north", "clinic")))
    assert find_person(people, "ben") is None


def test_what_does_not_fit_together_is_refused_and_nothing_is_written(people: Engine) -> None:
    for account, grant, officer in [
        ("Ann Smith", Grant(Role.MEMBER), False), ("nobody", Grant(Role.MEMBER), False), ("x" * 121, MEMBER[0], False),
        ("ben", Grant(Role.STEWARD), False), ("ben", Grant(Role.MEMBER, partner="clinic"), False),
        ("ben", Grant(Role.PUBLIC), False), ("ben", Grant(Role.MEMBER, "nowhere"), False),
        ("ben", Grant(Role.STEWARD, "north", "nobody"), False), ("ben", Grant(Role.PUBLISHER), True),
    ]:  # fmt: skip
        with pytest.raises(InvalidQuery):
            add_account(people, Person(account, "", (grant,), officer), now=NOW)
    assert [each.person.account for each in list_accounts(people)] == ["ann"]


def test_law_enforcement_and_duties_never_meet_in_one_account(people: Engine) -> None:
    add_account(people, Person("officer", "", MEMBER, law_enforcement=True), now=NOW)
    with pytest.raises(InvalidQuery):
        add_account(people, Person("officer", "", (Grant(Role.PUBLISHER),)), now=NOW)
    add_account(people, Person("ann", "", (Grant(Role.PUBLISHER),)), now=NOW)
    with pytest.raises(InvalidQuery):
        add_account(people, Person("ann", "", MEMBER, law_enforcement=True), now=NOW)


def test_a_link_signs_in_once(people: Engine) -> None:
    secret = make_link(people, "ann", now=NOW)
    assert [owner_of_link(people, secret, now=NOW) for _ in range(3)] == ["ann"] * 3
    cookie = spend_link(people, secret, now=NOW)
    person = person_behind(people, cookie, now=NOW)
    assert person == Person("ann", "Ann", MEMBER)
    assert owner_of_link(people, secret, now=NOW) is None
    with pytest.raises(NotAllowed, match="used already"):
        spend_link(people, secret, now=NOW)


def test_a_link_is_good_for_a_quarter_of_an_hour(people: Engine) -> None:
    secret = make_link(people, "ann", now=NOW)
    assert owner_of_link(people, secret, now=later(minutes=15)) is None
    with pytest.raises(NotAllowed):
        spend_link(people, secret, now=later(minutes=15))
    assert person_behind(people, spend_link(people, secret, now=later(minutes=14.9)), now=NOW)


def test_of_ten_who_open_a_link_at_once_one_is_signed_in(people: Engine) -> None:
    secret, cookies, refusals = make_link(people, "ann", now=NOW), [], []

    def spend() -> None:
        try:
            cookies.append(spend_link(people, secret, now=NOW))
        except NotAllowed as refused:
            refusals.append(refused)

    threads = [threading.Thread(target=spend) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(cookies), len(refusals)) == (1, 9)


def test_no_secret_is_kept_in_the_store(people: Engine) -> None:
    secret = make_link(people, "ann", now=NOW)
    cookie = spend_link(people, secret, now=NOW)
    with people.connect() as connection:
        kept = f"{connection.execute(select(one_time_link)).all()} {connection.execute(select(signed_in)).all()}"
    kept += f"{list(records(people))}"
    assert secret not in kept
    assert cookie not in kept


def test_a_sign_in_ends_by_signing_out_after_a_day_s_work_and_with_the_account(people: Engine) -> None:
    cookies = [sign_in(people, "ann", by="provider", now=NOW) for _ in range(2)]
    sign_out(people, cookies[0], now=NOW)
    assert [bool(person_behind(people, cookie, now=NOW)) for cookie in cookies] == [False, True]
    assert person_behind(people, cookies[1], now=later(hours=11.9))
    assert person_behind(people, cookies[1], now=later(hours=12)) is None
    remove_account(people, "ann", now=NOW)
    assert person_behind(people, cookies[1], now=NOW) is None
    assert not has_accounts(people)


def test_a_removed_account_comes_back_with_nothing_but_what_is_given_anew(people: Engine) -> None:
    add_account(people, Person("ann", "", (Grant(Role.ADMINISTRATOR),)), now=NOW)
    remove_account(people, "ann", now=NOW)
    with pytest.raises(InvalidQuery):
        make_link(people, "ann", now=NOW)
    with pytest.raises(NotAllowed):
        sign_in(people, "ann", by="provider", now=NOW)
    add_account(people, Person("ann", "", MEMBER), now=NOW)
    assert find_person(people, "ann") == Person("ann", "Ann", MEMBER)


def test_the_log_tells_who_did_what_in_order(people: Engine) -> None:
    spend_link(people, make_link(people, "ann", now=NOW), now=NOW)
    told = [(each.account, each.action, each.subject, each.outcome) for each in records(people)]
    assert told == [
        ("command-line", "give a role", "ann", DONE), ("command-line", "make a link", "ann", DONE),
        ("ann", "sign in", "ann", DONE),
    ]  # fmt: skip
    assert verify(people) == []


def test_what_is_rolled_back_leaves_no_record(people: Engine) -> None:
    with pytest.raises(RuntimeError), recorded(people, Event("publish", "release 1")):
        raise RuntimeError
    with recorded(people, Event("publish", "release 2")):
        pass
    assert [each.subject for each in records(people)] == ["ann", "release 2"]


def test_many_who_append_at_once_make_one_chain(people: Engine) -> None:
    def work() -> None:
        for _ in range(5):
            record(people, Event("refuse", "/csv/places.csv", REFUSED), account="ben")

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.number for each in records(people)] == list(range(1, 32))
    assert verify(people) == []


@pytest.mark.parametrize(
    "change",
    [
        update(audit_record).values(account="eve"), update(audit_record).values(at="2026-11-22T09:00:00.000001"),
        update(audit_record).values(number=30), update(audit_record).values(subject="deaths 9"),
        delete(audit_record),
    ],
)  # fmt: skip
def test_an_edit_in_the_database_is_found(people: Engine, change: Update | Delete) -> None:
    for number in range(5):
        record(people, Event("load", f"deaths {number}"), now=NOW)
    assert verify(people) == []
    with people.begin() as connection:
        connection.execute(change.where(audit_record.c.number == 3))
    assert verify(people)


def test_a_cut_end_is_found_by_the_end_that_was_kept(people: Engine, tmp_path: Path) -> None:
    for number in range(3):
        record(people, Event("load", f"deaths {number}"))
    end = keep_head(people, tmp_path)
    assert (kept_head(tmp_path), end.number) == (end, 4)
    with people.begin() as connection:
        connection.execute(delete(audit_record).where(audit_record.c.number > 2))
    assert verify(people) == []
    assert verify(people, end)
    for number in range(4):
        record(people, Event("load", f"deaths {number}"))
    keep_head(people, tmp_path)
    assert kept_head(tmp_path) == end  # what gives the cut away is not written over
    assert verify(people, parse_head(f"{end}\n"))


def test_an_end_that_is_none_is_refused() -> None:
    for text in ("", "12", "12:abc", "x:" + "0" * 64):
        with pytest.raises(Exception, match="no end of an audit log"):
            parse_head(text)


def test_the_tables_of_people_can_be_taken_down_and_put_up_again(store: Engine) -> None:
    migrate(store, "base")
    migrate(store)
    with store.execution_options(writes=True).begin() as connection:
        append(connection, Event("load", "deaths 1"))
        assert head(connection).number == 1
