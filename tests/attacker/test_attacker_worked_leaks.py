"""The attacker finds the published leaks: towns 31, 12, 3 and 9 of a county with 55, by each way that is known."""

import ast
from pathlib import Path

import attack_claims as claims
import pytest
from attack_notebook import ENDLESS, Cell, Notebook, joined, tree
from attack_solve import Limits, attack
from attack_system import GUESSES, LEAST
from attack_verdict import recovered

TOWNS = {"a": 31, "b": 12, "c": 3, "d": 9}
PEOPLE = 1041
"""Residents of the town with 3: its rate is 288.2 per 100,000."""


def deaths(place: str, period: str = "2018", stratum: str = "") -> Cell:
    return Cell("deaths", place, period, stratum)


def county(shown: str = "abd", hidden: str = "c", total: int | None = 55) -> Notebook:
    book = Notebook(members=tree({"county": TOWNS}))
    for town in shown:
        book.show(deaths(town), TOWNS[town])
    for town in hidden:
        book.hide(deaths(town))
    if total is not None:
        book.show(deaths("county"), total)
    return book


def limits(book: Notebook, cell: Cell) -> tuple[int, int]:
    found = attack(book)[cell]
    return found.low, found.high


def test_a_county_less_its_shown_towns_is_the_hidden_one() -> None:
    assert limits(county(), deaths("c")) == (3, 3)


def test_two_hidden_towns_of_a_county_share_what_is_left() -> None:
    assert limits(county("ab", "cd"), deaths("c")) == (0, 12)
    assert recovered(attack(county("ab", "cd")), {deaths("c"): 3, deaths("d"): 9}) == []


def test_two_overlapping_selections_give_the_difference() -> None:
    book = county("ab", "cd", total=None)
    book.members |= {"north": frozenset("abc"), "south": frozenset("ab")}
    book.show(deaths("north"), 46)
    book.show(deaths("south"), 43)
    assert limits(book, deaths("c")) == (3, 3)


def test_overlapping_windows_give_the_month_between() -> None:
    # Four quarters 31, 12, 3, 9: the year less the rolling windows that leave the third out.
    book = Notebook()
    for quarter in ("2018Q1", "2018Q2", "2018Q3", "2018Q4"):
        book.hide(deaths("t", quarter))
    book.show(deaths("t", "2018-01..2018-06"), 43)
    book.show(deaths("t", "2018-01..2018-09"), 46)
    assert limits(book, deaths("t", "2018Q3")) == (3, 3)


def test_groups_of_people_add_up_to_everyone() -> None:
    book = Notebook()
    book.show(deaths("t"), 12)
    book.show(deaths("t", stratum="age=25-34"), 9)
    book.hide(deaths("t", stratum="age=35-44"))
    assert limits(book, deaths("t", stratum="age=35-44")) == (3, 3)


def test_a_rate_times_residents_is_the_count() -> None:
    assert claims.from_rate("288.2", PEOPLE, 100_000) == (3, 3)


def test_an_upper_limit_is_the_count() -> None:
    # Garwood: the upper limit of 3 is 8.767273, per 1,041 residents 842.2 per 100,000; the lower 0.618672 is 59.4.
    assert claims.from_upper("842.2", PEOPLE, 100_000) == (3, 3)
    assert claims.from_lower("59.4", PEOPLE, 100_000) == (3, 3)


def test_a_smoothed_rate_is_the_count() -> None:
    # Marshall: m 20 per 100,000, A 1e-7: the weight is 1e-7 / (1e-7 + 20e-5 / 1041) = 0.3423, and 3 of 1,041 people
    # is smoothed to 20 + (288.2 - 20) * 0.3423 = 111.8.
    assert claims.from_smoothed("111.8", PEOPLE, 100_000, mean=20e-5, spread=1e-7) == (3, 3)


def test_a_class_narrows_a_count() -> None:
    # From 200 up to 300 per 100,000 of 1,041 residents is 2.08 up to 3.12 people.
    assert claims.from_class(200, 300, PEOPLE, 100_000) == (3, 3)


