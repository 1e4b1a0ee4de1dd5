"""What is posted on My agency: a comment of the partner's steward, the coalition's answer, and that it is settled."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Flask, redirect, request
from werkzeug.wrappers import Response as Answered

from callbacks.partner_desks import desks_of
from callbacks.permissions import Permission, needs, require
from callbacks.query import short_text
from callbacks.sign_in import now
from dashboard.errors import InvalidQuery
from dashboard.indicators import registry
from dashboard.store.comments import Answer, Comment, Status, answer_comment, save_comment
from dashboard.store.partner_files import one_load
from dashboard.store.workspace import Workspace
from dashboard.views.my_agency import LOAD, MONTH, NUMBER
from layouts.staff.my_agency import HOLD, PATH


def register_agency_posts(server: Flask, workspace: Workspace) -> None:
    """Add the routes to a server."""

    @server.post("/agency/<partner>/comment")
    @needs(Permission.BRING)
    def _comment(partner: str) -> Answered:
        coalition = _allowed(workspace, partner, Permission.BRING)
        told = said(partner, coalition, workspace)
        save_comment(workspace.engine, told, now=now())
        return _back(workspace, partner, "said")

    @server.post("/agency/<partner>/answer/<int(max=2147483647):comment>")
    @needs(Permission.PUBLISH)
    def _answer(partner: str, comment: int) -> Answered:
        _allowed(workspace, partner, Permission.PUBLISH)
        settled = request.form.get("status") == Status.SETTLED
        return answer(workspace, partner, comment, Status.SETTLED if settled else Status.ANSWERED)

    @server.post("/agency/<partner>/settle/<int(max=2147483647):comment>")
    @needs(Permission.BRING)
    def _settle(partner: str, comment: int) -> Answered:
        _allowed(workspace, partner, Permission.BRING)
        return answer(workspace, partner, comment, Status.SETTLED)


def said(partner: str, coalition: str, workspace: Workspace) -> Comment:
    """The comment of the form; InvalidQuery for one about something that is not the partner's."""
    kind, _, what = short_text("about", request.form.get("about")).partition(":")
    words, hold = request.form.get("words", ""), request.form.get("how") == HOLD
    read: dict[str, Callable[[str], dict[str, str | int]]] = {
        NUMBER: _number, MONTH: lambda text: {"period": text}, LOAD: lambda text: _load(workspace, partner, text),
    }  # fmt: skip
    if kind not in read:
        raise InvalidQuery("Say what it is about: a number, a month or something that was brought.")
    about = read[kind](what)
    return Comment(coalition, partner, words, hold, who=desks_of(workspace).signed(), **about)  # type: ignore[arg-type]


def answer(workspace: Workspace, partner: str, comment: int, status: Status) -> Answered:
    """Save an answer and go back to the page."""
    words = request.form.get("words", "")
    told = Answer(status, words, desks_of(workspace).signed(), now())
    answer_comment(workspace.engine, comment, told, partner=partner)
    return _back(workspace, partner, status.value)


def _number(text: str) -> dict[str, str | int]:
    indicator, _, period = text.partition("|")
    return {"indicator": registry().indicator(indicator).id, "period": period}


def _load(workspace: Workspace, partner: str, text: str) -> dict[str, str | int]:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if one_load(workspace.engine, number).partner != partner:
        raise InvalidQuery(f"Load {number} is not one of this partner's.")
    return {"load": number}


def _allowed(workspace: Workspace, partner: str, permission: Permission) -> str:
    """The partner's coalition; NotAllowed for whoever may not do this there."""
    coalition = desks_of(workspace).coalition_of(partner)
    require(permission, coalition=coalition, partner=partner)
    return coalition


def _back(workspace: Workspace, partner: str, done: str) -> Answered:
    workspace.refresh()
    return redirect(f"{PATH}?{urlencode({'partner': partner, 'done': done})}", code=303)
