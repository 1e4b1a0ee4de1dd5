"""One place in depth: its groups, partners, sources and caveats."""

import pytest
from fake_reader import ASH, BIRCH, NORTH, RATE, STATE, FakeReader

from dashboard.domain import Indicator, Period, Query
from dashboard.views.place_depth import PlaceDepth, place_depth


@pytest.fixture
def reader() -> FakeReader:
    """Ash has 62 of the 100 deaths of a state of which it is half; the county has them all."""
    known = FakeReader()
    known.reports("deaths", "2016-2018")
    known.tell(ASH, "2018", 62, 500_000)
    known.tell(NORTH, "2018", 100, 900_000)
    known.tell(STATE, "2018", 100, 1_000_000)
    return known


def page(reader: FakeReader, place: str = ASH, of: Indicator = RATE, **more: object) -> PlaceDepth:
    return place_depth(reader, Query(of.id, (Period.parse("2018"),), within=STATE, **more), place)


def test_groups_that_are_reported_here_have_a_chart_a_dimension(reader: FakeReader) -> None:
    for group in ("sex=female", "sex=male", "age=25-34"):
        reader.reports("deaths", "2016-2018", stratum=group)
    reader.tell(ASH, "2018", 40, 250_000, stratum="sex=male")
    reader.tell(ASH, "2018", 5, 250_000, stratum="sex=female")
    (sex,) = page(reader).groups
    assert (sex.title, sex.sentence) == ("Sex", "Overdose deaths by sex.")
    assert [(row.label, row.value, row.numerator, row.state) for row in sex.rows] == [
        ("Female", None, 5, "unstable"), ("Male", 16, 40, "value"),
    ]  # fmt: skip


def test_a_group_is_not_split_again(reader: FakeReader) -> None:
    reader.reports("deaths", "2016-2018", stratum="sex=male")
    reader.tell(ASH, "2018", 40, 250_000, stratum="sex=male")
    assert page(reader, stratum="sex=male").groups == ()


def test_partners_that_report_here_say_what_they_report(reader: FakeReader) -> None:
    for partner in ("ems", "clinic"):
        reader.reports("deaths", "2016-2018", partner=partner)
    reader.tell(ASH, "2018", 30, partner="ems")
    (row,) = page(reader).partners
    assert (row.partner, row.sector, row.said) == ("County ambulance", "ems", "30 deaths")


def test_the_newest_load_of_each_source_that_was_used_is_named(reader: FakeReader) -> None:
    reader.loaded("state", "2019-06-05")
    reader.loaded("state", "2020-06-05", rows_refused=3)
    reader.loaded("somebody else")
    (source,) = page(reader).sources
    assert (source.title, source.publisher, source.as_of, source.rows_refused) == (
        "State", "the state", "5 June 2020", 3,
    )  # fmt: skip


def test_an_unreported_place_names_no_source(reader: FakeReader) -> None:
    reader.loaded("state")
    assert page(reader, BIRCH).sources == ()


def test_the_caveats_of_the_indicator_are_told(reader: FakeReader) -> None:
    assert page(reader).caveats == ("Newest months may change.",)
