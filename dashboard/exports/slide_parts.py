"""What every slide is made of: a sentence as its title, text, tables, and alternative text for what is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.figures.palette import ACCENT, INK, MUTED, RULE, SHADE

Box = tuple[float, float, float, float]
"""Left, top, width and height; inches."""
WIDE, HIGH = 13.333, 7.5
LEFT, TOP, ROOM = 0.6, 2.0, 12.13
"""Inches: where the body of a slide begins, and how wide it is."""
FONT = "Arial"
TEXT_SIZES = (22, 20, 18, 16, 14, 12)
TITLE_SIZES = ((75, 36), (130, 30), (200, 25), (290, 21), (10_000, 17))
"""Points of a title by its most letters: two or three lines, readable from the back of a room."""


class Deck:
    """A presentation whose slides each begin with a sentence."""

    def __init__(self) -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self.made = Presentation()
        self.made.slide_width, self.made.slide_height = Inches(WIDE), Inches(HIGH)
        self.told: Counter[str] = Counter()  # a title said twice is numbered: a list of slides tells them apart by it
        self.titled = self.made.slide_layouts[5]  # title only: its title is what a screen reader announces

    def slide(self, sentence: str, eyebrow: str = "", notes: Iterable[str] = ()) -> Any:
        """A new slide: the sentence is its title; `notes` go under it for whoever speaks."""
        slide = self.made.slides.add_slide(self.titled)
        title = slide.shapes.title
        place(title, LEFT, 0.64, ROOM, 1.3)
        self.told[sentence] += 1
        told = sentence if self.told[sentence] == 1 else f"{sentence} ({self.told[sentence]})"
        write(title.text_frame, [told], _title_size(told), bold=True)
        title.text_frame.word_wrap = True
        if eyebrow:
            text(slide, [eyebrow], (LEFT, 0.28, ROOM, 0.36), size=16, colour=ACCENT)
        slide.notes_slide.notes_text_frame.text = "\n".join(notes)
        return slide


def _title_size(sentence: str) -> int:
    return next(size for most, size in TITLE_SIZES if len(sentence) <= most)


def size_for(paragraphs: Sequence[str | tuple[str, str]], wide: float, high: float) -> int:
    """The largest size (points) of these paragraphs that stays within a box of so many inches, the smallest if none."""
    return next((size for size in TEXT_SIZES if _high(paragraphs, size, wide) <= high), TEXT_SIZES[-1])


def _high(paragraphs: Sequence[str | tuple[str, str]], size: int, wide: float) -> float:
    """About how high they stand, inches: a letter is half as wide as it is high, a line a fifth higher."""
    letters = wide * 72 / (size * 0.52)
    lines = [-(-len(said if isinstance(said, str) else "  ".join(said)) // letters) for said in paragraphs]
    return sum(line * 1.2 + 0.35 for line in lines) * size / 72


def place(shape: Any, left: float, top: float, wide: float, high: float) -> None:
    """Put a shape somewhere; inches."""
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = map(Inches, (left, top, wide, high))


def colour_of(code: str) -> Any:
    """A colour of the palette."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(code.removeprefix("#").upper())


def write(frame: Any, paragraphs: Sequence[str | tuple[str, str]], size: int, *, colour: str = INK,
          bold: bool = False) -> None:  # fmt: skip
    """Fill a text frame with plain paragraphs; one of two texts begins with the first of them in bold."""
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.clear()
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = 0
    for number, said in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(size * 0.35)
        runs = [(said, bold)] if isinstance(said, str) else [(f"{said[0]}  ", True), (said[1], False)]
        for words, strong in runs:
            run = paragraph.add_run()
            run.text = words
            run.font.size, run.font.bold, run.font.name = Pt(size), strong, FONT
            run.font.color.rgb = colour_of(colour)
            run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_US  # a screen reader takes its voice from it


def text(
    slide: Any, paragraphs: Sequence[str | tuple[str, str]], box: Box, *, size: int = 20, colour: str = INK,
    bold: bool = False,
) -> Any:  # fmt: skip
    """A box of plain paragraphs."""
    from pptx.util import Inches

    shape = slide.shapes.add_textbox(*map(Inches, box))
    write(shape.text_frame, paragraphs, size, colour=colour, bold=bold)
    return shape


def panel(slide: Any, box: Box) -> None:
    """A quiet ground for a number."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches

    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour_of(SHADE)
    shape.line.fill.background()
    shape.shadow.inherit = False
    decorative(shape)


def table(slide: Any, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float],
          *, size: int = 15) -> Any:  # fmt: skip
    """A native table with a header row; `widths` are parts of the whole."""
    from pptx.util import Inches

    shape = slide.shapes.add_table(len(rows) + 1, len(head), *map(Inches, (LEFT, TOP, ROOM, 0.4 * (len(rows) + 1))))
    made = shape.table
    made.first_row, made.horz_banding, made.first_col = True, False, True
    whole = sum(widths)
    for column, part in zip(made.columns, widths, strict=True):
        column.width = Inches(ROOM * part / whole)
    for at, texts in enumerate([head, *rows]):
        made.rows[at].height = Inches(0.4)
        for cell, said in zip(made.rows[at].cells, texts, strict=True):
            _cell(cell, said, size, head=at == 0)
    describe(shape, f"Table of {len(rows)} rows: {', '.join(head)}.")
    return shape


def _cell(cell: Any, said: str, size: int, *, head: bool) -> None:
    from pptx.util import Inches

    write(cell.text_frame, [said], size, bold=head)
    cell.margin_left = cell.margin_right = Inches(0.07)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour_of(RULE if head else "#ffffff")


def describe(shape: Any, alternative: str) -> None:
    """Give a drawn shape its alternative text."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alternative)


def decorative(shape: Any) -> None:
    """Say that a shape says nothing."""
    from lxml import etree

    space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    named = shape._element.xpath(".//p:cNvPr")[0]
    listed = etree.SubElement(named, f"{{{main}}}extLst")
    kept = etree.SubElement(listed, f"{{{main}}}ext", uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
    etree.SubElement(kept, f"{{{space}}}decorative", nsmap={"adec": space}, val="1")


def quiet(slide: Any, said: str) -> None:
    """One line at the foot of a slide."""
    text(slide, [said], (LEFT, 6.86, ROOM, 0.5), size=13, colour=MUTED)
