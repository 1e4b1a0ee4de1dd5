"""What was said stands where it belongs for whoever may read it, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from steward_at_work import ATHOL, TODAY

from callbacks.staff.said import said_on_map
from dashboard.meetings import About, Note
from dashboard.people import Grant, Person, Role, act_as
from dashboard.store.meetings import save_entry
from dashboard.store.workspace import Workspace

STATE = {"indicator": "overdose_death_rate_any_drug", "within": "25"}


@pytest.fixture(scope="module")
def remembering(bringing: Workspace) -> Workspace:
    note = Note(coalition="quabbin", id="n-athol", text="The shelter moved.", role="resident", on=TODAY,
                about=About(place=ATHOL))  # fmt: skip
    save_entry(bringing.engine, note, who="ann", now=datetime(2026, 1, 3, 12))
    return bringing


@contextmanager
def reading(coalition: str) -> Iterator[None]:
    with act_as(Person("ann", "Ann", (Grant(Role.MEMBER, coalition),))):
        yield


def test_a_member_sees_the_mark_and_a_member_of_another_coalition_none(remembering: Workspace) -> None:
    with reading("quabbin"):
        assert [mark["words"] for mark in said_on_map(remembering, STATE)] == ["1 note"]
    with reading("elsewhere"):
        assert said_on_map(remembering, STATE) == []


def test_before_it_was_said_the_map_has_no_mark(remembering: Workspace) -> None:
    with reading("quabbin"):
        assert said_on_map(remembering, STATE | {"as_of": "2020-01-01"}) == []
