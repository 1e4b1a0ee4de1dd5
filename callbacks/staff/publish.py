"""Publish: preview, write, withdraw. What is written is exactly what was looked at, or nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.permissions import Permission, needs, require
from callbacks.query import short_text
from dashboard.errors import CoalitionError, InvalidQuery
from dashboard.meetings.going_out import LANGUAGES
from dashboard.people.chain import Event
from dashboard.releases.release import PublicText
from dashboard.store.audit_log import recorded
from dashboard.store.workspace import Workspace
from dashboard.views.choices import Choice
from dashboard.views.publish_page import HiddenOf, Preview, PublishPage, ReleaseRow, TextOf
from layouts.components.controls import EVERYTHING, menu
from layouts.ids import Publish
from layouts.staff.publish import build_preview, build_publish, build_releases, build_said, standing

BUSY = "Counting and checking: about half a minute"
PREVIEW = "Preview the next release"


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:  # noqa: ARG001
    """The page; its address has no state."""
    return build_publish(page(workspace))


def register(app: Dash, workspace: Workspace) -> None:
    """Bind this page's callbacks."""

    @app.callback(
        Output(Publish.SHOWN, "children"), Output(Publish.LOOKED_AT, "data"),
        Input(Publish.PREVIEW, "n_clicks"), prevent_initial_call=True,
        running=[(Output(Publish.PREVIEW, "disabled"), True, False),
                 (Output(Publish.PREVIEW, "children"), BUSY, PREVIEW)],
    )  # fmt: skip
    @needs(Permission.PUBLISH)
    def _preview(_clicks: object) -> tuple[list[Component], str]:
        return shown(workspace, date.today())

    @app.callback(
        Output(Publish.SAID, "children"), Output(Publish.NOW, "children"), Output(Publish.RELEASES, "children"),
        Output(Publish.GONE, "options"), Input(Publish.WRITE, "n_clicks"),
        State(Publish.LOOKED_AT, "data"), State(Publish.MADE_BY, "value"), State(Publish.APPROVED_BY, "value"),
        prevent_initial_call=True, running=[(Output(Publish.WRITE, "disabled"), True, False)],
    )  # fmt: skip
    @needs(Permission.PUBLISH)
    def _write(_clicks: object, looked_at: object, made_by: object, approved_by: object) -> tuple[Any, ...]:
        names = short_text("name", made_by), short_text("name", approved_by)
        return (*write(workspace, short_text("preview", looked_at), names), *after(workspace))

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


def shown(workspace: Workspace, today: date) -> tuple[list[Component], str]:
    """The preview and what names it; a refusal says why there would be no release."""
    try:
        require(Permission.PUBLISH)
        preview = _previewed(workspace, today)
    except CoalitionError as refused:
        return [build_said(str(refused), good=False)], ""
    return build_preview(preview), preview.fingerprint if preview.rows else ""


def write(workspace: Workspace, looked_at: str, names: tuple[str, str]) -> tuple[Component]:
    """Publish what was looked at."""
    from dashboard.releases.publish import prepare, publish

    try:
        require(Permission.PUBLISH)
        if not looked_at:
            raise InvalidQuery("Look at the preview first.")
        if not names[0].strip():
            raise InvalidQuery("Write your name: a release says who made it.")
        folder = workspace.settings.releases_path
        built = prepare(workspace, folder, made_on=date.today())
        if built.fingerprint != looked_at:
            raise InvalidQuery("Numbers or texts changed since you looked: preview the release again.")
        with recorded(workspace.engine, Event("publish", f"release {built.release.number}")):
            publish(built, folder, made_by=names[0], approved_by=names[1], database=workspace.settings.release_database)
    except CoalitionError as refused:
        return (build_said(f"Nothing was published. {refused}", good=False),)
    return (build_said(f"Release {built.release.number} is published.", good=True),)


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


def _previewed(workspace: Workspace, today: date) -> Preview:
    from dashboard.releases.publish import changes_since, prepare
    from dashboard.releases.told import hidden_rows, reason_words

    folder = workspace.settings.releases_path
    built = prepare(workspace, folder, made_on=today)
    rows = [
        HiddenOf(row.indicator, row.level, row.cells, row.hidden, reason_words(built, row))
        for row in hidden_rows(built)
    ]
    release = built.release
    return Preview(
        release.number, release.made_on.isoformat(), rows, changes_since(built, folder) if rows else (),
        built.fingerprint, [_text(text) for text in release.texts],
    )  # fmt: skip


def _text(text: PublicText) -> TextOf:
    from dashboard.releases.texts import numbers_in

    language = LANGUAGES.get(text.language, text.language)
    headline = "The code of conduct" if text.kind == "conduct" else f"Asked by: {text.role}. Now: {text.outcome}"
    return TextOf(f"{headline} ({language})", text.text, text.language, text.answer, numbers_in(text))
