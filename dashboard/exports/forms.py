"""The forms in which a paper goes home, by the word the command line and the page use for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.errors import InvalidQuery
from dashboard.exports.brief_pdf import brief_pdf
from dashboard.exports.compose import compose
from dashboard.exports.desk import AskedPaper, Desk, Say
from dashboard.exports.packages import csv_package, figures_zip, meeting_zip
from dashboard.exports.paper import Paper
from dashboard.exports.slides import slides
from dashboard.exports.workbook import workbook

Make = Callable[[Paper, Path, Say], None]


@dataclass(frozen=True)
class Form:
    """One form: its name and what it is in words, the ending of its file, its media type, and what writes it.

    `only` is the one section that goes into it, "" for all of them.
    """

    id: str
    name: str
    what: str
    suffix: str
    mimetype: str
    make: Make
    only: str = ""


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FORMS: Mapping[str, Form] = {
    form.id: form
    for form in (
        Form("brief", "Brief", "Two pages to print or send, readable by a screen reader (PDF).", ".pdf",
             "application/pdf", brief_pdf),
        Form("slides", "Slides", "One sentence a slide, with charts that can be edited (PowerPoint).", ".pptx", PPTX,
             slides),
        Form("workbook", "Workbook", "Every number with its state, notes first (Excel).", ".xlsx", XLSX, workbook),
        Form("csv", "Tables", "The same tables as CSV, with a description of every column (ZIP).", ".zip",
             "application/zip", csv_package),
        Form("funders", "Tables for funders", "CDC OD2A: LOCAL, Pew core measures and the settlement report, filled "
             "from the same numbers (Excel).", ".xlsx", XLSX, workbook, "funders"),
        Form("figures", "Figures", "Every figure as SVG and PNG, with alternative texts (ZIP).", ".zip",
             "application/zip", figures_zip),
        Form("meeting", "The whole meeting", "All of these, and every figure as SVG and PNG (ZIP).", ".zip",
             "application/zip", meeting_zip),
    )
}  # fmt: skip


def form_of(id_: str) -> Form:
    """The form with this id; InvalidQuery lists those there are."""
    if id_ not in FORMS:
        raise InvalidQuery(f"There is no export '{id_[:40]}'. There are {', '.join(FORMS)}.")
    return FORMS[id_]


def export(desk: Desk, form: Form, asked: AskedPaper, out: Path, say: Say) -> Paper:
    """Compose the paper and write it in a form; the file is there in whole or not at all. Returns what was written."""
    paper = compose(desk, asked, lambda said, done: say(said, 0.6 * done))
    if form.only:
        kept = tuple(section for section in paper.sections if section.id == form.only)
        if not kept:
            raise InvalidQuery("Nobody reports anything that funders ask for yet, so there is no table to fill.")
        paper = replace(paper, sections=kept, headline=kept[0].sentence)
    scratch = out.with_name(f".{out.name}.part")
    try:
        form.make(paper, scratch, say)
        scratch.replace(out)
    finally:
        scratch.unlink(missing_ok=True)
    say("Done", 1.0)
    return paper
