"""Published leaks: what an attacker works out of tables that look protected."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from dashboard.disclosure import Policy, Tables, audit, gate, protect

FIVE = Policy(5, "hidden", "a test")
ROWS = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
HIDDEN = [(1, 2), (1, 3), (1, 4), (2, 2), (2, 3), (3, 1), (3, 4), (4, 1), (4, 4)]


def grid(rows: list[list[int]]) -> Tables:
    """A table with its row, column and grand totals."""
    cells = {(r, c): n for r, row in enumerate(rows, 1) for c, n in enumerate(row, 1)}
    height, width = len(rows), len(rows[0])
    down, across = range(1, height + 1), range(1, width + 1)
    counts = cells | {(r, 0): sum(cells[r, c] for c in across) for r in down}
    counts |= {(0, c): sum(cells[r, c] for r in down) for c in across} | {(0, 0): sum(cells.values())}
    sums = [((r, 0), [(r, c) for c in across]) for r in down] + [((0, c), [(r, c) for r in down]) for c in across]
    return Tables.of(counts, [*sums, ((0, 0), [(r, 0) for r in down]), ((0, 0), [(0, c) for c in across])])


def mask(tables: Tables, keys: list[object]) -> np.ndarray:
    return np.array([key in keys for key in tables.keys])


def test_two_hidden_in_every_row_and_column_can_still_give_a_one_away() -> None:
    # Row 1 + row 2 - column 2 - column 3 gives (1, 4) = 1 exactly; the other limits as published.
    found = {each.key: (each.low, each.high) for each in audit(grid(ROWS), mask(grid(ROWS), HIDDEN), FIVE).intervals}
    assert found == {
        (1, 2): (0, 4), (1, 3): (0, 4), (1, 4): (1, 1), (2, 2): (7, 11), (2, 3): (9, 13),
        (3, 1): (1, 5), (3, 4): (0, 4), (4, 1): (10, 14), (4, 4): (0, 4),
    }  # fmt: skip


def test_the_gate_refuses_that_table_and_says_which_cell() -> None:
    verdict = gate(grid(ROWS), mask(grid(ROWS), HIDDEN), FIVE)
    assert (1, 4) in [each.key for each in verdict.unsafe]
    assert verdict.sentence.startswith("Refused: ")


def test_four_hidden_cells_with_their_sums_shown() -> None:
    # X11+X12=7, X21+X22=3, X11+X21=6, X12+X22=4: X11 lies in [3, 6].
    tables = grid([[4, 3], [2, 1]])
    found = {each.key: (each.low, each.high) for each in audit(tables, mask(tables, [(1, 1), (1, 2), (2, 1), (2, 2)]), FIVE).intervals}  # fmt: skip  # noqa: E501
    assert found[1, 1] == (3, 6)


def test_a_county_minus_its_shown_towns_is_the_hidden_town() -> None:
    tables = Tables.of({"county": 55, "a": 31, "b": 12, "c": 3, "d": 9}, [("county", ["a", "b", "c", "d"])])
    (only,) = audit(tables, mask(tables, ["c"]), FIVE).intervals
    assert (only.low, only.high, only.safe) == (3, 3, False)


def test_a_hidden_total_of_shown_parts_is_known() -> None:
    tables = Tables.of({"county": 55, "a": 31, "b": 24}, [("county", ["a", "b"])])
    (only,) = audit(tables, mask(tables, ["county"]), FIVE).intervals
    assert (only.low, only.high, only.safe) == (55, 55, False)
    assert [each.key for each in gate(tables, mask(tables, ["county"]), FIVE).unsafe] == ["county"]


def test_a_hidden_total_of_hidden_parts_may_be_anything_from_what_is_shown_of_it() -> None:
    tables = Tables.of({"county": 55, "a": 31, "b": 21, "c": 3}, [("county", ["a", "b", "c"])])
    found = audit(tables, mask(tables, ["county", "c"]), FIVE).intervals
    assert {each.key: (each.low, each.high) for each in found} == {"county": (52, np.inf), "c": (0, np.inf)}


@pytest.mark.parametrize("seed", range(12))
def test_limits_are_those_of_whole_numbers_asked_for_one_by_one(seed: int) -> None:
    """An oracle of another make: scipy's programmes over every cell of the table, the hidden totals too."""
    rng = np.random.default_rng(seed)
    tables = grid(rng.poisson(rng.gamma(1.0, 4.0, (4, 4))).tolist())
    hidden = rng.random(len(tables)) < (0.3, 0.6, 0.9)[seed % 3]
    told = {each.key: each.safe for each in gate(tables, hidden, FIVE).intervals}
    for each in audit(tables, hidden, FIVE).intervals:
        low, high = (ends(tables, hidden, each.key, sign) for sign in (1, -1))
        assert (each.low, each.high) == (low, high if high < 5e4 else np.inf)
        assert told[each.key] == each.safe


