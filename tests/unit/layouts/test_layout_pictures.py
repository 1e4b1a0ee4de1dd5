"""The list of a page's pictures, and charts that stay readable where they are shown."""

from __future__ import annotations

import re
from urllib.parse import unquote

from dashboard.figures.chart import IntervalChart, IntervalRow
from layouts.components.figure import svg_figure
from layouts.staff.pictures import PictureRow, build_pictures

CHART = IntervalChart("By channel", "Most came by post.", "kits", 1, (IntervalRow("Post", 7.0),))
ROW = PictureRow("By channel", "Most came by post.", "/figure/naloxone.{form}?figure=0")


def test_pictures_of_invented_numbers_are_marked_as_such() -> None:
    assert "Demonstration data, not real." in build_pictures("", [ROW], demonstration=True)
    assert "Demonstration" not in build_pictures("", [ROW], demonstration=False)


def test_a_chart_in_a_panel_is_drawn_for_the_width_it_has_there() -> None:
    assert _widths(svg_figure(CHART)) == [330]


def test_a_chart_with_room_is_drawn_twice() -> None:
    assert sorted(_widths(svg_figure(CHART, wide=700))) == [330, 700]


def _widths(figure: object) -> list[int]:
    return [int(width) for width in re.findall(r'<svg [^>]*?width="(\d+)"', unquote(str(figure)))]
