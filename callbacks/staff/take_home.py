"""Take it home: the page and its progress; what is posted goes to callbacks/exports.py."""

from __future__ import annotations

from collections.abc import Mapping

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.export_jobs import AskedExport, exports_of
from callbacks.jobs import JobsAway
from callbacks.permissions import Permission, needs, who
from callbacks.query import short_text
from dashboard.errors import InvalidQuery
from dashboard.exports.forms import FORMS, form_of
from dashboard.store.meetings import read_memory
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.choices import Choice
from dashboard.views.shapes import home_area
from dashboard.views.source import ViewReader
from dashboard.views.take_home import Export, Offer, TakeHome
from dashboard.views.words import day_words
from layouts.ids import TakeHome as Ids
from layouts.staff.take_home import build_export, build_take_home

SAID = {
    "stopped": "Stopped. Nothing was kept.",
    "busy": "Two exports are being made just now. Nothing was started; try again in half a minute.",
    "away": "The queue of long work does not answer just now. Nothing was started; try again in a minute.",
    "day": "The day is not written as 2026-03-31, or is none. Nothing was started.",
}
NO_MEETING = Choice("", "No meeting")


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page; `export` names an export on its way."""
    reader = workspace.reader()
    within = values.get("within", "") or home_area(reader)
    offers = tuple(Offer(form.id, form.name, form.what) for form in FORMS.values())
    said = SAID.get(values.get("said", ""), "")
    export = shown(workspace, values["export"]) if values.get("export") else None
    return build_take_home(TakeHome(
        offers, tuple(choices.areas(reader)), meetings(workspace, reader, within), within, values.get("as_of", ""),
        values.get("meeting", ""), export, said,
    ))  # fmt: skip


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks."""

    @app.callback(
        Output(Ids.SHOWN, "children"), Output(Ids.CLOCK, "disabled"), Input(Ids.CLOCK, "n_intervals"),
        State(Ids.TOKEN, "data"), prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _look(_times: object, token: object) -> tuple[list[Component], bool]:
        export = shown(workspace, short_text("export", token))
        return build_export(export), export.ended


def shown(workspace: Workspace, token: str) -> Export:
    """How far the export under a token is; one that is gone says so."""
    jobs = exports_of(workspace)
    try:
        job = jobs.job(token, who().account)
    except InvalidQuery as gone:
        return Export("", "The export", "", fault=str(gone))
    except JobsAway:
        return Export(token, "The export", "", "The queue does not answer just now; this goes on once it does")
    told, asked = jobs.progress(job), AskedExport.of(job)
    return Export(token, form_of(asked.form).name, file_name(asked), told.said, told.share, told.size, told.fault)


def file_name(asked: AskedExport) -> str:
    """`brief.pdf`, `brief-2026-03-31.pdf`."""
    form = form_of(asked.form)
    return f"{'-'.join(filter(None, (form.id, asked.as_of)))}{form.suffix}"


def meetings(workspace: Workspace, reader: ViewReader, within: str) -> tuple[Choice, ...]:
    """Meetings of the area's coalition, the newest first."""
    coalition = next((str(row["id"]) for row in reader.coalitions if row["catchment"] == within), "")
    if not coalition:
        return (NO_MEETING,)
    held = reversed(read_memory(workspace.engine, coalition).meetings)
    return (NO_MEETING, *(Choice(one.id, f"{one.title}, {day_words(one.held_on)}") for one in held))
