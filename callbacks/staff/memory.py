"""What we said about this, on the pages that show it. It follows what is chosen there, and is never remembered as an
answer, because somebody may have written something down since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from callbacks.meeting_fields import when
from callbacks.meeting_room import today
from callbacks.own_coalitions import coalitions_seen
from callbacks.permissions import Permission, may, needs
from callbacks.query import short_text
from callbacks.staff.meetings import hears_stories
from dashboard.meetings import About
from dashboard.meetings import Memory as KeptMemory
from dashboard.store.meetings import memory_version, read_memory
from dashboard.store.workspace import Workspace
from dashboard.views.meeting_page import meeting_row
from dashboard.views.meeting_remembered import remembered
from dashboard.views.memory import entries_of_any, places_around
from dashboard.views.memory import told as told_of
from dashboard.views.said_steps import path_abouts, path_subjects
from dashboard.views.source import ViewReader
from layouts.components.memory_part import Writing, decided_part, memory_part
from layouts.ids import Memory

AWAY = "What was said about this cannot be read just now; the numbers can. Reload the page in a minute."
ABOUT = "data-about"
FOLLOWED = ("indicator", "place", "within", "target", "path")
MARKED = (*FOLLOWED, "level", "as_of")
"""What marks on a map depend on besides."""
Follower = Callable[[Workspace, Mapping[str, object]], object]
NOTHING: Mapping[Output, Follower] = MappingProxyType({})
_kept: WeakKeyDictionary[Engine, dict[str, tuple[str, KeptMemory]]] = WeakKeyDictionary()
"""By coalition: the version of what is remembered, and what it is."""


def with_memory(page: Component, workspace: Workspace, state: Mapping[str, object], id_: str) -> Component:
    """A page with what was said about what it shows below it."""
    shown: dict[str, Any] = {ABOUT: _about(state)}
    return html.Div([page, html.Section(memory_of(workspace, state), id=id_, className="memory", **shown)])


def memory_of(workspace: Workspace, state: Mapping[str, object]) -> list[Component]:
    """What was said about what a page shows in a state of its address, and the form that adds to it."""
    told = {name: short_text(name, state.get(name)) for name in FOLLOWED}
    reader = workspace.reader()
    place = told["place"] or told["within"]
    about = About(indicator=told["indicator"], place=place, target=told["target"])
    coalition = coalition_of_place(reader, place)
    if not coalition:
        return []
    memory = kept_memory(workspace, coalition)
    if memory is None:
        return [html.P(AWAY)]
    around = places_around(reader.gazetteer, place)
    abouts = path_abouts(told["path"], place) if told["path"] else [about]
    said = told_of(memory, entries_of_any(memory, abouts, around, stories=hears_stories()), today=today())
    may_write = may(Permission.NOTE, coalition=coalition)
    writing = Writing(coalition, about, when({}).options, path_subjects(told["path"])) if may_write else None
    return memory_part(said, writing)


def bind_memory(
    app: Dash, workspace: Workspace, state: str, id_: str, more: Mapping[Output, Follower] = NOTHING
) -> None:
    """Let what was said follow what is chosen on a page; `state` is the store that holds it.

    `more` are further outputs that follow it, each with what it says of a state.
    """

    @app.callback(
        [Output(id_, "children"), Output(id_, ABOUT), *more], Input(state, "data"), State(id_, ABOUT),
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _follow(chosen: dict[str, object] | None, shown: str | None) -> tuple[object, ...]:
        now = chosen or {}
        if _about(now) == shown:  # another period, say: nothing else was said about it
            raise PreventUpdate
        return memory_of(workspace, now), _about(now), *(follow(workspace, now) for follow in more.values())


def _about(state: Mapping[str, object]) -> str:
    """What stands for all that the part depends on."""
    return urlencode({name: short_text(name, state.get(name)) for name in MARKED})


def decided_lately(workspace: Workspace) -> list[Component]:
    """What the last meeting decided and what became of it, and the way to the next one; nothing before the first."""
    known = coalitions_seen(workspace.reader())
    memory = kept_memory(workspace, next(iter(known), ""))
    if memory is None:
        return [html.P(AWAY)]
    last, following = memory.last_before(today()), memory.next_from(today())
    if not last and not following:
        return []
    found = remembered(memory, last, today())
    return decided_part(found, meeting_row(memory, following) if following else None)


def kept_memory(workspace: Workspace, coalition: str) -> KeptMemory | None:
    """What the coalition remembers; None while the store is away, when the numbers beside it are still shown.

    Read again when something was saved: every panel and trend asks for it, and it is all versions of all entries.
    """
    known = _kept.setdefault(workspace.engine, {})
    try:
        version = memory_version(workspace.engine)
        if coalition not in known or known[coalition][0] != version:
            known[coalition] = version, read_memory(workspace.engine, coalition)
    except SQLAlchemyError:
        return None
    return known[coalition][1]


def coalition_of_place(reader: ViewReader, place: str) -> str:
    """The coalition whose towns a place lies in, of those that may be seen, else the first; "" where there is none."""
    known = coalitions_seen(reader)
    whose = {str(row["catchment"]): str(row["id"]) for row in reader.coalitions if str(row["id"]) in known}
    if place in whose:
        return whose[place]
    inside = (whose[one] for one in places_around(reader.gazetteer, place) if one in whose)
    return next(inside, next(iter(known), ""))


def skeleton() -> Component:
    """Every id of it, for validation."""
    return html.Div([html.Section(id=id_) for id_ in Memory])
