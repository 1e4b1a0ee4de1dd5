"""How large a cluster would have had to be, and how often a true excess is found."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

from geo.detectable import detectable, power
from geo.scan import Scan, ScanSettings, scan


def known(critical: float, total: int = 1000) -> Scan:
    """A scan that found nothing; only what it could have found matters."""
    return Scan((), total, 0.1, critical, 2 * critical, 999, 0.1)


def test_a_cluster_that_expects_8_of_1000_needs_22_by_arithmetic() -> None:
    """22 ln(22/8) + 978 ln(978/992) = 22.255 - 13.900 = 8.355; 21 gives 20.266 - 12.913 = 7.353."""
    assert detectable(known(8.35), 8) == 22
    assert detectable(known(8.36), 8) == 23
    assert detectable(known(7.35), 8) == 21


def test_beyond_ordinary_variation_it_needs_more() -> None:
    nothing = known(6.0)
    assert (detectable(nothing, 8, beyond_ordinary=True) or 0) > (detectable(nothing, 8) or 0)


def test_with_more_expected_more_are_needed_but_a_smaller_excess() -> None:
    needed = [detectable(known(8.0), expected) or 0 for expected in (1, 4, 16, 64)]
    assert needed == sorted(needed)
    ratios = [count / expected for count, expected in zip(needed, (1, 4, 16, 64), strict=True)]
    assert ratios == sorted(ratios, reverse=True)


@pytest.mark.parametrize("nothing", [known(math.inf), known(8.0, total=3), known(math.inf, total=0)])
def test_where_no_count_would_do_there_is_none(nothing: Scan) -> None:
    assert detectable(nothing, 1.0) is None


@pytest.mark.parametrize("expected", [0.0, -1.0, 1000.0, math.nan])
def test_an_expectation_of_nonsense_is_refused(expected: float) -> None:
    with pytest.raises(ValueError, match="expects more than 0"):
        detectable(known(8.0), expected)


def test_what_was_not_asked_is_not_answered() -> None:
    with pytest.raises(ValueError, match="not asked"):
        detectable(replace(known(8.0), critical_overdispersed=None), 8, beyond_ordinary=True)


def test_a_cluster_of_the_needed_size_is_found_and_one_less_is_not() -> None:
    residents = np.full(40, 1000.0)
    rng = np.random.default_rng(3)
    place = residents, rng.uniform(41, 43, 40), rng.uniform(-73, -70, 40)
    found = scan(np.full(40, 10), *place, settings=ScanSettings(overdispersed=False), rng=np.random.default_rng(1))
    needed = detectable(found, 10) or 0
    for count, is_found in ((needed, True), (needed - 1, False)):
        cases = np.full(40, (400 - count) // 39)
        cases[0] = 400 - cases[1:].sum()
        moved = cases[0] - count  # so that the total stays as it was
        cases[0] -= moved
        cases[1 : 1 + moved] += 1
        again = scan(cases, *place, settings=ScanSettings(overdispersed=False), rng=np.random.default_rng(1))
        assert again.total == 400
        alone = next(one for one in again.clusters if 0 in one.areas)
        assert (alone.areas == (0,)) or alone.llr >= found.critical_llr
        assert (alone.p_value <= 0.05) is is_found


def test_a_rural_doubling_with_8_expected_deaths_is_found_about_one_time_in_five(shared: Path) -> None:
    """Towns of western Massachusetts, 2,300 deaths; 400 maps have a standard error of 0.02."""
    rows = json.loads((shared / "ma" / "towns_2020.geojson").read_text(encoding="utf-8"))["features"]
    towns = [one["properties"] for one in rows]
    residents, north, east = np.array([(one["pop2020"], one["lat"], one["lon"]) for one in towns], dtype=float).T
    nothing = np.random.default_rng(0).multinomial(2300, residents / residents.sum())
    found = scan(nothing, residents, north, east, settings=ScanSettings(overdispersed=False),
                 rng=np.random.default_rng(1))  # fmt: skip
    centre = next(number for number, one in enumerate(towns) if one["name"] == "Great Barrington")
    near = np.argsort(np.hypot(north - north[centre], (east - east[centre]) * np.cos(np.radians(42))))
    awaited = np.cumsum(residents[near]) * 2300 / residents.sum()
    areas = near[: int(np.argmin(np.abs(awaited - 8))) + 1].tolist()
    expected = awaited[len(areas) - 1]
    assert expected == pytest.approx(8, abs=0.5)
    share = power(found, residents, north, east, areas=areas, relative_risk=2, rng=np.random.default_rng(5), maps=400)
    assert share == pytest.approx(0.2, abs=0.05 + 3 * 0.02)
    chance = 2 * expected / (2300 + expected)  # of a death to fall there; the true zone alone gives the least power
    alone = binom.sf((detectable(found, expected) or 0) - 1, 2300, chance)
    assert alone - 3 * 0.02 <= share <= alone + 0.15


def test_power_grows_with_the_risk_and_is_the_level_without_any() -> None:
    rng = np.random.default_rng(3)
    residents = np.full(40, 1000.0)
    place = residents, rng.uniform(41, 43, 40), rng.uniform(-73, -70, 40)
    found = scan(np.full(40, 10), *place, settings=ScanSettings(overdispersed=False), rng=np.random.default_rng(1))
    shares = [
        power(found, *place, areas=[4], relative_risk=risk, rng=np.random.default_rng(2), maps=400)
        for risk in (1, 2, 3, 6)
    ]
    assert shares == sorted(shares)
    assert shares[0] <= 0.05  # a false alarm just here is rarer than one anywhere
    assert shares[-1] > 0.99


def test_power_of_nothing_is_refused() -> None:
    one = np.ones(3)
    with pytest.raises(ValueError, match="relative risk"):
        power(known(8.0), one, one, one, areas=[], relative_risk=2, rng=np.random.default_rng(1))
