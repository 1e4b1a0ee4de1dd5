"""What is emerging: windows that end now, their first period, and a rise that everybody shares."""

import numpy as np
import pytest
from numpy.typing import NDArray

from geo.scan import Scan, ScanSettings, scan
from geo.scan_emerging import scan_emerging, with_common_trend

Numbers = NDArray[np.float64]
AREAS, PERIODS = 30, 8
RNG = np.random.default_rng(4)
LATITUDE, LONGITUDE = RNG.uniform(41, 43, AREAS), RNG.uniform(-73, -70, AREAS)
RESIDENTS = np.round(np.exp(RNG.normal(8, 0.7, AREAS)))


def flat(periods: int = PERIODS, events: int = 480) -> tuple[Numbers, Numbers]:
    """Cases of the same rate everywhere and always, and person-time."""
    person_time = np.repeat(RESIDENTS[:, None], periods, axis=1)
    drawn = np.random.default_rng(8).multinomial(events, (person_time / person_time.sum()).ravel())
    return drawn.reshape(person_time.shape).astype(float), person_time


def scanned(cases: Numbers, person_time: Numbers, **settings: float) -> Scan:
    chosen = ScanSettings(**({"max_share": 0.3, "replicates": 99} | settings))  # type: ignore[arg-type]
    return scan_emerging(cases, person_time, LATITUDE, LONGITUDE, settings=chosen, rng=np.random.default_rng(3))


@pytest.mark.parametrize("length", [1, 2, 4])
def test_a_rise_is_found_with_the_period_in_which_it_began(length: int) -> None:
    cases, person_time = flat()
    cases[12, -length:] += 25
    first = scanned(cases, person_time).clusters[0]
    assert 12 in first.areas
    assert first.first_period == PERIODS - length
    assert first.observed == cases[list(first.areas), -length:].sum()
    assert (first.p_value, first.recurrence) == (0.01, 100.0)


def test_what_is_over_is_not_emerging() -> None:
    cases, person_time = flat()
    cases[12, 1:4] += 40
    assert 12 not in scanned(cases, person_time).clusters[0].areas


def test_a_window_is_at_most_half_of_the_time() -> None:
    cases, person_time = flat()
    cases[12, 1:] += 10
    assert all((one.first_period or 0) >= PERIODS // 2 for one in scanned(cases, person_time).clusters)


def test_the_best_window_is_that_of_plain_scans() -> None:
    """The ratio of each window is a scan of one period whose remaining events fell in a far-off area of their own."""
    cases, person_time = flat()
    best = 0.0
    for first in range(PERIODS // 2, PERIODS):
        rest = cases[:, :first].sum(), person_time[:, :first].sum()
        one = scan(
            np.append(cases[:, first:].sum(axis=1), rest[0]),
            np.append(person_time[:, first:].sum(axis=1), rest[1]),
            np.append(LATITUDE, -60.0),
            np.append(LONGITUDE, 100.0),
            settings=ScanSettings(max_share=0.3 * (PERIODS - first) / PERIODS, replicates=1, overdispersed=False),
            rng=np.random.default_rng(1),
        )
        best = max([best, *(found.llr for found in one.clusters if AREAS not in found.areas)])
    assert scanned(cases, person_time).clusters[0].llr == pytest.approx(best, abs=1e-9)


def test_a_rise_that_everybody_shares_is_not_local_against_the_common_trend() -> None:
    _, person_time = flat()
    risks = person_time * np.where(np.arange(PERIODS) < PERIODS - 2, 1, 3)
    drawn = np.random.default_rng(8).multinomial(2000, (risks / risks.sum()).ravel())
    cases = drawn.reshape(risks.shape).astype(float)
    assert scanned(cases, person_time).clusters[0].p_value == 0.01
    assert scanned(cases, with_common_trend(cases, person_time)).clusters[0].p_value > 0.05


def test_the_common_trend_of_two_towns_by_hand() -> None:
    """Rates 3/30 and 9/30: 10 and 20 residents then count 1 and 2, later 3 and 6."""
    found = with_common_trend([[1, 4], [2, 5]], [[10, 10], [20, 20]])
    assert np.allclose(found, [[1, 3], [2, 6]])


def test_the_order_of_rows_does_not_matter() -> None:
    cases, person_time = flat()
    order = np.random.default_rng(2).permutation(AREAS)
    settings = ScanSettings(max_share=0.3, replicates=99)
    shuffled = scan_emerging(
        cases[order], person_time[order], LATITUDE[order], LONGITUDE[order], settings=settings,
        rng=np.random.default_rng(3),
    )  # fmt: skip
    straight = scanned(cases, person_time)
    assert [sorted(order[list(one.areas)]) for one in shuffled.clusters] == [
        list(one.areas) for one in straight.clusters
    ]
    assert [one.p_overdispersed for one in shuffled.clusters] == [one.p_overdispersed for one in straight.clusters]


@pytest.mark.parametrize("wrong", [np.zeros(AREAS), np.zeros((AREAS, 1))])
def test_one_period_is_refused(wrong: Numbers) -> None:
    with pytest.raises(ValueError, match="two periods"):
        scan_emerging(wrong, wrong, LATITUDE, LONGITUDE, rng=np.random.default_rng(1))


def test_a_period_without_person_time_expects_nothing() -> None:
    cases, person_time = flat()
    cases[5, -1], person_time[5, -1] = 0, 0
    assert np.isfinite(scanned(cases, person_time).clusters[0].llr)
    assert np.isfinite(scanned(cases, person_time).critical_llr)
