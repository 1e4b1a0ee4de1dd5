"""Meetings: the next one, what is open, the past ones, what the community asked for; and one meeting."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.meetings import Conduct, Decision, Entry, Meeting, Memory, Note, Request, Story
from dashboard.meetings.plain_text import in_one_line
from dashboard.views.entry_history import history_of
from dashboard.views.meeting_page import AgendaRow, MeetingRow, MeetingsPage, OneMeeting
from dashboard.views.meeting_remembered import PATH, ActionRow
from dashboard.views.words import day_words
from layouts.components.coalition_tabs import coalition_tabs
from layouts.components.entry_history import entry_history
from layouts.components.memory_part import state_css
from layouts.components.posted import posted, submit
from layouts.components.written import written

AGENDA_FIRST = "A meeting has an agenda of screens, one question each. It opens with what was decided before."
STORIES_MEANING = (
    "Told by role and with consent, of an area and a quarter. A story can be withdrawn at any time: then its words are "
    "gone from here and from every version. Exports leave stories out."
)


def build_meetings(page: MeetingsPage, *, may_write: bool, may_call: bool, may_publish: bool = False) -> Component:
    """The page of a coalition's meetings."""
    return html.Div(
        [
            coalition_tabs(PATH),
            html.H1(page.headline, className="headline headline-large"),
            html.P(page.name, className="quiet"),
            *_first_steps(page),
            html.P(_link("Call a meeting", page.coalition, "meeting"), hidden=not may_call),
            html.Div([*(_meeting_card(row, "Open the meeting") for row in page.coming)], className="meeting-cards"),
            *_section("Actions that are open", action_list(page.open_actions, page.coalition, may_write=may_write)),
            *_section("Past meetings", [_past(page.past)] if page.past else []),
            html.H2("You said, we did"),
            *_requests(page, may_write=may_write, may_publish=may_publish),
            *_stories(page, may_write=may_write),
            html.H2("Code of conduct"),
            written(page.conduct.text) if page.conduct else html.P("No code of conduct has been written down yet."),
            html.P(_link("Change the code of conduct", page.coalition, "conduct", id="conduct"), hidden=not may_call),
            *(going_out(page.conduct, may_publish=may_publish) if page.conduct else []),
            *_history(page.memory, Conduct, "conduct"),
        ],
        className="meetings",
    )


def build_meeting_page(page: OneMeeting, coalition: str, *, may_write: bool, may_call: bool) -> Component:
    """The page of one meeting."""
    back = page.row.href
    return html.Div(
        [
            coalition_tabs(PATH),
            html.P(html.A("All meetings", href=f"{PATH}?{urlencode({'coalition': coalition})}"), className="quiet"),
            html.H1(f"{page.row.title}, {page.row.day}", className="headline headline-large"),
            html.P([page.own.sentence, " ", page.known] if page.held else page.known),
            html.P(html.A("Replay it as it was" if page.held else "Open the meeting", href=page.row.open_href,
                          className="button-link")),
            html.Div(
                [
                    html.Section([html.H2("Agenda"), _agenda(page.agenda), html.P(
                        _link("Change the agenda", coalition, "meeting", id=page.meeting.id, back=back),
                        hidden=not may_call)]),
                    html.Section([html.H2("Decided"), _decisions(page, coalition, may_write=may_write),
                                  html.H2("Actions"),
                                  *(action_list(page.own.actions, coalition, may_write=may_write, back=back)
                                    or [html.P("None was agreed.")]),
                                  *_more(page, coalition, may_write=may_write)]),
                ],
                className="meeting-columns",
            ),
            *_history(page.memory, Meeting, page.meeting.id),
            *_section("Notes", [note_item(note, page.memory) for note in page.notes]),
            html.H2("What it opened with" if page.held else "What it opens with"),
            html.P(page.before.sentence),
            *action_list(page.before.actions, coalition, may_write=may_write, back=back),
        ],
        className="meetings",
    )  # fmt: skip


def action_list(
    rows: Sequence[ActionRow], coalition: str, *, may_write: bool, back: str = ""
) -> list[Component]:  # fmt: skip
    """Actions, each with its owner, its last day, how it stands and what became of it; nothing where there are none."""
    if not rows:
        return []
    return [html.Ul([_action(row, coalition, may_write=may_write, back=back) for row in rows], className="actions")]


def note_item(note: Note, memory: Memory) -> Component:
    """A note with the role of whoever said it."""
    said = html.P(f"{note.role}, {day_words(note.on)}", className="quiet")
    return html.Article([written(note.text), said, *_history(memory, Note, note.id)])


def _action(row: ActionRow, coalition: str, *, may_write: bool, back: str) -> Component:
    change = _link("Change", coalition, "action", hear=f" the action: {row.text[:60]}", id=row.id, back=back)
    return html.Li(
        [
            html.Div([html.Span(row.status, className=state_css(row)), written(row.text)], className="action-head"),
            html.P([f"{row.owner}, due {row.due}. ", *([change] if may_write else [])], className="quiet"),
            *([written(row.outcome)] if row.outcome else []),
            *entry_history(row.history, f"the action: {row.text[:60]}"),
        ]
    )


def _first_steps(page: MeetingsPage) -> list[Component]:
    return [] if page.coming or page.past else [html.P(AGENDA_FIRST)]


def _section(title: str, parts: Sequence[Component]) -> list[Component]:
    return [html.H2(title), *parts] if parts else []


