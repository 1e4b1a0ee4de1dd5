"""Take it home: a button a form, progress while it is made, a link when it is there."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.views.choices import Choice
from dashboard.views.take_home import HEADLINE, LEAD, Export, Offer, TakeHome
from layouts.components.aria import aria
from layouts.components.coalition_tabs import coalition_tabs
from layouts.components.posted import posted, submit
from layouts.ids import TakeHome as Ids

PATH = "/our-coalition/take-home"
START = "/take-home/start"
LOOK_EVERY_MS = 1000


def build_take_home(page: TakeHome) -> Component:
    """The page."""
    export = page.export
    return html.Div(
        [
            coalition_tabs(PATH),
            html.P("Our coalition / take it home", className="eyebrow"),
            html.H1(HEADLINE, className="headline headline-large"),
            html.P(LEAD),
            html.Div(_said(page), id=Ids.SHOWN, className="taking", role="status", **aria(live="polite")),
            dcc.Interval(id=Ids.CLOCK, interval=LOOK_EVERY_MS, disabled=export is None or export.ended),
            dcc.Store(id=Ids.TOKEN, data=export.token if export else ""),
            posted([_choices(page), html.Div([_offer(one) for one in page.offers], className="cards")], START,
                   label="What to take home"),
        ]
    )  # fmt: skip


def skeleton() -> Component:
    """The page without words: every id with the component it names."""
    return build_take_home(TakeHome((), meetings=(Choice("", "No meeting"),) * 2))


def build_export(export: Export) -> list[Component]:
    """How far an export is, and what can be done with it."""
    sentence = html.P(export.sentence, className="said-bad" if export.fault else "said-good")
    if export.fault:
        return [sentence]
    if export.size:
        link = html.A(f"Download {export.file_name}", href=f"/take-home/{export.token}/file", className="button",
                      download=export.file_name)  # fmt: skip
        return [sentence, html.P(link)]
    bar = html.Progress(max="100", value=str(round(100 * export.share)), className="progress-bar-wide",
                        **aria(label=f"Progress of the {export.name.lower()}"))  # fmt: skip
    return [sentence, bar, posted([submit("Stop", quiet=True)], f"/take-home/{export.token}/stop", label="Stop it")]


def _said(page: TakeHome) -> list[Component]:
    if page.export:
        return build_export(page.export)
    return [html.P(page.said, className="said-bad")] if page.said else []


def _choices(page: TakeHome) -> Component:
    fields = [_menu("within", "Whose numbers", page.areas, page.within, Ids.WITHIN), _day(page)]
    if len(page.meetings) > 1:
        fields.append(_menu("meeting", "With the decisions of", page.meetings, page.meeting, Ids.MEETING))
    return html.Div(fields, className="controls")


def _menu(name: str, label: str, choices: Sequence[Choice], chosen: str, id_: str) -> Component:
    """A native menu whose choice is posted; the chosen one comes first, as the browser takes it."""
    ordered = sorted((c for c in choices if not c.heading), key=lambda choice: choice.value != chosen)
    options = [html.Option(choice.label, value=choice.value) for choice in ordered]
    menu = html.Select(options, id=id_, name=name, className="form-select")
    return html.Div([html.Label(label, htmlFor=id_, className="control-label"), menu], className="control")


def _day(page: TakeHome) -> Component:
    field = dbc.Input(id=Ids.AS_OF, name="as_of", type="date", value=page.as_of)
    return html.Div([html.Label("As known on (today if empty)", htmlFor=Ids.AS_OF, className="control-label"), field],
                    className="control")  # fmt: skip


def _offer(offer: Offer) -> Component:
    return html.Section(
        [
            html.H2(offer.name, className="card-name"),
            html.P(offer.what),
            html.Button(f"Make {_named(offer)}", type="submit", name="form", value=offer.id, className="button"),
        ],
        className="card-number",
    )


def _named(offer: Offer) -> str:
    name = offer.name[:1].lower() + offer.name[1:]
    return name if name.startswith("the ") else f"the {name}"
