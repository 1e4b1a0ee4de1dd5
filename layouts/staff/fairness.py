"""Fairness: how complete the recording is, then an indicator by group, over time, and priority groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.views.asking import write_address
from dashboard.views.choices import Choice
from dashboard.views.fairness import Fairness
from dashboard.views.fairness_asking import AskedFairness
from layouts.components.aria import aria
from layouts.components.controls import day, more, select
from layouts.components.figure import download, fitted_picture, folded, svg_figure, text_table
from layouts.ids import Fairness as Ids
from layouts.staff.after_overdose import NARROW, WIDE, tabs

PATH = "/after-an-overdose/fairness"


@dataclass(frozen=True)
class Menus:
    """What can be chosen on the page."""

    indicators: Sequence[Choice]
    places: Sequence[Choice]
    periods: Sequence[Choice]
    dimensions: Sequence[Choice]
    references: Sequence[Choice]
    partners: Sequence[Choice]


def build_fairness(shown: Fairness, menus: Menus, csv: str) -> Component:
    """The whole page for a state of the address bar."""
    return html.Div(
        [
            html.H1("Fairness", className="visually-hidden"),
            tabs(PATH),
            html.Div(
                [
                    _controls(shown.asked, menus),
                    html.Section(
                        [html.Div(build_shown(shown), id=Ids.SHOWN), download(Ids.CSV, csv, "fairness.csv")],
                        className="card-map",
                        **aria(label="By group"),
                    ),
                    html.Section(build_more(shown), id=Ids.MORE, className="more", **aria(label="More about groups")),
                ],
                className="chart-and-controls",
            ),
            dcc.Store(id=Ids.STATE),
            dcc.Store(id=Ids.WRITTEN),
        ]
    )


def skeleton() -> Component:
    """The page without numbers: every id with the component it names."""
    nothing = Fairness(AskedFairness(), (), "", None, ((), []), None, None, ())
    return build_fairness(nothing, Menus((), (), (), (), (), ()), "")


def _controls(asked: AskedFairness, menus: Menus) -> Component:
    return html.Form(
        [
            select(Ids.INDICATOR, "Indicator", menus.indicators, asked.indicator, wide=True),
            select(Ids.PLACE, "Where", menus.places, asked.place),
            select(Ids.PERIOD, "Period", menus.periods, asked.period),
            select(Ids.BY, "By", menus.dimensions, asked.by),
            select(Ids.REFERENCE, "Compared with", menus.references, asked.reference),
            more([select(Ids.PARTNER, "Partner", menus.partners, asked.partner),
                  day(Ids.AS_OF, "As known on", asked.as_of)]),
        ],
        className="controls",
        **aria(label="What to show"),
    )  # fmt: skip


def build_shown(shown: Fairness) -> list[Component]:
    """How complete the recording is, the sentence, the picture, the comparison, and wider windows to pool."""
    head, rows = shown.table
    picture: list[Component] = []
    if shown.chart:
        twin_head, twin = shown.chart.table()
        picture = [
            html.Figcaption(shown.chart.reading, className="quiet"),
            fitted_picture(shown.chart, wide=WIDE, narrow=NARROW),
            folded(text_table(twin_head, twin, shown.chart.title)),
        ]
    return [
        html.P(" ".join(shown.recording), className="recording"),
        html.H2(shown.headline, className="headline", **aria(live="polite")),
        *_offers(shown),
        html.Div(html.Figure(picture, className="figure"), className="cascade-alone", hidden=not picture),
        html.H3("Beside one another"),
        text_table(head, rows, "Each group beside whom it is compared with"),
    ]


def _offers(shown: Fairness) -> list[Component]:
    """Links that pool periods or places where groups are too small to show."""
    if not shown.offers:
        return []
    links = [html.Li(html.A(offer.words, href=write_address(PATH, offer.asked))) for offer in shown.offers]
    said = "Some groups are too small for a number here. Nothing is left blank for good:"
    return [html.P(said, className="quiet"), html.Ul(links, className="small-facts")]


def build_more(shown: Fairness) -> list[Component]:
    """Groups over the years, and priority groups."""
    charts = [chart for chart in (shown.over_time, shown.priority) if chart]
    return [html.Div(svg_figure(chart), className="more-part") for chart in charts]
