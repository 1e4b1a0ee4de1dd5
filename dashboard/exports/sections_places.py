"""The cascade, the map of towns and the gaps as sections: the screen's own answers for one area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.domain import Cells
from dashboard.errors import InvalidQuery
from dashboard.exports.desk import Desk
from dashboard.exports.map_picture import ScreenMap, map_picture
from dashboard.exports.paper import MapFigure, Point, Section, Sheet
from dashboard.exports.screen_pictures import pictures_of
from dashboard.figures.svg_map import Drawn, Painted, picture
from dashboard.views.cascade import after_overdose
from dashboard.views.cascade_asking import AskedCascade
from dashboard.views.gap_rows import priority_gap_rows
from dashboard.views.gaps_page import AskedGaps, GapsPage, gaps_page
from dashboard.views.shapes import shapes_for
from dashboard.views.source import ViewReader
from dashboard.views.town_map import TownMap, rows_of, town_map
from dashboard.views.words import cell_words

MOST_GAPS = 6
IN_A_COLUMN = 600
"""Width of the map of gaps: its words stay readable where it is made smaller."""
ON_A_SLIDE = 340
"""Width of the same map with its legend beside it: words large enough for the back of a room."""
NO_MAP = "So there is no map here; the workbook has every place."


def cascade(desk: Desk, area: str, as_of: str) -> Section | None:
    """The page After an overdose; None where nobody reports any of it."""
    try:
        shown = after_overdose(desk.reader, AskedCascade(place=area, as_of=as_of))
    except InvalidQuery:
        return None
    if not shown.sides or not shown.sides[0].chart.has_values:
        return None
    side = shown.sides[0]
    sheet = Sheet("after-an-overdose", shown.headline, tuple(shown.rows()))
    notes = tuple(filter(None, (shown.left_out, side.counted_by, *side.faults)))
    return Section("after-an-overdose", "After an overdose", shown.headline, figures=(side.chart,), sheets=(sheet,),
                   notes=notes)  # fmt: skip


def towns(desk: Desk, area: str, as_of: str) -> Section | None:  # noqa: ARG001
    """The map that the page Places opens on."""
    reader, query = desk.reader, desk.town_query(area)
    shapes = shapes_for(reader, area)
    body = desk.shapes(shapes.sha) if shapes else None
    drawn = town_map(reader, query, shapes.geoids if shapes and body else (), area, "")
    cells = reader.read(query)
    sheet = Sheet("towns", drawn.title, tuple(cells.rows()), drawn.notes)
    figures = (_figure(reader, drawn, cells, body),) if body else ()
    notes = drawn.notes if body else (*drawn.notes, NO_MAP)
    return Section("towns", "Town by town", drawn.headline, figures=figures, sheets=(sheet,), notes=notes)


def _figure(reader: ViewReader, drawn: TownMap, cells: Cells, body: Mapping[str, Any]) -> MapFigure:
    indicator = reader.registry.indicator(cells.indicator)
    rows = rows_of(reader, cells, body["geoid"])
    painted = {
        geoid: Painted(code, f"{reader.gazetteer.name(geoid)}: {cell_words(indicator, cells, row)}")
        for geoid, code, row in zip(body["geoid"], drawn.paint["classes"], rows, strict=True)
        if row >= 0
    }
    svg = picture(Drawn((body,), painted, drawn.title, drawn.headline))
    legend = tuple((entry["key"], entry["label"]) for entry in drawn.paint["legend"])
    order = sorted(range(len(cells)), key=lambda row: cells.place[row])
    texts = tuple((cells.place[row], cell_words(indicator, cells, row)) for row in order)
    return MapFigure(
        drawn.title,
        drawn.headline,
        svg,
        legend,
        ("Place", indicator.name),
        texts,
        map_picture(ScreenMap(drawn.title, drawn.headline, drawn.paint, body)),
    )


def gaps(desk: Desk, area: str, as_of: str) -> Section | None:
    """The page of priority gaps; None where need and access cannot be told here."""
    asked = AskedGaps(within=area, as_of=as_of)
    try:
        shown = gaps_page(desk.reader, asked, desk.today)
        rows = tuple(priority_gap_rows(desk.reader, asked, desk.today))
    except InvalidQuery:
        return None
    found = [*shown.beyond, *shown.fragile]
    points = tuple(Point(f"{gap.sentence} {gap.step}", gap.title) for gap in found[:MOST_GAPS])
    return Section("gaps", "Gaps", shown.headline, figures=_gap_map(desk, shown), points=points,
                   sheets=(Sheet("gaps", shown.headline, rows),), notes=shown.notes)  # fmt: skip


def _gap_map(desk: Desk, shown: GapsPage) -> tuple[MapFigure, ...]:
    """Need and access on one map, its legend in the picture; none without shapes or known need."""
    drawn = next((each for each in pictures_of(shown, desk.shapes) if isinstance(each, ScreenMap)), None)
    if drawn is None or "bivariate" not in drawn.paint:
        return ()
    columns = drawn.paint["columns"]
    rows = sorted(
        (name, reading)
        for name, reading in zip(drawn.body["name"], columns["reading"], strict=True)
        if reading is not None
    )
    return (MapFigure(drawn.title, drawn.sentence, map_picture(drawn, IN_A_COLUMN), (), ("Town", "Need and access"),
                      tuple(rows), map_picture(drawn, ON_A_SLIDE, beside=True)),)  # fmt: skip
