"""CSV of what is shown: numbers stay numbers, and no text becomes a formula."""

import csv
import io
from types import SimpleNamespace

import pytest

from callbacks.downloads import _csv, to_csv


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_rows_are_written_with_their_columns_in_order() -> None:
    assert to_csv([{"place": "Ash", "numerator": 1204, "rate": 16.7}]) == "place,numerator,rate\r\nAsh,1204,16.7\r\n"


def test_an_absent_number_is_empty_and_its_state_says_why() -> None:
    (row,) = read(to_csv([{"numerator": None, "state": "suppressed"}]))
    assert row == {"numerator": "", "state": "suppressed"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    (row,) = read(to_csv([{"place": text}]))
    assert row["place"] == f"'{text}"


def test_negative_numbers_stay_numbers() -> None:
    assert to_csv([{"change": -3, "rate": -0.5}]) == "change,rate\r\n-3,-0.5\r\n"


def test_commas_quotes_and_line_ends_survive() -> None:
    name = 'Ash, "the" town\nof North'
    assert read(to_csv([{"place": name}])) == [{"place": name}]


def test_no_rows_are_an_empty_file() -> None:
    assert to_csv([]) == ""


@pytest.mark.parametrize("demonstration", [True, False])
def test_demonstration_data_say_so_in_every_row(demonstration: bool) -> None:
    reader = SimpleNamespace(cube=SimpleNamespace(demonstration=demonstration), notices=lambda _: ())
    response = _csv(reader, [{"place": "Ash"}, {"place": "Birch"}], "places.csv")
    notes = [row.get("note") for row in read(response.get_data(as_text=True))]
    assert notes == ["demonstration data, not real" if demonstration else None] * 2
    assert response.headers["Content-Disposition"] == "attachment; filename=places.csv"
