"""Compare: two sides, the sentence whether they differ by more than chance, and both beside one another."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.views.asking import write_address
from dashboard.views.choices import Choice
from dashboard.views.compare import Compared, Menus
from dashboard.views.compare_asking import AskedCompare
from layouts.components.aria import aria
from layouts.components.controls import menu
from layouts.components.figure import fitted_picture, folded, picture_links, text_table
from layouts.ids import Compare
from layouts.staff.places import tabs

PATH = "/places/compare"
WIDE, NARROW = 760, 340
SAME = Choice("", "as in the first")


def build_compare(page: Compared, menus: Menus) -> Component:
    """The whole page."""
    head, rows = page.table
    return html.Div(
        [
            html.H1("Compare", className="visually-hidden"),
            tabs(PATH),
            html.Div(
                [
                    _form(page, menus),
                    html.Section(
                        [
                            html.H2(page.headline, className="headline"),
                            *(html.P(sentence) for sentence in page.said),
                            *(html.P(note, className="quiet") for note in page.notes),
                            *_picture(page),
                            html.H3("Beside one another"),
                            text_table(head, rows, "Both sides"),
                        ],
                        className="card-map", **aria(label="The comparison"),
                    ),
                ],
                className="chart-and-controls",
            ),
        ]
    )  # fmt: skip


def skeleton() -> Component:
    """The page without words: every id with the component it names."""
    return build_compare(Compared(AskedCompare(), "", (), (), None, ((), [])), Menus((), (), (), (), (), (), ()))


def _picture(page: Compared) -> list[Component]:
    if page.chart is None:
        return []
    head, rows = page.chart.table()
    figure = [
        html.Figcaption(page.chart.reading, className="quiet"),
        fitted_picture(page.chart, wide=WIDE, narrow=NARROW),
        folded(text_table(head, rows, page.chart.title)),
    ]
    links = html.P(picture_links(write_address("/figure/compare{}", page.asked)), className="downloads")
    return [html.Figure(figure, className="figure cascade-alone"), links]


def _form(page: Compared, menus: Menus) -> Component:
    """Plain controls of a form that the browser itself asks with: the address says everything."""
    asked = page.asked
    first = [
        _menu(Compare.INDICATOR, "indicator", "Indicator", menus.indicators, asked.indicator),
        _menu(Compare.PLACE, "place", "Where", menus.places, asked.place),
        _menu(Compare.GROUP, "group", "Population group", menus.groups, asked.group),
        _menu(Compare.PARTNER, "partner", "Partner", menus.partners, asked.partner),
    ]
    second = [
        _menu(Compare.INDICATOR2, "indicator2", "Indicator", [SAME, *menus.indicators], asked.indicator2),
        _menu(Compare.PLACE2, "place2", "Where", [SAME, *menus.places], asked.place2),
        _menu(Compare.GROUP2, "group2", "Population group", [SAME, *menus.groups2], asked.group2),
        _menu(Compare.PARTNER2, "partner2", "Partner", [SAME, *menus.partners2], asked.partner2),
    ]
    return html.Form(
        [
            _side("First", first), _side("Second", second),
            _menu(Compare.PERIOD, "period", "Period", [Choice("", "the newest"), *menus.periods], asked.period),
            html.Button("Compare", type="submit", className="button"),
        ],
        action=PATH, method="GET", className="controls controls-long", **aria(label="What to compare"),
    )  # fmt: skip


def _side(title: str, controls: Sequence[Component]) -> Component:
    legend = html.Legend(title, className="control-legend")
    return html.Fieldset([legend, *controls], className="control-group")


def _menu(id_: str, name: str, label: str, choices: Sequence[Choice], value: str) -> Component:
    known = value in [choice.value for choice in choices]
    options, chosen, _ = menu(choices if known else [*choices, Choice(value, value)], value)
    return html.Div(
        [
            html.Label(label, htmlFor=id_, className="control-label"),
            dbc.Select(id=id_, name=name, options=options, value=chosen),
        ],
        className="control",
    )
