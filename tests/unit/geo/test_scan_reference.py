"""The scans of sids2 that SaTScan 10.3.2 printed: every cluster, its counts and its likelihood ratio."""

import numpy as np
import pytest
from sids2 import sids

from geo.scan import Scan, ScanSettings, scan
from geo.scan_emerging import scan_emerging

HALF = ScanSettings(max_share=0.5, replicates=99, overdispersed=False)


def scanned(year: str) -> Scan:
    counties = sids()
    place = counties.latitude, counties.longitude
    return scan(counties.deaths[year], counties.births[year], *place, settings=HALF, rng=np.random.default_rng(7))


def test_all_deaths_are_counted() -> None:
    assert (scanned("74").total, scanned("79").total) == (667, 836)


def test_the_most_likely_cluster_of_1974_has_42_counties_about_onslow() -> None:
    first = scanned("74").clusters[0]
    assert sids().names[first.centre] == "Onslow"
    assert (len(first.areas), first.observed) == (42, 371)
    assert first.expected == pytest.approx(303.09, abs=0.005)
    assert first.llr == pytest.approx(13.869046, abs=5e-7)
    assert first.p_value == 0.01  # of 99 maps of chance none is as uneven


@pytest.mark.parametrize(
    ("year", "rank", "counties", "observed", "expected", "llr"),
    [
        ("74", 1, "Anson", 15, 3.17, 11.577076),
        ("74", 2, "Caswell Person Rockingham Alamance", 35, 23.68, 2.457686),
        ("74", 3, "Rutherford", 12, 6.05, 2.296866),
        ("79", 0, "Hoke Scotland", 22, 8.56, 7.442667),
        ("79", 1, "Cleveland Lincoln Gaston Rutherford Catawba Burke", 98, 68.36, 6.238402),
        ("79", 3, "Stanly Cabarrus Montgomery", 35, 20.40, 4.426628),
        ("79", 4, "Halifax", 17, 8.83, 3.003493),
    ],
)
def test_clusters_are_those_of_satscan_in_their_order(
    year: str, rank: int, counties: str, observed: int, expected: float, llr: float
) -> None:
    cluster = scanned(year).clusters[rank]
    assert set(cluster.areas) == sids().named(*counties.split())
    assert cluster.observed == observed
    assert cluster.expected == pytest.approx(expected, abs=0.005)
    assert cluster.llr == pytest.approx(llr, abs=5e-7)


def test_the_third_of_1979_is_wayne_and_five_more() -> None:
    cluster = scanned("79").clusters[2]
    assert sids().named("Wayne") < set(cluster.areas)
    assert (len(cluster.areas), cluster.observed) == (6, 74)
    assert cluster.expected == pytest.approx(51.25, abs=0.005)
    assert cluster.llr == pytest.approx(4.768024, abs=5e-7)


def emerging_cases() -> tuple[np.ndarray, np.ndarray]:
    """Twelve years 2000-2011 with three more deaths a year in four western counties from 2009; births times days."""
    births = sids().births["74"][:, None]
    county, year = np.arange(100)[:, None], np.arange(12)[None, :]
    cases = np.floor(births / 2000 * (1 + ((7 * county + 3 * year) % 5) / 4))
    cases[np.ix_(sorted(sids().named("Buncombe", "Madison", "Haywood", "Henderson")), [9, 10, 11])] += 3
    days = np.array([366 if year % 4 == 0 else 365 for year in range(2000, 2012)])
    return cases, births * days


def test_the_emerging_cluster_is_that_of_satscan() -> None:
    cases, person_time = emerging_cases()
    counties = sids()
    place = counties.latitude, counties.longitude
    found = scan_emerging(cases, person_time, *place, settings=HALF, rng=np.random.default_rng(7))
    first = found.clusters[0]
    assert found.total == 2397
    assert set(first.areas) == counties.named("Buncombe", "Henderson", "Madison", "Yancey", "Haywood")
    assert (first.first_period, first.observed) == (9, 59)
    assert first.expected == pytest.approx(24.925495, abs=5e-7)
    assert first.llr == pytest.approx(17.008542, abs=5e-7)
    assert (first.p_value, first.recurrence) == (0.01, 100.0)


def test_strong_clusters_are_beyond_chance_and_weak_ones_are_ordinary() -> None:
    clusters = scanned("74").clusters
    assert clusters[1].p_value == 0.01
    assert clusters[2].p_value > 0.5
