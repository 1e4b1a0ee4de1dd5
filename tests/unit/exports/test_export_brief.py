"""The brief: two pages at most, readable by a screen reader, and nothing that was typed becomes markup."""

import builtins
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from dashboard.errors import InvalidQuery
from dashboard.exports.brief_html import FITS, brief_html
from dashboard.exports.brief_pdf import brief_pdf
from dashboard.exports.paper import FOUR_STATES, Paper, Point, Tile
from dashboard.exports.pictures import alternative


def made(paper: Paper, folder: Path) -> pikepdf.Pdf:
    brief_pdf(paper, folder / "brief.pdf", lambda *_: None)
    return pikepdf.open(folder / "brief.pdf")


def elements(node: Any, kind: str) -> list[Any]:
    """Every structure element of a kind below a node."""
    found = [node] if isinstance(node, pikepdf.Dictionary) and node.get("/S") == kind else []
    below = node.get("/K") if isinstance(node, pikepdf.Dictionary) else node
    parts = list(below) if isinstance(below, pikepdf.Array) else [below]
    return found + [one for part in parts if isinstance(part, pikepdf.Dictionary) for one in elements(part, kind)]


def test_a_brief_is_tagged_names_its_language_and_title_and_says_it_is_accessible(paper: Paper, tmp_path: Path):
    with made(paper, tmp_path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert "Overdose response in <Ash>" in str(pdf.docinfo.Title)
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert elements(pdf.Root.StructTreeRoot, "/H1")
        assert elements(pdf.Root.StructTreeRoot, "/TH")


def test_every_figure_of_a_brief_has_an_alternative_text_with_its_numbers(paper: Paper, tmp_path: Path):
    with made(paper, tmp_path) as pdf:
        said = [str(one.get("/Alt", "")) for one in elements(pdf.Root.StructTreeRoot, "/Figure")]
    assert len(said) == 3
    assert all(said)
    assert any("Birch: hidden to protect people" in text for text in said)


def test_a_brief_of_very_long_lists_has_two_pages(paper: Paper, tmp_path: Path):
    long = tuple(
        Point(f"Number {n} of many things that changed in a town with a rather long name.") for n in range(400)
    )
    tiles = tuple(
        Tile(f"An indicator of a very long name, number {n}", "1,234", "people", "", "x " * 60) for n in range(6)
    )
    sections = tuple(replace(one, points=long, tiles=tiles if one.tiles else ()) for one in paper.sections)
    with made(replace(paper, sections=sections, place="A" * 200, title="A" * 200), tmp_path) as pdf:
        assert len(pdf.pages) == 2


def test_a_brief_with_nothing_to_show_is_still_a_page_that_says_how_to_read_it(paper: Paper, tmp_path: Path):
    with made(replace(paper, sections=(), sources=()), tmp_path) as pdf:
        assert len(pdf.pages) == 1


def test_a_map_of_very_many_towns_is_told_as_far_as_an_alternative_text_goes(paper: Paper):
    section = paper.section("towns")
    assert section
    many = replace(section.figures[0], rows=tuple((f"Town {n}", f"{n} deaths") for n in range(351)))  # type: ignore[arg-type]
    told = alternative(many)
    assert "Town 0: 0 deaths; Town 1: 1 deaths" in told
    shown = told.count(" deaths;")
    assert told.endswith(f"; {351 - shown} more in the workbook.")
    assert len(told) < 1000


def test_a_brief_without_pictures_is_one_page(paper: Paper, tmp_path: Path):
    bare = tuple(replace(one, figures=(), tiles=()) for one in paper.sections)
    with made(replace(paper, sections=bare), tmp_path) as pdf:
        assert len(pdf.pages) == 1


def test_what_was_typed_never_becomes_markup(paper: Paper):
    html = brief_html(paper, FITS[0])
    assert "A &lt;b&gt;sentence&lt;/b&gt;." in html
    assert "<b>sentence" not in html


def test_a_brief_carries_date_sources_the_four_states_and_what_is_not_shown(paper: Paper):
    html = brief_html(paper, FITS[-1])
    assert "31 March 2026" in html
    assert "Death register (The state, 1 January 2026)" in html
    assert "Clinic: its agreement has ended." in html
    assert all(meaning in html for _, _, meaning in FOUR_STATES)


def test_without_pango_the_brief_says_what_to_install(paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(InvalidQuery, match="apt-get install libpango"):
        brief_pdf(paper, tmp_path / "brief.pdf", lambda *_: None)
