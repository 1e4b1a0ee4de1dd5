"""Files that speak of single people are refused, tables of counts are not, and no refusal repeats a value."""

from datetime import date

import pytest

from data_loaders.sheets.grid import Cell, Grid
from data_loaders.sheets.identifying import faults

Rows = tuple[tuple[Cell, ...], ...]
MONTHS: tuple[Cell, ...] = tuple(date(2025, month, 1) for month in range(1, 7))
COUNTS: dict[str, Rows] = {
    "towns down, months across": (
        ("Town", *MONTHS), ("Athol", 1, 2, 3, 4, 5, 6), ("North Adams", 2, 2, 2, 0, 1, 4),
        ("Dennis", 1, 1, 1, 1, 1, 1)),
    "a long table by age group and sex": (
        ("Month", "Town", "Age group", "Sex", "Kits"), ("2025-01", "Athol", "25-34", "F", 4),
        ("2025-01", "Orange", "35-44", "M", 3), ("2025-02", "Athol", "25-34", "M", 9)),
    "a sheet signed by whoever made it": (
        ("Prepared by", "Jane Doe"), ("Phone", "413-555-0100"), ("Email", "jane@example.org"), (None, None),
        ("Town", "Kits"), ("Athol", 3), ("Orange", 5), ("Wendell", 0)),
    "agencies by name": (
        ("Name", "Kits"), ("Lantern Hill Family Practice", 3), ("Mary Lane Hospital", 4), ("Stonecrop Clinic", 1)),
    "days on which kits were handed out": (
        ("Date", "Kits"), *((date(2025, 1, day), day) for day in range(1, 20))),
    "years of monthly counts": (("Month", "Deaths"), *((date(year, 6, 1), 3) for year in range(2000, 2025))),
    "people counted once": (("Town", "Clients", "Participants"), ("Athol", 12, 4), ("Orange", 9, 3), ("Gill", 2, 1)),
}  # fmt: skip
PEOPLE: dict[str, Rows] = {
    "names": (("First name", "Town"), ("Zebulon", "Athol"), ("Quill", "Orange"), ("Ysolde", "Gill")),
    "names without a header": (("x", "y"), ("Mary Quillon", 1), ("Robert Zebedee", 2), ("Susan Yarrow", 1)),
    "dates of birth": (("DOB", "Kits"), ("3/14/1961", 1), ("11/2/1988", 1), ("7/30/1979", 1)),
    "days spread like births": (("d", "Kits"), *((date(1950 + 7 * n, n + 1, 3 * n + 2), 1) for n in range(8))),
    "telephone numbers": (("Reach at", "n"), ("413-555-0131", 1), ("(978) 555-0162", 1), ("413.555.0177", 2)),
    "addresses": (("Where", "n"), ("12 Quabbin Rd", 1), ("7 Old Mill Street Apt 2", 1), ("140 Main St.", 1)),
    "e-mail": (("Contact", "n"), ("a@example.org", 1), ("b@example.org", 1), ("c@example.org", 1)),
    "social security": (("No", "n"), ("123-45-6789", 1), ("987-65-4321", 1), ("555-44-3333", 1)),
    "run numbers": (("Run #", "Town"), ("24-00117", "Athol"), ("24-00118", "Orange"), ("24-00244", "Gill")),
    "medical record numbers": (("MRN", "n"), (880_117, 1), (880_118, 1), (880_244, 1)),
    "coordinates": (("lat", "lon"), (42.59312, -72.22671), (42.58871, -72.31002), (42.61234, -72.25511)),
    "a row a person": (
        ("Date", "Town", "Age", "Sex"), ("2025-01-04", "Athol", 34, "F"), ("2025-01-09", "Orange", 51, "M"),
        ("2025-02-11", "Athol", 27, "M")),
    "accounts of events": (
        ("Case", "Narrative"), ("a", "Found at home by a friend"), ("b", "Declined transport"),
        ("c", "Given two doses")),
}  # fmt: skip


@pytest.mark.parametrize("rows", COUNTS.values(), ids=COUNTS)
def test_a_table_of_counts_is_let_through(rows: Rows) -> None:
    assert faults([Grid("Sheet1", rows)]) == []


@pytest.mark.parametrize("rows", PEOPLE.values(), ids=PEOPLE)
def test_a_table_of_single_people_is_refused(rows: Rows) -> None:
    found = faults([Grid("Sheet1", rows)])
    assert found
    assert {problem.sheet for problem in found} == {"Sheet1"}


@pytest.mark.parametrize("rows", PEOPLE.values(), ids=PEOPLE)
def test_a_refusal_repeats_nothing_of_what_it_refuses(rows: Rows) -> None:
    told = repr(faults([Grid("Sheet1", rows)]))
    held = {str(cell) for row in rows[1:] for cell in row if len(str(cell)) > 3}
    assert [text for text in held if text in told] == []


def test_one_such_column_among_many_good_sheets_is_found() -> None:
    good = Grid("Counts", COUNTS["towns down, months across"])
    bad = Grid("Notes", PEOPLE["telephone numbers"])
    assert {problem.sheet for problem in faults([good, bad])} == {"Notes"}