def _meeting_card(row: MeetingRow, words: str) -> Component:
    return html.Article(
        [html.H2(html.A(row.title, href=row.href)), html.P(row.day),
         html.P(html.A([words, html.Span(f": {row.title}", className="visually-hidden")], href=row.open_href,
                       className="button-link"))],
        className="card-number",
    )  # fmt: skip


def _past(rows: Sequence[MeetingRow]) -> Component:
    def item(row: MeetingRow) -> Component:
        replay = html.A(["Replay", html.Span(f" {row.title}", className="visually-hidden")], href=row.open_href)
        return html.Li([html.A(f"{row.title}, {row.day}", href=row.href), f". {row.sentence} ", replay])

    return html.Ul([item(row) for row in rows], className="changes")


def _agenda(rows: Sequence[AgendaRow]) -> Component:
    if not rows:
        return html.P("It has no screens yet.")
    return html.Ol([
        html.Li([html.Strong(row.question), f" {row.shows}", f", {row.minutes} minutes" if row.minutes else "",
                 *([html.P(row.fault, className="fault")] if row.fault else [])])
        for row in rows
    ], className="agenda")  # fmt: skip


def _decisions(page: OneMeeting, coalition: str, *, may_write: bool) -> Component:
    if not page.decisions:
        return html.P("Nothing was decided." if page.held else "Nothing has been decided yet.")

    def item(id_: str, text: str) -> Component:
        change = _link("Change", coalition, "decision", hear=" this decision", id=id_, back=page.row.href)
        return html.Li([written(text), *([html.P(change, className="quiet")] if may_write else []),
                        *_history(page.memory, Decision, id_)])  # fmt: skip

    return html.Ol([item(id_, text) for id_, text in page.decisions], className="decisions")


def _more(page: OneMeeting, coalition: str, *, may_write: bool) -> list[Component]:
    if not may_write:
        return []
    named = {"meeting": page.meeting.id, "back": page.row.href}
    links = (("Add a decision", "decision"), ("Add an action", "action"), ("Add a note", "note"))
    return [html.P([part for words, kind in links for part in (_link(words, coalition, kind, **named), " ")],
                   className="add-links")]  # fmt: skip


def _requests(page: MeetingsPage, *, may_write: bool, may_publish: bool) -> list[Component]:
    def item(one: Request) -> Component:
        answered = f"We did ({one.outcome}):" if one.answer else f"Not answered yet ({one.outcome})."
        change = _link("Answer" if not one.answer else "Change", page.coalition, "request",
                       hear=f" the request: {one.text[:60]}", id=one.id)  # fmt: skip
        return html.Article(
            [html.H3("You said"), written(one.text), html.P(f"{one.role}, {day_words(one.on)}", className="quiet"),
             html.H3(answered), *([written(one.answer)] if one.answer else []),
             *([html.P(change)] if may_write else []), *_history(page.memory, Request, one.id),
             *(going_out(one, may_publish=may_publish) if one.answer else [])], className="card-number request",
        )  # fmt: skip

    nothing = [] if page.requests else [html.P("Nobody of the community has asked for anything here yet.")]
    add = [html.P(_link("Add a request of the community", page.coalition, "request"))] if may_write else []
    return [*nothing, html.Div([item(one) for one in page.requests], className="meeting-cards"), *add]


def going_out(entry: Request | Conduct, *, may_publish: bool) -> list[Component]:
    """Whether an entry goes out with the next release, and the button that lets it, or takes it back."""
    kind = "conduct" if isinstance(entry, Conduct) else "request"
    now = "Goes out with the next release." if entry.public else "Not public."
    if not may_publish:
        return [html.P(now, className="quiet")]
    unseen = {"id": entry.id, "version": str(entry.version), "public": "" if entry.public else "yes"}
    button = submit("Take it back" if entry.public else "Make it public", quiet=True)
    hidden = [dbc.Input(type="hidden", name=name, value=value) for name, value in unseen.items()]
    form = posted([*hidden, button], f"/memory/{entry.coalition}/public/{kind}",
                  label=f"{now} {in_one_line(entry.text)[:60]}")  # fmt: skip
    return [html.P(now, className="quiet"), form]


def _stories(page: MeetingsPage, *, may_write: bool) -> list[Component]:
    add = [html.P(_link("Add a story", page.coalition, "story"))] if may_write else []
    if not page.stories and not add:
        return []
    told = [story_item(one, page.memory, may_write=may_write) for one in page.stories]
    return [html.H2("Stories"), html.P(STORIES_MEANING, className="quiet"), *told, *add]


def story_item(story: Story, memory: Memory, *, may_write: bool) -> Component:
    """A story with its role and time, and the button that withdraws it."""
    withdraw = posted([submit("Withdraw this story", quiet=True)], f"/memory/{story.coalition}/withdraw/{story.id}",
                      label=f"Withdraw a story of {day_words(story.on)}")  # fmt: skip
    said = html.P(f"{story.role}, {story.about.period}", className="quiet")
    return html.Article([html.Blockquote(written(story.text)), said, *([withdraw] if may_write else []),
                         *_history(memory, Story, story.id)])  # fmt: skip


def _history(memory: Memory, kind: type[Entry], id_: str) -> list[Component]:
    return entry_history(history_of(memory, kind, id_), f"this {kind.__name__.lower()}")


def _link(words: str, coalition: str, kind: str, *, hear: str = "", **named: str) -> Component:
    """A link to the form of one kind of entry."""
    told = urlencode({name: value for name, value in named.items() if value})
    more = [html.Span(hear, className="visually-hidden")] if hear else []
    return html.A([words, *more], href=f"/memory/{coalition}/{kind}" + (f"?{told}" if told else ""))
