"""Whoever kept an old release reads it beside the new one: revised numbers, an edited area, a withdrawn release."""

import copy
from pathlib import Path

import numpy as np
import pytest
from attack_notebook import Cell, Notebook, joined
from attack_publish import publish, read_numbers, site
from attack_solve import attack
from attack_system import GUESSES
from attack_verdict import Recovered, led_astray, recovered
from attack_worlds import World, happen, world

from dashboard.releases.shelf import withdraw


def revised(made: World, *, seed: int) -> World:
    """Some counts of one town were corrected, one town moved to the next planning area."""
    other = copy.deepcopy(made)
    rng = np.random.default_rng(seed)
    again = copy.deepcopy(made)
    happen(again, rng)
    town = made.towns[int(rng.integers(len(made.towns)))]
    kept = {event: count for event, count in made.events.items() if event[1] != town}
    other.events = kept | {event: count for event, count in again.events.items() if event[1] == town}
    first, second, *_ = [*made.areas, *made.areas]
    if first != second and len(made.areas[first]) > 1:
        moved = made.areas[first][-1]
        other.areas |= {first: made.areas[first][:-1], second: (moved, *made.areas[second])}
    return other


def from_both(books: list[Notebook], worlds: list[World]) -> list[Recovered]:
    """What two releases give away together, and each of them alone."""
    for book, made in zip(books, worlds, strict=True):
        book.open_groups = made.open_groups
    out = []
    for whole, made in ((books[0], worlds[0]), (books[1], worlds[1])):
        out += recovered(attack(whole), truth_of(whole, made), unpromised=whole.standing_in)
    both = joined(books)
    for guesses in (GUESSES, GUESSES[1:]):  # that hidden numbers were not revised, and that they may have been
        found = attack(both, guesses=guesses)
        truth = {cell: worlds[0 if "@" not in "".join(cell[:2]) else 1].truth(cell) for cell in (*both.cells, *found)}
        astray = led_astray(found, truth)
        out += [each for each in recovered(found, truth, unpromised=both.standing_in) if each.cell not in astray]
    return out


def truth_of(book: Notebook, made: World) -> dict[Cell, int]:
    less = [cell._replace(series=f"{whole} less {part}") for part, whole in book.among for cell in book.cells
            if cell.series == part]  # fmt: skip
    return {cell: made.truth(cell) for cell in (*book.cells, *less)}


def two_releases(seed: int, home: Path, *, taken_back: bool = False) -> list[Recovered]:
    first = world(seed)
    second = revised(first, seed=seed)
    folder = publish(first, home)
    books = [read_numbers(site(folder))]
    if taken_back:
        withdraw(folder, 1, reason="a test", on="2019-03-02")
    publish(second, home, number=2, earlier=[1])
    books.append(read_numbers(site(folder)))
    return from_both(books, [first, second])


@pytest.mark.parametrize("seed", [1, 5, 9])
def test_a_revised_release_and_the_one_before_give_nothing_away_together(seed: int, tmp_path: Path) -> None:
    assert two_releases(seed, tmp_path) == []


@pytest.mark.parametrize("seed", [6])
def test_a_withdrawn_release_that_somebody_kept_gives_nothing_away(seed: int, tmp_path: Path) -> None:
    assert two_releases(seed, tmp_path, taken_back=True) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(600, 660))
def test_many_revised_releases_give_nothing_away(seed: int, tmp_path: Path) -> None:
    assert two_releases(seed, tmp_path, taken_back=seed % 2 == 0) == []
