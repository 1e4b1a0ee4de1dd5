"""A sheet to fill in, made for one partner: drop-downs for towns, months and measures; it loads with no question."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.domain import Level, add_months
from data_loaders.sheets.asking import MONTHS
from data_loaders.sheets.known import Known

ROWS = 500
"""Rows with drop-downs."""
MONTHS_BACK = 24
HEADER = ("Town", "Month", "Measure", "Number", "Counted by", "Note")
WIDTHS = (26, 18, 58, 12, 34, 40)
COUNTED_BY = ("Where people live", "Where it happened")
INSTRUCTIONS = (
    "Fill in the sheet 'Numbers': a row for each town, month and measure. The arrows in the cells open lists.",
    "Zero is a number: write 0 where there were none. A row that is missing means that nobody told us.",
    "Write 'Suppressed' where you know the number and may not say it.",
    "Counted by: whether the town is the one where people live or the one where it happened. It may stay blank for "
    "measures that are known in one way only.",
    "Write counts only: no names, no birth dates, no addresses, no run numbers, no row for a single person.",
    "Save the file and bring it under 'Bring numbers'. Next month add rows below, or start with an empty sheet.",
)


def template(partner: str, known: Known, *, measures: Sequence[str] = ()) -> bytes:
    """An XLSX file for a partner (its name); `measures` are ids to offer, all counts where none are named."""
    content = io.BytesIO()
    book = Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    numbers, guide, lists = (book.add_worksheet(name) for name in ("Numbers", "How to fill this in", "Lists"))
    columns = (_towns(known), _months(known), _labels(known, measures), COUNTED_BY)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    _lists(lists, columns, bold)
    _numbers(numbers, columns, bold, book.add_format({"num_format": "@"}))
    _guide(guide, partner, book.add_format({"text_wrap": True, "valign": "top"}))
    lists.protect()
    book.close()
    return content.getvalue()


def _towns(known: Known) -> list[str]:
    """The towns of the state with most of them first; their state is added where two share a name."""
    towns = [place for place in known.places if place.level == Level.TOWN]
    return sorted({town.name for town in towns if known.places.find(town.name) == town})


def _months(known: Known) -> list[str]:
    first = known.today.replace(day=1)
    months = [add_months(first, -back) for back in range(MONTHS_BACK)]
    return [f"{MONTHS[month.month - 1]} {month.year}" for month in months]


def _labels(known: Known, measures: Sequence[str]) -> list[str]:
    wanted = [known.measures[id_] for id_ in measures if id_ in known.measures]
    offered = wanted or [one for one in known.measures.values() if one.kind == "count" and "place" in one.adds_over]
    return sorted(one.label for one in offered)


def _lists(sheet: Worksheet, columns: Iterable[Sequence[str]], bold: Any) -> None:
    for at, texts in enumerate(columns):
        sheet.write_string(0, at, ("Towns", "Months", "Measures", "Counted by")[at], bold)
        sheet.write_column(1, at, texts)
        sheet.set_column(at, at, 40)


def _numbers(sheet: Worksheet, columns: Sequence[Sequence[str]], bold: Any, as_text: Any) -> None:
    for at, (title, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
        sheet.write_string(0, at, title, bold)
        sheet.set_column(at, at, width, as_text if title in ("Month", "Note") else None)
    for at, texts in zip((0, 1, 2, 4), columns, strict=True):
        letter = "ABCD"[(0, 1, 2, 4).index(at)]
        source = f"=Lists!${letter}$2:${letter}${len(texts) + 1}"
        told = {"error_title": "Not in the list", "error_message": "Choose from the list behind the arrow."}
        sheet.data_validation(1, at, ROWS, at, {"validate": "list", "source": source, "error_type": "warning", **told})
    sheet.freeze_panes(1, 0)


def _guide(sheet: Worksheet, partner: str, wrapped: Any) -> None:
    sheet.set_column(0, 0, 100)
    for row, sentence in enumerate((f"Monthly numbers of {partner}", *INSTRUCTIONS)):
        sheet.write_string(row, 0, sentence, wrapped)
