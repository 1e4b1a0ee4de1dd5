"""Records of a CSV by column name, with the line each one begins on; nothing is guessed and nothing is shifted."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence

from data_loaders.contract import Report
from data_loaders.rawfile import RawFile, Unreadable

Record = tuple[int, dict[str, str]]


def records(file: RawFile, report: Report, *, columns: Sequence[str] = ()) -> Iterator[Record]:
    """Yield (line on which the record starts, {column: stripped cell}); the header is line 1.

    Reported as problems: an unreadable or empty table, missing and duplicate columns, ragged rows (skipped), broken
    quotes. When a column of `columns` is missing no record is yielded, but the rows are still checked.
    """
    try:
        numbered = numbered_rows(file)
        _, header = next(numbered, (1, []))
        names = [cell.strip() for cell in header]
        complete = _check_header(names, columns, report)
        yield from _records(numbered, names, report, complete)
    except Unreadable as error:
        report.problem(error.rule, error.fix, row=error.row)


def numbered_rows(file: RawFile) -> Iterator[tuple[int, list[str]]]:
    """Records with the line on which each begins, without the empty ones; Unreadable where quotes are broken."""
    reader = csv.reader(file.lines(), delimiter=file.delimiter, strict=True)
    line = 1
    while True:
        try:
            for cells in reader:
                start, line = line, reader.line_num + 1
                if any(cells):
                    yield start, cells
        except csv.Error as error:
            raise Unreadable(
                f"The quotes or line ends are broken in the record that begins on line {line}: {error}.",
                "Close the quotation mark there, or save the file again as 'CSV UTF-8'.",
                line,
            ) from error
        return


def _check_header(names: list[str], columns: Sequence[str], report: Report) -> bool:
    missing = [name for name in columns if name not in names]
    for name in missing:
        report.problem(
            "A column is missing.",
            f"Add the column '{name}', spelled exactly so; the file has: {', '.join(filter(None, names))[:300]}.",
            row=1,
            column=name,
        )
    for name, times in Counter(filter(None, names)).items():
        if times > 1:
            report.problem(
                f"A column stands {times} times.", "Keep one of them, or rename the others.", row=1, column=name
            )
    return not missing


def _records(
    numbered: Iterator[tuple[int, list[str]]], names: list[str], report: Report, complete: bool
) -> Iterator[Record]:
    width, rows = len(names), 0
    # The first of two equal columns is read, so that the rest of the file is checked too.
    keys = [name if name not in names[:place] else "" for place, name in enumerate(names)]
    for line, cells in numbered:
        rows += 1
        if len(cells) != width:
            _ragged(line, cells, width, report)
        elif complete:
            yield line, dict(zip(keys, map(str.strip, cells), strict=True))
    if not rows:
        report.problem("The table has no rows below its header.", "Export it again with its rows.")


def _ragged(line: int, cells: list[str], width: int, report: Report) -> None:
    word = "few" if len(cells) < width else "many"
    report.problem(
        f"The row has too {word} cells: {len(cells)} where the header has {width}.",
        "Look for a missing or extra comma, or a text with a comma that needs quotation marks.",
        row=line,
        value=",".join(cells),
    )
