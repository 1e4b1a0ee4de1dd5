"""The form of one entry of the coalition's memory: a plain page that needs no script and keeps what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.staff.meeting_screen import templates


@dataclass(frozen=True)
class Field:
    """One field. `kind` is line, text, day, number, choice, tick or hidden; `options` are (value, words)."""

    name: str
    label: str
    kind: str = "line"
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    required: bool = False
    most: int = 120


@dataclass(frozen=True)
class FormPage:
    """A form: its headline, what it means, where it is posted, its fields, and rows of more (the agenda's screens)."""

    title: str
    headline: str
    sentences: tuple[str, ...]
    action: str
    save: str
    back: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Field, ...], ...] = ()
    rows_title: str = ""


def build_form(css: str, page: FormPage, refused: str) -> str:
    """The whole document; `refused` says what is wrong with what was posted ("" at first)."""
    return templates().get_template("entry.html").render(page=page, css=css, refused=refused)


def hidden(**values: str) -> Sequence[Field]:
    """Fields that are posted and not seen; empty ones are left out."""
    return [Field(name, "", "hidden", value) for name, value in values.items() if value]
