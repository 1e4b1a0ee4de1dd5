"""A partner's own page: three ways to bring numbers, and everything it brought, each with its undo."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.views.bring_numbers_partner import LoadRow, PartnerPage
from dashboard.views.choices import Choice
from dashboard.views.words import day_words
from layouts.components.posted import menu_field, posted, submit, text_field
from layouts.ids import BringPartner

ROWS = 4
BASES = (("occurrence", "where it happened"), ("residence", "where the person lives"))
LATER = "A later load speaks of the same numbers and keeps what it says: undo the newest first, or this one anyway."
AGENCY = "/bring-numbers/agency"
PATH = "/bring-numbers/partner"
EXERCISE = "This store holds the demonstration: what you bring here counts as demonstration data."


def build_partner(page: PartnerPage) -> Component:
    """The page."""
    return html.Div(
        [
            html.P(["Bring numbers / ", page.name], className="eyebrow"),
            html.H1(page.headline, className="headline headline-large"),
            *([html.P(EXERCISE, className="quiet")] if page.demonstration else []),
            html.P(
                html.A("My agency: what the meeting sees of these numbers", href=f"{AGENCY}?partner={page.partner}")
            ),
            *_just_saved(page),
            html.Div([html.Div([_file(page), _none(page)], className="ways-stack"), _numbers(page)], className="ways"),
            html.H2("What was brought"),
            *_history(page),
        ],
        className="bring",
    )


def build_choice(partners: Sequence[Choice]) -> Component:
    """The page before it is known whose numbers are brought."""
    return html.Div(
        [
            html.P("Bring numbers", className="eyebrow"),
            html.H1("Whose numbers do you bring?", className="headline headline-large"),
            build_links(partners),
        ]
    )


def build_links(partners: Sequence[Choice], path: str = PATH) -> Component:
    """A link to each partner's own page under a path."""
    if not partners:
        return html.P("There is no partner whose numbers you may bring. An administrator adds partners and stewards.")
    if not partners[0].heading:
        return _links(partners, path)
    starts = [at for at, each in enumerate(partners) if each.heading]
    groups = [partners[start:end] for start, end in pairwise([*starts, len(partners)])]
    return html.Div(
        [
            html.Details(
                [html.Summary(f"{heading.label}: {len(own)} partners"), _links(own, path)], className="partner-group"
            )
            for heading, *own in groups
        ]
    )


def _links(partners: Sequence[Choice], path: str) -> Component:
    links = [html.Li(html.A(each.label, href=f"{path}?partner={each.value}")) for each in partners]
    return html.Ul(links, className="partner-links")


def _just_saved(page: PartnerPage) -> list[Component]:
    newest = next((load for load in page.loads if load.number == page.newest and not load.undone), None)
    if newest is None:
        return []
    return [posted([submit("Undo", quiet=True)], _undo(page, newest), label="Undo what was just saved")]


def _file(page: PartnerPage) -> Component:
    return html.Section(
        [
            html.H2("A file"),
            html.P("Any spreadsheet with counts by town and month. You see what it would do before it is saved."),
            posted(
                [
                    html.Div(
                        [
                            html.Label("Spreadsheet", htmlFor=BringPartner.FILE, className="control-label"),
                            dbc.Input(id=BringPartner.FILE, name="file", type="file", required=True),
                        ],
                        className="control",
                    ),
                    submit("Read the file"),
                ],
                f"/upload/{page.partner}", file=True, label="Bring a file",
            ),
            html.P(html.A("Template with your towns and measures", href=f"/upload/{page.partner}/template.xlsx",
                          className="download")),
        ],
        className="way",
    )  # fmt: skip


def _numbers(page: PartnerPage) -> Component:
    towns = html.Datalist([html.Option(value=town) for town in page.towns], id=BringPartner.TOWNS)
    rows = [part for number in range(1, ROWS + 1) for part in _row(number)]
    return html.Section(
        [
            html.H2("A few numbers"),
            html.P("Without a file. A zero is a number; leave a town out when you do not know."),
            posted(
                [
                    menu_field("measure", "What was counted", _pairs(page.measures), BringPartner.MEASURE),
                    menu_field("period", "When", _pairs(page.periods), BringPartner.PERIOD),
                    menu_field("basis", "The town is", BASES, BringPartner.BASIS),
                    towns, html.Div(rows, className="pairs"),
                    submit("Look at them"),
                ],
                f"/upload/{page.partner}/numbers", label="Type a few numbers",
            ),
        ],
        className="way",
    )  # fmt: skip


def _row(number: int) -> list[Component]:
    return [
        text_field(f"town{number}", f"Town {number}", BringPartner[f"TOWN_{number}"], suggestions=BringPartner.TOWNS),
        text_field(f"number{number}", f"Number {number}", BringPartner[f"NUMBER_{number}"]),
    ]


def _none(page: PartnerPage) -> Component:
    return html.Section(
        [
            html.H2("None this month"),
            html.P("A true zero: you looked, and there was none. It is saved at once; Undo takes it back."),
            posted(
                [
                    menu_field("measure", "What there was none of", _pairs(page.reported or page.measures),
                               BringPartner.NONE_MEASURE),
                    menu_field("period", "When", _pairs(page.periods), BringPartner.NONE_PERIOD),
                    submit("None this month"),
                ],
                f"/upload/{page.partner}/none", label="Report none this month",
            ),
        ],
        className="way",
    )  # fmt: skip


def _history(page: PartnerPage) -> list[Component]:
    if not page.loads:
        return [html.P("Nothing yet.")]
    return [html.Ol([_load(page, load) for load in page.loads], className="history")]


def _load(page: PartnerPage, load: LoadRow) -> Component:
    what = load.file_name if load.how == "file" else load.how
    action = [] if load.undone else [_undo_form(page, load)]
    return html.Li(
        [
            html.P([html.Strong(what), f" · {day_words(load.when.date())} · {load.who} · load {load.number}"]),
            html.P(load.changed),
            *([html.P(f"“{load.word}”")] if load.word else []),
            *([html.P(load.undone, className="quiet")] if load.undone else []),
            *action,
        ],
        className="undone" if load.undone else "",
    )


def _undo_form(page: PartnerPage, load: LoadRow) -> Component:
    if load.number == page.later:
        button = submit(f"Undo load {load.number} anyway", quiet=True)
        forms = [html.P(LATER, className="said-bad", role="alert"), posted([button], _undo(page, load, anyway=True))]
        return html.Div(forms)
    return posted([submit(f"Undo load {load.number}", quiet=True)], _undo(page, load))


def _undo(page: PartnerPage, load: LoadRow, *, anyway: bool = False) -> str:
    return f"/upload/{page.partner}/undo/{load.number}{'?anyway=yes' if anyway else ''}"


def _pairs(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(choice.value, choice.label) for choice in choices if not choice.heading]


def skeleton() -> Component:
    """The page without words: every id with the component it names."""
    return build_partner(PartnerPage("", "", (), (), (), (), ()))
