"""People: who may do what, and the audit log. Forms post to callbacks/people_posts.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import Dash
from dash.development.base_component import Component

from callbacks.permissions import Permission, may, needs
from callbacks.query import read_as
from dashboard.errors import InvalidQuery
from dashboard.people import Grant, Person
from dashboard.periods import parse_day
from dashboard.store.audit_log import Wanted, actions, kept_head, look, signed_in_last, verify
from dashboard.store.people import list_accounts
from dashboard.store.workspace import Workspace
from dashboard.views.choices import Choice
from dashboard.views.people_page import (
    ROWS_A_PAGE,
    AccountRow,
    AskedLog,
    Held,
    LogPage,
    PeoplePage,
    account_row,
    checked_words,
    held_role,
    log_row,
)
from layouts.staff.people import build_people

DONE = {
    "added": "Done: {} has the role.", "taken": "Done: the role is taken back from {}.",
    "removed": "Done: the account {} is removed. The audit log keeps its name.",
}  # fmt: skip
"""What is said after a form, by the name in the address; {} is the account."""


@needs(Permission.READ_LOG)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page; its address names which records to look at, and what was just done to which account."""
    reader = workspace.reader()
    names = [(str(row["id"]), str(row["name"])) for row in reader.coalitions if governs(str(row["id"]))]
    everywhere = [Choice("", "In every coalition")] if governs("") else []
    partners = sorted(
        (str(row["name"]), str(row["id"])) for row in reader.cube.partners if governs(str(row["coalition_id"]))
    )
    rows = accounts(workspace)
    return build_people(PeoplePage(
        rows, log_page(workspace, read_as(AskedLog, values)), may(Permission.MANAGE_PEOPLE),
        tuple([*everywhere, *(Choice(id_, f"In {name}") for id_, name in names)]),
        (Choice("", "Nobody's"), *(Choice(id_, name) for name, id_ in partners)), said(values, rows),
    ))  # fmt: skip


def register(app: Dash, workspace: Workspace) -> None:
    """This page has no callbacks."""


def governs(coalition: str) -> bool:
    """Whether whoever asks says who may do what in a coalition ("": in every one)."""
    return may(Permission.MANAGE_PEOPLE, coalition=coalition)


def may_change(person: Person) -> bool:
    """Whether whoever asks may act for a whole account: make a link, remove it. It may hold no right that they lack."""
    return may(Permission.MANAGE_PEOPLE) and all(governs(grant.coalition) for grant in person.grants)


def accounts(workspace: Workspace) -> tuple[AccountRow, ...]:
    """Every account, its roles, and when it last signed in."""
    last, reader = signed_in_last(workspace.engine), workspace.reader()
    names = {str(row["id"]): str(row["name"]) for row in (*reader.coalitions, *reader.cube.partners)}

    def held(grants: Sequence[Grant]) -> tuple[Held, ...]:
        return tuple(held_role(grant, names, may_take=governs(grant.coalition)) for grant in grants)

    return tuple(
        account_row(one.person, one.made_at, one.removed_at, signed_in=last.get(one.person.account, ""),
                    roles=held(one.person.grants))
        for one in list_accounts(workspace.engine)
    )  # fmt: skip


def log_page(workspace: Workspace, asked: AskedLog) -> LogPage:
    """One page of the log; InvalidQuery for a day or a page that is none."""
    if asked.page and not (asked.page.isascii() and asked.page.isdigit() and 0 < int(asked.page[:9]) < 10**8):
        raise InvalidQuery("The page of the log is not a number.")
    days = [parse_day(day).isoformat() if day else "" for day in (asked.first, asked.last)]
    page = int(asked.page or 1)
    wanted = Wanted(asked.person.strip().lower(), asked.kind, *days)
    found, count = look(workspace.engine, wanted, most=ROWS_A_PAGE, skip=(page - 1) * ROWS_A_PAGE)
    kinds = tuple(Choice(name, name.capitalize()) for name in actions(workspace.engine))
    checked, good = check(workspace) if asked.check else ("", True)
    every = (Choice("", "Everything"), *kinds)
    return LogPage(asked, tuple(map(log_row, found)), count, page, every, checked, good)


def check(workspace: Workspace) -> tuple[str, bool]:
    """Whether anybody touched the log, in words: every record is read, also against the end kept beside the store."""
    kept = kept_head(workspace.home)
    faults = verify(workspace.engine, *([kept] if kept else []))
    return checked_words(faults), not faults


def said(values: Mapping[str, str], rows: Sequence[AccountRow]) -> str:
    """What was just done; nothing for an account that is not there."""
    account = values.get("of", "")
    known = any(row.account == account for row in rows)
    return DONE[values["done"]].format(account) if known and values.get("done") in DONE else ""
