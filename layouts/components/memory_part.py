"""What we said about this: what the coalition remembers of what a page shows, and a form that adds a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.meetings import About
from dashboard.meetings.rules import LONGEST, ROLES
from dashboard.views.meeting_page import MeetingRow
from dashboard.views.meeting_record import OVERDUE
from dashboard.views.meeting_remembered import ActionRow, Remembered
from dashboard.views.memory import Said
from layouts.components.entry_history import entry_history
from layouts.components.posted import menu_field, posted, submit
from layouts.components.written import written
from layouts.ids import Memory

TITLE = "What we said about this"
NOTHING = "Nothing was written down about this yet."
WRITE = "Write a note about this"
MOST_ACTIONS = 5
OTHERS = (("decision", "a decision"), ("action", "an action"), ("story", "a story"))
NO_NAMES = "Write down roles, never names."


@dataclass(frozen=True)
class Writing:
    """Who may add what: the coalition whose memory it is, what the page shows, and the times to choose from.

    `subjects` are the indicators to choose from where a page shows several.
    """

    coalition: str
    about: About
    times: Sequence[tuple[str, str]] = ()
    subjects: Sequence[tuple[str, str]] = ()


def memory_part(said: Sequence[Said], writing: Writing | None) -> list[Component]:
    """The entries, newest first, and for whoever may write a form."""
    told = html.Ul([_item(one) for one in said], className="remembered") if said else html.P(NOTHING, className="quiet")
    return [html.H2(TITLE), told, *([_form(writing)] if writing else [])]


def decided_part(found: Remembered, following: MeetingRow | None) -> list[Component]:
    """What the last meeting decided and what became of it, and the next meeting."""
    actions = [html.Li([html.Div([html.Span(row.status, className=state_css(row)), written(row.text)],
                                 className="action-head"),
                        html.P(f"{row.owner}, due {row.due}", className="quiet")])
               for row in found.actions[:MOST_ACTIONS]]  # fmt: skip
    more = [html.A("See the last meeting", href=found.href)] if found.href else []
    more += [html.A("What changed since then", href=f"/what-changed?since={found.known}")] if found.known else []
    ahead = [html.A(f"Open {following.title}, {following.day}", href=following.open_href)] if following else []
    decided = html.Ul([html.Li(written(text)) for text in found.decisions], className="decisions")
    links = html.P([part for link in (*more, *ahead) for part in (link, " ")], className="add-links")
    lists = [*([decided] if found.decisions else []), *([html.Ul(actions, className="remembered")] if actions else [])]
    return [html.H2("What was decided"), html.P(found.sentence), *lists, links]


def state_css(row: ActionRow) -> str:
    """The look of an action's mark: an overdue one stands out by its border as well as by its word."""
    return "status status-behind" if row.status == OVERDUE else "status"


def _item(one: Said) -> Component:
    about = html.Span(f" of this {one.kind.lower()}", className="visually-hidden")
    meeting: list[Component | str] = [" ", html.A(["See the meeting", about], href=one.href)] if one.href else []
    head = html.Div([html.Span(one.kind, className="status"), written(one.text)], className="action-head")
    return html.Li(
        id=f"said-{one.id}",
        children=[
            head,
            html.P([one.detail, *meeting], className="quiet"),
            *entry_history(one.history, f"this {one.kind.lower()}"),
        ],
    )


def _subjects(writing: Writing) -> list[Component]:
    """What a note may speak of, where a page shows several things."""
    return [menu_field("indicator", "What it speaks of", writing.subjects, Memory.ABOUT)] if writing.subjects else []


def _form(writing: Writing) -> Component:
    unseen = {name: value for name, value in vars(writing.about).items() if value}
    fields = [html.Textarea(id=Memory.TEXT, name="text", rows=3, maxLength=LONGEST, className="form-control")]
    roles = [("", "Choose a role"), *((role, role) for role in ROLES)]
    told = urlencode(unseen)
    others = [
        html.A(f"Write down {words}", href=f"/memory/{writing.coalition}/{kind}?{told}") for kind, words in OTHERS
    ]
    form = posted(
        [
            *(dbc.Input(type="hidden", name=name, value=value) for name, value in unseen.items()),
            html.Div([html.Label("What was said", htmlFor=Memory.TEXT, className="control-label"), *fields],
                     className="control"),
            *_subjects(writing),
            menu_field("period", "Which time it speaks of", writing.times, Memory.PERIOD),
            menu_field("role", "Who said it, by role", roles, Memory.ROLE),
            html.P(NO_NAMES, className="quiet"), submit("Save the note"),
        ],
        f"/memory/{writing.coalition}/note", label=WRITE,
    )  # fmt: skip
    links = html.P([part for link in others for part in (link, " ")], className="add-links")
    return html.Details([html.Summary(WRITE), form, links], className="twin")
