"""Publish: preview of the next release, two names, and the list of releases."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.views.choices import Choice
from dashboard.views.publish_page import (
    PREVIEW_COLUMNS,
    RELEASE_COLUMNS,
    Preview,
    PublishPage,
    TextOf,
    preview_rows,
    preview_sentence,
    texts_sentence,
)
from layouts.components.aria import aria
from layouts.components.coalition_tabs import coalition_tabs
from layouts.components.controls import menu
from layouts.components.figure import text_table
from layouts.components.written import written
from layouts.ids import Publish

PATH = "/our-coalition/publish"
LOOK_EVERY_MS = 1000
NOTHING = (
    "There is no release yet. A release is a fixed, dated and numbered set of tables: protected, checked, and then "
    "never changed."
)
WITHDRAW_WORDS = (
    "A withdrawn release is shown no more. Copies of it may exist, so later releases are still checked together "
    "with it."
)


def build_publish(page: PublishPage) -> Component:
    """The page before anybody asks for a preview."""
    return html.Div(
        [
            coalition_tabs(PATH),
            html.H1(page.headline, id=Publish.NOW, className="headline headline-large"),
            html.P(html.A("Agreements: what may be shown to whom", href="/our-coalition/agreements")),
            html.H2("What the next release would show"),
            html.P("Counts every declared table, hides what could point to a person, and checks that it stays hidden."),
            html.Div(
                [
                    html.Button("Preview the next release", id=Publish.PREVIEW, type="button", className="button"),
                    html.Button("Stop", id=Publish.STOP, type="button", className="button button-plain", disabled=True),
                ],
                className="controls",
            ),
            html.Div(id=Publish.SHOWN, className="preview-of-release", role="status", **aria(live="polite")),
            dcc.Store(id=Publish.LOOKED_AT),
            dcc.Store(id=Publish.JOB, data=""),
            dcc.Interval(id=Publish.CLOCK, interval=LOOK_EVERY_MS, disabled=True),
            _form(page),
            html.H2("Releases"),
            html.Div(build_releases(page), id=Publish.RELEASES),
            _withdraw(page),
        ]
    )


def skeleton() -> Component:
    """The page without words: every id with the component it names."""
    return build_publish(PublishPage((), demonstration=True))


def build_preview(preview: Preview) -> list[Component]:
    """What the next release would show and hide, and what changed since the last one."""
    if not preview.rows:
        return [html.P(preview_sentence(preview), className="headline")]
    return [
        html.P(preview_sentence(preview), className="headline"),
        html.Ul([html.Li(sentence) for sentence in preview.changes]),
        text_table(PREVIEW_COLUMNS, preview_rows(preview), "What is hidden, and why"),
        html.H3("Texts that go out"),
        html.P(texts_sentence(preview)),
        html.Div([_going_out(text) for text in preview.texts], className="meeting-cards"),
    ]


def _going_out(text: TextOf) -> Component:
    said = [written(text.text), *([html.H5("We did"), written(text.answer)] if text.answer else [])]
    warning = [html.P(text.warning, className="fault")] if text.warning else []
    return html.Article(
        [html.H4(text.headline), html.Div(said, lang=text.language), *warning], className="card-number request"
    )


def build_releases(page: PublishPage) -> list[Component]:
    """Every release there was."""
    return [text_table(RELEASE_COLUMNS, page.rows, "Releases, the newest first")] if page.rows else [html.P(NOTHING)]


def build_progress(sentence: str, share: float) -> list[Component]:
    """How far long work is."""
    bar = html.Progress(max="100", value=str(round(100 * share)), className="progress-bar-wide",
                        **aria(label="Progress of the release"))  # fmt: skip
    return [html.P(f"{sentence} …", className="said-good"), bar]


def build_said(sentence: str, *, good: bool) -> Component:
    """What became of a button."""
    return html.P(sentence, className="said-good" if good else "said-bad")


def standing(page: PublishPage) -> list[Choice]:
    """Releases that can be withdrawn."""
    return [Choice(str(row.number), f"Release {row.number}") for row in page.releases if not row.withdrawn_on]


def _form(page: PublishPage) -> Component:
    fields = [_text(Publish.MADE_BY, "Your name"), _text(Publish.APPROVED_BY, "Name of the second person")]
    return html.Form(
        [
            html.Fieldset(
                [html.Legend("Publish it"), html.P(page.second_person), html.Div(fields, className="controls")]
            ),
            html.Button("Publish", id=Publish.WRITE, type="button", className="button"),
            html.Div(id=Publish.SAID, className="said", role="status", **aria(live="polite")),
        ],
        className="aim", **aria(label="Publish a release"),
    )  # fmt: skip


def _withdraw(page: PublishPage) -> Component:
    options, value, _ = menu([Choice("", "None"), *standing(page)], "")
    chosen = html.Div(
        [
            html.Label("Release", htmlFor=Publish.GONE, className="control-label"),
            dbc.Select(id=Publish.GONE, options=options, value=value),
        ],
        className="control",
    )
    body: Sequence[Component] = [
        html.P(WITHDRAW_WORDS),
        html.Div([chosen, _text(Publish.REASON, "Why")], className="controls"),
        html.Button("Withdraw", id=Publish.WITHDRAW, type="button", className="button"),
        html.Div(id=Publish.WITHDRAWN, className="said", role="status", **aria(live="polite")),
    ]
    return html.Details([html.Summary("Withdraw a release"), html.Form(body, className="aim")], className="twin")


def _text(id_: Publish, label: str) -> Component:
    return html.Div(
        [
            html.Label(label, htmlFor=id_, className="control-label"),
            dbc.Input(id=id_, type="text", value="", maxLength=120, autocomplete="off"),
        ],
        className="aim-field",
    )