def test_two_hidden_in_every_row_and_column_can_still_give_a_one_away() -> None:
    # The published table: rows 15,1,3,1|20 and so on; its attacker's intervals as published.
    rows = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
    hidden = {(1, 2), (1, 3), (1, 4), (2, 2), (2, 3), (3, 1), (3, 4), (4, 1), (4, 4)}
    book = Notebook(members=tree({"all": [str(r) for r in range(1, 5)]}))
    for r, row in enumerate(rows, 1):
        book.show(deaths(str(r)), sum(row))
        for c, count in enumerate(row, 1):
            cell = deaths(str(r), stratum=f"age={c}")
            book.hide(cell) if (r, c) in hidden else book.show(cell, count)
    for c in range(1, 5):
        book.show(deaths("all", stratum=f"age={c}"), sum(row[c - 1] for row in rows))
    found = {(int(cell.place), int(cell.stratum[-1])): at for cell, at in attack(book, threshold=ENDLESS).items()}
    assert {at: (each.low, each.high) for at, each in found.items()} == {
        (1, 2): (0, 4), (1, 3): (0, 4), (1, 4): (1, 1), (2, 2): (7, 11), (2, 3): (9, 13),
        (3, 1): (1, 5), (3, 4): (0, 4), (4, 1): (10, 14), (4, 4): (0, 4),
    }  # fmt: skip


def test_an_alias_place_tells_what_the_other_name_hides() -> None:
    book = Notebook(members=tree({"Nantucket County": ["Nantucket"]}))
    book.hide(deaths("Nantucket"))
    book.show(deaths("Nantucket County"), 3)
    assert limits(book, deaths("Nantucket")) == (3, 3)


def test_a_kept_release_tells_what_a_later_one_hides() -> None:
    before, after = county("abd", "c", total=None), county("ab", "cd")
    assert limits(joined([before, after]), deaths("c")) == (3, 3)


def test_a_release_with_revised_numbers_is_not_mixed_with_the_old_one() -> None:
    before, after = county("abd", "c", total=None), county("ab", "cd", total=57)
    after.cells[deaths("a")].low = after.cells[deaths("a")].high = 33
    both, cell = joined([before, after]), Cell("deaths@1", "c", "2018")
    wary = attack(both, guesses=GUESSES[1:])[cell]
    assert (wary.low, wary.high) == (0, 12)
    assert limits(both, cell) == (3, 3)  # who supposes that the hidden 9 was not revised


def test_who_supposes_that_little_was_revised_finds_whom_it_was_about() -> None:
    # Two sums rose by two and share one town: that it rose takes two people, that the others did takes four.
    before, after = (Notebook(members=tree({"county": "xy", "area": "xw"})) for _ in range(2))
    for book, county_total, area_total in ((before, 6, 7), (after, 8, 9)):
        for town in "xyw":
            book.hide(deaths(town))
        book.show(deaths("county"), county_total)
        book.show(deaths("area"), area_total)
    both, cell = joined([before, after]), Cell("deaths@1", "x", "2018")
    supposed = attack(both, guesses=LEAST)[cell]
    assert (supposed.low, supposed.high) == (2, 8)
    assert limits_of(both, cell) == (0, 8)


def limits_of(book: Notebook, cell: Cell) -> tuple[int, int]:
    """Without any guess about what was revised."""
    found = attack(book, guesses=GUESSES[1:])[cell]
    return found.low, found.high


def test_a_printed_range_that_holds_for_one_of_two_hidden_towns_tells_the_other() -> None:
    # 12 are left for two towns; "0-4" on one of them makes the other 8 to 12: five numbers, as the policy allows.
    book = county("ab", "cd")
    book.hide(deaths("c"), promise=(0, 4))
    assert limits(book, deaths("d")) == (8, 12)


VERDICTS = [(0, 4, 3, False), (1, 5, 3, True), (0, 3, 2, True), (7, 11, 9, False), (7, 10, 9, True), (0, 40, 3, False)]


@pytest.mark.parametrize(("low", "high", "real", "out"), VERDICTS)
def test_a_small_count_must_be_able_to_be_anything_from_0_to_4(low: int, high: int, real: int, out: bool) -> None:
    assert bool(recovered({deaths("t"): Limits(low, high)}, {deaths("t"): real})) is out


@pytest.mark.parametrize("part", ["claims", "notebook", "reading", "solve", "surface", "system", "verdict"])
def test_the_attacker_shares_no_code_with_what_it_attacks(part: str) -> None:
    tree = ast.parse(Path(__file__).with_name(f"attack_{part}.py").read_text("utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name for name in named if name.partition(".")[0] in ("dashboard", "public", "geo", "highspy")}
