"""The workbook (XLSX): notes first, then a sheet a table. Numbers are numbers, states words; nothing is a formula."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dashboard.exports.columns import meaning, names_of
from dashboard.exports.desk import Say
from dashboard.exports.paper import FOUR_STATES, MARK, NOT_REAL, PROVISIONAL, Paper, Sheet
from dashboard.figures.palette import ACCENT, RULE
from dashboard.figures.words import STATE_WORDS
from dashboard.views.words import day_words

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
STATE_COLUMNS = ("state", "need_state", "minutes_state", "next_state")
WIDEST, NARROWEST = 60, 9
NAME_WIDE, NOTE_WIDE, LINE_HIGH = 36, 110, 15
PAPER_WIDE = 230
"""Letters that are still readable side by side on one printed page."""
LONGEST_NAME = 31
MOST_FOOT = 200
"""Letters of a printed foot; Excel refuses a file with more than 255 in it."""


def workbook(paper: Paper, out: Path, say: Say) -> None:
    """Write the workbook."""
    from xlsxwriter import Workbook

    with Workbook(str(out), OPTIONS) as book:
        book.set_properties({"title": paper.title, "subject": paper.headline, "author": "Coalition dashboard"})
        forms = {
            "title": book.add_format({"bold": True, "font_size": 16}),
            "head": book.add_format({"bold": True, "bg_color": RULE, "text_wrap": True, "valign": "top"}),
            "strong": book.add_format({"bold": True, "font_color": ACCENT, "text_wrap": True, "valign": "top"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _notes(book.add_worksheet("Notes"), paper, forms)
        for number, sheet in enumerate(paper.sheets):
            say(f"Workbook: {sheet.title[:60]}", 0.6 + 0.35 * number / len(paper.sheets))
            _sheet(book.add_worksheet(sheet.name[:LONGEST_NAME]), sheet, forms)
        for page in book.worksheets():
            _printed(page, paper)


def _printed(page: Any, paper: Paper) -> None:
    """On paper: across, and whose numbers they are at the foot of every page."""
    said = f"{NOT_REAL if paper.demonstration else ''}{paper.title}. As known on {day_words(paper.known_on)}."
    page.set_landscape()
    page.set_footer(f"&L&8{said[:MOST_FOOT].replace('&', '&&')}&R&8&P / &N")


def _notes(page: Any, paper: Paper, forms: dict[str, Any]) -> None:
    """Whose numbers, of which day, for whom; the four states; the sheets; sources."""
    lines: list[tuple[str, str]] = [
        ("About", paper.headline), ("As known on", day_words(paper.known_on)), ("Who may see it", paper.whom),
        *([("Mark", MARK)] if paper.demonstration else []),
        *((name, meaning_) for _, name, meaning_ in FOUR_STATES), ("Provisional", PROVISIONAL),
        *((f"Sheet {one.name}", " ".join((f"{one.title.removesuffix('.')}.", *one.notes))) for one in paper.sheets),
        *((f"Source {one.title}",
           f"{one.publisher}. Published {day_words(one.as_of)}. Licence: {one.licence}. {one.url}")
          for one in paper.sources),
        *(("Not shown", said) for said in paper.withheld),
    ]  # fmt: skip
    page.fit_to_pages(1, 0)
    page.set_column(0, 0, NAME_WIDE)
    page.set_column(1, 1, NOTE_WIDE)
    page.write_string(0, 0, paper.title, forms["title"])
    for row, (name, said) in enumerate(lines, 2):
        page.write_string(row, 0, name, forms["strong"])
        page.write_string(row, 1, said, forms["wrap"])
        needed = max(-(-len(said) // (NOTE_WIDE - 10)), -(-len(name) // (NAME_WIDE - 5)))
        page.set_row(row, LINE_HIGH * needed)  # not every program makes room for a wrapped text


def _sheet(page: Any, sheet: Sheet, forms: dict[str, Any]) -> None:
    """A table with its head frozen; a sheet without rows says so."""
    names = names_of(sheet.rows)
    if not names:
        page.write_string(0, 0, f"{sheet.title} Nothing to show.")
        return
    shown = _with_words(names)
    for column, name in enumerate(shown):
        page.write_string(0, column, name.replace("_", " "), forms["head"])
        page.write_comment(0, column, meaning(name))
    for row, told in enumerate(sheet.rows, 1):
        for column, name in enumerate(shown):
            _cell(page, row, column, _value(told, name))
    widths = [_width(sheet, name) for name in shown]
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    page.repeat_columns(0, 1)
    page.fit_to_pages(-(-sum(widths) // PAPER_WIDE), 0)
    page.autofilter(0, 0, len(sheet.rows), len(shown) - 1)


def _width(sheet: Sheet, name: str) -> int:
    """Letters that a column needs, within what is still easy to read."""
    longest = max(len(str(_value(told, name) or "")) for told in sheet.rows)
    return min(max(longest + 1, len(name) + 1, NARROWEST), WIDEST)


def _with_words(names: Sequence[str]) -> list[str]:
    """The columns, each state followed by one that says it in words."""
    return [shown for name in names for shown in ((name, f"{name}_in_words") if name in STATE_COLUMNS else (name,))]


def _value(told: Any, name: str) -> object:
    if not name.endswith("_in_words"):
        return told.get(name)
    state = told.get(name.removesuffix("_in_words"))
    return state_words(str(state or ""))


def state_words(state: str) -> str:
    """A state as people read it: `hidden to protect people`; a value says that it is one."""
    return {one.value: said for one, said in STATE_WORDS.items()}.get(state, state.replace("_", " "))


def _cell(page: Any, row: int, column: int, value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, str(value))
