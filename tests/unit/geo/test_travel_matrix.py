"""Minutes read from a table, and tables that cannot be understood."""

from pathlib import Path

import numpy as np
import pytest

from geo.travel import Points, StraightLine, TravelError
from geo.travel_matrix import read_minutes

GOOD = "origin,destination,minutes\n0900100001,clinic,12.5\n0900100002,clinic,inf\n0900100002,2500100002,30\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "minutes.csv"
    path.write_bytes(text.encode("utf-8"))
    return path


def points(*ids: str, places: tuple[str, ...] = ()) -> Points:
    return Points(np.linspace(41, 42, len(ids)), np.full(len(ids), -72.0), ids=ids, places=places)


def test_minutes_are_those_of_the_table_and_a_pair_it_leaves_out_is_no_way(tmp_path: Path) -> None:
    table = read_minutes(written(tmp_path, GOOD))
    found = table.minutes(points("0900100002", "0900100001"), points("clinic", "2500100002"))
    assert found.tolist() == [[np.inf, 30.0], [12.5, np.inf]]
    assert "2 origins and 2 destinations" in table.describe()


def test_a_site_is_found_by_the_place_it_lies_in(tmp_path: Path) -> None:
    table = read_minutes(written(tmp_path, GOOD))
    assert table.minutes(points("0900100002"), points("van", places=("2500100002",))).tolist() == [[30.0]]


def test_columns_may_come_in_any_order_with_a_byte_order_mark_and_others_beside(tmp_path: Path) -> None:
    text = "\ufeffminutes,note,destination,origin\n7,x,b,a\n"
    assert read_minutes(written(tmp_path, text)).minutes(points("a"), points("b")).tolist() == [[7.0]]


def test_an_unknown_point_is_named(tmp_path: Path) -> None:
    table = read_minutes(written(tmp_path, GOOD))
    with pytest.raises(TravelError, match=r"no origin elsewhere and no destination pharmacy"):
        table.minutes(points("0900100001", "elsewhere"), points("clinic", "pharmacy"))
    assert table.unknown(points("elsewhere"), points("clinic")) == (("elsewhere",), ())


def test_codes_that_lost_their_zero_are_recognised(tmp_path: Path) -> None:
    table = read_minutes(written(tmp_path, GOOD.replace("0900", "900")))
    with pytest.raises(TravelError, match="lost their leading zero"):
        table.minutes(points("0900100001"), points("clinic"))


def test_the_straight_line_answers_for_unknown_points_where_it_is_asked_to(tmp_path: Path) -> None:
    line = StraightLine()
    table = read_minutes(written(tmp_path, GOOD), otherwise=line)
    origins, sites = points("0900100001", "0900100002"), points("clinic", "new site")
    found = table.minutes(origins, sites)
    assert found[:, 0].tolist() == [12.5, np.inf]
    np.testing.assert_array_equal(found[:, 1], line.minutes(origins, sites)[:, 1])
    assert line.describe() in table.describe()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "its first row says: nothing"),
        ("from,to,minutes\na,b,1\n", "no column origin, destination; its first row says: from, to, minutes"),
        ("origin,destination,minutes\n", "has a header but no row"),
        ("origin,destination,minutes\na,b,1\na,c,-3\n", "row 3: -3 minutes cannot be"),
        ("origin,destination,minutes\na,b,soon\n", "row 2: 'soon' is not a number of minutes"),
        ("origin,destination,minutes\na,b,\n", "row 2: '' is not a number"),
        ("origin,destination,minutes\na,b,nan\n", "row 2: nan minutes cannot be"),
        ("origin,destination,minutes\na,b,5400\n", "are these seconds"),
        ("origin,destination,minutes\na,b\n", "row 2: '' is not a number"),
        ("origin,destination,minutes\na,b,1\na,b,2\n", "row 3: a to b stands in an earlier row"),
        ("origin,destination,minutes\n,b,1\n", "row 2: no origin or no destination"),
        ("origin,destination,minutes\n" + "a,b,x\n" * 9, "row 6: .* and 4 more"),
    ],
)
def test_a_bad_file_is_told_by_its_rows(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(TravelError, match=fault):
        read_minutes(written(tmp_path, text))


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "minutes.csv").write_bytes(b"\xff\xfe\x00\x01PK")
    with pytest.raises(TravelError, match="not a CSV file in UTF-8"):
        read_minutes(tmp_path / "minutes.csv")
