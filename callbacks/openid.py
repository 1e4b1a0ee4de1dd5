"""The routes of signing in with an OpenID Connect provider: leave for it, and come back with its word."""

from __future__ import annotations

from flask import Flask, Response, make_response, redirect, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from callbacks.guard import is_loopback
from callbacks.identity import Identity
from callbacks.permissions import Permission, needs
from callbacks.provider import UNSURE, Attempt, Provider
from callbacks.sign_in import let_in, now, own_path, plain
from dashboard.errors import NotAllowed
from dashboard.store.sign_in import sign_in, signing_secret
from dashboard.store.workspace import Workspace
from layouts.staff.sign_in import build_refused

COOKIE = "coalition-openid"
PATH = "/sign-in"
MINUTES = 10


def register_openid(server: Flask, workspace: Workspace, identity: Identity, *, css: str) -> None:
    """Add the routes to a server, where the settings name a provider."""
    if not workspace.settings.oidc_issuer:
        return
    signer = URLSafeTimedSerializer(signing_secret(workspace.engine), salt=COOKIE)

    @server.get("/sign-in/openid")
    @needs(Permission.OPEN)
    def _leave() -> Response:
        attempt = Attempt.begin(own_path(request.args.get("next", "")))
        try:
            response = make_response(redirect(_provider(workspace).leave(attempt), 303))
        except NotAllowed as refused:
            return plain(build_refused(css, str(refused)), 403)
        response.set_cookie(
            COOKIE, str(signer.dumps(attempt.plain())), max_age=MINUTES * 60, path=PATH, secure=not is_loopback(),
            httponly=True, samesite="Lax",
        )  # fmt: skip
        response.headers["Cache-Control"] = "no-store"
        return response

    @server.get("/sign-in/back")
    @needs(Permission.OPEN)
    def _back() -> Response:
        try:
            attempt = _attempt(signer)
            account = _provider(workspace).account(attempt, request.args.get("code", "")[:2000])
            response = let_in(
                workspace, identity, sign_in(workspace.engine, account, by="provider", now=now()), attempt.next
            )
        except NotAllowed as refused:
            response = plain(build_refused(css, str(refused)), 403)
        response.delete_cookie(COOKIE, path=PATH)
        return response


def _attempt(signer: URLSafeTimedSerializer) -> Attempt:
    """The try that this browser began, if the provider answers that very one; NotAllowed otherwise."""
    try:
        attempt = Attempt(**signer.loads(request.cookies.get(COOKIE, ""), max_age=MINUTES * 60))
    except (BadSignature, TypeError) as error:
        raise NotAllowed("This browser did not begin to sign in, or more than ten minutes ago. Start again.") from error
    if not attempt.state or request.args.get("state") != attempt.state:
        raise NotAllowed(UNSURE)
    return attempt


def _provider(workspace: Workspace) -> Provider:
    """The provider, told to send people back to the address they came by (one of COALITION_HOSTS)."""
    scheme = "http" if is_loopback() else "https"
    return Provider(workspace.settings, f"{scheme}://{request.host}/sign-in/back")
