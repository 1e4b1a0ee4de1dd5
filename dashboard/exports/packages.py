"""Files in a ZIP: the CSV package with its description (Frictionless Data Package), and a whole meeting."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from dashboard.exports.brief_pdf import brief_pdf
from dashboard.exports.columns import kind_of, meaning, names_of
from dashboard.exports.csv_text import to_csv
from dashboard.exports.desk import Say
from dashboard.exports.framed import framed
from dashboard.exports.paper import FOUR_STATES, MARK, NOT_REAL, PROVISIONAL, Paper, Sheet
from dashboard.exports.pictures import alternative, named_figures, png_of
from dashboard.exports.slides import slides
from dashboard.exports.workbook import workbook
from dashboard.views.words import day_words

MOST_SOURCES = 6
DESCRIPTION = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/1.0/datapackage.json"


def csv_package(paper: Paper, out: Path, say: Say) -> None:
    """Write the tables as CSV with a description of every column."""
    say("Tables as CSV", 0.7)
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        _write_tables(archive, paper, "")
        archive.writestr("README.txt", readme(paper))


def meeting_zip(paper: Paper, out: Path, say: Say) -> None:
    """Write everything: brief, slides, workbook, tables as CSV, and every figure as SVG and PNG."""
    with ZipFile(out, "w", ZIP_DEFLATED) as archive, TemporaryDirectory() as folder:
        for name, make in (("brief.pdf", brief_pdf), ("slides.pptx", slides), ("workbook.xlsx", workbook)):
            say(f"The meeting: {name}", 0.6)
            make(paper, Path(folder) / name, say)
            archive.write(Path(folder) / name, name)
        _write_tables(archive, paper, "data/")
        _write_figures(archive, paper, say)
        archive.writestr("README.txt", readme(paper))


def figures_zip(paper: Paper, out: Path, say: Say) -> None:
    """Write every figure as SVG and PNG, with the words that stand for it."""
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        _write_figures(archive, paper, say)
        archive.writestr("README.txt", readme(paper))


def description(paper: Paper) -> dict[str, Any]:
    """The description of the tables as a Frictionless Data Package."""
    return {
        "$schema": PROFILE, "name": "coalition-tables", "title": paper.title, "description": notes_of(paper),
        "created": f"{paper.known_on.isoformat()}T00:00:00Z",
        "sources": [{"title": f"{one.title} ({one.publisher}, {day_words(one.as_of)}; licence: {one.licence})",
                     **({"path": one.url} if one.url else {})} for one in paper.sources],
        "resources": [_resource(sheet) for sheet in paper.sheets if sheet.rows],
    }  # fmt: skip


def _resource(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name, "path": f"{sheet.name}.csv", "title": sheet.title, "description": " ".join(sheet.notes),
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"},
        "schema": {"missingValues": [""], "fields": [
            {"name": name, "type": kind_of(row.get(name) for row in sheet.rows), "description": meaning(name)}
            for name in names_of(sheet.rows)
        ]},
    }  # fmt: skip


def _write_tables(archive: ZipFile, paper: Paper, folder: str) -> None:
    archive.writestr(f"{folder}{DESCRIPTION}", json.dumps(description(paper), indent=2, ensure_ascii=False))
    for sheet in paper.sheets:
        if sheet.rows:
            names = names_of(sheet.rows)
            rows = [{name: _written(row.get(name)) for name in names} for row in sheet.rows]
            archive.writestr(f"{folder}{sheet.name}.csv", to_csv(rows))


def _written(value: object) -> object:
    """A value as the description promises it: true and false in small letters."""
    return str(value).lower() if isinstance(value, bool) else value


def _write_figures(archive: ZipFile, paper: Paper, say: Say) -> None:
    said, notes = [], beside_figures(paper)
    for name, figure in named_figures(paper):
        say(f"Picture: {figure.title[:60]}", 0.96)
        svg = framed(figure, notes)
        archive.writestr(f"figures/{name}.svg", svg)
        archive.writestr(f"figures/{name}.png", png_of(svg))
        said.append(f"{name}: {alternative(figure)}")
    archive.writestr("figures/alternative-texts.txt", "\n\n".join(said))


def beside_figures(paper: Paper) -> tuple[str, ...]:
    """What goes with every figure wherever it is passed on: its day, whom it is for, and where its numbers are from."""
    mark = (MARK,) if paper.demonstration else ()
    cited = (paper.cited(MOST_SOURCES, "README.txt"),) if paper.sources else ()
    return (*mark, f"As known on {day_words(paper.known_on)}. {paper.whom}", *cited)


def notes_of(paper: Paper) -> str:
    """Whose numbers, of which day, for whom, and how the four states are written."""
    mark = NOT_REAL if paper.demonstration else ""
    states = " ".join(f"{written}: {meaning_}" for written, _, meaning_ in FOUR_STATES)
    return f"{mark}{paper.headline} As known on {day_words(paper.known_on)}. {paper.whom} {states} {PROVISIONAL}"


def readme(paper: Paper) -> str:
    """The notes as a text file."""
    states = [f"  {name} (written {written}): {said}" for written, name, said in FOUR_STATES]
    named = [f"  {one.title}, {one.publisher}, published {day_words(one.as_of)}, licence: {one.licence} {one.url}"
             for one in paper.sources]  # fmt: skip
    held = ["", "Not shown, because agreements do not allow it:", *(f"  {said}" for said in paper.withheld)]
    mark = [MARK] if paper.demonstration else []
    return "\r\n".join([
        paper.title, "", *mark, paper.headline, f"As known on {day_words(paper.known_on)}. {paper.whom}", "",
        "The four states of a number:", *states, f"  {PROVISIONAL}", "", "Sources:", *(named or ["  none yet"]),
        *(held if paper.withheld else []), "",
    ])  # fmt: skip
