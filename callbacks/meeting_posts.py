"""What people post about meetings: a decision, an action, a note, a story, a request, a meeting, the code of conduct.

Native forms: each is answered with a redirect to where it was written, or with the form again and what is wrong with
it. A program that asks for plain text, as meeting mode does, gets the same as a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from callbacks.meeting_forms import KINDS, Form, read_entry
from callbacks.meeting_room import today
from callbacks.own_coalitions import coalition_of
from callbacks.permissions import Permission, needs, require, who
from callbacks.query import read_address
from callbacks.sign_in import came_from, now, own_path, plain
from dashboard.errors import InvalidQuery, SavedMeanwhile
from dashboard.meetings import Conduct, Entry, Request
from dashboard.meetings.going_out import check_public
from dashboard.meetings.rules import check
from dashboard.store.meetings import entry_of, save_entry, withdraw_story
from dashboard.store.workspace import Workspace
from dashboard.views.meeting_remembered import PATH
from layouts.staff.meeting_form import build_form

REFUSED = 422
GOING_OUT = ("request", "conduct")


def register_meeting_posts(server: Flask, workspace: Workspace, *, css: str) -> None:
    """Add the routes to a server; `css` is the address of the style sheet."""
    for kind, form in KINDS.items():
        _register(server, workspace, kind, form, css)

    @server.post("/memory/<coalition>/withdraw/<story>")
    @needs(Permission.NOTE)
    def _withdraw(coalition: str, story: str) -> Answer:
        _allowed(workspace, Permission.NOTE, coalition)
        withdraw_story(workspace.engine, coalition, story, who=signed(), now=now())
        return redirect(own_path(request.form.get("back", PATH)), 303)

    @server.post("/memory/<coalition>/public/<kind>")
    @needs(Permission.PUBLISH)
    def _public(coalition: str, kind: str) -> Answer:
        _allowed(workspace, Permission.PUBLISH, coalition)
        return _let_out(workspace, coalition, kind, css)


def _let_out(workspace: Workspace, coalition: str, kind: str, css: str) -> Answer:
    """Let the words that were looked at go out, or take them back; what may not go out is shown to be reworded."""
    id_, form = request.form.get("id", ""), KINDS[kind] if kind in GOING_OUT else None
    known = entry_of(workspace.engine, form.kind, coalition, id_) if form else None
    if form is None or not isinstance(known, Request | Conduct):
        raise InvalidQuery("There is nothing here that could become public. Open the page Meetings again.")
    back, seen = f"{PATH}?coalition={coalition}", request.form.get("version", "")
    wanted = replace(known, public=request.form.get("public") == "yes", version=int(seen) if seen.isdecimal() else 0)
    try:
        if wanted.public:
            check_public(wanted)
        save_entry(workspace.engine, wanted, who=signed(), now=now())
    except (InvalidQuery, SavedMeanwhile) as error:
        return plain(build_form(css, form.page(workspace, coalition, {"id": id_, "back": back}), str(error)), REFUSED)
    return redirect(own_path(back), 303)


def _register(server: Flask, workspace: Workspace, kind: str, form: Form, css: str) -> None:
    """The form of one kind of entry, and what takes it in."""
    path = f"/memory/<coalition>/{kind}"

    def asked(coalition: str) -> Response:
        _allowed(workspace, form.needed, coalition)
        told = {"back": came_from(), **read_address(request.query_string.decode())}
        return plain(build_form(css, form.page(workspace, coalition, told), ""))

    def posted(coalition: str) -> Answer:
        _allowed(workspace, form.needed, coalition)
        told = {"back": came_from(), **{name: text for name, text in request.form.items() if isinstance(text, str)}}
        return _answer(workspace, coalition, form, told, css)

    server.add_url_rule(path, f"memory-form-{kind}", needs(form.needed)(asked))
    server.add_url_rule(path, f"memory-{kind}", needs(form.needed)(posted), methods=["POST"])


def _allowed(workspace: Workspace, needed: Permission, coalition: str) -> None:
    """Refuse whoever may not do this in a coalition, and one that is not there."""
    require(needed, coalition=coalition)
    coalition_of(workspace.reader(), coalition)


def _answer(workspace: Workspace, coalition: str, form: Form, told: dict[str, str], css: str) -> Answer:
    """Save what was written, or say what is wrong with it and show it again."""
    in_words = request.accept_mimetypes.best == "text/plain"
    try:
        entry = _save(workspace, coalition, form, told)
    except (InvalidQuery, SavedMeanwhile) as error:
        if in_words:
            return Response(str(error), REFUSED, mimetype="text/plain")
        return plain(build_form(css, form.page(workspace, coalition, told), str(error)), REFUSED)
    if in_words:
        return Response(f"Saved: the {form.word}.", mimetype="text/plain")
    return redirect(own_path(told.get("back") or form.afterwards(entry)), 303)


def _save(workspace: Workspace, coalition: str, form: Form, told: dict[str, str]) -> Entry:
    """The entry as it was saved; InvalidQuery with every fault, SavedMeanwhile where somebody else was faster."""
    known = entry_of(workspace.engine, form.kind, coalition, told.get("id", ""))
    entry = read_entry(form, coalition, told, known, today=today())
    gazetteer = workspace.reader().gazetteer
    known_places: Callable[[str], bool] = lambda place: place in gazetteer.number or place in gazetteer.set_by_id  # noqa: E731
    check(entry, level_of=lambda place: gazetteer.level_of(place) if known_places(place) else None, today=today())
    return save_entry(workspace.engine, entry, who=signed(), now=now())


def signed() -> str:
    """Who saves, as the history shows it."""
    return who().name or who().account
