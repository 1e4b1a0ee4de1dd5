"""A matrix as SVG: wide with its heads above the columns; narrow with numbered columns and a key."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain import State
from dashboard.figures.matrix import MatrixCell, MatrixChart
from dashboard.figures.palette import INK, MUTED, PAPER, RAMP, SHADE
from dashboard.figures.scale import wrapped
from dashboard.figures.svg_style import LETTER, escape_text, frame, line, short, strong, tag, text

LINE, GAP, CELL, LABEL = 16, 4, 34, 210
NARROW = 84
"""Columns narrower than this have a number at their head, and a key above the matrix says what it means."""
DARK_FROM = 3
"""From this shade on, words are paper on dark."""


@dataclass(frozen=True)
class Grid:
    """Where cells lie: the left edge and width of the columns, and how high a row is with its label."""

    left: float
    wide: float
    row: float
    above: float


def figure(chart: MatrixChart, width: int) -> str:
    """One matrix; as high as it has rows."""
    columns = max(1, len(chart.columns))
    narrow = (width - LABEL) / columns < NARROW
    left = 0.0 if narrow else float(LABEL)
    above = float(LINE + 4) if narrow else 0.0
    grid = Grid(left, (width - left) / columns, CELL + GAP + above, above)
    heads, y = _key(chart, grid, width) if narrow else _heads(chart, grid)
    parts = [*heads]
    for row in chart.rows:
        parts += _row(chart, row, grid, y)
        y += grid.row
    return frame(width, round(y + GAP), chart.title, chart.sentence, parts)


def _heads(chart: MatrixChart, grid: Grid) -> tuple[list[str], float]:
    named = [wrapped(column, max(6, int((grid.wide - 8) / LETTER))) for column in chart.columns]
    high = LINE * max((len(lines) for lines in named), default=1)
    return [
        strong(lines, grid.left + grid.wide * (n + 0.5), high - LINE * (len(lines) - 1) - 2, text_anchor="middle")
        for n, lines in enumerate(named)
    ], high + 8.0


def _key(chart: MatrixChart, grid: Grid, width: int) -> tuple[list[str], float]:
    parts, y = [], 14.0
    for n, column in enumerate(chart.columns):
        lines = wrapped(f"{n + 1}  {column}", int(width / LETTER))
        parts.append(text(lines, 0, y))
        y += LINE * len(lines)
    heads = [
        strong(str(n + 1), grid.left + grid.wide * (n + 0.5), y + LINE, text_anchor="middle")
        for n in range(len(chart.columns))
    ]
    return [*parts, *heads], y + LINE + 8


def _row(chart: MatrixChart, row: str, grid: Grid, y: float) -> list[str]:
    label = _label(row, grid, y)
    cells = []
    for n, column in enumerate(chart.columns):
        cell = chart.cells.get((row, column))
        if cell:
            cells.append(_cell(cell, grid.left + grid.wide * n, y + grid.above, grid.wide))
    return [*label, *cells]


def _label(row: str, grid: Grid, y: float) -> list[str]:
    if grid.above:
        return [strong(row, 0, y + LINE - 2)]
    lines = wrapped(row, int((LABEL - 12) / LETTER))[:2]
    return [strong(lines, 0, y + CELL / 2 + 4.5 - LINE / 2 * (len(lines) - 1), font_weight=400)]


def _cell(cell: MatrixCell, x: float, y: float, wide: float) -> str:
    box = {"x": short(x + 2), "y": short(y), "width": short(wide - 4), "height": CELL, "rx": 3}
    ink, parts = INK, []
    if cell.shade is not None:
        parts.append(tag("rect", **box, fill=RAMP[cell.shade]))
        ink = PAPER if cell.shade >= DARK_FROM else INK
    elif cell.state == State.SUPPRESSED:
        parts += [tag("rect", **box, fill=SHADE, stroke=MUTED), _stripes(x + 2, y, wide - 4)]
    elif cell.state == State.NOT_REPORTED:
        parts.append(tag("rect", **box, fill=PAPER, stroke=MUTED, stroke_dasharray="2 3"))
    else:
        parts.append(tag("rect", **box, fill=PAPER, stroke=MUTED))
    return tag("g", "".join(parts) + _words(cell, x + wide / 2, y, wide, ink) + _told(cell))


def _told(cell: MatrixCell) -> str:
    return tag("title", escape_text(cell.told)) if cell.told else ""


def _words(cell: MatrixCell, x: float, y: float, wide: float, ink: str) -> str:
    lines = wrapped(cell.said, max(4, int((wide - 8) / LETTER)))[:2]
    first = y + CELL / 2 + 4.5 - LINE / 2 * (len(lines) - 1)
    edge = {} if cell.shade is not None else {"paint_order": "stroke", "stroke": PAPER, "stroke_width": 4}
    return text(lines, x, first, text_anchor="middle", fill=ink, **edge)


def _stripes(x: float, y: float, wide: float) -> str:
    """Diagonals inside the box, from its lower edge up to the right."""
    lines = "".join(line(x + n, y + CELL, x + n + CELL, y) for n in range(0, int(wide - CELL), 9))
    return tag("g", lines, stroke=MUTED, stroke_width=1)
