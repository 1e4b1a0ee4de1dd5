"""Each kind of entry as a form: its fields with what is known, and the entry that was posted with them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from callbacks import meeting_fields as fields
from callbacks import meeting_reading as reading
from callbacks.meeting_fields import Told, written
from callbacks.permissions import Permission
from callbacks.sign_in import own_path
from dashboard.errors import InvalidQuery
from dashboard.meetings import About, Action, Conduct, Decision, Entry, Meeting, Note, Request, Story
from dashboard.meetings.plain_text import cleaned
from dashboard.store.meetings import entry_of
from dashboard.store.workspace import Workspace
from dashboard.views.meeting_remembered import PATH, meeting_href
from dashboard.views.source import ViewReader
from layouts.staff.meeting_form import Field, FormPage, hidden

ABOUT = ("indicator", "place", "target", "period", "address")
DATED = (Decision, Action, Note)
"""Kinds that say which time they speak of; it may be the day on which they are written down."""
LONGEST_ABOUT = 300
ROLES_ONLY = "Write down roles, never names."
STORY = (
    "A story belongs to whoever lived it. It is kept with consent alone, speaks of an area and a quarter and never "
    "of a town or a day, names nobody, and can be withdrawn at any time."
)
GOES_OUT = (
    "What is already public stays so in its release. What you save here is looked at again by somebody who publishes "
    "before it goes out."
)
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True)
class Form:
    """One kind of entry: its table's class, its name, who may write it, and the fields it has of its own."""

    kind: type[Entry]
    word: str
    headline: str
    needed: Permission
    sentences: tuple[str, ...]
    fields: Callable[[ViewReader, Told, bool], list[Field]]
    read: Callable[[Told, date], dict[str, Any]]

    def page(self, workspace: Workspace, coalition: str, told: Told) -> FormPage:
        """The form with what an address or an earlier post told, or what is known of an entry it names."""
        known = entry_of(workspace.engine, self.kind, coalition, told.get("id", ""))
        if known and "version" not in told:
            told = _told(known) | dict(told)
        reader, back = workspace.reader(), told.get("back") and own_path(told["back"])
        unseen = hidden(id=told.get("id") or self.new_id, version=told.get("version", ""), back=back or "",
                        meeting=told.get("meeting", ""))  # fmt: skip
        headline = f"Change the {self.word}" if known else self.headline
        return FormPage(
            headline, headline, (*self._speaks_of(reader, told), *self.sentences),
            f"/memory/{coalition}/{self.kind.__name__.lower()}", f"Save the {self.word}",
            back or f"{PATH}?coalition={coalition}",
            (*unseen, *self.fields(reader, told, known is not None), *self._about(told)),
            fields.screen_rows(reader, coalition, told) if self.kind is Meeting else (), "Agenda",
        )  # fmt: skip

    @property
    def new_id(self) -> str:
        """The id of an entry that is not there yet: posting the same form twice keeps one entry."""
        return "conduct" if self.kind is Conduct else secrets.token_hex(8)

    def afterwards(self, entry: Entry) -> str:
        """Where an entry is seen once it is saved."""
        meeting = entry.id if isinstance(entry, Meeting) else getattr(entry, "meeting", "")
        return meeting_href(entry.coalition, meeting) if meeting else f"{PATH}?coalition={entry.coalition}"

    def _about(self, told: Told) -> list[Field]:
        """What an entry speaks of goes along unseen, except where it is chosen."""
        chosen = ("place", "period") if self.kind is Story else ("period",) if self.kind in DATED else ()
        when = [fields.when(told)] if self.kind in DATED else []
        return [*when, *hidden(**{name: told.get(name, "") for name in ABOUT if name not in chosen})]

    def _speaks_of(self, reader: ViewReader, told: Told) -> tuple[str, ...]:
        indicator = reader.registry.indicators.get(told.get("indicator", ""))
        place = told.get("place", "")
        known = place in reader.gazetteer.number or place in reader.gazetteer.set_by_id
        about = [indicator.name if indicator else "", reader.gazetteer.name(place) if known else ""]
        if self.kind is Story:
            about = about[:1]
        return (f"About: {', '.join(filter(None, about))}.",) if any(about) else ()


def read_entry(form: Form, coalition: str, told: Told, known: Entry | None, *, today: date) -> Any:
    """The entry that was posted: a new one, or a known one with its changes; InvalidQuery for what cannot be read."""
    id_ = told.get("id") or form.new_id
    if not ID.fullmatch(id_):
        raise InvalidQuery("This form does not fit the dashboard; open it again.")
    version = told.get("version", "")
    given = form.read({name: cleaned(text) for name, text in told.items()}, today)
    about = About(**{name: cleaned(told.get(name, ""))[:LONGEST_ABOUT] for name in ABOUT})
    if known is not None and version:
        kept = {} if isinstance(known, Story) else {"on": known.on} if hasattr(known, "on") else {}
        return replace(known, **{**given, **kept}, about=about, version=int(version) if version.isdigit() else 0)
    return form.kind(coalition=coalition, id=id_, about=about, **given)


def _told(entry: Entry) -> dict[str, str]:
    """An entry as its form would post it."""
    found = {name: written(value) for name, value in vars(entry).items() if name not in ("about", "agenda")}
    if isinstance(entry, Meeting):
        for number, item in enumerate(entry.agenda, 1):
            found |= {f"{name}{number}": written(value) for name, value in vars(item).items()}
        found["agenda"] = "known"
    return found | vars(entry.about)


KINDS: Mapping[str, Form] = {
    "meeting": Form(Meeting, "meeting", "Call a meeting", Permission.CONVENE, (), fields.meeting, reading.meeting),
    "decision": Form(
        Decision, "decision", "Write down a decision", Permission.NOTE, (), fields.decision, reading.decision
    ),
    "action": Form(Action, "action", "Write down an action", Permission.NOTE, (), fields.action, reading.action),
    "note": Form(Note, "note", "Write down a note", Permission.NOTE, (ROLES_ONLY,), fields.note, reading.note),
    "story": Form(Story, "story", "Write down a story", Permission.NOTE, (STORY,), fields.story, reading.story),
    "request": Form(
        Request,
        "request",
        "Write down what the community asked for",
        Permission.NOTE,
        (ROLES_ONLY, GOES_OUT),
        fields.request,
        reading.request,
    ),
    "conduct": Form(
        Conduct,
        "code of conduct",
        "Write the code of conduct",
        Permission.CONVENE,
        (GOES_OUT,),
        fields.conduct,
        reading.conduct,
    ),
}
