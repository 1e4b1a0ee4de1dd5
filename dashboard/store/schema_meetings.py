"""The tables of meetings and of what they leave behind.

Each has one row per coalition, entry and version: the whole entry as it was saved, by whom and when; the highest
version holds, and none is changed afterwards, except that a story that is withdrawn loses its text in every version.
`about` says what an entry speaks of; times are UTC and naive.
"""

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, String, Table, Text, false

from dashboard.store.schema import metadata


def _entries(name: str, *columns: Column[Any]) -> Table:
    """A table of entries: what every entry has, and its own columns."""
    return Table(
        name,
        metadata,
        Column("coalition_id", String(64), primary_key=True),
        Column("id", String(64), primary_key=True),
        Column("version", Integer, primary_key=True),
        Column("about", JSON, nullable=False),
        *columns,
        Column("who", Text, nullable=False),
        Column("saved_at", DateTime, nullable=False),
    )


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _day(name: str) -> Column[Any]:
    return Column(name, Date, nullable=False)


# The agenda is a list of screens: kind, question, address, partner, minutes.
meeting = _entries("meeting", _text("title"), _day("held_on"), Column("as_of", Date),
                   Column("agenda", JSON, nullable=False))  # fmt: skip

decision = _entries("decision", _text("text"), _day("on"), _text("meeting"))

# status: open, done or dropped.
action = _entries("action", _text("text"), _text("owner"), _day("due"), _day("on"), _text("meeting"),
                  Column("status", String(16), nullable=False), _text("outcome"))  # fmt: skip

# role: by whom it was said, never a name.
note = _entries("note", _text("text"), _text("role"), _day("on"), _text("meeting"))

# Not exported unless whoever told it consented to that too.
story = _entries("story", _text("text"), _text("role"), _day("on"), Column("consent_on", Date), _text("consent_by"),
                 Column("exported", Boolean, nullable=False), Column("withdrawn_on", Date))  # fmt: skip


def _going_out() -> tuple[Column[Any], Column[Any]]:
    """The language of the words, and whether somebody who publishes let this version go out."""
    return (Column("language", String(8), nullable=False, server_default="en"),
            Column("public", Boolean, nullable=False, server_default=false()))  # fmt: skip


# outcome: heard, under way, done or not possible.
request = _entries("community_request", _text("text"), _text("role"), _day("on"), _text("answer"),
                   Column("answered_on", Date), Column("outcome", String(16), nullable=False),
                   *_going_out())  # fmt: skip

conduct = _entries("code_of_conduct", _text("text"), *_going_out())
