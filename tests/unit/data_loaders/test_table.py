"""Records by column name: nothing shifted, nothing dropped without a word."""

from data_loaders.contract import Report
from data_loaders.rawfile import RawFile
from data_loaders.table import records


def read(text: str, *columns: str) -> tuple[list[tuple[int, dict[str, str]]], Report]:
    report = Report("file.csv")
    return list(records(RawFile("file.csv", text.encode()), report, columns=columns)), report


def rules(report: Report) -> list[tuple[int | None, str]]:
    return [(problem.row, problem.rule) for problem in report.problems]


def test_cells_are_stripped_and_rows_numbered_as_lines_of_the_file() -> None:
    rows, report = read("Town , Count\nAthol, 3 \n\nGill,4\n", "Town", "Count")
    assert rows == [(2, {"Town": "Athol", "Count": "3"}), (4, {"Town": "Gill", "Count": "4"})]
    assert report.problems == []


def test_a_record_is_named_by_the_line_on_which_it_starts() -> None:
    rows, _ = read('Town,Geo\nAthol,"Athol, MA\n(42.5, -72.2)"\nGill,\n')
    assert [row for row, _ in rows] == [2, 4]
    assert rows[0][1]["Geo"] == "Athol, MA\n(42.5, -72.2)"


def test_every_ragged_row_is_reported_and_none_is_shifted() -> None:
    rows, report = read("Town,Count\nAthol\nGill,4\nOrange,1,2\n")
    assert rows == [(3, {"Town": "Gill", "Count": "4"})]
    assert [row for row, _ in rules(report)] == [2, 4]
    assert "too few cells: 1 where the header has 2" in report.problems[0].rule
    assert "too many cells: 3 where the header has 2" in report.problems[1].rule
    assert report.problems[1].value == "Orange,1,2"


def test_all_missing_columns_are_reported_with_the_ragged_rows() -> None:
    rows, report = read("Town,Count\nAthol,3\nGill\n", "Town", "Year", "Sex")
    assert rows == []
    assert [problem.column for problem in report.problems] == ["Year", "Sex", ""]


def test_a_column_that_stands_twice_is_reported_and_the_rest_still_read() -> None:
    rows, report = read("Town,Count,Count\nAthol,3,4\n")
    assert [problem.column for problem in report.problems] == ["Count"]
    assert rows == [(2, {"Town": "Athol", "Count": "3", "": "4"})]


def test_blank_headers_may_repeat() -> None:
    _, report = read("Town,,\nAthol,,\n")
    assert report.problems == []


def test_a_header_without_rows_is_a_problem() -> None:
    assert "no rows" in rules(read("Town,Count\n")[1])[0][1]
    assert "no rows" in rules(read("Town,Count\n,\n\n")[1])[0][1]


def test_an_empty_file_and_a_web_page_are_problems_not_errors() -> None:
    assert rules(read("")[1]) == [(None, "The file is empty.")]
    assert "web page" in rules(read("<html></html>")[1])[0][1]


def test_an_open_quotation_mark_is_reported_where_its_record_begins() -> None:
    rows, report = read('Town,Count\nAthol,3\n"Gill,4\nOrange,5\n')
    assert rows == [(2, {"Town": "Athol", "Count": "3"})]
    assert "begins on line 3" in report.problems[0].rule


def test_a_town_called_na_stays_a_text() -> None:
    rows, _ = read("Town,Count\nNA,3\n")
    assert rows[0][1]["Town"] == "NA"
