"""After an overdose: one sentence, one or two cascades, what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.chart import IntervalChart
from dashboard.views.cascade import AfterOverdose, Side
from dashboard.views.cascade_asking import COUNTED, AskedCascade
from dashboard.views.cascade_beside import Beside
from dashboard.views.choices import Choice
from layouts.components.aria import aria
from layouts.components.controls import day, more, select
from layouts.components.figure import download, fitted_picture, folded, svg_figure, text_table
from layouts.components.flag_list import flag_list
from layouts.ids import AfterOverdose as Ids

WIDE, HALF, NARROW = 760, 520, 350
TABS = (("/after-an-overdose", "The path"), ("/after-an-overdose/fairness", "Fairness"))
NOTHING_BESIDE = Beside(None, None, None, (("What", "How many", "When"), []), ())


@dataclass(frozen=True)
class Menus:
    """What can be chosen on the page."""

    paths: Sequence[Choice]
    places: Sequence[Choice]
    periods: Sequence[Choice]
    groups: Sequence[Choice]
    partners: Sequence[Choice]
    follows: Sequence[Choice]
    besides: Sequence[Choice]


def build_after_overdose(shown: AfterOverdose, menus: Menus, beside: Beside, csv: str) -> Component:
    """The whole page for a state of the address bar."""
    return html.Div(
        [
            html.H1("After an overdose", className="visually-hidden"),
            tabs("/after-an-overdose"),
            html.Div(
                [
                    _controls(shown.asked, menus),
                    html.Section(
                        [html.Div(build_shown(shown), id=Ids.SHOWN), download(Ids.CSV, csv, "after-an-overdose.csv")],
                        className="card-map",
                        **aria(label="The path"),
                    ),
                    html.Section(
                        build_beside(beside), id=Ids.MORE, className="more more-flow", **aria(label="Beside the path")
                    ),
                ],
                className="chart-and-controls",
            ),
            dcc.Store(id=Ids.STATE),
            dcc.Store(id=Ids.WRITTEN),
        ]
    )


def skeleton() -> Component:
    """The page without numbers: every id with the component it names."""
    nothing = AfterOverdose(AskedCascade(), "", (), "")
    return build_after_overdose(nothing, Menus((), (), (), (), (), (), ()), NOTHING_BESIDE, "")


def tabs(here: str) -> Component:
    """The path and fairness: the two ways to look at what follows an overdose."""
    return html.Nav(
        [
            html.A(label, href=path, className="view-tab", **(aria(current="page") if path == here else {}))
            for path, label in TABS
        ],
        className="view-tabs",
        **aria(label="Ways to look at what follows an overdose"),
    )


def _controls(asked: AskedCascade, menus: Menus) -> Component:
    return html.Form(
        [
            select(Ids.PATH, "Path", menus.paths, asked.path, wide=True),
            select(Ids.PLACE, "Where", menus.places, asked.place),
            select(Ids.PERIOD, "Period", menus.periods, asked.period),
            select(Ids.GROUP, "Setting or population group", menus.groups, asked.group),
            select(Ids.PARTNER, "Partner", menus.partners, asked.partner),
            select(Ids.BESIDE, "Side by side with", menus.besides, asked.beside),
            more(
                [
                    select(Ids.FOLLOW, "Followed for", menus.follows, asked.follow),
                    select(Ids.COUNTED, "Counted", COUNTED, asked.counted),
                    day(Ids.AS_OF, "As known on", asked.as_of),
                ]
            ),
        ],
        className="controls",
        **aria(label="What to show"),
    )


def build_shown(shown: AfterOverdose) -> list[Component]:
    """The sentence, what was left out, and the cascades side by side."""
    alone = len(shown.sides) < 2
    return [
        html.H2(shown.headline, className="headline", **aria(live="polite")),
        html.P(shown.left_out, className="quiet", hidden=not shown.left_out),
        html.Div(
            [_side(side, alone=alone) for side in shown.sides], className="cascade-alone" if alone else "cascades"
        ),
    ]


def _side(side: Side, *, alone: bool) -> Component:
    chart = side.chart
    head, rows = chart.table()
    return html.Figure(
        [
            html.H3(side.name, className="cascade-name"),
            *([] if alone else [html.P(chart.sentence)]),
            *(html.P(fault, className="fault") for fault in side.faults),
            html.Figcaption(chart.reading, className="quiet"),
            *([fitted_picture(chart, wide=WIDE if alone else HALF, narrow=NARROW)] if chart.has_values else []),
            *flag_list(chart.flags),
            folded(text_table(head, rows, f"{chart.title}, {side.name}"), open=not chart.has_values),
            *_ends(side),
            *_others(side),
        ],
        className="figure",
    )


def _ends(side: Side) -> list[Component]:
    if not side.ends:
        return []
    facts = [html.Li([f"{label}: ", html.Strong(count)]) for label, count in side.ends]
    return [html.H4("Ends of their own", className="cascade-part"), html.Ul(facts, className="small-facts")]


def _others(side: Side) -> list[Component]:
    told: list[Component] = [html.P(side.counted_by, className="quiet")] if side.counted_by else []
    if side.others:
        rows = [(label, count) for label, count in side.others]
        caption = f"Other counts for {side.name}, never added"
        told.append(text_table(("Other counts of the same place and time", "How many"), rows, caption))
    return [html.H4("Who counted", className="cascade-part"), *told] if told else []


def build_beside(beside: Beside) -> list[Component]:
    """Parts below the path, each with its own denominator."""
    head, rows = beside.outreach
    outreach = [html.H3("Outreach"), text_table(head, rows, "Outreach attempts and visits")] if rows else []
    safety = [*_chart(beside.safety), *(html.P(said) for said in beside.safety_said)]
    parts = [_chart(beside.kept_up), safety, outreach, _chart(beside.services)]
    return [html.Div(part, className="more-part") for part in parts if part]


def _chart(chart: IntervalChart | None) -> list[Component]:
    return [svg_figure(chart)] if chart else []
