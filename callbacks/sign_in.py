"""The routes of signing in by a one-time link, and of signing out."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, make_response, redirect, request

from callbacks.guard import is_loopback
from callbacks.identity import Identity, cookie_name
from callbacks.permissions import Permission, needs
from dashboard.errors import NotAllowed
from dashboard.store.audit_log import keep_head
from dashboard.store.sign_in import SESSION_HOURS, SPENT, owner_of_link, sign_out, spend_link
from dashboard.store.workspace import Workspace
from layouts.staff.sign_in import build_link, build_refused, build_sign_in

POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"


def register_sign_in(server: Flask, workspace: Workspace, identity: Identity, *, css: str) -> None:
    """Add the routes to a server; `css` is the address of the style sheet."""

    @server.get("/sign-in")
    @needs(Permission.OPEN)
    def _sign_in() -> Response:
        openid = bool(workspace.settings.oidc_issuer)
        return plain(build_sign_in(css, openid=openid, next_=own_path(request.args.get("next", ""))))

    @server.get("/sign-in/<string(length=43):secret>")
    @needs(Permission.OPEN)
    def _look(secret: str) -> Response:
        account = owner_of_link(workspace.engine, secret, now=now())
        return plain(build_link(css, account, request.path)) if account else plain(build_refused(css, SPENT), 403)

    @server.post("/sign-in/<string(length=43):secret>")
    @needs(Permission.OPEN)
    def _spend(secret: str) -> Response:
        try:
            return let_in(workspace, identity, spend_link(workspace.engine, secret, now=now()))
        except NotAllowed as refused:
            return plain(build_refused(css, str(refused)), 403)

    @server.post("/sign-out")
    @needs(Permission.OPEN)
    def _sign_out() -> Response:
        sign_out(workspace.engine, request.cookies.get(cookie_name(), ""), now=now())
        identity.forget()
        keep_head(workspace.engine, workspace.home)
        response = make_response(redirect("/sign-in", 303))
        response.delete_cookie(cookie_name(), path="/", secure=not is_loopback(), httponly=True, samesite="Lax")
        return response


def let_in(workspace: Workspace, identity: Identity, secret: str, next_: str = "/") -> Response:
    """The answer to somebody who signed in: the cookie, which no script can read, and where they wanted to go."""
    identity.forget()
    keep_head(workspace.engine, workspace.home)
    response = make_response(redirect(next_, 303))
    response.set_cookie(
        cookie_name(), secret, max_age=SESSION_HOURS * 3600, path="/", secure=not is_loopback(), httponly=True,
        samesite="Lax",
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def plain(page: str, status: int = 200) -> Response:
    """A page of signing in: never kept by anybody, nothing of other sites in it."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = POLICY
    return response


def own_path(told: str) -> str:
    """An address on this server; "/" for any that could lead elsewhere."""
    own = told.startswith("/") and not told.startswith(("//", "/\\")) and told.isprintable() and len(told) <= 2000
    return told if own and not told.startswith("/sign-") else "/"


def came_from() -> str:
    """The page of this server, as its address is now, that a request was sent from; "" where there is none."""
    sent = urlsplit(request.referrer or "")
    return own_path(urlunsplit(sent._replace(scheme="", netloc="", fragment=""))) if sent.netloc == request.host else ""


def now() -> datetime:
    """The time it is, UTC and naive."""
    return datetime.now(UTC).replace(tzinfo=None)