def ends(tables: Tables, hidden: np.ndarray, key: object, sign: int) -> int:
    costs = sign * np.array([float(each == key) for each in tables.keys])
    limits = Bounds(np.where(hidden, 0, tables.values), np.where(hidden, 1e5, tables.values))
    found = milp(costs, integrality=np.ones(len(tables)), bounds=limits,
                 constraints=LinearConstraint(tables.sums.toarray(), 0, 0))  # fmt: skip
    return round(sign * found.fun)


def test_protection_hides_another_town_of_the_county() -> None:
    tables = Tables.of({"county": 55, "a": 31, "b": 12, "c": 3, "d": 9}, [("county", ["a", "b", "c", "d"])])
    found = protect(tables, FIVE, expected=np.array([55.0, 30, 12, 4, 9]))
    hidden = [key for key, is_hidden in zip(tables.keys, found.hidden, strict=True) if is_hidden]
    assert hidden == ["c", "d"]  # the cheapest one by residents
    assert found.verdict.unsafe == ()


def test_a_place_under_two_names_is_hidden_under_both() -> None:
    counts = {"state": 40, "county": 3, "town": 3, "other": 37}
    tables = Tables.of(counts, [("state", ["county", "other"]), ("county", ["town"])])
    found = protect(tables, FIVE, expected=np.array([40.0, 3, 3, 37]))
    hidden = {key for key, is_hidden in zip(tables.keys, found.hidden, strict=True) if is_hidden}
    assert {"county", "town", "other"} <= hidden


@pytest.mark.parametrize("seed", range(30))
def test_every_protected_grid_passes_the_exact_audit(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tables = grid(rng.poisson(rng.gamma(1.0, 8.0, (5, 4))).tolist())
    found = protect(tables, FIVE, expected=np.full(len(tables), 8.0))
    exact = audit(tables, found.hidden, FIVE)
    assert exact.unsafe == ()
    assert {each.key for each in exact.intervals} >= {
        k for k, v in zip(tables.keys, tables.values, strict=True) if v < 5
    }


def test_what_was_shown_before_cannot_hide_it_again() -> None:
    tables = Tables.of({"county": 15, "a": 12, "c": 3}, [("county", ["a", "c"])])
    known = mask(tables, ["county", "a"])
    with pytest.raises(ValueError, match="cannot be hidden"):
        protect(tables, FIVE, expected=np.array([15.0, 12, 3]), known=known)


def test_the_gate_finds_the_same_on_any_number_of_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    counts: dict[object, int] = {}
    sums = []
    for county in range(12):  # twelve parts that know nothing of one another
        cells = {(county, row, column): int(rng.integers(0, 12)) for row in range(4) for column in range(5)}
        lines = [[(county, row, column) for column in range(5)] for row in range(4)]
        lines += [[(county, row, column) for row in range(4)] for column in range(5)]
        counts |= cells | {(county, number): sum(cells[key] for key in line) for number, line in enumerate(lines)}
        sums += [((county, number), line) for number, line in enumerate(lines)]
    tables = Tables.of(counts, sums)
    hidden = np.array([len(key) == 3 and rng.random() < 0.8 for key in tables.keys])
    found = []
    for cores in (1, 3, 8):
        monkeypatch.setattr("os.cpu_count", lambda cores=cores: cores)
        found.append(gate(tables, hidden, FIVE))
    assert found[0].intervals == found[1].intervals == found[2].intervals
    assert all((each.middle == found[0].middle).all() for each in found)
