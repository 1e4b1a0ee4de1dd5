"""Numbers that were revised between two releases, read by somebody who kept the first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from releases_world import World, declared, made, numbers

from dashboard.disclosure import Policy, Tables, protect
from dashboard.domain import Level
from dashboard.releases.build import ReleaseRefused
from dashboard.releases.declare import DeclaredTable
from dashboard.releases.file import write_release
from dashboard.releases.known import Known
from dashboard.releases.reading import ReleaseReader
from dashboard.releases.release import Structure
from dashboard.releases.revised import before

FIVE = Policy(5, "hidden", "a test")
STATE, ASH, BIRCH, CEDAR = (("deaths", "residence", "", "county", place, "2022") for place in ("s", "a", "b", "c"))
SUMS = [(STATE, (ASH, BIRCH, CEDAR))]
NOW = {STATE: 45, ASH: 16, BIRCH: 2, CEDAR: 27}


def told(state: int | None, ash: int | None) -> Structure:
    """A release that showed the state and Ash, and hid Birch and Cedar."""
    return Structure([(STATE, "five", state), (ASH, "five", ash), (BIRCH, "five", None), (CEDAR, "five", None)], SUMS)


def named(key: tuple[str, ...], release: int = 1) -> tuple[str, ...]:
    return (f"deaths@{release}", *key[1:])


def test_a_release_that_still_holds_adds_nothing() -> None:
    assert before(NOW, [(1, told(45, 16))]).sums == []


def test_what_was_revised_is_a_number_of_its_own_and_tied_to_what_stayed() -> None:
    found = before(NOW, [(1, told(40, 11))])
    assert found.counts == {named(STATE): 40, named(ASH): 11}
    assert found.sums == [(named(STATE), (named(ASH), BIRCH, CEDAR))]
    assert found.shown == {named(STATE), named(ASH)}


def test_what_was_hidden_then_is_as_near_to_today_as_what_was_shown_allows() -> None:
    found = before(NOW, [(1, told(43, 16))])
    (changed,) = found.hidden
    assert found.counts[changed] == NOW[("deaths", *changed[1:])] - 2


def test_each_release_has_numbers_of_its_own() -> None:
    found = before(NOW, [(1, told(40, 11)), (3, told(41, 12))])
    assert {found.counts[named(STATE, 1)], found.counts[named(STATE, 3)]} == {40, 41}


def test_a_revised_number_that_is_hidden_now_is_not_told_by_two_totals() -> None:
    """40 less 11 was left for the others; who supposes that those were not revised takes it from 45 and has the 16."""
    tables = Tables.of(NOW, SUMS)
    known = Known(tables, SUMS, frozenset({ASH}), [(1, told(40, 11))])
    hidden = {}
    for name, system in (("is", known.as_it_is()), ("was", known.as_it_was())):
        expected = np.full(len(system.tables), 10.0)
        found = protect(system.tables, FIVE, expected=expected, hidden=system.hidden, known=system.known)
        hidden[name] = bool(found.hidden[0])
    assert hidden == {"is": False, "was": True}


def test_a_number_that_is_out_is_refused_with_the_release_that_tells_it(tmp_path: Path) -> None:
    """The area was 35 and its largest town 31: the area without that town would be a hidden 4 that everybody knows."""
    ash, cedar, dover = "2500100001", "2500100003", "2500100004"
    world = World({ash: (10, 11, 10), cedar: (1, 0, 0), dover: (1, 1, 1)}, areas={"area-1": (ash, cedar, dover)})
    tables = declared(DeclaredTable((Level.TOWN, Level.PLANNING_AREA), "3 years"))
    first = made(world, told=tables)
    assert (numbers(first, "planning_area")["area-1"], numbers(first, "town")[ash]) == (35, 31)
    edited = replace(world, areas={"area-1": (cedar, dover)})
    assert numbers(made(edited, told=tables), "planning_area")["area-1"] is None
    reader = ReleaseReader(write_release(first.release, tmp_path))
    with pytest.raises(ReleaseRefused, match=r"area-1, 2022-2024 has to be hidden, and release 1 tells it already"):
        made(edited, [reader], number=2, told=tables)
