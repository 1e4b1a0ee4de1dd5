"""Accounts and what they may do: who was added, what they were granted, when they were removed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, and_, delete, exists, insert, select, update

from dashboard.errors import InvalidQuery
from dashboard.people import RESERVED, Grant, Person, Role, acting
from dashboard.people.chain import Event
from dashboard.store.audit_log import append, lock_log
from dashboard.store.schema import coalition, partner
from dashboard.store.schema_people import account, one_time_link, role_grant, signed_in

ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,118}[a-z0-9]")


@dataclass(frozen=True)
class Account:
    """A person as the administrator lists them; `removed_at` is None while the account holds rights."""

    person: Person
    made_at: datetime
    removed_at: datetime | None


def has_accounts(engine: Engine) -> bool:
    """Whether anybody can sign in; from then on everybody must."""
    with engine.connect() as connection:
        return bool(connection.scalar(select(exists().where(account.c.removed_at.is_(None)))))


def add_account(engine: Engine, person: Person, *, now: datetime) -> None:
    """Make an account, or give one that is there more roles; InvalidQuery says what does not fit together."""
    _check(person)
    with engine.execution_options(writes=True).begin() as connection:
        _check_names(connection, person.grants)
        known = connection.execute(select(account).where(account.c.id == person.account)).mappings().first()
        if known is None:
            connection.execute(insert(account).values(id=person.account, name=person.name or person.account,
                                                      law_enforcement=person.law_enforcement, made_at=now))  # fmt: skip
        else:
            _change(connection, known, person)
        held = set(_grants(connection, person.account))
        if person.law_enforcement and any(grant.role is not Role.MEMBER for grant in held):
            raise InvalidQuery("An account of law enforcement is a member and nothing else: remove its roles first.")
        for grant in sorted(set(person.grants) - held):
            connection.execute(
                insert(role_grant).values(
                    account_id=person.account, role=grant.role.value, given_at=now, coalition_id=grant.coalition,
                    partner=grant.partner,
                )
            )  # fmt: skip
            append(connection, Event("give a role", person.account, told=_words(grant)), now=now)


def remove_account(engine: Engine, id_: str, *, now: datetime, role: Role | Grant | None = None) -> None:
    """Take a role (wherever it is held, or one grant of it), or everything, from an account; sign it out everywhere.

    InvalidQuery when there is no such, and when nobody would be left to say who may do what.
    """
    with engine.execution_options(writes=True).begin() as connection:
        lock_log(connection)  # two administrators cannot remove each other at the same time
        if not _is_known(connection, id_):
            raise InvalidQuery(f"There is no account '{id_[:80]}'. `coalition people list` names them.")
        gone = {grant for grant in _grants(connection, id_) if role in (None, grant, grant.role)}
        if role and not gone:
            raise InvalidQuery(f"The account '{id_}' is no {_said(role)}: nothing was removed.")
        for grant in gone:
            connection.execute(delete(role_grant).where(_is(id_, grant)))
        _check_somebody_manages(connection, gone)
        for table in (signed_in, one_time_link):
            connection.execute(delete(table).where(table.c.account_id == id_))
        if role is None:
            connection.execute(update(account).where(account.c.id == id_).values(removed_at=now))
        told = _said(role) if role else ""
        append(connection, Event("take a role" if role else "remove an account", id_, told=told), now=now)


def list_accounts(engine: Engine) -> list[Account]:
    """Every account that ever was, by id."""
    with engine.connect() as connection:
        rows = connection.execute(select(account).order_by(account.c.id)).mappings().all()
        return [Account(person_of(connection, row), row["made_at"], row["removed_at"]) for row in rows]


def find_person(engine: Engine, id_: str) -> Person | None:
    """The person of an account that holds rights; None for any other."""
    with engine.connect() as connection:
        row = connection.execute(select(account).where(account.c.id == id_, account.c.removed_at.is_(None)))
        found = row.mappings().first()
        return person_of(connection, found) if found else None


def person_of(connection: Connection, row: RowMapping) -> Person:
    """The person of a row of `account`."""
    return Person(row["id"], row["name"], tuple(sorted(_grants(connection, row["id"]))), bool(row["law_enforcement"]))


def _check_somebody_manages(connection: Connection, gone: Iterable[Grant]) -> None:
    """Refuse to take the last administrator away, in every coalition or in one.

    Whoever acts without an account, such as the command line, is an administrator and stays one.
    """
    if acting().account in RESERVED:
        return
    held = connection.scalars(select(role_grant.c.coalition_id).where(role_grant.c.role == Role.ADMINISTRATOR.value))
    left = set(held)
    for grant in gone:
        if grant.role is Role.ADMINISTRATOR and not left & {"", grant.coalition}:
            where = f" of {grant.coalition}" if grant.coalition else ""
            raise InvalidQuery(
                f"This is the last administrator{where}: nobody could say who may do what any more. Make somebody "
                "else an administrator first. Nothing was changed."
            )


def _is(id_: str, grant: Grant) -> ColumnElement[bool]:
    table = role_grant.c
    return and_(table.account_id == id_, table.role == grant.role.value, table.coalition_id == grant.coalition,
                table.partner == grant.partner)  # fmt: skip


def _said(role: Role | Grant) -> str:
    return _words(role) if isinstance(role, Grant) else role.value


def _check(person: Person) -> None:
    if not ACCOUNT.fullmatch(person.account) or person.account in RESERVED:
        raise InvalidQuery(f"'{person.account[:80]}' cannot be an account: use small letters, digits and . _ @ + - "
                           "(2 to 120 of them), such as ann or ann@example.org.")  # fmt: skip
    for grant in person.grants:
        if grant.role is Role.PUBLIC:
            raise InvalidQuery("The public needs no account: it is everybody who has not signed in.")
        if bool(grant.partner) is not (grant.role is Role.STEWARD):
            raise InvalidQuery("A steward is the steward of one partner (--partner), and nobody else is.")
        if person.law_enforcement and grant.role is not Role.MEMBER:
            raise InvalidQuery("An account of law enforcement is a member and nothing else.")


def _check_names(connection: Connection, grants: Iterable[Grant]) -> None:
    coalitions = set(connection.scalars(select(coalition.c.id)))
    partners = set(connection.scalars(select(partner.c.id)))
    for grant in grants:
        if grant.coalition and grant.coalition not in coalitions:
            known = ", ".join(sorted(coalitions)) or "none yet"
            raise InvalidQuery(f"There is no coalition '{grant.coalition}' in this store. Coalitions: {known}.")
        if grant.partner and grant.partner not in partners:
            known = ", ".join(sorted(partners)) or "none yet"
            raise InvalidQuery(f"There is no partner '{grant.partner}' in this store. Partners: {known}.")


def _change(connection: Connection, known: RowMapping, person: Person) -> None:
    """An account that is there keeps what it has; one that was removed comes back with nothing but the new."""
    values = {"removed_at": None, "law_enforcement": person.law_enforcement or known["law_enforcement"]}
    if known["removed_at"] is not None:
        values["law_enforcement"] = person.law_enforcement
    elif known["law_enforcement"] and any(grant.role is not Role.MEMBER for grant in person.grants):
        raise InvalidQuery("An account of law enforcement is a member and nothing else.")
    name = person.name or known["name"]
    connection.execute(update(account).where(account.c.id == person.account).values(name=name, **values))


def _is_known(connection: Connection, id_: str) -> bool:
    return bool(connection.scalar(select(exists().where(account.c.id == id_, account.c.removed_at.is_(None)))))


def _grants(connection: Connection, id_: str) -> list[Grant]:
    rows = connection.execute(select(role_grant).where(role_grant.c.account_id == id_)).mappings()
    return [Grant(Role(row["role"]), row["coalition_id"], row["partner"]) for row in rows]


def _words(grant: Grant) -> str:
    return " ".join(part for part in (grant.role, grant.coalition and f"in {grant.coalition}",
                                      grant.partner and f"of {grant.partner}") if part)  # fmt: skip
