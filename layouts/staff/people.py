"""People: accounts with their roles, a form that gives a role, and the audit log with its filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.views.choices import Choice
from dashboard.views.people_page import (
    LOG_COLUMNS,
    OFFICER,
    PATH,
    ROLE_MEANING,
    ROLE_WORDS,
    AccountRow,
    AskedLog,
    Held,
    LogPage,
    PeoplePage,
)
from layouts.components.aria import aria
from layouts.components.coalition_tabs import coalition_tabs
from layouts.components.controls import menu
from layouts.components.figure import text_table
from layouts.components.posted import menu_field, posted, submit, text_field
from layouts.ids import People

OFFICER_WORDS = "member from law enforcement: is shown releases instead of live numbers"
ACCOUNT_WORDS = "Account (small letters and digits, or an e-mail address)"
LINK_WORDS = "A link signs in once, within 15 minutes, as this person: hand it over in person."
READ_ONLY = "You read this page; an administrator changes it."
REMOVED = "Removed accounts"


def build_people(page: PeoplePage) -> Component:
    """The page."""
    gone = [row for row in page.rows if row.removed]
    return html.Div(
        [
            coalition_tabs(PATH),
            html.H1(page.headline, className="headline headline-large"),
            *([] if page.may_change else [html.P(READ_ONLY, className="quiet")]),
            html.Div([_accounts(page), *([_give(page)] if page.may_change else [])], className="ways"),
            *([_removed(gone)] if gone else []),
            _log(page.log),
        ],
        className="bring people",
    )


def skeleton() -> Component:
    """The page without words: every id with the component it names."""
    return build_people(PeoplePage((), LogPage(AskedLog(), (), 0, 1, ()), may_change=True))


def _accounts(page: PeoplePage) -> Component:
    rows = [_account(row, page.may_change) for row in page.standing]
    none = html.P("There are no accounts yet. The first one has to be an administrator.")
    return html.Section(
        [html.H2("Who may do what"), html.Ol(rows, className="history") if rows else none], className="way"
    )


def _account(row: AccountRow, may_change: bool) -> Component:
    officer = " · from law enforcement" if row.law_enforcement else ""
    last = f"last signed in {row.signed_in}" if row.signed_in else "never signed in"
    name = [html.Strong(row.name), f" · {row.account}"] if row.name != row.account else [html.Strong(row.account)]
    return html.Li(
        [
            html.P([*name, officer]),
            html.P(f"Since {row.since} · {last}", className="quiet"),
            *([_held(row, held, may_change) for held in row.roles] or [html.P("No role: may do nothing.")]),
            *([_whole(row)] if may_change and row.may_change else []),
        ]
    )


def _held(row: AccountRow, held: Held, may_change: bool) -> Component:
    if not (may_change and held.may_take):
        return html.P(held.words, className="role")
    named = {"account": row.account, "role": held.role, "coalition": held.coalition, "partner": held.partner}
    label = f"Take {held.words} back from {row.account}"
    take = posted([submit("Take back", quiet=True)], f"/people/take?{urlencode(named)}", label=label)
    return html.Div([html.Span(held.words), take], className="role")


def _whole(row: AccountRow) -> Component:
    """What is done to the whole account, folded away: neither is undone by a click."""
    named = urlencode({"account": row.account})
    link = posted([submit("Make a link", quiet=True)], f"/people/link?{named}", label=f"Make a link for {row.account}")
    gone = posted([submit("Remove the account", quiet=True)], f"/people/remove?{named}", label=f"Remove {row.account}")
    return html.Details(
        [
            html.Summary(f"Link and removal for {row.account}"),
            html.P(LINK_WORDS, className="quiet"),
            html.Div([link, gone], className="side-by-side"),
        ]
    )


def _give(page: PeoplePage) -> Component:
    roles = [(role.value, f"{ROLE_WORDS[role]}: {meaning}") for role, meaning in ROLE_MEANING.items()]
    roles.insert(1, (OFFICER, OFFICER_WORDS))
    known = html.Datalist([html.Option(value=row.account) for row in page.standing], id=People.KNOWN)
    return html.Section(
        [
            html.H2("Add an account or give a role"),
            html.P("An account that is there already gets one more role."),
            posted(
                [
                    text_field("account", ACCOUNT_WORDS, People.ACCOUNT, suggestions=People.KNOWN), known,
                    text_field("name", "Name on screen (for a new account)", People.NAME),
                    menu_field("role", "Role", roles, People.ROLE),
                    menu_field("coalition", "Where", _pairs(page.coalitions), People.COALITION),
                    menu_field("partner", "Whose numbers (for a steward)", _pairs(page.partners), People.PARTNER),
                    submit("Give the role"),
                ],
                "/people/add", label="Add an account or give a role",
            ),
        ],
        className="way",
    )  # fmt: skip


def _removed(rows: Sequence[AccountRow]) -> Component:
    told = [(row.account, row.name, row.since, row.signed_in or "never", row.removed) for row in rows]
    head = ("Account", "Name", "Since", "Last signed in", "Removed")
    return html.Details([html.Summary(f"{REMOVED} ({len(rows)})"), text_table(head, told, REMOVED)], className="twin")


def _log(log: LogPage) -> Component:
    turns = [html.A(words, href=address) for words, address in (("Newer", log.newer), ("Older", log.older)) if address]
    return html.Section(
        [
            html.H2("What was changed or refused", id=People.LOG),
            _checked(log),
            _filters(log),
            html.P(log.sentence),
            *([text_table(LOG_COLUMNS, log.rows, "Audit log, the newest first")] if log.rows else []),
            *([html.Nav(html.P(turns, className="inline-links"), **aria(label="Pages of the log"))] if turns else []),
        ]
    )


def _checked(log: LogPage) -> Component:
    if log.checked:
        return html.P(log.checked, className="said-good" if log.good else "said-bad", role="status")
    return html.P(html.A("Check whether anybody touched the log", href=log.asked.address(check="yes")))


def _filters(log: LogPage) -> Component:
    asked = log.asked
    options, kind, _ = menu(log.kinds, asked.kind)
    fields = [
        _field("Account", dbc.Input(id=People.LOG_PERSON, name="person", type="text", value=asked.person,
                                    maxLength=120, autocomplete="off")),
        _field("What", dbc.Select(id=People.LOG_KIND, name="kind", options=options, value=kind)),
        _field("From", dbc.Input(id=People.LOG_FIRST, name="first", type="date", value=asked.first)),
        _field("To", dbc.Input(id=People.LOG_LAST, name="last", type="date", value=asked.last)),
    ]  # fmt: skip
    return html.Form(
        [html.Div(fields, className="controls"), submit("Show these", quiet=True)], action=PATH, method="GET",
        className="log-filters", **aria(label="Which records"),
    )  # fmt: skip


def _field(label: str, field: Component) -> Component:
    named: Any = field
    return html.Div([html.Label(label, htmlFor=named.id, className="control-label"), field], className="control")


def _pairs(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(choice.value, choice.label) for choice in choices]
