"""The page of a brought file: choices, problems, what would change, and only then the button that saves."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.views.bring_numbers_check import (
    CHANGE_HEAD,
    COLUMN_HEAD,
    MOST_ROWS,
    PROBLEM_HEAD,
    AskedQuestion,
    FileCheck,
    TableSeen,
)
from layouts.components.figure import text_table
from layouts.components.posted import menu_field, posted, submit
from layouts.ids import BringCheck

AGAIN = {
    "changed": "Somebody else saved meanwhile: this is what it would do now. Look again, then save.",
    "word": "Write a word about what is unusual first: it is kept with the numbers.",
}
NOT_KEPT = "Nothing of this file was kept."


def build_check(check: FileCheck) -> Component:
    """The page, in the order in which a person deals with it."""
    return html.Div(
        [
            html.P(["Bring numbers / ", _back(check)], className="eyebrow"),
            html.H1(check.headline, className="headline headline-large"),
            *([html.P(AGAIN[check.said], className="said-bad", role="alert")] if check.said in AGAIN else []),
            *([html.P(NOT_KEPT, className="quiet")] if not check.kept else []),
            *_problems(check),
            *_questions(check),
            *_save(check),
            *_changes(check),
            *_understood(check),
            *([html.H2("Worth knowing"), html.Ul([html.Li(note) for note in check.notes])] if check.notes else []),
            *_leave(check),
        ],
        className="bring",
    )


def _back(check: FileCheck) -> Component:
    return html.A(check.partner_name, href=f"/bring-numbers/partner?partner={check.partner}")


def _problems(check: FileCheck) -> list[Component]:
    if not check.problems:
        return []
    return [
        html.H2("What to put right"),
        text_table(PROBLEM_HEAD, check.problems[:MOST_ROWS], "Every problem, with its sheet and cell"),
        *_shortened(len(check.problems)),
        html.P(["Correct the file and ", html.Strong("bring it again"), "; nothing was saved."]),
    ]


def _questions(check: FileCheck) -> list[Component]:
    if not check.questions:
        return []
    fields = [_question(number, question) for number, question in enumerate(check.questions, start=1)]
    form = posted([*fields, submit("Use these answers")], _action(check, "answer"), label="Choices about this file")
    return [html.H2("Choices only you can make"), form]


def _question(number: int, question: AskedQuestion) -> Component:
    return html.Div(
        [
            menu_field(f"q.{question.id}", question.text, question.options, BringCheck[f"QUESTION_{number}"]),
            html.P(question.why, className="quiet"),
        ],
        className="question",
    )


def _save(check: FileCheck) -> list[Component]:
    if not check.savable:
        return []
    action = f"{_action(check, 'save')}?seen={check.seen}"
    word = _word(check.unusual) if check.unusual else []
    return [posted([*word, submit("Save these numbers")], action, label="Save these numbers")]


def _word(unusual: Sequence[str]) -> list[Component]:
    return [
        html.H2("This is unusual"),
        html.Ul([html.Li(sentence) for sentence in unusual]),
        html.Label("What happened? It is kept with the numbers.", htmlFor=BringCheck.WORD, className="control-label"),
        html.Textarea(
            id=BringCheck.WORD, name="word", rows=2, maxLength=600, required=True, className="form-control word"
        ),
    ]


def _changes(check: FileCheck) -> list[Component]:
    if not check.changes:
        return []
    return [
        html.H2("What it would do"),
        text_table(CHANGE_HEAD, check.changes, "Numbers that are new, changed or taken away"),
        *_shortened(sum(count for kind, count in check.counts.items() if kind != "unchanged")),
    ]


def _understood(check: FileCheck) -> list[Component]:
    if not check.tables:
        return []
    known = "It has the layout of an earlier file and is read the same way." if check.remembered else ""
    tables = [part for table in check.tables for part in _table(table, known=check.remembered)]
    return [html.H2("How it was understood"), *([html.P(known)] if known else []), *tables]


def _table(table: TableSeen, *, known: bool) -> list[Component]:
    """The columns of a table with what they were taken for; folded where they are read as in an earlier month."""
    shown = text_table(COLUMN_HEAD, table.columns, f"Columns of {table.title}")
    summary = html.Summary(f"{table.title}: {table.sentence}")
    return [html.Details([summary, shown], className="twin", open=not known)]


def _leave(check: FileCheck) -> list[Component]:
    words = "Discard" if check.savable or check.questions else "Back without saving"
    return [posted([submit(words, quiet=True)], _action(check, "discard"))]


def _shortened(rows: int) -> list[Component]:
    return [html.P(f"The first {MOST_ROWS} of {rows:,} rows.", className="quiet")] if rows > MOST_ROWS else []


def _action(check: FileCheck, what: str) -> str:
    return f"/upload/{check.partner}/{check.token}/{what}"


def skeleton() -> Component:
    """The page without words: every id with the component it names."""
    asked = tuple(AskedQuestion(str(number), "A choice", (), "") for number in range(3))
    return build_check(FileCheck("", "", "", "", questions=asked, unusual=("",), savable=True))
