"""Slides and workbook keep the rules of their formats, so that no program has to repair or refuse them."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from paper_maker import any_paper
from pptx import Presentation

from dashboard.exports.slides import slides
from dashboard.exports.workbook import workbook

MADE = {
    r"ppt/slides/slide\d+\.xml": "presentationml.slide+xml",
    r"ppt/charts/chart\d+\.xml": "drawingml.chart+xml",
    r"ppt/notesSlides/notesSlide\d+\.xml": "presentationml.notesSlide+xml",
}


def faults(file: Path) -> list[str]:
    """What the format's schema and its rules about ids and relationships find wrong, as Office 2019 reads it."""
    return [str(error) for error in OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(str(file)).errors]


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Slides with a chart of every kind, a map and tables."""
    out = tmp_path_factory.mktemp("office") / "slides.pptx"
    slides(any_paper(random.Random(5)), out, lambda *_: None)
    return out


def shapes_of(file: Path) -> Iterator[Any]:
    """Every shape of every slide."""
    return (shape for slide in Presentation(str(file)).slides for shape in slide.shapes)


def changed(file: Path, part: str, found: str, instead: str) -> Path:
    """A copy of a file in which one text of one part is another."""
    out = file.with_name(f"changed{file.suffix}")
    with ZipFile(file) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            body = before.read(name)
            if name == part:
                assert re.search(found, body.decode())
                body = re.sub(found, instead, body.decode(), count=1).encode()
            after.writestr(name, body)
    return out


def test_slides_keep_the_rules_of_their_format(deck: Path):
    assert faults(deck) == []


def test_a_workbook_keeps_the_rules_of_its_format(tmp_path: Path):
    workbook(any_paper(random.Random(5)), tmp_path / "book.xlsx", lambda *_: None)
    assert faults(tmp_path / "book.xlsx") == []


@pytest.mark.parametrize(("part", "found", "instead", "words"), [
    ("ppt/slides/slide2.xml", r'(<p:cNvPr id=")3"', r'\g<1>2"', "Duplicate shape ID"),
    pytest.param("ppt/slides/slide3.xml", r'r:id="rId\d+"', 'r:id="rId99"', "rId99", marks=pytest.mark.long),
    pytest.param("ppt/charts/_rels/chart1.xml.rels", r"Microsoft_Excel_Sheet1", "Nothing", "target not found",
                 marks=pytest.mark.long),
    ("ppt/charts/chart1.xml", r"(<c:marker val)", r"<c:nothing/>\1", "nothing"),
])  # fmt: skip
def test_a_fault_in_slides_is_found(deck: Path, part: str, found: str, instead: str, words: str):
    assert any(words in one for one in faults(changed(deck, part, found, instead)))


def test_every_part_that_we_write_says_of_what_type_it_is(deck: Path):
    with ZipFile(deck) as archive:
        types = dict(
            re.findall(r'PartName="/([^"]+)" ContentType="([^"]+)"', archive.read("[Content_Types].xml").decode())
        )
        for name in archive.namelist():
            for pattern, kind in MADE.items():
                assert not re.fullmatch(pattern, name) or types[name].endswith(kind)


def test_everything_that_is_drawn_is_described_or_says_that_it_is_decoration(deck: Path):
    for shape in shapes_of(deck):
        named = shape._element.xpath(".//p:cNvPr")[0]
        decoration = "decorative" in (shape.element.xml if len(named) else "")
        assert shape.has_text_frame or named.get("descr") or decoration, shape.name
        assert not shape.has_text_frame or shape.text_frame.text or decoration, shape.name


def test_no_two_slides_have_the_same_title(deck: Path):
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(str(deck)).slides]
    assert len(set(titles)) == len(titles)


def test_every_text_of_a_slide_names_its_language(deck: Path):
    runs = [run for shape in shapes_of(deck) if shape.has_text_frame for paragraph in shape.text_frame.paragraphs
            for run in paragraph.runs]  # fmt: skip
    assert {str(run.font.language_id) for run in runs} == {"ENGLISH_US (1033)"}


def test_nothing_reaches_beyond_a_slide(deck: Path):
    shown = Presentation(str(deck))
    for shape in shapes_of(deck):
        assert shape.left >= 0
        assert shape.left + shape.width <= shown.slide_width
        assert shape.top + shape.height <= shown.slide_height


@pytest.mark.long
@pytest.mark.parametrize("seed", range(200, 230))
def test_slides_and_workbook_keep_the_rules_in_many_states(seed: int, tmp_path: Path):
    paper = any_paper(random.Random(seed))
    for make, name in ((slides, "slides.pptx"), (workbook, "book.xlsx")):
        make(paper, tmp_path / name, lambda *_: None)
        assert faults(tmp_path / name) == []
