"""The form of a target: what is written is judged while it is written, and saved as a new version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.menus import followed, menu_outputs
from callbacks.permissions import Permission, may, needs, refusal
from callbacks.query import short_text
from dashboard.errors import InvalidQuery, SavedMeanwhile
from dashboard.store.targets import name_strategy, save_target
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.choices import Choice
from dashboard.views.source import ViewReader
from dashboard.views.target_form import (
    FIELDS,
    TargetForm,
    faults,
    form_of,
    new_form,
    read_form,
    state_of_form,
    suggested,
)
from dashboard.views.target_judgement import judge, processes
from dashboard.views.targets import AskedTargets, find_target, key_of
from layouts.components.controls import menu
from layouts.ids import Aim
from layouts.staff.target_form import (
    FormMenus,
    build_form,
    build_judged,
    build_said,
    edited,
    fault_id,
    fault_texts,
    field_id,
)

ASKED = ("indicator", "place", "group", "partner")
NUMBERS = ("baseline", "baseline_period", "target")
LONGEST = 400


def build(workspace: Workspace, asked: AskedTargets, today: date) -> Component:
    """The form of the target that is asked for, or of a new one."""
    reader = workspace.reader()
    if asked.edit:
        form = form_of(reader, find_target(reader, asked.target))
    else:
        begun = TargetForm(asked.coalition, indicator=asked.indicator, place=asked.place, group=asked.group,
                           partner=asked.partner)  # fmt: skip
        form = new_form(reader, begun, today)
    return build_form(form, menus(reader, form), judge(reader, form))


def menus(reader: ViewReader, form: TargetForm) -> FormMenus:
    """What can be chosen for a form."""
    state = state_of_form(reader, form)
    indicator = reader.registry.indicator(form.indicator)
    ours = [row for row in reader.partners.values() if row.get("coalition_id", "") in ("", form.coalition)]
    members = sorted((str(row["name"]), str(row["id"])) for row in ours)
    watched = {choice.value: choice for choice in processes(reader, form)}
    if form.process and form.process in reader.registry.indicators:
        watched.setdefault(form.process, Choice(form.process, reader.registry.indicator(form.process).name))
    return FormMenus(
        indicators=choices.indicators(reader, state),
        places=choices.places(reader, form.place),
        groups=choices.groups(reader, indicator, state), partners=choices.partners(reader, indicator, state),
        members=[Choice(id_, name) for name, id_ in members], processes=[Choice("", "Nothing"), *watched.values()],
    )  # fmt: skip


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the form's callbacks to an application."""
    states = {field: State(field_id(field), "value") for field in FIELDS}

    @app.callback(
        output={name: menu_outputs(field_id(name)) for name in ("group", "partner")},
        inputs={name: Input(field_id(name), "value") for name in ("indicator", "place")},
        state={"values": states},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _follow(indicator: object, place: object, values: dict[str, object]) -> dict[str, Any]:
        form = read_values(values | {"indicator": indicator, "place": place}, None)
        return followed(follow(workspace.reader(), form), values)

    @app.callback(
        Output(Aim.BASELINE, "value"), Output(Aim.BASELINE_PERIOD, "value"),
        inputs={"values": {name: Input(field_id(name), "value") for name in ASKED}}, prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _suggest(values: dict[str, object]) -> tuple[str, str]:
        return suggested(workspace.reader(), read_values(values, None))

    @app.callback(
        Output(Aim.JUDGED, "children"),
        inputs={"values": {name: Input(field_id(name), "value") for name in (*ASKED, *NUMBERS)}},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _judge(values: dict[str, object]) -> list[Component]:
        return build_judged(judge(workspace.reader(), read_values(values, None)))

    @app.callback(
        output={"faults": [Output(fault_id(field), "children") for field in FIELDS],
                "said": Output(Aim.SAID, "children"), "edited": Output(Aim.EDITED, "data")},
        inputs={"_clicks": Input(Aim.SAVE, "n_clicks")},
        state={"values": states, "edits": State(Aim.EDITED, "data")},
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SET_TARGETS)
    def _save(_clicks: object, values: dict[str, object], edits: object) -> dict[str, Any]:
        form = read_values(values, edits)
        if not may(Permission.SET_TARGETS, coalition=form.coalition):
            said = build_said(refusal(Permission.SET_TARGETS))
            return {"faults": fault_texts({}), "said": said, "edited": edited(form)}
        return save(workspace, form, datetime.now(UTC).replace(tzinfo=None))


def follow(reader: ViewReader, form: TargetForm) -> dict[str, Any]:
    """Groups and partners that the chosen indicator has there; a choice it does not have falls back to everybody."""
    offered = menus(reader, form)
    return {
        "group": menu(offered.groups, _kept(form.group, offered.groups)),
        "partner": menu(offered.partners, _kept(form.partner, offered.partners)),
    }


def save(workspace: Workspace, form: TargetForm, now: datetime) -> dict[str, Any]:
    """Save a form, or say beside its fields why not."""
    reader = workspace.reader()
    if form.coalition and form.coalition not in {row["id"] for row in reader.coalitions}:
        raise InvalidQuery("There is no such coalition in this store.")
    found = faults(reader, form, now.date())
    if found:
        count = "One field needs" if len(found) == 1 else f"{len(found)} fields need"
        said = build_said(f"Not saved: {count} another look.")
        return {"faults": fault_texts(found), "said": said, "edited": edited(form)}
    kept = read_form(reader, form)
    try:
        saved = save_target(workspace.engine, kept.target, who=form.who.strip(), why=form.why.strip(), now=now)
    except SavedMeanwhile as clash:
        return {
            "faults": fault_texts({}),
            "said": build_said(str(clash), key=key_of(kept.target)),
            "edited": edited(form),
        }
    if kept.strategy_name:
        name_strategy(workspace.engine, saved.coalition, saved.strategy, kept.strategy_name)
    workspace.refresh()
    same = saved.version == form.version
    words = "Nothing had changed; no new version was made." if same else f"Saved as version {saved.version}."
    after = replace(form, target_id=saved.id, version=saved.version)
    return {"faults": fault_texts({}), "said": build_said(words, key=key_of(saved), good=True), "edited": edited(after)}


def read_values(values: Mapping[str, object], edits: object) -> TargetForm:
    """The form from what the browser sent; InvalidQuery for anything but short texts."""
    texts: dict[str, Any] = {name: _text(name, values.get(name)) for name in FIELDS}
    form = TargetForm(**texts)
    if not isinstance(edits, Mapping):
        return form
    version = edits.get("version")
    if not isinstance(version, int) or not 0 <= version < 1_000_000:
        raise InvalidQuery("The version is not a number.")
    coalition, target_id = (short_text(name, edits.get(name)) for name in ("coalition", "target_id"))
    return replace(form, coalition=coalition, target_id=target_id, version=version)


def _text(name: str, value: object) -> str:
    if isinstance(value, str) and len(value) <= LONGEST and name in ("why", "owner", "strategy", "contributors"):
        return value
    return short_text(name, value)


def _kept(value: str, offered: list[Choice] | Any) -> str:
    return value if value in [choice.value for choice in offered] else ""
