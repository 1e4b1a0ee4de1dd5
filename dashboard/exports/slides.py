"""The slides (PPTX): one sentence a slide, charts as PowerPoint's own, the map as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from dashboard.errors import InvalidQuery
from dashboard.exports import slide_charts as charts
from dashboard.exports.desk import Say
from dashboard.exports.paper import FOUR_STATES, MARK, NOT_REAL, PROVISIONAL, MapFigure, Paper, Reading, Section, Tile
from dashboard.exports.pictures import Figure, alternative, png_of, svg_of, table_of
from dashboard.exports.slide_parts import LEFT, ROOM, TOP, Deck, describe, panel, quiet, size_for, table, text
from dashboard.exports.slide_words import reading_words, step_words
from dashboard.figures.cascade import CascadeChart
from dashboard.figures.chart import TrendChart
from dashboard.figures.glide import GlideChart
from dashboard.figures.palette import ACCENT, FILLS, MUTED
from dashboard.figures.render_svg import Picture
from dashboard.figures.svg_map import swatch
from dashboard.views.words import day_words

MISSING = "The slides need python-pptx and resvg-py: pip install 'coalition-dashboard[exports]'."
ROWS_A_SLIDE = 8
POINTS_A_SLIDE = 6
POINTS_HIGH = PICTURE_HIGH = 4.7
MOST_SOURCES = 10
TARGET_WIDTHS = (1.35, 3.7, 2.55, 1.75, 1.7, 2.0)


def slides(paper: Paper, out: Path, say: Say) -> None:
    """Write the slides; InvalidQuery says what to install where they cannot be made."""
    try:
        deck = Deck()
    except ImportError as error:
        raise InvalidQuery(MISSING) from error
    _first(deck, paper)
    told = [section for section in paper.sections if section.id != "funders"]
    for number, section in enumerate(told):
        say(f"Slides: {section.heading.lower()}", 0.6 + 0.35 * number / len(told))
        _section(deck, paper, section)
    _last(deck, paper)
    properties = deck.made.core_properties
    properties.title, properties.subject = paper.title, paper.headline
    properties.author, properties.language = "Coalition dashboard", "en"
    deck.made.save(str(out))


def _foot(paper: Paper) -> str:
    return f"{NOT_REAL if paper.demonstration else ''}As known on {day_words(paper.known_on)}. {paper.whom}"


def _first(deck: Deck, paper: Paper) -> None:
    slide = deck.slide(paper.title, f"As known on {day_words(paper.known_on)}")
    if paper.demonstration:
        text(slide, [MARK], (LEFT, TOP + 0.1, ROOM, 0.5), size=20, colour=ACCENT, bold=True)
    text(slide, [paper.headline], (LEFT, TOP + 0.8, ROOM, 2.6), size=32)
    quiet(slide, _foot(paper))


def _section(deck: Deck, paper: Paper, section: Section) -> None:
    """The slides of a section: its numbers, its table or sentences, and a slide a figure."""
    notes = [*section.notes, *(f"{point.under}: {point.words}".removeprefix(": ") for point in section.points)]
    if section.tiles:
        _tiles(deck.slide(section.sentence, section.heading, notes), section.tiles)
    if section.id == "targets":
        for one in section.tables:
            _rows(deck, section.sentence, one, TARGET_WIDTHS, notes)
    elif section.points and not section.tiles:
        _points(deck, paper, section, notes)
    elif not section.tiles and not section.figures and section.sentence != paper.headline:
        deck.slide(section.sentence, section.heading, notes)
    for figure in section.figures:
        _figure(deck, section, figure)
    for one in section.tables if section.id == "meeting" else ():
        _rows(deck, section.sentence, one, (3.0, *(1.5,) * (len(one.head) - 1)))
    for slide in list(deck.made.slides)[1:]:
        if not any(shape.has_text_frame and shape.text_frame.text == _foot(paper) for shape in slide.shapes):
            quiet(slide, _foot(paper))


def _tiles(slide: Any, tiles: tuple[Tile, ...]) -> None:
    """Up to six numbers, three in a row."""
    wide, high = ROOM / 3 - 0.13, 2.28
    for number, tile in enumerate(tiles):
        left, top = LEFT + (number % 3) * (wide + 0.2), TOP + 0.05 + (number // 3) * (high + 0.16)
        panel(slide, (left, top, wide, high))
        inside = left + 0.15, wide - 0.3
        text(slide, [tile.name], (inside[0], top + 0.05, inside[1], 0.4), size=16, bold=True)
        text(slide, [tile.figure], (inside[0], top + 0.62, inside[1], 0.7), size=36, bold=True)
        said = f"{tile.unit}. {tile.change}".removeprefix(". ")
        text(slide, [said], (inside[0], top + 1.3, inside[1], 0.9), size=13 if len(said) < FOUR_LINES else 11,
             colour=MUTED)  # fmt: skip


def _rows(deck: Deck, sentence: str, told: Reading, widths: Sequence[float], notes: Sequence[str] = ()) -> None:
    """All rows of a table, on as many slides as they need."""
    for first in range(0, len(told.rows), ROWS_A_SLIDE):
        slide = deck.slide(sentence, told.title, notes)
        table(slide, told.head, told.rows[first : first + ROWS_A_SLIDE], widths, size=14)


def _points(deck: Deck, paper: Paper, section: Section, notes: list[str]) -> None:
    """A section's sentences, each heading said once."""
    shown = section.points[:POINTS_A_SLIDE]
    slide = deck.slide(section.sentence, section.heading, notes)
    said: list[str | tuple[str, str]] = []
    for number, point in enumerate(shown):
        same = number and shown[number - 1].under == point.under
        words = paper.nearer(point.words)
        said.append(words if same or not point.under else (point.under, words))
    more = len(section.points) - len(shown)
    said += [f"{more} more in the notes of this slide."] if more else []
    text(slide, said, (LEFT, TOP, ROOM, POINTS_HIGH), size=size_for(said, ROOM, POINTS_HIGH))


