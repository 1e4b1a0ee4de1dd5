"""Smoothed rates beside each town's own: small towns drawn to the state, large ones kept, absent ones left absent."""

import numpy as np
import pytest
from fake_reader import ASH, BIRCH, CEDAR, DOGWOOD, NORTH, RATE, STATE, FakeReader

from dashboard.domain import Level, Period, Query
from dashboard.views.smoothed import MEANING, smoothed_rates
from dashboard.views.smoothed_map import TOWNS_ONLY, smooth_map, smoothed_rows
from dashboard.views.town_map import town_map

GEOIDS = (ASH, BIRCH, CEDAR, DOGWOOD)


@pytest.fixture
def reader() -> FakeReader:
    known = FakeReader()
    for town, deaths in zip(GEOIDS, (40, 5, 20, 15), strict=True):
        known.tell(town, "2018", deaths, 100_000)
    known.tell(STATE, "2018", 80, 400_000)
    known.tell(NORTH, "2018", 45, 200_000)
    return known


def query(within: str = STATE, level: Level = Level.TOWN) -> Query:
    return Query(RATE.id, (Period.parse("2018"),), level, within=within)


def marshall(rate: float) -> float:
    """The smoothed rate per 100,000, by hand, of a town of 100,000 with this rate among 40, 5, 20 and 15.

    m = 20; s2 = (20^2 + 15^2 + 0 + 5^2) / 4 = 162.5 and, all per 100,000, m / n = 20, so that A = 142.5 and
    A / (A + m / n) = 142.5 / 162.5.
    """
    return 20 + (rate - 20) * 142.5 / 162.5


def test_smoothed_rates_are_marshalls(reader: FakeReader) -> None:
    found = smoothed_rates(reader, query(), reader.read(query()))
    np.testing.assert_allclose(found.rate, [marshall(rate) for rate in (40, 5, 20, 15)])
    assert (found.lower < found.rate).all()
    assert (found.rate < found.upper).all()


def test_a_town_keeps_its_number_when_its_county_is_shown_alone(reader: FakeReader) -> None:
    found = smoothed_rates(reader, query(NORTH), reader.read(query(NORTH)))
    np.testing.assert_allclose(found.rate, [marshall(40), marshall(5)])


def test_a_town_that_did_not_report_or_is_hidden_stays_absent(reader: FakeReader) -> None:
    reader.tell(CEDAR, "2018", "suppressed")
    reader.tell(DOGWOOD, "2018", "not_reported")
    found = smoothed_rates(reader, query(), reader.read(query()))
    assert np.isnan(found.rate).tolist() == [False, False, True, True]
    drawn = smooth_map(reader, query(), GEOIDS, town_map(reader, query(), GEOIDS, STATE, ""))
    assert drawn.paint["classes"][2:] == "sn"


def test_the_map_and_its_table_have_both_rates(reader: FakeReader) -> None:
    raw = town_map(reader, query(), GEOIDS, STATE, "")
    drawn = smooth_map(reader, query(), GEOIDS, raw)
    assert "smoothed" not in raw.paint["columns"]
    assert drawn.paint["columns"]["rate"] == raw.paint["columns"]["rate"]
    assert drawn.paint["columns"]["smoothed"] == [round(marshall(rate), 1) for rate in (40, 5, 20, 15)]
    assert drawn.paint["table"]["columns"][-1] == "smoothed"
    assert "{smoothed}" in drawn.paint["sentence"]["unstable"]
    assert MEANING in drawn.notes


def test_a_town_with_too_few_events_for_a_rate_has_a_smoothed_one(reader: FakeReader) -> None:
    reader.tell(BIRCH, "2018", 0, 100_000)
    raw = town_map(reader, query(), GEOIDS, STATE, "")
    drawn = smooth_map(reader, query(), GEOIDS, raw)
    assert raw.paint["classes"][1] == "0"
    assert drawn.paint["classes"][1] in "12345"
    assert drawn.paint["states"][1] == "z"


def test_areas_are_shown_as_counted_and_say_so(reader: FakeReader) -> None:
    counties = query(level=Level.COUNTY)
    raw = town_map(reader, counties, GEOIDS, STATE, "")
    drawn = smooth_map(reader, counties, GEOIDS, raw)
    assert drawn.paint == raw.paint
    assert drawn.notes[-1] == TOWNS_ONLY


def test_csv_rows_have_both_rates(reader: FakeReader) -> None:
    reader.tell(CEDAR, "2018", "suppressed")
    rows = smoothed_rows(reader, query(), reader.read(query()))
    assert rows[0]["rate"] == 40
    assert rows[0]["smoothed_lower"] < rows[0]["smoothed"] < rows[0]["smoothed_upper"]
    assert rows[2]["smoothed"] is None
