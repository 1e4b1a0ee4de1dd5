"""What changed: signals, revisions, new loads and who is overdue, in sentences."""

from datetime import date, datetime
from typing import Any

import pytest

from dashboard.errors import InvalidQuery
from dashboard.store.cube import open_cube
from dashboard.store.reader import CubeReader
from dashboard.views.what_changed import AskedChanges, WhatChanged, complete, known_before, what_changed

TODAY = date(2026, 3, 10)
SINCE = date(2026, 2, 1)


@pytest.fixture
def yearly(ledger: Any) -> Any:
    """Load a year of identified overdoses and those contacted within 7 days, on a day."""

    def _yearly(year: int, contacted: int, identified: int, *, loaded: date, **options: object) -> None:
        rows = [("contacted_7d", "Ash", str(year), contacted, options),
                ("identified_events", "Ash", str(year), identified, options)]  # fmt: skip
        ledger.load(rows, source="register", as_of=loaded, loaded=datetime(loaded.year, loaded.month, loaded.day))

    return _yearly


def ask(ledger: Any, since: date = SINCE, **asked: str) -> WhatChanged:
    def known(day: date | None) -> CubeReader:
        return CubeReader(open_cube(ledger.engine, ledger.home, as_of=day))

    reader = known(None)
    request = complete(reader, AskedChanges(place="Ash", since=since.isoformat(), **asked), TODAY)
    return what_changed(reader, known(since) if known_before(reader, since) else None, request, TODAY)


def said(answer: WhatChanged, title: str) -> list[str]:
    return [item.words for section in answer.sections if section.title == title for item in section.items]


def test_a_change_beyond_chance_is_told_with_both_numbers(ledger: Any, yearly: Any) -> None:
    yearly(2024, 120, 300, loaded=date(2025, 2, 1))
    yearly(2025, 210, 300, loaded=date(2026, 2, 20))
    answer = ask(ledger)
    assert said(answer, "Changes beyond chance") == ["Contact within 7 days: 70% in 2025, 40% a year before: better."]
    assert "1 change beyond chance" in answer.headline
    assert answer.sections[1].items[0].links[0][1].startswith("/places/trends?indicator=contact_7d&place=25001")


def test_worse_is_said_first_and_counted(ledger: Any, yearly: Any) -> None:
    yearly(2024, 210, 300, loaded=date(2025, 2, 1))
    yearly(2025, 120, 300, loaded=date(2026, 2, 20))
    answer = ask(ledger)
    assert said(answer, "Changes beyond chance")[0].endswith("worse.")
    assert answer.headline.endswith("1 of the changes is for the worse.")


def test_noise_is_not_told(ledger: Any, yearly: Any) -> None:
    yearly(2024, 150, 300, loaded=date(2025, 2, 1))
    yearly(2025, 160, 300, loaded=date(2026, 1, 20))
    answer = ask(ledger)
    assert said(answer, "Changes beyond chance") == []
    assert "nothing to tell" in answer.headline


def test_provisional_numbers_are_never_a_signal(ledger: Any, yearly: Any) -> None:
    yearly(2024, 210, 300, loaded=date(2025, 2, 1))
    yearly(2025, 120, 300, loaded=date(2026, 2, 20), provisional=True)
    assert said(ask(ledger), "Changes beyond chance") == []


def test_a_revised_number_is_told_as_it_was_and_as_it_is(ledger: Any, yearly: Any, spoken: Any) -> None:
    yearly(2025, 150, 300, loaded=date(2026, 1, 20))
    rows = [("contacted_7d", "Ash", "2025", 163, {})]
    ledger.load(rows, source="register", loaded=datetime(2026, 2, 20), as_of=date(2026, 2, 20),
                coverage=[spoken("2025", "contacted_7d")])  # fmt: skip
    answer = ask(ledger)
    (item,) = answer.sections[2].items
    assert item.words == "Contact within 7 days, 2025: 150 events as shown then, 163 events now."
    assert "as_of=2026-02-01" in item.links[0][1]
    assert "as_of" not in item.links[1][1]


def test_what_came_in_since_is_new_and_no_revision(ledger: Any, yearly: Any) -> None:
    yearly(2024, 150, 300, loaded=date(2026, 1, 20))
    yearly(2025, 150, 300, loaded=date(2026, 2, 20))
    answer = ask(ledger)
    assert said(answer, "Old numbers that changed") == []
    assert said(answer, "New numbers") == ["Made by hand: 1 file loaded, 0 rows, published 20 February 2026."]


def test_a_day_before_anything_was_known_has_nothing_to_compare_with(ledger: Any, yearly: Any) -> None:
    yearly(2025, 150, 300, loaded=date(2026, 2, 20))
    answer = ask(ledger, since=date(2020, 1, 1))
    assert "Nothing was known on 1 January 2020" in answer.sections[0].nothing


def test_a_source_is_overdue_when_its_usual_distance_has_passed_twice(ledger: Any, yearly: Any) -> None:
    """Published 1 October and 31 October 2025: every 30 days, so since 30 December it is overdue."""
    yearly(2023, 150, 300, loaded=date(2025, 10, 1))
    yearly(2024, 150, 300, loaded=date(2025, 10, 31))
    (late,) = said(ask(ledger), "Overdue")
    assert late == "Made by hand: last published 31 October 2025; newer numbers usually come every month."


def test_a_census_is_never_overdue(ledger: Any) -> None:
    ledger.load([("population", "Ash", "2010", 900), ("population", "Ash", "2020", 1_000)],
                source="census", as_of=date(2020, 4, 1), loaded=datetime(2026, 2, 1))  # fmt: skip
    assert said(ask(ledger), "Overdue") == []


def test_a_partner_who_fell_silent_is_named_with_its_last_month(ledger: Any) -> None:
    ledger.partner("ems", ["Ash"])
    ledger.partner("clinic", ["Ash"])
    rows = [("identified_events", "Ash", "2025Q3", 9, {"partner": who}) for who in ("ems", "clinic")]
    rows.append(("identified_events", "Ash", "2025Q4", 9, {"partner": "clinic"}))
    ledger.load(rows, source="register", as_of=date(2026, 2, 1), loaded=datetime(2026, 2, 1))
    assert said(ask(ledger), "Overdue") == ["ems: nothing reported since September 2025."]


def test_days_that_are_no_days_are_refused(ledger: Any) -> None:
    reader = CubeReader(open_cube(ledger.engine, ledger.home))
    with pytest.raises(InvalidQuery):
        complete(reader, AskedChanges(since="soon"), TODAY)


def test_the_default_is_the_first_of_last_month(ledger: Any) -> None:
    reader = CubeReader(open_cube(ledger.engine, ledger.home))
    assert complete(reader, AskedChanges(place="Ash"), TODAY).since == "2026-02-01"
