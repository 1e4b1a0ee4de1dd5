"""Whoever kept an old release reads it beside the new one: revised numbers, an edited area, a withdrawn release."""

import copy
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
from attack_notebook import Cell, Notebook, joined
from attack_publish import publish, read_numbers, site
from attack_solve import attack
from attack_system import GUESSES, LEAST
from attack_verdict import Recovered, led_astray, recovered
from attack_worlds import AMONG, World, happen, world

from dashboard.releases.build import ReleaseRefused
from dashboard.releases.known import Known
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


def corrected(made: World, *, seed: int) -> World:
    """A few records came late or were taken back: one to three towns have a person or two more, or one less."""
    other, rng = copy.deepcopy(made), np.random.default_rng(seed)
    known = sorted(event for event in made.events if event[0] not in AMONG and event[3])
    for at in rng.integers(len(known), size=rng.integers(1, 4)):
        measure, *rest, sex = known[at]
        inside = [part for part, whole in AMONG.items() if whole == measure]
        everybody = any(other.events.get((part, *rest, sex)) == other.events[known[at]] for part in inside)
        step = int(rng.choice([1, 2, 3, 1 if everybody else -1]))
        for of in (measure, *(inside if step > 0 and rng.random() < 0.6 else ())):
            for stratum in ("", sex):
                other.events[of, *rest, stratum] = other.events.get((of, *rest, stratum), 0) + step
    return other


def from_both(books: list[Notebook], worlds: list[World]) -> list[Recovered]:
    """What two releases give away together, and each of them alone."""
    for book, made in zip(books, worlds, strict=True):
        book.open_groups = made.open_groups
    out = []
    for whole, made in ((books[0], worlds[0]), (books[1], worlds[1])):
        out += recovered(attack(whole), truth_of(whole, made), unpromised=whole.standing_in)
    both = joined(books)
    # A guess that is not so leads to nothing, or to something right by chance; whoever guesses right is stronger.
    both.same = [(then, now) for then, now in both.same if worlds[0].truth(then) == worlds[1].truth(now)]
    for guesses in (GUESSES, GUESSES[1:]):  # which hidden numbers were not revised, and that any may have been
        found = attack(both, guesses=guesses)
        truth = truth_in_both(both, found, worlds)
        astray = led_astray(found, truth)
        told = [each for each in recovered(found, truth, unpromised=both.standing_in) if each.cell not in astray]
        # Who knows all that was not revised knows of a number that rose by two that it is two or more (threat model).
        out += [each for each in told if guesses is not GUESSES or each.high - each.low < 4]
    return out


def supposing_little(both: Notebook, worlds: list[World]) -> list[Recovered]:
    """What somebody learns whom nobody tells what was revised, and who supposes that it was as little as fits both.

    Where that leads astray, it does so for all that hangs together: nobody can tell what of it is right by chance.
    """
    found = attack(both, guesses=LEAST)
    truth = truth_in_both(both, found, worlds)
    wrong = {found[cell].piece for cell in led_astray(found, truth)}
    told = recovered(found, truth, unpromised=both.standing_in)
    return [each for each in told if found[each.cell].piece not in wrong]


def truth_in_both(both: Notebook, found: Iterable[Cell], worlds: list[World]) -> dict[Cell, int]:
    return {cell: worlds["@" in "".join(cell[:2])].truth(cell) for cell in (*both.cells, *found)}


def truth_of(book: Notebook, made: World) -> dict[Cell, int]:
    less = [cell._replace(series=f"{whole} less {part}") for part, whole in book.among for cell in book.cells
            if cell.series == part]  # fmt: skip
    return {cell: made.truth(cell) for cell in (*book.cells, *less)}


def two_releases(
    seed: int, home: Path, *, taken_back: bool = False, change: Callable[..., World] = revised
) -> list[Recovered]:
    first = world(seed)
    second = change(first, seed=seed)
    folder = publish(first, home)
    books = [read_numbers(site(folder))]
    if taken_back:
        withdraw(folder, 1, reason="a test", on="2019-03-02")
    try:
        publish(second, home, number=2, earlier=[1])
    except ReleaseRefused as refused:
        if is_out(books[0], first, second, str(refused)):
            return []
        raise
    books.append(read_numbers(site(folder)))
    found = from_both(books, [first, second])
    return found + supposing_little(joined(books), [first, second]) if change is corrected else found


def is_out(book: Notebook, first: World, second: World, refusal: str) -> bool:
    """Whether the number that a refusal names can be worked out of the first release, as it says."""
    found = re.search(r": ([\w-]+), ([\w-]+) has to be hidden, and release 1 tells it already", refusal)
    if found is None:
        return False
    place = f"{found[1]}@1"
    book.members[place] = frozenset(second.parts(found[1]))
    wanted = [Cell(series, place, found[2]) for series in {cell.series for cell in book.cells}]
    for cell in wanted:
        book.hide(cell)
    first.areas[found[1]] = second.areas[found[1]]
    out = recovered(attack(book), {cell: first.truth(cell) for cell in wanted})
    return any(each.cell in wanted and each.truth is not None and each.truth < 5 for each in out)


@pytest.mark.parametrize("seed", [655, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 610))])
def test_a_revised_release_and_the_one_before_give_nothing_away_together(seed: int, tmp_path: Path) -> None:
    assert two_releases(seed, tmp_path) == []


@pytest.mark.parametrize("seed", [602])
def test_a_few_corrections_do_not_tell_whom_they_were_about(seed: int, tmp_path: Path) -> None:
    assert two_releases(seed, tmp_path, change=corrected) == []


@pytest.mark.long
def test_corrections_are_found_out_where_nobody_protected_what_was_said_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Known, "as_it_was", Known.as_it_is)
    assert any(each.low == each.high for each in two_releases(703, tmp_path, change=corrected))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(700, 760))
def test_many_small_corrections_do_not_tell_whom_they_were_about(seed: int, tmp_path: Path) -> None:
    assert two_releases(seed, tmp_path, change=corrected) == []


@pytest.mark.parametrize("seed", [6])
def test_a_withdrawn_release_that_somebody_kept_gives_nothing_away(seed: int, tmp_path: Path) -> None:
    assert two_releases(seed, tmp_path, taken_back=True) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(600, 660))
def test_many_revised_releases_give_nothing_away(seed: int, tmp_path: Path) -> None:
    assert two_releases(seed, tmp_path, taken_back=seed % 2 == 0) == []