def _figure(deck: Deck, section: Section, figure: Figure) -> None:
    head, rows = table_of(figure)
    twin = [" · ".join(head), *(" · ".join(row) for row in rows)]
    slide = deck.slide(figure.sentence, figure.title, [*section.notes, "The same numbers:", *twin])
    said = alternative(figure)
    match figure:
        case MapFigure():
            _map(slide, figure, said)
        case TrendChart():
            charts.trend(slide, figure, said)
        case GlideChart():
            charts.glide(slide, figure, said)
        case CascadeChart():
            charts.cascade(slide, figure, said)
        case _:
            _picture(slide, svg_of(figure, 900, 420), said, ROOM)
    if not isinstance(figure, MapFigure):
        text(slide, [_reading(figure)], (LEFT, 6.33, ROOM, 0.6), size=13, colour=MUTED)


def _reading(figure: Picture) -> str:
    if isinstance(figure, TrendChart | GlideChart):
        return reading_words(figure)
    return step_words(figure) if isinstance(figure, CascadeChart) else figure.reading


def _map(slide: Any, figure: MapFigure, said: str) -> None:
    from pptx.util import Inches

    if not figure.legend:  # it is in the picture
        _picture(slide, figure.whole or figure.svg, said, ROOM)
        return
    beside = LEFT + _picture(slide, figure.svg, said, 8.2) + 0.4

    text(slide, [figure.head[1] if len(figure.head) > 1 else "Legend"], (beside, TOP, 3.5, 0.5), size=17, bold=True)
    for number, (code, words) in enumerate(figure.legend):
        top = TOP + 0.62 + 0.48 * number
        sign = slide.shapes.add_picture(BytesIO(png_of(swatch(code).replace("<svg ", SWATCH, 1), 112)),
                                        Inches(beside), Inches(top + 0.06), height=Inches(0.29))  # fmt: skip
        describe(sign, f"{words}: {FILLS[code].texture or 'plain'} colour of the map")
        text(slide, [words], (beside + 0.6, top - 0.02, 3.0, 0.45), size=18)


FOUR_LINES = 140
"""Letters that a tile holds below its number at the usual size."""
SWATCH = '<svg xmlns="http://www.w3.org/2000/svg" '


def _picture(slide: Any, svg: str, said: str, wide: float) -> float:
    """A picture as large as the slide lets it be; returns how wide it became, inches."""
    from pptx.util import Inches

    shape = slide.shapes.add_picture(BytesIO(png_of(svg)), Inches(LEFT), Inches(TOP))
    scale = min(Inches(wide) / shape.width, Inches(PICTURE_HIGH) / shape.height)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    describe(shape, said)
    return float(shape.width / Inches(1))


def _last(deck: Deck, paper: Paper) -> None:
    """The four states, sources, and what agreements hold back."""
    slide = deck.slide("How to read these numbers", "Notes")
    states = [f"{name}: {meaning}" for _, name, meaning in FOUR_STATES]
    cited = paper.cited(MOST_SOURCES, "the workbook")
    held = [f"Not shown, because agreements do not allow it: {'; '.join(paper.withheld)}"] if paper.withheld else []
    text(slide, [*states, PROVISIONAL], (LEFT, TOP - 0.5, ROOM, 2.6), size=18)
    text(slide, [cited, *held], (LEFT, 4.35, ROOM, 2.4), size=13, colour=MUTED)
    quiet(slide, _foot(paper))
