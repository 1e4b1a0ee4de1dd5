"""Roles, what each of them may do, and the person who asks. The table PERMISSIONS is all there is to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from dashboard.errors import InvalidQuery


class Role(StrEnum):
    """What somebody is in a coalition. The public is everybody who has not signed in."""

    PUBLIC = "public"
    MEMBER = "member"
    STEWARD = "steward"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What a route, a callback or a command needs."""

    OPEN = "open what is open to everybody"
    SEE = "see the dashboard"
    PLAN = "save a scenario"
    BRING = "bring numbers"
    LOAD = "load sources and analyse them"
    SET_TARGETS = "set targets"
    NOTE = "write down what was decided and said"
    CONVENE = "call meetings"
    KEEP = "keep the coalition's registers"
    PUBLISH = "publish and withdraw releases"
    AGREE = "change agreements"
    READ_LOG = "read the audit log"
    MANAGE_PEOPLE = "say who may do what"


_WHO_WORKS = frozenset({Role.MEMBER, Role.STEWARD, Role.PUBLISHER, Role.ADMINISTRATOR})
PERMISSIONS: Mapping[Permission, frozenset[Role]] = {
    Permission.OPEN: frozenset(Role),
    Permission.SEE: _WHO_WORKS | {Role.AUDITOR},
    Permission.PLAN: _WHO_WORKS,
    Permission.BRING: frozenset({Role.STEWARD, Role.ADMINISTRATOR}),
    Permission.LOAD: frozenset({Role.ADMINISTRATOR}),
    Permission.SET_TARGETS: frozenset({Role.PUBLISHER, Role.ADMINISTRATOR}),
    Permission.NOTE: _WHO_WORKS,
    Permission.CONVENE: frozenset({Role.PUBLISHER, Role.ADMINISTRATOR}),
    Permission.KEEP: frozenset({Role.PUBLISHER, Role.ADMINISTRATOR}),
    Permission.PUBLISH: frozenset({Role.PUBLISHER, Role.ADMINISTRATOR}),
    Permission.AGREE: frozenset({Role.ADMINISTRATOR}),
    Permission.READ_LOG: frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
    Permission.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
}
LAW_ENFORCEMENT = "law_enforcement"
_WIDEST_FIRST = (Role.ADMINISTRATOR, Role.PUBLISHER, Role.AUDITOR, Role.STEWARD, Role.MEMBER)


@dataclass(frozen=True, order=True)
class Grant:
    """A role in a coalition ("" is every coalition of the store); `partner` is whose numbers a steward brings."""

    role: Role
    coalition: str = ""
    partner: str = ""


@dataclass(frozen=True)
class Person:
    """Who asks. `account` is what the audit log writes down; nothing else about a person is kept there.

    `law_enforcement` marks a member who is shown less than other members, never more.
    """

    account: str
    name: str = ""
    grants: tuple[Grant, ...] = ()
    law_enforcement: bool = False

    def may(self, permission: Permission, *, coalition: str | None = None, partner: str | None = None) -> bool:
        """Whether some grant allows it: in this coalition and for this partner, or in any where none is named."""
        if permission is Permission.OPEN:
            return True
        return any(
            grant.role in PERMISSIONS[permission]
            and (coalition is None or grant.coalition in ("", coalition))
            and (partner is None or grant.role is not Role.STEWARD or grant.partner == partner)
            for grant in self.grants
        )

    @property
    def audience(self) -> str:
        """The widest audience this person belongs to anywhere: a role, or law_enforcement."""
        return self.audience_in(None)

    def audience_in(self, coalition: str | None) -> str:
        """The widest audience in one coalition (None: in any); law enforcement is that and nothing wider."""
        roles = {grant.role for grant in self.grants if coalition is None or grant.coalition in ("", coalition)}
        if self.law_enforcement and roles - {Role.PUBLIC}:
            return LAW_ENFORCEMENT
        return next((role.value for role in _WIDEST_FIRST if role in roles), Role.PUBLIC.value)

    @property
    def own(self) -> frozenset[tuple[str, str]]:
        """Partners whose steward this person is, each beside the coalition in which ("" is any)."""
        return frozenset((grant.coalition, grant.partner) for grant in self.grants if grant.role is Role.STEWARD)

    @property
    def rights(self) -> tuple[object, ...]:
        """All that an answer may depend on: two people with the same rights are told the same."""
        return (self.law_enforcement, *sorted(self.grants))


NOBODY = Person("nobody", "Nobody", (Grant(Role.PUBLIC),))
"""Whoever has not signed in."""
AT_THIS_COMPUTER = Person("this-computer", "This computer", (Grant(Role.ADMINISTRATOR),))
"""Whoever sits at the computer that serves, as long as nobody needs to sign in there."""
AT_THE_COMMAND_LINE = Person("command-line", "The command line", (Grant(Role.ADMINISTRATOR),))
RESERVED = frozenset(person.account for person in (NOBODY, AT_THIS_COMPUTER, AT_THE_COMMAND_LINE))
"""Accounts that nobody has: they stand in the audit log for whoever did not sign in."""


def at_the_command_line(audience: str = "") -> Person:
    """Who acts at the command line: an administrator, or whom `--audience` names; InvalidQuery for nobody known."""
    if not audience:
        return AT_THE_COMMAND_LINE
    named, _, partner = audience.partition(":")
    if named == LAW_ENFORCEMENT and not partner:
        return replace(AT_THE_COMMAND_LINE, grants=(Grant(Role.MEMBER),), law_enforcement=True)
    if named not in set(Role) or bool(partner) is not (named == Role.STEWARD):
        known = ", ".join([*(role for role in Role if role is not Role.STEWARD), LAW_ENFORCEMENT, "steward:PARTNER"])
        raise InvalidQuery(f"There is no audience '{audience[:80]}'. Audiences: {known}.")
    return replace(AT_THE_COMMAND_LINE, grants=(Grant(Role(named), partner=partner),))
