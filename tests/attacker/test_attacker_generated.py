"""Seeded worlds go the whole way to the public pages, and the attacker recovers nothing; from careless ones it does."""

from pathlib import Path

import pytest
from attack_notebook import Cell
from attack_publish import carelessly, publish, read_everything, read_files, read_numbers, site
from attack_solve import attack
from attack_verdict import Recovered, led_astray, recovered
from attack_worlds import World, world

from dashboard.releases.reading import open_release
from public.export import Site, export

QUICK, ALL, AT_ONCE = 3, 540, 3


def batches(first: int, end: int) -> list[range]:
    return [range(at, min(at + AT_ONCE, end)) for at in range(first, end, AT_ONCE)]


def out(made: World, book) -> list[Recovered]:  # type: ignore[no-untyped-def]
    """What the attacker recovers, having made sure that it was right about all that it says."""
    book.open_groups = made.open_groups
    found = attack(book)
    truth = {cell: made.truth(cell) for cell in (*book.cells, *found)}
    wrong = [cell for cell, known in book.cells.items() if not known.low <= truth[cell] <= known.high]
    assert wrong == [], "a page says what is not so, or the attacker misreads it"
    assert led_astray(found, truth) == [], "the attacker's system is wrong"
    return recovered(found, truth, unpromised=book.standing_in)


def both(cells: dict[Cell, object]) -> list[Cell]:
    return [cell for cell, known in cells.items() if known.hidden and known.shown]  # type: ignore[attr-defined]


def nothing_is_recovered(seeds: range, home: Path) -> None:
    for seed in seeds:
        made = world(seed)
        book = read_numbers(site(publish(made, home / str(seed))))
        assert both(book.cells) == [], seed
        assert out(made, book) == [], seed


@pytest.mark.parametrize("seeds", batches(0, QUICK), ids=str)
def test_nothing_is_recovered_from_a_release(seeds: range, tmp_path: Path) -> None:
    nothing_is_recovered(seeds, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("seeds", batches(QUICK, ALL), ids=str)
def test_nothing_is_recovered_from_many_releases(seeds: range, tmp_path: Path) -> None:
    nothing_is_recovered(seeds, tmp_path)


@pytest.mark.parametrize("seed", [3, pytest.param(14, marks=pytest.mark.long)])
def test_small_counts_are_recovered_from_a_careless_release(seed: int, tmp_path: Path) -> None:
    made = world(seed)
    with carelessly():
        book = read_numbers(site(publish(made, tmp_path)))
    exact = [each for each in out(made, book) if each.low == each.high == each.truth < 5]
    assert len(exact) >= 3
    assert any(each.cell in book.cells and book.cells[each.cell].hidden for each in exact)


@pytest.mark.long
@pytest.mark.parametrize("seed", [2, 7])
def test_every_address_of_every_kind_gives_nothing_away(seed: int, tmp_path: Path) -> None:
    made = world(seed)
    book = read_everything(site(publish(made, tmp_path)))
    assert both(book.cells) == []
    assert out(made, book) == []


@pytest.mark.long
def test_an_export_says_what_the_pages_say_and_nothing_more(tmp_path: Path) -> None:
    folder = publish(world(11), tmp_path)
    export(open_release(folder, "latest").path, Site(tmp_path / "site", "http://site"))
    written, served = read_files(tmp_path / "site").cells, read_everything(site(folder)).cells
    assert {cell: written[cell] for cell in served} == served
    unlinked = [known for cell, known in written.items() if cell not in served]  # pages of areas whose numbers hide
    assert all(known.hidden and not known.shown for known in unlinked)
