"""What administrators post: a role given or taken back, a link to sign in, an account removed.

The same functions as `coalition people`; an administrator of one coalition reaches only what lies within it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from flask import Flask, redirect, request
from werkzeug.wrappers import Response as Answer

from callbacks.guard import is_loopback
from callbacks.identity import Identity
from callbacks.permissions import Permission, needs, refusal, require
from callbacks.query import short_text
from callbacks.sign_in import now, plain
from callbacks.staff.people import may_change
from dashboard.errors import InvalidQuery, NotAllowed
from dashboard.people import Grant, Person, Role
from dashboard.store.people import add_account, find_person, remove_account
from dashboard.store.sign_in import LINK_MINUTES, make_link
from dashboard.store.workspace import Workspace
from dashboard.views.people_page import OFFICER, PATH
from layouts.staff.sign_in import build_link_made, build_not_done


def register_people_posts(server: Flask, workspace: Workspace, identity: Identity, *, css: str) -> None:
    """Add the routes to a server; `css` is the address of the style sheet of the plain pages."""

    def route(name: str, view: Callable[[Workspace], Answer]) -> None:
        @wraps(view)
        def posted() -> Answer:
            try:
                return view(workspace)
            except InvalidQuery as error:
                return plain(build_not_done(css, str(error), PATH), 400)
            finally:
                identity.forget()

        server.add_url_rule(
            f"/people/{name}", f"people-{name}", needs(Permission.MANAGE_PEOPLE)(posted), methods=["POST"]
        )

    route("add", add)
    route("take", take)
    route("remove", remove)
    route("link", lambda workspace: link(workspace, css))


def add(workspace: Workspace) -> Answer:
    """Make an account, or give one that is there one more role."""
    told = field("role")
    grant = Grant(role_of(told), field("coalition"), field("partner") if told == Role.STEWARD else "")
    require(Permission.MANAGE_PEOPLE, coalition=grant.coalition)
    account = field("account").lower()
    known = find_person(workspace.engine, account)
    if known is not None and told == OFFICER:
        _require_all(known)  # it takes numbers away wherever the account has a role
    name = "" if known else field("name")
    add_account(workspace.engine, Person(account, name, (grant,), told == OFFICER), now=now())
    return _back("added", account)


def take(workspace: Workspace) -> Answer:
    """Take one role back."""
    grant = Grant(role_of(field("role")), field("coalition"), field("partner"))
    require(Permission.MANAGE_PEOPLE, coalition=grant.coalition)
    remove_account(workspace.engine, field("account"), now=now(), role=grant)
    return _back("taken", field("account"))


def remove(workspace: Workspace) -> Answer:
    """Remove an account with all its roles."""
    account = _whole(workspace)
    remove_account(workspace.engine, account, now=now())
    return _back("removed", account)


def link(workspace: Workspace, css: str) -> Answer:
    """Make a link and show it, this once."""
    account = _whole(workspace)
    secret = make_link(workspace.engine, account, now=now())
    at = request.host_url.rstrip("/") if is_loopback() else f"https://{request.host}"
    return plain(build_link_made(css, account, f"{at}/sign-in/{secret}", LINK_MINUTES))


def role_of(told: str) -> Role:
    """The role that a form names; InvalidQuery for none."""
    if told == OFFICER:
        return Role.MEMBER
    if told not in set(Role):
        raise InvalidQuery(f"There is no role '{told[:40]}'. Choose one of the list.")
    return Role(told)


def field(name: str) -> str:
    """A field of the form, or of the address it was posted to, as short text."""
    return short_text(name, request.form.get(name) or request.args.get(name)).strip()


def _whole(workspace: Workspace) -> str:
    """The account that is named, where whoever asks may act for all of it."""
    account = field("account")
    known = find_person(workspace.engine, account)
    if known is not None:
        _require_all(known)
    return account


def _require_all(person: Person) -> None:
    if not may_change(person):
        raise NotAllowed(refusal(Permission.MANAGE_PEOPLE))


def _back(done: str, account: str) -> Answer:
    return redirect(f"{PATH}?{urlencode({'done': done, 'of': account})}", code=303)
