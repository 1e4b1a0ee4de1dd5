"""Signing in: one-time links and what a cookie stands for. Of both only the sha256 is kept."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, Engine, delete, insert, select, update

from dashboard.errors import InvalidQuery, NotAllowed
from dashboard.people import NOBODY, Person
from dashboard.people.chain import REFUSED, Event
from dashboard.store.audit_log import append, lock_log
from dashboard.store.engine import get_setting, set_setting
from dashboard.store.people import find_person, person_of
from dashboard.store.schema_people import account, one_time_link, signed_in

LINK_MINUTES = 15
SESSION_HOURS = 12
"""A working day; then everybody signs in again."""
SECRET = "sign_in_secret"
SPENT = "This link was used already, is older than 15 minutes, or never was one. Ask for a new link."


def make_link(engine: Engine, id_: str, *, now: datetime) -> str:
    """A link's secret part for an account, good once and for 15 minutes; `now` is UTC and naive."""
    if find_person(engine, id_) is None:
        raise InvalidQuery(f"There is no account '{id_[:80]}'. `coalition people list` names them.")
    secret = secrets.token_urlsafe(32)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(delete(one_time_link).where(one_time_link.c.expires_at < now))
        expires = now + timedelta(minutes=LINK_MINUTES)
        connection.execute(insert(one_time_link).values(sha256=_digest(secret), account_id=id_, expires_at=expires))
        append(connection, Event("make a link", id_), now=now)
    return secret


def owner_of_link(engine: Engine, secret: str, *, now: datetime) -> str | None:
    """Whose link this is while it can still be used; looking spends nothing (mail programs open links too)."""
    good = select(one_time_link.c.account_id).where(
        one_time_link.c.sha256 == _digest(secret), one_time_link.c.used_at.is_(None), one_time_link.c.expires_at > now
    )
    with engine.connect() as connection:
        return connection.scalar(good)


def spend_link(engine: Engine, secret: str, *, now: datetime) -> str:
    """Sign in by a link and return the cookie's secret; NotAllowed for a link that is spent, and the log has it."""
    with engine.execution_options(writes=True).begin() as connection:
        mine = one_time_link.c.sha256 == _digest(secret)
        fresh = (mine, one_time_link.c.used_at.is_(None), one_time_link.c.expires_at > now)
        if connection.execute(update(one_time_link).where(*fresh).values(used_at=now)).rowcount == 1:
            id_ = str(connection.scalar(select(one_time_link.c.account_id).where(mine)))
            return _open(connection, id_, "link", now)
        append(connection, Event("sign in", outcome=REFUSED, told="link"), account=NOBODY.account, now=now)
    raise NotAllowed(SPENT)


def sign_in(engine: Engine, id_: str, *, by: str, now: datetime) -> str:
    """Sign an account in that somebody else vouches for, and return the cookie's secret; NotAllowed for a stranger."""
    known = find_person(engine, id_) is not None
    with engine.execution_options(writes=True).begin() as connection:
        if known:
            return _open(connection, id_, by, now)
        append(connection, Event("sign in", outcome=REFUSED, told=by), account=NOBODY.account, now=now)
    raise NotAllowed("You are known there, but have no account here. Ask an administrator of the coalition.")


def sign_out(engine: Engine, secret: str, *, now: datetime) -> None:
    """Forget what a cookie stood for."""
    with engine.execution_options(writes=True).begin() as connection:
        mine = signed_in.c.sha256 == _digest(secret)
        id_ = connection.scalar(select(signed_in.c.account_id).where(mine))
        if id_ is not None:
            connection.execute(delete(signed_in).where(mine))
            append(connection, Event("sign out", id_), account=id_, now=now)


def person_behind(engine: Engine, secret: str, *, now: datetime) -> Person | None:
    """Who signed in with this cookie; None when nobody did, it is over, or the account was removed."""
    found = select(account).join(signed_in, signed_in.c.account_id == account.c.id).where(
        signed_in.c.sha256 == _digest(secret), signed_in.c.expires_at > now, account.c.removed_at.is_(None)
    )  # fmt: skip
    with engine.connect() as connection:
        row = connection.execute(found).mappings().first()
        return person_of(connection, row) if row else None


def signing_secret(engine: Engine) -> str:
    """The secret by which every worker knows a cookie of its own store again; made at the first use."""
    with engine.execution_options(writes=True).begin() as connection:
        lock_log(connection)
        secret = get_setting(connection, SECRET)
        if secret is None:
            secret = secrets.token_urlsafe(32)
            set_setting(connection, SECRET, secret)
        return secret


def _open(connection: Connection, id_: str, by: str, now: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    connection.execute(delete(signed_in).where(signed_in.c.expires_at < now))
    expires = now + timedelta(hours=SESSION_HOURS)
    connection.execute(insert(signed_in).values(sha256=_digest(secret), account_id=id_, expires_at=expires))
    append(connection, Event("sign in", id_, told=by), account=id_, now=now)
    return secret


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
