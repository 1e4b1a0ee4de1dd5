"""Trends: an indicator over time, for up to four places, groups or partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures import render_plotly
from dashboard.figures.chart import Chart, SmallMultiples, TrendChart
from dashboard.views.choices import Choice
from dashboard.views.trends import AskedTrend, Compared
from layouts.components.aria import aria
from layouts.components.controls import day, more, select
from layouts.components.figure import download, folded, text_table
from layouts.components.flag_list import flag_list
from layouts.ids import Trends
from layouts.staff.places import tabs

COMPARE = (Choice("place", "Places"), Choice("group", "Population groups"), Choice("partner", "Partners"))
STEPS = (Choice("1", "Months"), Choice("3", "Quarters"), Choice("12", "Years"))
SHAPES = (Choice("together", "One chart"), Choice("apart", "Small multiples"))
GRAPH_CONFIG: Any = render_plotly.GRAPH_CONFIG
SLOTS = (Trends.FIRST, Trends.SECOND, Trends.THIRD, Trends.FOURTH)
NO_CHOICE = Choice("", "–")
SLOT_LABELS = ("Compare: first", "Second", "Third", "Fourth")


@dataclass(frozen=True)
class Menus:
    """What can be chosen on the trends page."""

    indicators: Sequence[Choice]
    places: Sequence[Choice]
    bases: Sequence[Choice]
    steps: Sequence[Choice]
    slots: Sequence[Choice]


def build_trends(compared: Compared, menus: Menus, csv: str) -> Component:
    """The whole page for a state of the address bar."""
    return html.Div(
        [
            html.H1("Trends", className="visually-hidden"),
            tabs("/places/trends"),
            html.Div([_controls(compared.asked, menus), _picture(compared, csv)], className="chart-and-controls"),
            dcc.Store(id=Trends.STATE),
            dcc.Store(id=Trends.WRITTEN),
        ]
    )


def _controls(asked: AskedTrend, menus: Menus) -> Component:
    chosen = (asked.first, asked.second, asked.third, asked.fourth)
    slots = [
        select(id_, label, slot_choices(menus.slots, id_, asked.compare), value)
        for id_, label, value in zip(SLOTS, SLOT_LABELS, chosen, strict=True)
    ]
    shape = select(Trends.SHAPE, "Drawn as", SHAPES, asked.shape)
    return html.Form(
        [
            select(Trends.INDICATOR, "Indicator", menus.indicators, asked.indicator, wide=True),
            select(Trends.PLACE, "Where", menus.places, asked.place),
            select(Trends.STEP, "In steps of", menus.steps, asked.step),
            select(Trends.BASIS, "Counted", menus.bases, asked.basis),
            select(Trends.COMPARE, "Compare by", COMPARE, asked.compare),
            more([*slots, shape, day(Trends.AS_OF, "As known on", asked.as_of)]),
        ],
        className="controls",
        **aria(label="What to show"),
    )


def _picture(compared: Compared, csv: str) -> Component:
    figure_ = html.Figure(
        [
            html.Figcaption(compared.reading, id=Trends.READING, className="quiet"),
            graph(compared.chart),
            html.Div(flags_of(compared.chart), id=Trends.FLAGS),
            folded(html.Div(twin(compared), id=Trends.TABLE)),
        ],
        className="figure-large",
    )
    headline = html.H2(compared.headline, id=Trends.HEADLINE, className="headline", **aria(live="polite"))
    parts = [headline, figure_, download(Trends.CSV, csv, "trends.csv")]
    return html.Section(parts, className="card-map", **aria(label="Trend"))


def slot_choices(offered: Sequence[Choice], slot: str, compare: str) -> list[Choice]:
    """What one of the four may hold; beside the main place there is room for three more, so the last holds nothing."""
    return [NO_CHOICE] if compare == "place" and slot == SLOTS[-1] else [NO_CHOICE, *offered]


def skeleton() -> Component:
    """The page without numbers: every id with the component it names."""
    return build_trends(Compared(AskedTrend(), "", "", None, ()), Menus((), (), (), (), ()), "")


def graph(chart: Chart | None) -> Component:
    """The one place that makes an interactive chart: no toolbar, nothing that sends a chart elsewhere."""
    fitting = dcc.Graph(id=Trends.CHART, figure=figure(chart), config=GRAPH_CONFIG, responsive=True)
    return html.Div(fitting, className="chart-large")  # a responsive chart takes the height of what is around it


def figure(chart: Chart | None) -> dict[str, object]:
    """The chart as Plotly takes it; an empty one where nothing was reported."""
    return (
        render_plotly.figure(chart, columns=2)
        if chart
        else {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}}
    )


def flags_of(chart: Chart | None) -> list[Component]:
    """What the flags on the chart say."""
    return flag_list(chart.flags) if isinstance(chart, TrendChart | SmallMultiples) else []


def twin(compared: Compared) -> Component:
    """The chart's numbers as a table."""
    if compared.chart is None:
        return html.P("Nobody reports this yet.")
    head, rows = compared.chart.table()
    return text_table(head, rows, compared.chart.title)
