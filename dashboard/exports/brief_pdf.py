"""The brief as a tagged PDF (PDF/UA-1) of two pages at most."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from dashboard.errors import InvalidQuery
from dashboard.exports.brief_html import FITS, brief_html
from dashboard.exports.desk import Say
from dashboard.exports.paper import Paper

MOST_PAGES = 2
MISSING = (
    "The brief needs WeasyPrint and Debian's Pango. Install both, or take the slides or the workbook: "
    "pip install 'coalition-dashboard[exports]' and sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0."
)


def brief_pdf(paper: Paper, out: Path, say: Say) -> None:
    """Write the brief; InvalidQuery says what to install where it cannot be made."""
    document = _fitted(paper, say)
    say("Writing the brief", 0.95)
    document.write_pdf(out, pdf_variant="pdf/ua-1", pdf_tags=True, custom_metadata=False)


def _fitted(paper: Paper, say: Say) -> Any:
    """The document with as much as two pages hold; each try says less, the last one fits whatever comes."""
    make = _weasyprint()
    for number, fit in enumerate(FITS):
        say("Laying out the brief", 0.6 + 0.3 * number / len(FITS))
        document = make(string=brief_html(paper, fit)).render()
        if len(document.pages) <= MOST_PAGES:
            return document
    return document.copy(document.pages[:MOST_PAGES])


def _weasyprint() -> Any:
    """WeasyPrint's HTML, which needs a library that pip does not bring."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise InvalidQuery(MISSING) from error
    return HTML
