"""What a store holds, how old it is, and the first steps where it holds nothing."""

from datetime import date

from fake_reader import FakeReader

from dashboard.views.bring_numbers import first_steps, newest_month, source_statuses

TODAY = date(2026, 11, 21)


def test_a_source_is_summed_over_its_loads_and_dated_by_the_newest() -> None:
    reader = FakeReader()
    reader.reports("deaths", "2017-01..2018-09")
    reader.loaded("state", "2026-01-01", rows_accepted=10, rows_refused=1, notes=["two rows doubled"])
    reader.loaded("state", "2026-11-11", rows_accepted=5, notes=["two rows doubled", "one row without a town"])
    (status,) = source_statuses(reader, TODAY)
    assert (status.as_of, status.age_days, status.loads) == (date(2026, 11, 11), 10, 2)
    assert (status.rows_accepted, status.rows_refused) == (15, 1)
    assert status.notes == ("two rows doubled", "one row without a town")
    assert status.covers == "January 2017 to September 2018"


def test_a_source_of_names_covers_places() -> None:
    reader = FakeReader()
    reader.loaded("boundaries")
    assert source_statuses(reader, TODAY)[0].covers == "places, names or sites"


def test_sources_are_listed_by_title() -> None:
    reader = FakeReader()
    for source in ("towns", "admissions", "kits"):
        reader.loaded(source)
    assert [status.title for status in source_statuses(reader, TODAY)] == ["Admissions", "Kits", "Towns"]


def test_demonstration_data_are_marked_by_any_load() -> None:
    reader = FakeReader()
    reader.loaded("state", demonstration=True)
    reader.loaded("state")
    assert source_statuses(reader, TODAY)[0].demonstration


def test_the_newest_month_is_the_last_in_which_anything_is_reported() -> None:
    reader = FakeReader()
    assert newest_month(reader) == ""
    reader.reports("kits", "2016-2019")
    reader.reports("deaths", "2017-01..2018-09")
    assert newest_month(reader) == "December 2019"


def test_an_empty_store_begins_with_four_steps() -> None:
    reader = FakeReader(places=())
    reader.partners.clear()
    steps = first_steps(reader)
    assert [(step.title, step.done) for step in steps] == [
        ("Towns", False), ("Residents", False), ("First numbers", False), ("Partners", False),
    ]  # fmt: skip


def test_steps_that_were_taken_are_done() -> None:
    reader = FakeReader()
    reader.boundaries.append({"state": "25"})
    reader.reports("population", "2020")
    reader.reports("deaths", "2018")
    assert all(step.done for step in first_steps(reader))
