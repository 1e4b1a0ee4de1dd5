"""A workbook to fill in for one register: its columns, lists to choose from, and how to fill it in."""

from __future__ import annotations

import io

from xlsxwriter import Workbook

from dashboard.registers import Column, Register

ROWS = 500
"""Rows with lists to choose from."""
WIDTH = 24
WRITTEN = {
    "text": "free text, without names of people", "choice": "one of the list", "day": "a day like 2026-09-30",
    "town": "a town's name, or: all", "partner": "a partner's name", "money": "dollars, without a minus sign",
    "count": "a whole number",
}  # fmt: skip


def template_book(kept: Register) -> bytes:
    """An XLSX file that `coalition load` knows by its columns once it is filled in."""
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(content, options) as book:
        sheet, guide = book.add_worksheet(kept.title[:31]), book.add_worksheet("How to fill this in")
        bold, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, column in enumerate(kept.columns):
            sheet.write_string(0, at, column.name, bold)
            sheet.set_column(at, at, WIDTH, days if column.kind == "day" else None)
            if column.choices:
                sheet.data_validation(1, at, ROWS, at, {"validate": "list", "source": list(column.choices)})
        sheet.freeze_panes(1, 0)
        guide.set_column(0, 0, 100)
        for row, sentence in enumerate([kept.about, *(_told(column) for column in kept.columns)]):
            guide.write_string(row, 0, sentence, wrapped)
    return content.getvalue()


def _told(column: Column) -> str:
    needed = "needed" if column.needed else "may stay blank"
    choices = f": {', '.join(column.choices)}" if column.choices else ""
    return f"{column.name}: {column.label}; {WRITTEN[column.kind]}{choices}; {needed}."
