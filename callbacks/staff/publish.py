"""Publish: preview, write, withdraw. What is written is exactly what was looked at, or nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from callbacks.jobs import Job, new_job
from callbacks.permissions import Permission, needs, require, who
from callbacks.query import short_text
from callbacks.release_jobs import PREVIEW, WRITE, asked_today, read_preview, releases_of
from dashboard.errors import CoalitionError, InvalidQuery
from dashboard.people.chain import Event
from dashboard.store.audit_log import recorded
from dashboard.store.workspace import Workspace
from dashboard.views.choices import Choice
from dashboard.views.publish_page import PublishPage, ReleaseRow
from layouts.components.controls import EVERYTHING, menu
from layouts.ids import Publish
from layouts.staff.publish import build_preview, build_progress, build_publish, build_releases, build_said, standing

BUSY = "Two pieces of long work are being done just now. Nothing was started; try again in a while."
STOPPED = "Stopped. Nothing was kept, and nothing was published."


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:  # noqa: ARG001
    """The page; its address has no state."""
    return build_publish(page(workspace))


def register(app: Dash, workspace: Workspace) -> None:
    """Bind this page's callbacks."""

    outputs = {
        "shown": Output(Publish.SHOWN, "children"), "looked_at": Output(Publish.LOOKED_AT, "data"),
        "said": Output(Publish.SAID, "children"), "now": Output(Publish.NOW, "children"),
        "releases": Output(Publish.RELEASES, "children"), "gone": Output(Publish.GONE, "options"),
        "job": Output(Publish.JOB, "data"), "resting": Output(Publish.CLOCK, "disabled"),
        "preview": Output(Publish.PREVIEW, "disabled"), "write": Output(Publish.WRITE, "disabled"),
        "stop": Output(Publish.STOP, "disabled"),
    }  # fmt: skip
    pressed = [Input(id_, "n_clicks") for id_ in (Publish.PREVIEW, Publish.WRITE, Publish.STOP)]
    told = {"job": State(Publish.JOB, "data"), "looked_at": State(Publish.LOOKED_AT, "data"),
            "made_by": State(Publish.MADE_BY, "value"), "approved_by": State(Publish.APPROVED_BY, "value")}  # fmt: skip

    @app.callback(output=outputs, inputs={"pressed": [*pressed, Input(Publish.CLOCK, "n_intervals")]}, state=told,
                  prevent_initial_call=True)  # fmt: skip
    @needs(Permission.PUBLISH)
    def _work(pressed: object, **told: object) -> dict[str, Any]:  # noqa: ARG001 -- which one is told beside
        asked = {name: short_text(name, value) for name, value in told.items()}
        return dict.fromkeys(outputs, no_update) | done(workspace, str(ctx.triggered_id), asked)

    @app.callback(
        Output(Publish.WITHDRAWN, "children"), Output(Publish.NOW, "children", allow_duplicate=True),
        Output(Publish.RELEASES, "children", allow_duplicate=True),
        Output(Publish.GONE, "options", allow_duplicate=True), Input(Publish.WITHDRAW, "n_clicks"),
        State(Publish.GONE, "value"), State(Publish.REASON, "value"), prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.PUBLISH)
    def _withdraw(_clicks: object, number: object, reason: object) -> tuple[Any, ...]:
        chosen = short_text("release", None if number == EVERYTHING else number)
        return (take_back(workspace, chosen, short_text("reason", reason)), *after(workspace))


def page(workspace: Workspace) -> PublishPage:
    """What the page says of the shelf."""
    from dashboard.releases.reading import current
    from dashboard.releases.shelf import listed

    folder = workspace.settings.releases_path
    served = current(folder)
    rows = [
        ReleaseRow(each.number, each.made_on, each.made_by, each.approved_by, each.withdrawn_on,
                   each.withdrawn_because, served is not None and served.number == each.number)
        for each in listed(folder)
    ]  # fmt: skip
    return PublishPage(rows, demonstration=workspace.reader().cube.demonstration)


