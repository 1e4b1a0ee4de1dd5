"""The form in which a target is made or changed: native fields, one button, faults beside the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.views.choices import Choice
from dashboard.views.target_form import FIELDS, TargetForm
from dashboard.views.target_judgement import Judgement
from layouts.components.aria import aria
from layouts.components.controls import select
from layouts.ids import Aim

LABELS = {
    "baseline": "Baseline: where it stands now", "baseline_period": "Period of the baseline",
    "target": "Target: where it should be", "due": "Due day", "owner": "Owner: who answers for it",
    "contributors": "Partners who contribute, separated by ;", "strategy": "Strategy behind it (may stay empty)",
    "who": "Your name", "why": "Why it is set or changed",
}  # fmt: skip

JUDGED = aria(live="polite", label="Can it be judged")


@dataclass(frozen=True)
class FormMenus:
    """What can be chosen in the form."""

    indicators: Sequence[Choice]
    places: Sequence[Choice]
    groups: Sequence[Choice]
    partners: Sequence[Choice]
    members: Sequence[Choice]
    processes: Sequence[Choice]


def field_id(field: str) -> Aim:
    """The id of a field of the form."""
    return Aim(f"aim-{field}")


def fault_id(field: str) -> Aim:
    """The id of the sentence beside a field."""
    return Aim(f"aim-fault-{field}")


def build_form(form: TargetForm, menus: FormMenus, judged: Judgement) -> Component:
    """The page of the form."""
    title = "Change a target" if form.target_id else "Set a target"
    return html.Div(
        [
            html.P([html.A("All targets", href="/targets"), f" / {title.lower()}"], className="quiet"),
            html.H1(title, className="panel-title"),
            html.Form(
                [
                    _group("What, for whom and where", [
                        _menu("indicator", "Indicator", menus.indicators, form),
                        _menu("place", "Where", menus.places, form),
                        _menu("group", "Population group", menus.groups, form),
                        _menu("partner", "As counted by", menus.partners, form),
                    ]),
                    _group("From where to where, by when", [
                        _field("baseline", form), _field("baseline_period", form), _field("target", form),
                        _field("due", form, kind="date"),
                    ]),
                    html.Section(build_judged(judged), id=Aim.JUDGED, className="judged", **JUDGED),
                    _group("Who and why", [
                        _field("owner", form), _field("strategy", form),
                        _menu("process", "Watched beside it", menus.processes, form), *_members(form, menus.members),
                        _field("who", form), _field("why", form),
                    ]),
                    html.Button("Save", id=Aim.SAVE, type="button", className="button"),
                    html.Div(id=Aim.SAID, className="said", role="status", **aria(live="polite")),
                ],
                className="aim", **aria(label=title),
            ),
            dcc.Store(id=Aim.EDITED, data=edited(form)),
        ]
    )  # fmt: skip


def skeleton() -> Component:
    """The form without words: every id with the component it names."""
    return build_form(TargetForm(), FormMenus((), (), (), (), (), ()), Judgement("", None, ()))


def edited(form: TargetForm) -> dict[str, Any]:
    """What is being edited, as the browser carries it."""
    return {"coalition": form.coalition, "target_id": form.target_id, "version": form.version}


def build_judged(judged: Judgement) -> list[Component]:
    """Whether the target can be judged, and what may be watched beside it."""
    parts: list[Component] = [
        html.H2("Can it be judged?"),
        html.P(judged.sentence),
        html.P(judged.unit, className="quiet"),
    ]
    if judged.offered:
        links: list[Any] = []
        for choice in judged.offered:
            links += [", " if links else "", html.A(choice.label, href=f"/targets?target=new&indicator={choice.value}")]
        parts.append(html.P(["What is done moves sooner and counts more events. Set beside it: ", *links, "."]))
    return parts


def build_said(sentence: str, *, key: str = "", good: bool = False) -> Component:
    """What became of saving."""
    link: list[Any] = [" ", html.A("See the target", href=f"/targets?target={key}")] if key else []
    return html.P([sentence, *link], className="said-good" if good else "said-bad")


def fault_texts(faults: Mapping[str, str]) -> list[str]:
    """The sentence beside each field, in the order of FIELDS; "" where nothing is wrong."""
    return [faults.get(field, "") for field in FIELDS]


def _group(title: str, controls: Sequence[Component]) -> Component:
    return html.Fieldset([html.Legend(title), html.Div(controls, className="controls")])


def _menu(field: str, label: str, choices: Sequence[Choice], form: TargetForm) -> Component:
    chosen = select(field_id(field), label, choices, getattr(form, field))
    return html.Div([chosen, _fault(field)], className="aim-field")


def _field(field: str, form: TargetForm, *, kind: str = "text") -> Component:
    return html.Div(
        [
            html.Label(LABELS[field], htmlFor=field_id(field), className="control-label"),
            dbc.Input(
                id=field_id(field), type=kind, value=getattr(form, field), debounce=True, maxLength=400,
                autocomplete="off",
            ),
            _fault(field),
        ],
        className="aim-field",
    )  # fmt: skip


def _members(form: TargetForm, members: Sequence[Choice]) -> list[Component]:
    names = html.P("; ".join(choice.label for choice in members), className="quiet")
    known = html.Details(
        [html.Summary("Partners of the coalition"), names], className="twin aim-wide", hidden=not members
    )
    return [_field("contributors", form), known]


def _fault(field: str) -> Component:
    return html.P(id=fault_id(field), className="fault", **aria(live="polite"))
