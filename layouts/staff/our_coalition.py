"""Our coalition: the overview. A sentence first, then who is there, who reports, referrals, strategies and money."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.figures.matrix import MatrixChart
from dashboard.views.our_coalition import OurCoalition
from dashboard.views.partner_sectors import COLUMNS as SECTOR_COLUMNS
from dashboard.views.registers_money import APART
from dashboard.views.reporting import COLUMNS as REPORTING_COLUMNS
from dashboard.views.strategy_page import PATH as STRATEGIES_PATH
from layouts.components.aria import aria
from layouts.components.coalition_tabs import FOR_FEW, coalition_tabs
from layouts.components.figure import fitted_picture, folded, picture_links, text_table

PATH = "/our-coalition"
WIDE, NARROW = 860, 340


def build_our_coalition(page: OurCoalition, coalition: str, *, people: bool = False) -> Component:
    """The whole page; `people` with a link to accounts, for those who may see them."""
    return html.Div(
        [
            coalition_tabs(PATH),
            html.H1(page.headline, className="headline headline-large"),
            *_coalitions(page, coalition),
            html.P(_files(page, coalition), className="downloads"),
            html.Div(
                [*_who(page, people), *_pictures(page, coalition), *_money(page)],
                className="coalition-parts",
            ),
        ]
    )


def _who(page: OurCoalition, people: bool) -> list[Component]:
    reporting = [one.row() for one in page.reporting]
    return [
        _part("Who is at the table", [
            html.P(page.sectors.sentence),
            html.Ul([html.Li([html.Strong(sector.name), f": {sector.why}"]) for sector in page.sectors.missing],
                    className="changes", hidden=not page.sectors.missing),
            text_table(SECTOR_COLUMNS, page.sectors.rows, "Partners by sector"),
            html.P(f"The list of sectors: {page.sectors.source}.", className="quiet"),
        ]),
        _part("Agreements and seats", [
            html.P([page.agreements, " ", html.A("All agreements", href="/our-coalition/agreements")]),
            *([html.P(html.A("Who has an account, and what was changed", href=FOR_FEW[1]))] if people else []),
            html.H3("Seats, evaluation, training and deputies"),
            html.Ul([html.Li(sentence) for sentence in page.people], className="changes"),
        ]),
        _part("Who reports", [
            html.P(page.reporting_said),
            *([text_table(REPORTING_COLUMNS, reporting, "Partners and their numbers, the latest first")]
              if reporting else []),
        ], wide=True),
    ]  # fmt: skip


def _pictures(page: OurCoalition, coalition: str) -> list[Component]:
    return [
        _part("Referrals between partners", _picture(page.referrals, page.referrals_said), wide=True),
        _part(
            "Strategies by town",
            [*_picture(page.strategies, page.strategies_said), *_on_the_map(page, coalition)],
            wide=True,
        ),
    ]


def _on_the_map(page: OurCoalition, coalition: str) -> list[Component]:
    """The way to the map, where anything is told."""
    if page.strategies is None:
        return []
    address = f"{STRATEGIES_PATH}?{urlencode({'coalition': coalition})}"
    return [html.P(html.A("The same on the map, beside where the rates are highest", href=address))]


def _picture(chart: MatrixChart | None, said: Sequence[str]) -> list[Component]:
    sentences: list[Component] = [html.P(sentence) for sentence in said]
    if chart is None:
        return sentences
    head, rows = chart.table()
    figure = [
        html.Figcaption(chart.reading, className="quiet"),
        fitted_picture(chart, wide=WIDE, narrow=NARROW),
        folded(text_table(head, rows, chart.title)),
    ]
    return [*sentences, html.Figure(figure, className="figure")]


def _money(page: OurCoalition) -> list[Component]:
    found: list[Component] = [html.P(page.money_said, className="panel-sentence")]
    if page.money_led:
        found.append(html.P(page.money_led))
    if page.money:
        found.append(html.P(APART, className="quiet"))
        parts = [text_table(*each.table, each.title) for each in page.money]
        found.append(html.Div(parts, className="coalition-tables"))
    if page.settlement:
        head, rows = page.settlement.table
        found += [
            html.H3("Settlement money by town, as published"),
            html.P(page.settlement.sentence),
            html.Details([html.Summary(f"All {len(rows)} towns by name"),
                          text_table(head, rows, "Settlement money by town")], className="twin"),
            html.P(f"Source: {page.settlement.source}.", className="quiet"),
        ]  # fmt: skip
    return [_part("Money", found, wide=True)]


def _part(title: str, children: Sequence[Component], *, wide: bool = False) -> Component:
    """A part of the page with its heading."""
    name = "more-part coalition-wide" if wide else "more-part"
    return html.Section([html.H2(title), *children], className=name, **aria(label=title))


def _files(page: OurCoalition, coalition: str) -> list[Component]:
    """The way to the files of its pictures, where it has one."""
    if not (page.referrals or page.strategies):
        return []
    return picture_links(f"/figure/our-coalition{{}}?coalition={quote(coalition)}")


def _coalitions(page: OurCoalition, coalition: str) -> list[Component]:
    if len(page.coalitions) < 2:
        return []
    links = [
        html.Li(html.A(name, href=f"{PATH}?coalition={quote(id_)}",
                       **(aria(current="page") if id_ == coalition else {})))
        for id_, name in page.coalitions.items()
    ]  # fmt: skip
    return [html.Nav(html.Ul(links, className="inline-links"), **aria(label="Coalitions"))]
