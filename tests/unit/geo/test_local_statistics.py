"""Gi* and Moran's I: published figures, plain loops, independent programs, and areas that are unknown or alone."""

import numpy as np
import pytest
from sids2 import sids

from geo.local import getis_ord, morans_i, residuals, significant, two_sided


def sids_rate() -> np.ndarray:
    return sids().deaths["74"] / sids().births["74"]


@pytest.mark.parametrize(
    ("county", "z"),
    [
        ("Northampton", 4.251772),
        ("Bertie", 3.945757),
        ("Richmond", 3.007641),
        ("Robeson", 2.869504),
        ("Wilkes", -2.327789),
        ("Caldwell", -2.082789),
    ],
)
def test_gi_star_of_the_sids_rates_is_that_of_spdep(county: str, z: float) -> None:
    found = getis_ord(sids_rate(), sids().neighbours)
    assert found[sids().names.index(county)] == pytest.approx(z, abs=5e-7)


def test_the_highest_gi_star_is_northampton() -> None:
    assert sids().names[int(np.argmax(getis_ord(sids_rate(), sids().neighbours)))] == "Northampton"


def test_morans_i_of_the_sids_rates_is_that_of_spdep() -> None:
    found = morans_i(sids_rate(), sids().neighbours)
    assert found.statistic == pytest.approx(0.2309104, abs=5e-8)
    assert found.expected == pytest.approx(-1 / 99)


def test_morans_z_is_what_shuffling_gives() -> None:
    rng = np.random.default_rng(1)
    dealt = [morans_i(rng.permutation(sids_rate()), sids().neighbours).statistic for _ in range(1000)]
    found = morans_i(sids_rate(), sids().neighbours)
    assert np.mean(dealt) == pytest.approx(found.expected, abs=0.008)
    assert found.z == pytest.approx((found.statistic - np.mean(dealt)) / np.std(dealt), rel=0.08)


@pytest.mark.long
def test_both_are_those_of_an_independent_library() -> None:
    esda, weights = pytest.importorskip("esda"), pytest.importorskip("libpysal.weights")
    near = weights.W(dict(enumerate(sids().neighbours)), silence_warnings=True)
    moran = esda.Moran(sids_rate(), near, transformation="r", permutations=0)
    assert morans_i(sids_rate(), sids().neighbours).z == pytest.approx(moran.z_rand)
    for star in (True, False):
        near = weights.W(dict(enumerate(sids().neighbours)), silence_warnings=True)  # it changes them in place
        local = esda.G_Local(sids_rate(), near, transform="B", permutations=0, star=star)
        assert getis_ord(sids_rate(), sids().neighbours, include_self=star) == pytest.approx(local.Zs)


# Five towns in a row and an island.
ROW = [[1], [0, 2], [1, 3], [2, 4], [3], []]
VALUES = np.array([1.0, 2.0, 4.0, 8.0, 9.0, 3.0])


def test_gi_star_of_a_row_by_plain_loops() -> None:
    mean, spread = VALUES.mean(), VALUES.std()
    expected = []
    for at, near in enumerate(ROW):
        around = VALUES[[at, *near]]
        size = len(around)
        expected.append((around.sum() - size * mean) / (spread * np.sqrt((6 * size - size**2) / 5)))
    assert getis_ord(VALUES, ROW) == pytest.approx(np.array(expected))


def test_gi_leaves_the_area_itself_out_and_an_island_without_an_answer() -> None:
    others = np.delete(VALUES, 0)
    by_hand = (2 - others.mean()) / (others.std() * np.sqrt((5 * 1 - 1) / 4))
    found = getis_ord(VALUES, ROW, include_self=False)
    assert found[0] == pytest.approx(by_hand)
    assert np.isnan(found[5])


def test_an_unknown_area_takes_no_part() -> None:
    unknown = VALUES.copy()
    unknown[4] = np.nan
    without = getis_ord(VALUES[[0, 1, 2, 3, 5]], [[1], [0, 2], [1, 3], [2], []])
    found = getis_ord(unknown, ROW)
    assert np.isnan(found[4])
    assert found[[0, 1, 2, 3, 5]] == pytest.approx(without)
    moran = morans_i(unknown, ROW)
    assert moran == pytest.approx(morans_i(VALUES[[0, 1, 2, 3, 5]], [[1], [0, 2], [1, 3], [2], []]))


def test_where_all_are_alike_there_is_no_pattern() -> None:
    assert np.isnan(getis_ord(np.full(6, 0.1), ROW)).all()
    assert np.isnan(morans_i(np.full(6, 0.1), ROW).statistic)


@pytest.mark.parametrize("areas", [0, 1, 2])
def test_too_few_areas_have_no_answer(areas: int) -> None:
    near = [[other for other in range(areas) if other != at] for at in range(areas)]
    assert np.isnan(morans_i(np.arange(areas), near).statistic)
    assert np.isnan(getis_ord(np.arange(areas), near)).all()


def test_the_order_of_rows_does_not_matter() -> None:
    order = [3, 5, 0, 4, 1, 2]
    shuffled = [[order.index(near) for near in ROW[at]] for at in order]
    assert getis_ord(VALUES[order], shuffled) == pytest.approx(getis_ord(VALUES, ROW)[order])
    assert morans_i(VALUES[order], shuffled) == pytest.approx(morans_i(VALUES, ROW))


def test_values_and_neighbours_must_fit() -> None:
    with pytest.raises(ValueError, match="neighbours of 6"):
        getis_ord([1, 2], ROW)


def test_residuals_are_in_standard_deviations() -> None:
    found = residuals([13, 4, 1], [9, 4, 0])
    assert found[:2].tolist() == pytest.approx([4 / 3, 0])
    assert np.isnan(found[2])


def test_two_sided_chance() -> None:
    assert two_sided([1.959964, -1.959964, 0]) == pytest.approx([0.05, 0.05, 1], abs=1e-7)


def test_the_false_discovery_rate_is_held_as_benjamini_and_hochberg_printed_it() -> None:
    """Their example of 15 p-values (1995): at 5% the four smallest are believed, Bonferroni three."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
         0.7590, 1.0]  # fmt: skip
    assert significant(p).tolist() == [True] * 4 + [False] * 11
    assert significant([np.nan, 0.001]).tolist() == [False, True]
    assert significant([]).tolist() == []
