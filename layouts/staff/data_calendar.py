"""The calendar of data: what is late, what comes, what public sources bring, and a text to remind each partner."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.views.data_calendar import COLUMNS, DataCalendar, Reminder
from layouts.components.aria import aria
from layouts.components.coalition_tabs import coalition_tabs
from layouts.components.figure import text_table

PATH = "/our-coalition/calendar"
LINES = 16


def build_data_calendar(page: DataCalendar) -> Component:
    """The whole page."""
    return html.Div(
        [
            coalition_tabs(PATH),
            html.H1(page.headline, className="headline headline-large"),
            *_table("Late", page.late, "Late, the oldest first"),
            *_table("Due in the next three months", page.coming, "By the day they are due"),
            *_reminders(page.reminders),
            *_table("Public sources", page.sources, "Public sources, by their usual delay"),
            html.P(["Who brings what, and when, is kept in the register ",
                    html.A("Who reports when", href="/our-coalition/registers?register=reporting"),
                    ". Without a promise, the shortest period a partner has brought so far counts, due 30 days after "
                    "its end."], className="quiet"),
        ]
    )  # fmt: skip


def _table(title: str, rows: Sequence[tuple[str, ...]], caption: str) -> list[Component]:
    return [html.H2(title), text_table(COLUMNS, rows, caption)] if rows else []


def _reminders(reminders: Sequence[Reminder]) -> list[Component]:
    if not reminders:
        return []
    words = "A text to copy into a message. Nothing is sent from here."
    return [html.H2("Reminders"), html.P(words), *(_reminder(one) for one in reminders)]


def _reminder(one: Reminder) -> Component:
    """A text in a field that can be read and copied and not changed."""
    field = html.Textarea(one.text, readOnly="readOnly", rows=LINES, className="form-control reminder",
                          **aria(label=f"Reminder for {one.name}"))  # fmt: skip
    return html.Details([html.Summary(one.name), field], className="twin")
