"""Partners' real-shaped files with random harm: cells, encodings, bytes, and parts of the zip that changed places.

Everything follows from a seed: the same number is the same file.
"""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from xml.sax.saxutils import escape

from hostile_files import Hostile, ods, zipped
from messy_sheets import MESSY
from xlsxwriter import Workbook

from data_loaders.sheets.grid import Cell, Grid

STRANGE: tuple[Cell, ...] = (
    "1e999", "-1e999", "9" * 400, 9e307, -9e307, 5e-324, 2.0**53, -1, -0.0, 0.5, 10**15, "١٢", "１２", "½", "1,2,3.4",
    "1.234.567,89", "$5", "5%", "(12)", "12*", "<5", "≤10", "5-9", "#REF!", "#DIV/0!", "NaN", "inf", "None", "null", "",
    "   ", "\u00a0", "\u200b", "\u202e21 ,lohtA", "\ufeffTown", "A\u0301thol", "🙂", "Town", "Total", "Grand total",
    "-", "=1+1", "=cmd|'/c calc'!A1", "@SUM(A1)", "+1-1", "'; DROP TABLE load; --", "<script>alert(1)</script>",
    "{{7*7}}", "%s%n%x", "../../etc/passwd", "x" * 5000, "a\nb", "a\tb", "a\rb", '"', "True", True, False,
    date(1900, 1, 1), date(9999, 12, 31), date(1, 1, 1), datetime(2026, 5, 1, 23, 59, 59), "2026-02-30", "13/13/2026",
    "Hartford; Windham", "FY99", "Q5 2026", "January 0", "Jan 20266", "week 99", "2026-W60", "Springfeild", "NA",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "cp437",
             "shift_jis", "utf-7", "cp037")  # fmt: skip


def fuzzed(seed: int) -> Hostile:
    """One file: a messy sheet of a partner whose cells, then whose bytes were changed, each perhaps not at all."""
    chance = random.Random(seed)
    messy = chance.choice(MESSY)
    sheets = [_strange(chance, one) for one in messy.build(messy.first).sheets]
    ending = chance.choice(("xlsx", "xlsx", "ods", "csv"))
    if ending == "csv":
        content = _as_csv(chance, chance.choice(sheets))
    else:
        content = _as_xlsx(sheets) if ending == "xlsx" else _as_ods(sheets)
        content = chance.choice((_same, _same, _parts_swapped, _text_changed))(chance, content)
    if chance.random() < 0.3:
        content = _damaged(chance, content)
    if chance.random() < 0.05:
        ending = chance.choice(("xlsx", "csv", "ods", "xls", "txt"))  # called what it is not
    return Hostile(f"{messy.name} {seed}", f"report.{ending}", content, harmless=True)


def _strange(chance: random.Random, sheet: Grid) -> Grid:
    """The sheet with some cells, rows and columns replaced, doubled, moved or gone."""
    rows = [list(row) for row in sheet.rows]
    for _ in range(chance.choice((0, 0, 0, 1, 2, 30))):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice((*STRANGE, chance.randint(-9, 9999), chance.gauss(0, 1e6)))
    for _ in range(chance.choice((0, 0, 0, 1, 3))):
        match chance.randrange(5):
            case 0:
                rows.insert(chance.randrange(len(rows) + 1), list(chance.choice(rows)))
            case 1:
                chance.shuffle(rows)
            case 2 if len(rows) > 1:
                del rows[chance.randrange(len(rows))]
            case 3:
                at = chance.randrange(len(rows[0]))
                rows = [[*row[:at], row[at], *row[at:]] for row in rows]
            case _:
                at = chance.randrange(len(rows[0]))
                rows = [[*row[:at], chance.choice(STRANGE), *row[at + 1 :]] for row in rows]
    return replace(sheet, rows=tuple(map(tuple, rows)), merged=() if chance.random() < 0.3 else sheet.merged)


def _as_xlsx(sheets: Sequence[Grid]) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                        "nan_inf_to_errors": True}) as book:  # fmt: skip
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, sheet in enumerate(sheets):
            page = book.add_worksheet(f"{sheet.sheet[:20]} {number}".translate(str.maketrans("", "", "[]:*?/\\'")))
            for at, row in enumerate(sheet.rows):
                for across, cell in enumerate(row):
                    if isinstance(cell, date) and cell.year >= 1900:
                        page.write_datetime(at, across, cell, day)
                    elif cell is not None:
                        page.write(at, across, str(cell) if isinstance(cell, date) else cell)
    return out.getvalue()


def _as_ods(sheets: Sequence[Grid]) -> bytes:
    """The first sheet: the writer of these tests makes documents of one."""
    return ods("".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in sheets[0].rows))


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"/>'
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'


def _as_csv(chance: random.Random, sheet: Grid) -> bytes:
    """The sheet as text, by one of the ways in which programs write it, ragged or with bytes that no text has."""
    out = io.StringIO()
    quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(out, delimiter=chance.choice(",;\t|"), lineterminator=chance.choice(("\n", "\r\n", "\r")),
                        quoting=quoting)  # fmt: skip
    for row in sheet.rows:
        cut = chance.randrange(len(row) + 1) if chance.random() < 0.05 else len(row)
        writer.writerow(["" if cell is None else cell for cell in row[:cut]])
    encoding = chance.choice((*ENCODINGS, "utf-8", "utf-8", "utf-8"))
    content = out.getvalue().encode(encoding, errors=chance.choice(("replace", "xmlcharrefreplace")))
    return content + chance.choice((b"", b"", b"\x00", b"\xff\xfe", b"\x1a", b'"', "é".encode("cp1252")))


def _same(_chance: random.Random, content: bytes) -> bytes:
    return content


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _parts_swapped(chance: random.Random, content: bytes) -> bytes:
    """Two parts in each other's place, one gone, or one under another name."""
    parts = _parts(content)
    one, other = chance.sample(sorted(parts), 2)
    match chance.randrange(3):
        case 0:
            parts[one], parts[other] = parts[other], parts[one]
        case 1:
            del parts[one]
        case _:
            parts[chance.choice((one.upper(), f"x/{one}", "xl/worksheets/sheet9.xml"))] = parts.pop(one)
    return zipped(parts)


def _text_changed(chance: random.Random, content: bytes) -> bytes:
    """One part changed inside, and packed again so that the reader does see it."""
    parts = _parts(content)
    name = chance.choice(sorted(parts))
    parts[name] = _damaged(chance, parts[name] or b"x")
    return zipped(parts)


def _damaged(chance: random.Random, content: bytes) -> bytes:
    """Bytes changed, removed, put in, doubled, or the end cut off."""
    body = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(len(body))
        match chance.randrange(6):
            case 0 | 1:
                body[at] = chance.randrange(256)
            case 2:
                del body[at : at + chance.randint(1, 60)]
            case 3:
                body[at:at] = chance.randbytes(chance.randint(1, 60))
            case 4:
                body[at:at] = body[at : at + 300]
            case _ if chance.random() < 0.3:
                del body[at:]
        body = body or bytearray(b"x")
    return bytes(body)
