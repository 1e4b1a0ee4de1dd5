"""Every picture of a page as SVG and as PNG: the page's own answer, behind the same gate, noted in the audit log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, request

from callbacks.exporting import WHOM, shapes_body
from callbacks.own_coalitions import coalition_of
from callbacks.permissions import Permission, needs
from callbacks.query import day_of, read_address, read_as, read_asked, short_text
from callbacks.sign_in import plain
from callbacks.staff.our_coalition import kept
from callbacks.staff.places import respond
from callbacks.staff.strategies import page as strategies_page
from callbacks.staff.targets import today_of
from callbacks.staff.trends import read_trend
from dashboard.domain import Query
from dashboard.errors import InvalidQuery
from dashboard.exports.framed import framed
from dashboard.exports.png_child import png_apart
from dashboard.exports.screen_pictures import Shown, pictures_of
from dashboard.people import acting
from dashboard.people.chain import Event
from dashboard.store.audit_log import record
from dashboard.store.gated import GatedReader
from dashboard.store.taken_down import so_far, taken_down
from dashboard.store.workspace import Workspace
from dashboard.views.asking import find_place
from dashboard.views.cascade import after_overdose
from dashboard.views.cascade_asking import AskedCascade
from dashboard.views.cascade_beside import beside
from dashboard.views.compare import compared as side_by_side
from dashboard.views.compare_asking import AskedCompare
from dashboard.views.desert_page import AskedDeserts, desert_page
from dashboard.views.fairness import fairness
from dashboard.views.fairness_asking import AskedFairness
from dashboard.views.gaps_page import AskedGaps, gaps_page
from dashboard.views.hotspots import hotspots
from dashboard.views.hotspots_asked import AskedHotspots
from dashboard.views.naloxone_page import AskedNaloxone, naloxone_page
from dashboard.views.our_coalition import our_coalition
from dashboard.views.place_depth import place_depth
from dashboard.views.shapes import home_area
from dashboard.views.strategy_page import AskedStrategies
from dashboard.views.target_page import target_page
from dashboard.views.targets import AskedTargets, find_target
from dashboard.views.this_month import this_month
from dashboard.views.trends import compared
from dashboard.views.what_if_asked import AskedWhatIf
from dashboard.views.what_if_page import what_if_page
from dashboard.views.words import day_words
from layouts.staff.pictures import PictureRow, build_pictures

Values = Mapping[str, str]
MIMETYPES = {"svg": "image/svg+xml", "png": "image/png"}
MOST_SOURCES = 4
GAPS: Mapping[str, tuple[type, Callable[..., object]]] = {
    "deserts": (AskedDeserts, desert_page), "naloxone": (AskedNaloxone, naloxone_page),
    "priority-gaps": (AskedGaps, gaps_page), "what-if": (AskedWhatIf, what_if_page),
}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """The pictures of a page, and the sentences that go along with each of them."""

    pictures: list[Shown]
    notes: tuple[str, ...]


def register_pictures(server: Flask, workspace: Workspace, *, css: str) -> None:
    """Add the routes to a server; `css` is the address of the style sheet."""

    @server.get("/figure/<page>")
    @needs(Permission.SEE)
    def _every(page: str) -> Response:
        return every_picture(workspace, page, css)

    @server.get("/figure/<page>.<form>")
    @needs(Permission.SEE)
    def _picture(page: str, form: str) -> Response:
        return one_picture(workspace, page, form)


def every_picture(workspace: Workspace, page: str, css: str) -> Response:
    """The list of a page's pictures, each with its two files."""
    address = request.query_string.decode()
    found = taken(workspace, page, read_address(address)).pictures
    rows = [PictureRow(shown.title, shown.sentence, _address(page, number, address))
            for number, shown in enumerate(found)]  # fmt: skip
    return plain(build_pictures(css, rows, demonstration=workspace.reader().cube.demonstration))


def one_picture(workspace: Workspace, page: str, form: str) -> Response:
    """One picture as a file; InvalidQuery where the page or its picture is not there."""
    values = read_address(request.query_string.decode())
    if form not in MIMETYPES:
        raise InvalidQuery("A picture is to be had as svg or as png.")
    found, number = taken(workspace, page, values), values.get("figure", "0")
    if not number.isdecimal() or int(number) >= len(found.pictures):
        raise InvalidQuery("The page shows no such picture; where there are no numbers or no shapes it shows none.")
    svg = framed(found.pictures[int(number)], found.notes)
    body = svg.encode() if form == "svg" else png_apart(svg)
    told = f"{form} {found.pictures[int(number)].title}"
    record(workspace.engine, Event("export", f"figure of {page}", told=told[:200]))
    response = Response(body, mimetype=MIMETYPES[form])
    response.headers["Content-Disposition"] = f"attachment; filename={page}-{int(number) + 1}.{form}"
    response.headers["Cache-Control"] = "no-store"
    return response


