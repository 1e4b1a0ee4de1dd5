"""My agency: what the meeting would see of a partner's numbers, comments on them, referrals, and a funder's table."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.views.choices import Choice
from dashboard.views.funder_tables import COLUMNS as FUNDER_COLUMNS
from dashboard.views.funder_tables import funder_rows
from dashboard.views.my_agency import CommentRow, MyAgency, Said
from dashboard.views.my_agency_numbers import COLUMNS
from layouts.components.aria import aria
from layouts.components.figure import text_table
from layouts.components.posted import menu_field, posted, submit
from layouts.ids import Agency
from layouts.staff.bring_numbers_partner import build_links

PATH = "/bring-numbers/agency"
REMARK, HOLD = "remark", "hold"
HOW = (
    (REMARK, "A remark for the coalition"),
    (HOLD, "Hold until we have talked: the meeting sees that you have a question about this"),
)
ANSWERED, SETTLED = "answered", "settled"
ANSWERS = ((ANSWERED, "An answer; the question stands"), (SETTLED, "We have talked: it is settled"))
MEETING = "What the meeting sees now, by today's agreements"
LONGEST = 1200


def build_agency(page: MyAgency) -> Component:
    """The page of one partner."""
    bring = [html.A("Bring numbers, or report none this month", href=f"/bring-numbers/partner?partner={page.partner}")]
    return html.Div(
        [
            html.P(["Bring numbers / ", page.name], className="eyebrow"),
            html.H1(page.headline, className="headline headline-large"),
            *([html.P(bring)] if page.steward else []),
            html.H2("Before the meeting"),
            *_numbers(page),
            *_talk(page),
            html.H2("What became of your referrals" if page.steward else "What became of their referrals"),
            *_referrals(page),
            html.H2("For a funder"),
            *_funder(page),
        ],
        className="bring agency",
    )


def build_agencies(partners: Sequence[Choice]) -> Component:
    """The page before it is known which partner is meant."""
    none = html.P("There is no partner whose page you may open. An administrator adds partners and stewards.")
    return html.Div(
        [
            html.P("Bring numbers", className="eyebrow"),
            html.H1("Which partner's numbers do you want to see as the meeting sees them?",
                    className="headline headline-large"),
            build_links(partners, PATH) if partners else none,
        ]
    )  # fmt: skip


def skeleton() -> Component:
    """The page without words: every id with the component it names."""
    return build_agency(MyAgency("", "", (), steward=True, tables=(Choice("", ""),)))


def _numbers(page: MyAgency) -> list[Component]:
    if not page.numbers:
        return [html.P("Nothing is reported yet, or nothing of it may be seen.")]
    head = COLUMNS if page.steward else COLUMNS[:-1]
    return [text_table(head, [each.row(steward=page.steward) for each in page.numbers], MEETING)]


def _talk(page: MyAgency) -> list[Component]:
    """The form of the steward, and what was said so far: for the partner and whoever answers for the coalition."""
    if not (page.steward or page.answers):
        return []
    said = [html.Ol([_comment(page, one) for one in page.comments], className="history")] if page.comments else [
        html.P("Nothing was said yet.")
    ]  # fmt: skip
    return [
        html.Div(
            [
                *([_form(page)] if page.steward else []),
                html.Section([html.H2("What was said"), *said], className="way"),
            ],
            className="ways agency-talk",
        )
    ]


def _form(page: MyAgency) -> Component:
    return html.Section(
        [
            html.H2("Say something about a number"),
            html.P("The coalition reads and answers it. Nothing is hidden by it, unless your agreement says so."),
            posted(
                [
                    _choice("about", "About", page.about, Agency.ABOUT),
                    menu_field("how", "How", HOW, Agency.HOW),
                    _words("words", "Your words (never of a single person)", Agency.WORDS),
                    submit("Say it"),
                ],
                f"/agency/{quote(page.partner)}/comment", label="Say something about a number",
            ),
        ],
        className="way",
    )  # fmt: skip


def _comment(page: MyAgency, one: CommentRow) -> Component:
    return html.Li(
        [
            html.P([html.Strong(one.about), f" · {one.said.byline}"]),
            html.P(f"“{one.said.words}”"),
            *(_said(answer) for answer in one.answers),
            html.P(one.standing.capitalize(), className="quiet"),
            *([] if one.status == SETTLED else _settle(page, one)),
        ]
    )


def _said(answer: Said) -> Component:
    words = f"“{answer.words}”" if answer.words else "Settled."
    return html.P([words, f" — {answer.byline}"], className="answer")


def _settle(page: MyAgency, one: CommentRow) -> list[Component]:
    at = f"/agency/{quote(page.partner)}"
    found: list[Component] = []
    if page.answers:
        label = f"Answer comment {one.number}"
        found.append(html.Details([html.Summary(label), posted(
            [
                html.Label([html.Span("Answer", className="control-label"),
                            dbc.Textarea(name="words", maxLength=LONGEST)], className="control"),
                html.Label([html.Span("Where it stands", className="control-label"),
                            dbc.Select(name="status", options=[{"value": value, "label": words}
                                                               for value, words in ANSWERS], value=ANSWERED)],
                           className="control"),
                submit("Answer"),
            ],
            f"{at}/answer/{one.number}", label=label,
        )]))  # fmt: skip
    if page.steward:
        found.append(posted([submit("It is settled", quiet=True)], f"{at}/settle/{one.number}",
                            label=f"Settle comment {one.number}"))  # fmt: skip
    return found


def _referrals(page: MyAgency) -> list[Component]:
    if page.flows is None or not page.flows.rows:
        return [html.P(page.referrals)]
    head, rows = page.flows.table()
    return [html.P(page.referrals), text_table(head, rows, "Referrals from and to this partner")]


def _funder(page: MyAgency) -> list[Component]:
    if not page.tables:
        return [html.P("No funder's table is defined.")]
    links = [
        html.Li(html.A(each.label, href=f"{PATH}?partner={quote(page.partner)}&table={quote(each.value)}",
                       **(aria(current="true") if each.value == page.chosen else {})))
        for each in page.tables
    ]  # fmt: skip
    tables = html.Nav(html.Ul(links, className="inline-links"), **aria(label="Funders' tables"))
    if page.table is None:
        return [tables, html.P("Nothing is reported yet that this table asks for.")]
    href = f"/csv/funder-table.csv?partner={quote(page.partner)}&table={quote(page.table.id)}"
    return [
        tables, html.P(page.table.sentence), text_table(FUNDER_COLUMNS, funder_rows(page.table), page.table.title),
        html.Ul([html.Li(note) for note in page.table.notes], className="quiet"),
        html.P(html.A("Download this table (CSV)", href=href, className="download", download=f"{page.table.id}.csv")),
    ]  # fmt: skip


def _choice(name: str, label: str, choices: Sequence[Choice], id_: str) -> Component:
    """A native menu with groups: a heading opens one."""
    groups: list[Component] = []
    for choice in choices:
        if choice.heading:
            groups.append(html.Optgroup([], label=choice.label))
        else:
            groups[-1].children.append(html.Option(choice.label, value=choice.value))
    field = html.Select(groups, id=id_, name=name, className="form-select")
    return html.Div([html.Label(label, htmlFor=id_, className="control-label"), field], className="control")


def _words(name: str, label: str, id_: str) -> Component:
    field = dbc.Textarea(id=id_, name=name, maxLength=LONGEST, required=True)
    return html.Div([html.Label(label, htmlFor=id_, className="control-label"), field], className="control")
