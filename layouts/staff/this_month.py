"""This month: one sentence, then a handful of numbers, each a way to its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.flags import room
from dashboard.views.asking import write_address
from dashboard.views.choices import Choice
from dashboard.views.this_month import Card, ThisMonth
from dashboard.views.words import day_words
from layouts.components.aria import aria
from layouts.components.controls import select
from layouts.components.figure import chart_picture, picture_links
from layouts.components.flag_list import flag_list
from layouts.ids import ThisMonth as Ids
from layouts.staff.what_changed import tabs


def build_this_month(shown: ThisMonth, areas: Sequence[Choice]) -> Component:
    """The page for one area."""
    return html.Div(
        [
            tabs("/"),
            html.Div(
                [
                    html.P("This month", className="eyebrow"),
                    html.Form(
                        [select(Ids.AREA, "Whose numbers", areas, shown.area)], className="controls controls-one"
                    ),
                ],
                className="page-top",
            ),
            html.Div(build_numbers(shown), id=Ids.NUMBERS),
            dcc.Store(id=Ids.STATE),
            dcc.Store(id=Ids.WRITTEN),
        ]
    )


def skeleton() -> Component:
    """The page without numbers: every id with the component it names."""
    return build_this_month(ThisMonth("", "", "", (), ()), ())


def build_numbers(shown: ThisMonth) -> list[Component]:
    """Headline, cards and what is late."""
    return [
        html.H1(shown.headline, className="headline headline-large", **aria(live="polite")),
        *_targets(shown),
        html.Div([_card(card) for card in shown.cards], className="cards"),
        html.P(_pictures(shown), className="downloads"),
        *_late(shown),
    ]


def _pictures(shown: ThisMonth) -> list[Component]:
    drawn = any(card.trend for card in shown.cards)
    return picture_links(f"/figure/this-month{{}}?within={quote(shown.area)}") if drawn else []


def _targets(shown: ThisMonth) -> list[Component]:
    if not shown.targets:
        return []
    return [html.P([f"{shown.targets} ", html.A("See the targets", href="/targets")], className="targets-line")]


def _card(card: Card) -> Component:
    return html.Article(
        [
            html.H2(card.name, className="card-name"),
            html.P([html.Span(card.figure, className="card-figure"), " ", html.Span(card.unit, className="card-unit")]),
            html.P(card.sentence, className="card-sentence"),
            html.P(card.change, className="card-change"),
            html.P(card.asked, className="asked", hidden=not card.asked),
            *([chart_picture(card.trend, width=360, height=150 + room(card.trend.flags))] if card.trend else []),
            *flag_list(card.said, f"What we said about {card.name}"),
            html.P(
                [
                    html.A(["See the map", _of(card)], href=write_address("/places", card.evidence)),
                    " · ",
                    html.A(["See the trend", _of(card)], href=write_address("/places/trends", card.evidence)),
                ],
                className="card-links",
            ),
        ],
        className="card-number",
    )


def _of(card: Card) -> Component:
    """What the link is about, for those who hear links one by one."""
    return html.Span(f" of {card.name.lower()}", className="visually-hidden")


def _late(shown: ThisMonth) -> list[Component]:
    if not shown.late:
        return []
    items = [html.Li(f"{status.title}: published {day_words(status.as_of)}.") for status in shown.late]
    return [
        html.H2("Older than a year"),
        html.Ul(items, className="late"),
        html.P(html.A("All sources and their dates", href="/bring-numbers")),
    ]
