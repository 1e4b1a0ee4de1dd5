"""What each role may do, written down here a second time by hand, and whom a grant reaches."""

from __future__ import annotations

import threading

import pytest

from dashboard.errors import InvalidQuery
from dashboard.people import (
    NOBODY,
    PERMISSIONS,
    Grant,
    Permission,
    Person,
    Role,
    act_as,
    acting,
    at_the_command_line,
)

EVERYBODY = {"public", "member", "steward", "publisher", "administrator", "auditor"}
MAY = {
    "open what is open to everybody": EVERYBODY,
    "see the dashboard": EVERYBODY - {"public"},
    "save a scenario": {"member", "steward", "publisher", "administrator"},
    "bring numbers": {"steward", "administrator"},
    "load sources and analyse them": {"administrator"},
    "set targets": {"publisher", "administrator"},
    "write down what was decided and said": {"member", "steward", "publisher", "administrator"},
    "call meetings": {"publisher", "administrator"},
    "keep the coalition's registers": {"publisher", "administrator"},
    "publish and withdraw releases": {"publisher", "administrator"},
    "change agreements": {"administrator"},
    "read the audit log": {"auditor", "administrator"},
    "say who may do what": {"administrator"},
}


def person(*grants: Grant, law_enforcement: bool = False) -> Person:
    return Person("ann", "Ann", grants, law_enforcement)


def test_each_role_may_do_what_the_coalition_agreed_and_nothing_else() -> None:
    assert {permission.value: {role.value for role in roles} for permission, roles in PERMISSIONS.items()} == MAY


def test_every_permission_is_given_to_somebody_on_purpose() -> None:
    assert set(PERMISSIONS) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
def test_nobody_may_do_only_what_is_open(permission: Permission) -> None:
    assert NOBODY.may(permission) is (permission is Permission.OPEN)
    assert person().may(permission) is (permission is Permission.OPEN)


def test_a_steward_brings_the_numbers_of_the_own_partner_only() -> None:
    steward = person(Grant(Role.STEWARD, "north", "clinic"))
    assert steward.may(Permission.BRING, partner="clinic")
    assert not steward.may(Permission.BRING, partner="hospital")
    assert not steward.may(Permission.BRING, partner="")
    assert not steward.may(Permission.BRING, coalition="south", partner="clinic")


def test_a_grant_in_one_coalition_says_nothing_in_another() -> None:
    publisher = person(Grant(Role.PUBLISHER, "north"), Grant(Role.MEMBER, "south"))
    assert publisher.may(Permission.PUBLISH, coalition="north")
    assert not publisher.may(Permission.PUBLISH, coalition="south")
    assert not publisher.may(Permission.PUBLISH, coalition="")
    assert (publisher.audience_in("north"), publisher.audience_in("south")) == ("publisher", "member")
    assert publisher.audience_in("east") == "public"


def test_a_grant_everywhere_holds_in_each_coalition() -> None:
    assert person(Grant(Role.PUBLISHER)).may(Permission.PUBLISH, coalition="south")


def test_two_grants_do_not_add_up_to_a_third() -> None:
    mixed = person(Grant(Role.STEWARD, "north", "clinic"), Grant(Role.MEMBER, "south"))
    assert not mixed.may(Permission.BRING, coalition="south", partner="clinic")


def test_a_member_from_law_enforcement_is_of_that_audience_alone() -> None:
    officer = person(Grant(Role.MEMBER), law_enforcement=True)
    assert officer.audience == "law_enforcement"
    assert person(Grant(Role.MEMBER)).rights != officer.rights


def test_nobody_acts_where_nobody_said_who() -> None:
    assert acting() == NOBODY
    seen = []
    with act_as(person(Grant(Role.ADMINISTRATOR))):
        thread = threading.Thread(target=lambda: seen.append(acting()))
        thread.start()
        thread.join()
        assert acting().may(Permission.PUBLISH)
    assert (seen, acting()) == ([NOBODY], NOBODY)


@pytest.mark.parametrize(
    ("told", "audience"),
    [("", "administrator"), ("member", "member"), ("law_enforcement", "law_enforcement"), ("auditor", "auditor"),
     ("steward:clinic", "steward"), ("public", "public"), ("publisher", "publisher")],
)  # fmt: skip
def test_the_command_line_acts_as_it_is_told(told: str, audience: str) -> None:
    assert at_the_command_line(told).audience == audience


@pytest.mark.parametrize("told", ["Member", "steward", "steward:", "member:clinic", "police", "law_enforcement:x"])
def test_an_audience_that_is_none_is_refused(told: str) -> None:
    with pytest.raises(InvalidQuery, match="There is no audience"):
        at_the_command_line(told)