def done(workspace: Workspace, pressed: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """What a button, or the clock while something is on its way, changes on the page; a refusal is said."""
    at = "said" if pressed == Publish.WRITE else "shown"
    try:
        require(Permission.PUBLISH)
        if pressed == Publish.PREVIEW:
            return start(workspace, at, new_job(PREVIEW, who(), asked_today(workspace)))
        if pressed == Publish.WRITE:
            return start(workspace, at, new_job(WRITE, who(), asked_today(workspace, **wanted(asked))))
        if pressed == Publish.STOP:
            return stop(workspace, asked["job"])
        return look(workspace, asked["job"])
    except CoalitionError as refused:
        nothing = "Nothing was published. " * (at == "said")
        return {at: [build_said(f"{nothing}{refused}", good=False)]} | working("")


def start(workspace: Workspace, at: str, job: Job) -> dict[str, Any]:
    """Hand work in; InvalidQuery where too much is being done."""
    started = releases_of(workspace).start(job)
    if started is None:
        raise InvalidQuery(BUSY)
    told = {"shown": [], "looked_at": ""} if job.name == PREVIEW else {}
    return told | {at: build_progress("Starting", 0.0)} | working(started.token)


def wanted(asked: Mapping[str, str]) -> dict[str, str]:
    """What is to be published; InvalidQuery where nobody looked at it, or nobody stands by it."""
    if not asked["looked_at"]:
        raise InvalidQuery("Look at the preview first.")
    if not asked["made_by"].strip():
        raise InvalidQuery("Write your name: a release says who made it.")
    return {name: asked[name] for name in ("looked_at", "made_by", "approved_by")}


def stop(workspace: Workspace, token: str) -> dict[str, Any]:
    """Forget what is on its way."""
    jobs = releases_of(workspace)
    jobs.stop(jobs.job(token, who().account))
    return {"shown": [build_said(STOPPED, good=True)], "said": [], "looked_at": ""} | working("")


def look(workspace: Workspace, token: str) -> dict[str, Any]:
    """How far the work under a token is, or what came of it."""
    jobs = releases_of(workspace)
    job = jobs.job(token, who().account)
    told = jobs.progress(job)
    at = "shown" if job.name == PREVIEW else "said"
    if not told.ended:
        return {at: build_progress(told.said, told.share)}
    if told.fault:
        nothing = "Nothing was published. " * (at == "said")
        return {at: [build_said(f"{nothing}{told.fault}", good=False)]} | working("")
    if job.name == WRITE:
        now, releases, gone = after(workspace)
        said = [build_said(told.said, good=True)]
        return {"said": said, "now": now, "releases": releases, "gone": gone} | working("")
    preview = read_preview(jobs, token, who().account)
    return {"shown": build_preview(preview), "looked_at": preview.fingerprint if preview.rows else ""} | working("")


def working(token: str) -> dict[str, Any]:
    """What may be pressed while work under a token is on its way; "" is none."""
    on_its_way = bool(token)
    return {"job": token, "resting": not on_its_way, "preview": on_its_way, "write": on_its_way,
            "stop": not on_its_way}  # fmt: skip


def take_back(workspace: Workspace, number: str, reason: str) -> Component:
    """Withdraw a release."""
    from dashboard.releases.exchange import shared
    from dashboard.releases.shelf import withdraw

    folder = workspace.settings.releases_path
    try:
        require(Permission.PUBLISH)
        if not number.isdigit():
            raise InvalidQuery("Choose the release to withdraw.")
        event = Event("withdraw", f"release {int(number)}")
        with recorded(workspace.engine, event), shared(folder, workspace.settings.release_database):
            gone = withdraw(folder, int(number), reason=reason, on=date.today().isoformat())
    except CoalitionError as refused:
        return build_said(str(refused), good=False)
    return build_said(f"Release {gone.number} is withdrawn.", good=True)


def after(workspace: Workspace) -> tuple[str, list[Component], list[dict[str, object]]]:
    """Headline, list of releases and menu, as they are now."""
    now = page(workspace)
    return now.headline, build_releases(now), menu([Choice("", "None"), *standing(now)], "")[0]