def taken(workspace: Workspace, page: str, values: Values) -> Taken:
    """The pictures of a page in the state of an address, as whoever asks is shown them."""
    if page not in ANSWERS:
        raise InvalidQuery(f"There is no page '{page[:40]}' with pictures.")
    reader = workspace.reader(short_text("as_of", values.get("as_of")))
    with taken_down():
        answer = ANSWERS[page](workspace, reader, values)
        found = pictures_of(answer, lambda sha: shapes_body(workspace, sha))
        return Taken(found, _notes(reader, values))


def _notes(reader: GatedReader, values: Values) -> tuple[str, ...]:
    """What goes with a picture: whose it is, from when, from whom, and what agreements ask to be said."""
    asked = tuple(dict.fromkeys(so_far()))
    day = day_of(short_text("as_of", values.get("as_of")))
    titles = {row["source"]: row["title"] for row in reader.loads}
    told = sorted({titles.get(one, one) for query in asked for one in _sources(reader, query)})
    more = f" and {len(told) - MOST_SOURCES} more" if len(told) > MOST_SOURCES else ""
    return tuple(filter(None, (
        "Demonstration data, not real." if reader.cube.demonstration else "",
        f"As known on {day_words(day)}. For {WHOM.get(acting().audience, 'the public')}.",
        f"Sources: {'; '.join(told[:MOST_SOURCES])}{more}." if told else "",
        *reader.notices(asked),
    )))  # fmt: skip


def _sources(reader: GatedReader, query: Query) -> set[str]:
    try:
        return {source for source in reader.read(query).source if source}
    except InvalidQuery:  # windows that share days are read one by one, as the page did
        parts = (reader.read(replace(query, periods=(period,))) for period in query.periods)
        return {source for cells in parts for source in cells.source if source}


def _address(page: str, number: int, address: str) -> str:
    """The address of a picture without its ending, and its query."""
    return f"/figure/{page}.{{form}}?{address}{'&' if address else ''}figure={number}"


def _places(workspace: Workspace, reader: GatedReader, values: Values) -> object:  # noqa: ARG001
    answer = respond(reader, read_asked(values))
    return answer, place_depth(reader, answer.query, answer.place)


def _month(workspace: Workspace, reader: GatedReader, values: Values) -> object:  # noqa: ARG001
    within = short_text("within", values.get("within"))
    area = find_place(reader, within) if within else home_area(reader)
    return this_month(reader, area, datetime.now(UTC).date())


def _path(workspace: Workspace, reader: GatedReader, values: Values) -> object:  # noqa: ARG001
    answer = after_overdose(reader, read_as(AskedCascade, values))
    return answer, beside(reader, answer.asked)


def _target(workspace: Workspace, reader: GatedReader, values: Values) -> object:  # noqa: ARG001
    asked = read_as(AskedTargets, values)
    return target_page(reader, find_target(reader, asked.target), today_of(asked)) if asked.target else ()


def _coalition(workspace: Workspace, reader: GatedReader, values: Values) -> object:
    today, coalition = day_of(""), coalition_of(reader, short_text("coalition", values.get("coalition")))
    return our_coalition(reader, today, kept(workspace, coalition, today), coalition=coalition)


def _gap(page: str) -> Callable[[Workspace, GatedReader, Values], object]:
    kind, view = GAPS[page]
    return lambda _, reader, values: view(reader, _read(kind, values), day_of(values.get("as_of", "")))


def _read(kind: Any, values: Values) -> Any:
    return read_as(kind, values)


ANSWERS: Mapping[str, Callable[[Workspace, GatedReader, Values], object]] = {
    "this-month": _month,
    "places": _places,
    "trends": lambda _, reader, values: compared(reader, read_trend(values)),
    "compare": lambda _, reader, values: side_by_side(reader, _read(AskedCompare, values)),
    "hotspots": lambda _, reader, values: hotspots(reader, _read(AskedHotspots, values)),
    "after-an-overdose": _path,
    "fairness": lambda _, reader, values: fairness(reader, _read(AskedFairness, values)),
    "targets": _target,
    "our-coalition": _coalition,
    "strategies": lambda workspace, reader, values: strategies_page(workspace, reader, _read(AskedStrategies, values)),
    **{page: _gap(page) for page in GAPS},
}
"""A page by the name of its files -> its answer for a state of its address."""
