"""Bring numbers: the first steps, and every source with its dates, its licence and what was taken of it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.views.bring_numbers import SourceStatus, Step, first_steps
from dashboard.views.choices import Choice
from dashboard.views.source import ViewReader
from dashboard.views.words import day_words
from layouts.components.figure import text_table
from layouts.staff.bring_numbers_partner import AGENCY, build_links

READABLE = ("Source", "What it is", "Publisher", "Licence")
WAYS = "Choose the partner to bring a file, to type a few numbers, or to report none this month."
FETCHED = ("Feed", "Last tried", "Ended", "In words")


def build_bring_numbers(
    steps: Sequence[Step],
    statuses: Sequence[SourceStatus],
    readable: Sequence[tuple[str, str, str, str]],
    newest: str,
    *,
    partners: Sequence[Choice] = (),
    fetched: Sequence[tuple[str, str, str, str]] = (),
) -> Component:
    """The page: what to do next, whose numbers to bring, what is here, how fetches ended, what can be read."""
    done = sum(step.done for step in steps)
    headline = _headline(len(statuses), newest)
    return html.Div(
        [
            html.P("Bring numbers", className="eyebrow"),
            html.H1(headline, className="headline headline-large"),
            *([_steps(steps)] if done < len(steps) else []),
            *([html.H2("A partner's numbers"), html.P(WAYS), build_links(partners)] if partners else []),
            html.P(html.A("My agency: a partner's numbers as the meeting sees them", href=AGENCY), className="set-off"),
            *([html.H2("What is here"), *(_source(status) for status in statuses)] if statuses else []),
            *([html.H2("Fetched by network"), text_table(FETCHED, fetched, "Last attempts")] if fetched else []),
            html.H2("What can be read"),
            html.P("Load these files as their publishers wrote them; each is recognised by its content."),
            text_table(READABLE, list(readable), "Sources that can be loaded"),
        ]
    )


def _headline(sources: int, newest: str) -> str:
    if not sources:
        return "Nothing is loaded yet: four steps bring the first map."
    reach = f"the newest numbers reach to {newest}" if newest else "none of them counts events yet"
    here = "1 source is here" if sources == 1 else f"{sources} sources are here"
    return f"{here}; {reach}."


def build_first_steps(reader: ViewReader, page: str) -> Component:
    """What an empty store opens with."""
    return html.Div(
        [
            html.P(page, className="eyebrow"),
            html.H1("Nothing is loaded yet: four steps bring the first map.", className="headline headline-large"),
            _steps(first_steps(reader)),
            html.P(["To look around first, make the example in an empty store: ", html.Code("coalition demo")]),
        ]
    )


def _steps(steps: Sequence[Step]) -> Component:
    return html.Ol(
        [
            html.Li(
                [
                    html.H2([step.title, html.Span(" done" if step.done else "", className="step-mark")]),
                    html.P(step.why),
                    html.Code(step.command),
                ],
                className="step step-done" if step.done else "step",
            )
            for step in steps
        ],
        className="steps",
    )


def _source(status: SourceStatus) -> Component:
    facts = (
        ("Published", f"{day_words(status.as_of)} ({status.age_days:,} days ago)"),
        ("Covers", status.covers),
        ("Publisher", status.publisher),
        ("Licence", status.licence),
        ("Rows accepted", f"{status.rows_accepted:,}"),
        ("Rows not counted", f"{status.rows_refused:,}"),
        ("Loaded", f"{day_words(status.loaded_on)}, {status.loads} file{'' if status.loads == 1 else 's'}"),
        ("Last file", status.file_name),
    )
    return html.Article(
        [
            html.H3(status.title),
            html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="facts"),
            *_notes(status.notes),
        ],
        className="source",
    )


def _notes(notes: Sequence[str]) -> list[Component]:
    if not notes:
        return []
    summary = html.Summary(f"{len(notes)} note{'' if len(notes) == 1 else 's'} from loading")
    return [html.Details([summary, html.Ul([html.Li(note) for note in notes])], className="twin")]
