"""The routes of meeting mode: one plain document with every screen, and short codes for phones."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, make_response, redirect, request
from werkzeug.wrappers import Response as Answer

from callbacks.meeting_room import Found, find_meeting, meeting_code, meeting_of_code, room_of, today
from callbacks.permissions import Permission, may, needs
from callbacks.query import read_address
from dashboard.errors import InvalidQuery
from dashboard.store.workspace import Workspace
from dashboard.views.meeting_remembered import PATH, meeting_href
from dashboard.views.meeting_said import with_said
from dashboard.views.meeting_screens import meeting_screens
from dashboard.views.meeting_shows import SHOWS
from dashboard.views.words import day_words
from layouts.staff.meeting_screen import Around, build_meeting

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
          "base-uri 'none'; form-action 'self'; frame-ancestors 'none'")  # fmt: skip
MIMETYPES = {"css": "text/css", "js": "text/javascript"}
FOREVER = "public, max-age=31536000, immutable"
WITH_SAID = {kind: with_said(show) for kind, show in SHOWS.items()}
NO_MEETING = "No meeting has been called yet."
CALL_ONE = "Call one on the page Meetings of Our coalition: it begins with an agenda that you can change."
NO_AGENDA = "This meeting has no agenda yet."
ADD_SCREENS = "Add screens to it on the page Meetings of Our coalition."


def register_meeting_mode(server: Flask, workspace: Workspace, assets: Path) -> None:
    """Add the routes to a server; `assets` holds the style sheet and the script."""
    bodies = {kind: (assets / f"meeting.{kind}").read_text("utf-8") for kind in MIMETYPES}
    address = {kind: f"/meeting/{sha256(body.encode()).hexdigest()[:16]}.{kind}" for kind, body in bodies.items()}

    @server.get("/meeting", endpoint="meeting")
    @needs(Permission.SEE)
    def _meeting() -> Response:
        try:
            return plain(meeting_page(workspace, read_address(request.query_string.decode()), address))
        except InvalidQuery as error:
            return plain(refused_page(str(error), address), 404)

    @server.get("/meeting/<name>")
    @needs(Permission.OPEN)
    def _asset(name: str) -> Response:
        kind = name.rpartition(".")[2]
        if address.get(kind) != f"/meeting/{name}":
            abort(404, "There is no such file; reload the page.")
        response = Response(bodies[kind], mimetype=MIMETYPES[kind])
        response.headers["Cache-Control"] = FOREVER
        return response

    @server.get("/m/<code>", endpoint="meeting-code")
    @server.get("/m/<code>/<int(max=99):number>", endpoint="meeting-code")
    @needs(Permission.SEE)
    def _code(code: str, number: int = 1) -> Answer:
        try:
            meeting = meeting_of_code(workspace, code)
        except InvalidQuery as error:
            return plain(refused_page(str(error), address), 404)
        return redirect(f"/meeting?meeting={meeting.id}&coalition={meeting.coalition}&screen={number}", 303)


def meeting_page(workspace: Workspace, values: dict[str, str], address: dict[str, str]) -> str:
    """The document of an address; InvalidQuery for a meeting that is not there."""
    found = find_meeting(workspace, values.get("meeting", ""), values.get("coalition", ""))
    chosen = {"number": screen_number(values.get("screen", "1")), "timer": "on" if "timer" in values else "",
              "room": "dark" if values.get("room") == "dark" else "light"}  # fmt: skip
    if found is None:
        return build_meeting(replace(_nothing(NO_MEETING, CALL_ONE, address), **chosen), ())  # type: ignore[arg-type]
    room = room_of(workspace, found, now=today())
    around = Around(
        title=found.meeting.title, coalition=found.meeting.coalition, meeting=found.meeting.id,
        known=known_words(found, room.as_of), home=meeting_href(found.meeting.coalition, found.meeting.id),
        css=address["css"], js=address["js"], code=f"{request.host}/m/{meeting_code(found.meeting)}",
        demonstration=workspace.reader().cube.demonstration, empty=NO_AGENDA, empty_said=ADD_SCREENS,
        may_write=may(Permission.NOTE, coalition=found.meeting.coalition), **chosen,  # type: ignore[arg-type]
    )  # fmt: skip
    return build_meeting(around, meeting_screens(room, found.meeting, WITH_SAID))


def refused_page(reason: str, address: dict[str, str]) -> str:
    """Why a meeting cannot be opened."""
    return build_meeting(_nothing("This meeting cannot be opened.", reason, address), ())


def _nothing(empty: str, said: str, address: dict[str, str]) -> Around:
    return Around(title="Meeting", coalition="", meeting="", known="", home=PATH, css=address["css"],
                  js=address["js"], empty=empty, empty_said=said)  # fmt: skip


def known_words(found: Found, as_of: str) -> str:
    """`19 November 2026. Numbers as known on 18 November 2026.`"""
    day = day_words(found.meeting.held_on)
    return f"{day}. Numbers as known on {day_words(as_of)}." if as_of else f"{day}. The newest numbers."


def screen_number(text: str) -> int:
    """The screen that an address asks for; InvalidQuery for no number."""
    if not text.isascii() or not text.isdigit() or len(text) > 2:
        raise InvalidQuery(f"The screen '{text[:20]}' is not a number such as 3.")
    return int(text)


def plain(page: str, status: int = 200) -> Response:
    """A page that nothing of other sites can be in, and that is kept by nobody but who opened it."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = POLICY
    return response
