"""Agreements: what needs somebody, what is not shown, every agreement; and one of them with all its terms."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.views.agreements import COLUMNS, PATH, AgreementRow, AgreementsPage
from layouts.components.aria import aria
from layouts.components.coalition_tabs import coalition_tabs
from layouts.components.figure import text_table

MEANING = (
    "Numbers of a partner are shown only as far as a signed agreement allows today: on every screen, in every file, "
    "also of earlier days. Public sources need none."
)
WITHOUT = "These numbers are in the store, but they are not shown:"
TO_DO = "Write down what was agreed, and hand it over: "
COMMAND = "coalition agreements set FILE.toml"
HISTORY = ("Version", "Saved", "By", "Why")


def build_agreements(page: AgreementsPage) -> Component:
    """The list."""
    return html.Div(
        [
            coalition_tabs(PATH),
            html.H1(page.headline, className="headline headline-large"),
            html.P(MEANING),
            *_coalitions(page),
            *([html.H2("What needs somebody"), html.Ul([_need(row) for row in page.urgent])] if page.urgent else []),
            *_not_shown(page),
            *([html.H2("Every agreement"), _table(page.rows)] if page.rows else []),
            html.P([TO_DO, html.Code(COMMAND)]),
        ]
    )


def build_agreement(
    sentence: str, terms: Sequence[tuple[str, str]], history: Sequence[tuple[str, ...]], back: str
) -> Component:
    """One agreement with all its terms and versions."""
    return html.Div(
        [
            coalition_tabs(PATH),
            html.H1(sentence, className="headline headline-large"),
            html.Dl([html.Div([html.Dt(name), html.Dd(words)]) for name, words in terms], className="facts terms"),
            html.H2("What it said before"),
            text_table(HISTORY, history, "Every version, the newest first"),
            html.P(html.A("All agreements", href=back)),
        ]
    )


def _coalitions(page: AgreementsPage) -> list[Component]:
    if not page.coalitions:
        return []
    links = [
        html.Li(html.A(name, href=address, **(aria(current="page") if name == page.coalition else {})))
        for name, address in page.coalitions.items()
    ]
    return [html.Nav(html.Ul(links, className="inline-links"), **aria(label="Coalitions"))]


def _need(row: AgreementRow) -> Component:
    return html.Li([html.A(row.name, href=row.address), f": {row.urgent}"])


def _not_shown(page: AgreementsPage) -> list[Component]:
    if not page.not_shown:
        return []
    listed = html.Ul([html.Li([html.Strong(each.name), f": {each.reason}"]) for each in page.not_shown])
    return [html.H2("What is not shown"), html.P(WITHOUT), listed]


def _table(rows: Sequence[AgreementRow]) -> Component:
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in COLUMNS]))
    body = html.Tbody([
        html.Tr([
            html.Th(html.A(row.name, href=row.address), scope="row"), html.Td(row.stands),
            html.Td(row.days_left, className="number"), html.Td(row.last_day), html.Td(row.to_sign),
        ])
        for row in rows
    ])  # fmt: skip
    caption = "Agreements, the most urgent first"
    table = html.Table([html.Caption(caption), head, body], className="text-table")
    return html.Div(table, className="table-scroll", tabIndex=0, role="region", **aria(label=caption))


__all__ = ["PATH", "build_agreement", "build_agreements"]
