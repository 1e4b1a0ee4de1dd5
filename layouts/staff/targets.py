"""Targets: all of them on one screen by where they stand, and one in depth."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.targets.status import Status
from dashboard.views.target_page import HistoryRow, Part, TargetPage
from dashboard.views.target_words import STATUS_WORDS
from dashboard.views.targets import AskedTargets, TargetCard, TargetsPage
from dashboard.views.words import day_words
from layouts.components.aria import aria
from layouts.components.controls import day, select
from layouts.components.figure import download, folded, picture_links, svg_figure, text_table
from layouts.ids import Targets

EXPLAINED = {
    Status.BEHIND: "Beyond chance on the wrong side of the path.",
    Status.DATA_LATE: "The newest numbers are older than their source usually is.",
    Status.NO_DATA: "There is no number that may be held against the target.",
    Status.TOO_FEW: "Chance alone could explain it either way.",
    Status.ON_TRACK: "The path lies within the interval.",
    Status.AHEAD: "Beyond chance on the good side of the path.",
    Status.MET: "At or beyond the target, and beyond chance from the baseline.",
}
NEW = "/targets?target=new"


def build_targets(page: TargetsPage) -> Component:
    """The page of all targets."""
    asked = page.asked
    controls = [
        select(Targets.COALITION, "Whose targets", page.coalitions, asked.coalition),
        select(Targets.PARTNER, "Partner", page.partners, asked.partner),
        select(Targets.GROUP, "Population group", page.populations, asked.group),
        day(Targets.AS_OF, "As known on", asked.as_of),
    ]
    return html.Div(
        [
            html.H1("Targets", className="visually-hidden"),
            html.Div(
                [
                    html.Form(controls, className="controls target-controls", **aria(label="Which targets")),
                    html.A("Set a target", href=NEW, className="button-link"),
                ],
                className="page-top",
            ),
            html.Div(build_list(page), id=Targets.LIST),
            download(Targets.CSV, asked.address("/csv/targets.csv"), "targets.csv"),
            dcc.Store(id=Targets.STATE),
            dcc.Store(id=Targets.WRITTEN),
        ]
    )


def skeleton() -> Component:
    """The page without targets: every id with the component it names."""
    return build_targets(TargetsPage("", AskedTargets(), (), (), (), ()))


def build_list(page: TargetsPage) -> list[Component]:
    """The sentence, the targets by status, and their table."""
    parts: list[Component] = [html.H2(page.headline, className="headline headline-large", **aria(live="polite"))]
    if not page.groups:
        parts.append(html.P(["A target says where an indicator should be, and by when. ",
                             html.A("Set the first one", href=NEW), "."]))  # fmt: skip
    for status, cards in page.groups:
        parts += [
            html.Div(
                [html.H3([status_mark(status), f" {len(cards)}"]), html.P(EXPLAINED[status], className="quiet")],
                className="target-group",
            ),
            html.Div([_card(card) for card in cards], className="target-cards"),
        ]
    return [*parts, *([folded(_table(page))] if page.groups else [])]


def status_mark(status: Status) -> Component:
    """A status as a mark of words; the border and ground differ, never the colour alone."""
    return html.Span(STATUS_WORDS[status], className=f"status status-{status.name.lower().replace('_', '-')}")


def _card(card: TargetCard) -> Component:
    return html.Article(
        [
            html.Div(
                [
                    html.H4(html.A(card.name, href=_page(card)), className="target-name"),
                    html.P(card.whom, className="target-whom"),
                    html.P(card.wanted, className="target-wanted"),
                    html.P(card.asked, className="asked", hidden=not card.asked),
                ]
            ),
            html.Div(
                [html.P(card.standing), html.P(" ".join(filter(None, (card.sure, card.pace))), className="quiet")]
            ),
            _facts(card),
        ],
        className="target-card",
    )


def _facts(card: TargetCard) -> Component:
    told = [("Owner", card.owner), ("Partners who contribute", card.partners), ("Strategy", card.strategy)]
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(said)]) for name, said in told if said], className="facts target-facts"
    )


def _table(page: TargetsPage) -> Component:
    head = ("Target", "For whom and where", "Wanted", "Status", "Where it stands", "Owner", "Due")
    rows = [
        (card.name, card.whom, card.wanted, STATUS_WORDS[card.status], card.standing, card.owner, day_words(card.due))
        for _, cards in page.groups
        for card in cards
    ]
    return text_table(head, rows, "All targets shown")


def build_target(page: TargetPage) -> Component:
    """The page of one target."""
    card = page.card
    return html.Div(
        [
            html.P([html.A("All targets", href="/targets"), " / this target"], className="quiet"),
            html.P(status_mark(card.status), className="target-mark"),
            html.H1(card.name, className="panel-title"),
            html.P(card.whom, className="panel-sentence"),
            html.P(card.wanted, className="target-wanted"),
            html.P(card.asked, className="asked", hidden=not card.asked),
            html.Div([_standing(page), _side(page)], className="target-columns"),
            html.Div([_part(part) for part in page.parts], className="target-parts"),
        ]
    )


def _standing(page: TargetPage) -> Component:
    card = page.card
    said = [html.P(text) for text in (card.sure, card.progress, card.pace) if text]
    picture = (
        [
            svg_figure(page.chart, wide=700, heading="Against the path"),
            html.P(picture_links(f"/figure/targets{{}}?target={quote(page.card.key)}"), className="downloads"),
        ]
        if page.chart
        else [html.P(card.standing)]
    )
    return html.Section(
        [html.H2("Where it stands"), *picture, *said], className="card-map", **aria(label="Where it stands")
    )


def _side(page: TargetPage) -> Component:
    card = page.card
    beside = [html.H2("Beside it"), html.P(_beside(page))] if page.process else []
    return html.Section(
        [
            html.H2("Who and why"), _facts(card), html.P(page.definition, className="quiet"),
            *beside,
            html.H2("History"), _history(page.history),
            html.P(html.A("Change this target", href=f"{_page(card)}&edit=1", className="button-link")),
        ],
        className="panel target-side", **aria(label="Who, why and history"),
    )  # fmt: skip


def _beside(page: TargetPage) -> list[Component | str]:
    if page.beside is None:
        return [f"{page.process} is watched beside it; it has no target of its own yet."]
    return [html.A(page.beside.name, href=_page(page.beside)), ": ", page.beside.standing]


def _history(rows: Sequence[HistoryRow]) -> Component:
    return html.Ol(
        [
            html.Li([html.P([html.Strong(row.when), f", {row.who}"]), html.P(row.changed), html.P(f"Why: {row.why}.")])
            for row in rows
        ],
        className="history", reversed="reversed",
    )  # fmt: skip


def _part(part: Part) -> Component:
    if not part.rows:
        return html.Section([html.H2(part.title), html.P(part.missing)])
    body = [
        html.Tr(
            [
                html.Th(row.name, scope="row"), html.Td(row.said), html.Td(row.status or "–"),
                html.Td(html.A([row.link, html.Span(f" for {row.name}", className="visually-hidden")], href=row.href)),
            ]
        )
        for row in part.rows
    ]  # fmt: skip
    head = html.Tr(
        [html.Th(name, scope="col") for name in ("Name", "In the newest complete window", "Target", "Go on")]
    )
    table = html.Table([html.Caption(part.title), html.Thead(head), html.Tbody(body)], className="text-table")
    scroll = html.Div(table, className="table-scroll", tabIndex=0, role="region", **aria(label=part.title))
    return html.Section([html.H2(part.title), scroll])


def _page(card: TargetCard) -> str:
    return AskedTargets(target=card.key).address("/targets")
