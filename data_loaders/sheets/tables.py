"""Where the tables of a sheet are: titles above, header rows, rows, sections; blank rows, footnotes and repeats out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from data_loaders.sheets.finder import Finder, Kind
from data_loaders.sheets.texts import Sheet
from data_loaders.sheets.words import age_band

LONGEST_SECTION = 8
"""Words of a line between rows that is still the heading of a section and not a remark."""
MOST_HEADS = 5
NAMES = (Kind.PLACE, Kind.PERIOD, Kind.TOTAL, Kind.YEAR)
"""What stands before a row of numbers, and does not before a header."""


@dataclass(frozen=True)
class Table:
    """One table: rows and columns are counted from 0 in its sheet; `titles` are (row, column, text), nearest last."""

    sheet: Sheet
    heads: tuple[int, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...] = ()
    titles: tuple[tuple[int, int, str], ...] = ()

    def cells(self, column: int) -> Iterator[tuple[int, str]]:
        """(row, text) of a column, below the header."""
        return ((row, self.sheet.text(row, column)) for row in self.rows)


def tables_of(sheet: Sheet, finder: Finder) -> list[Table]:
    """The tables of a sheet in reading order, each with its own columns; side by side ones are parted."""
    found = _Scan(sheet, finder).tables()
    return [part for table in found for part in _parted(_with_columns(table), finder)]


@dataclass
class _Scan:
    """Goes down the rows of a sheet once; `lines` are titles or remarks not yet known to belong to anything."""

    sheet: Sheet
    finder: Finder
    done: list[Table] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    """Rows that look like headers and may be such, or facts above a table."""
    titles: tuple[tuple[int, int, str], ...] = ()
    above: list[int] = field(default_factory=list)
    """The rows above the header, which count for every section below it."""
    blank: bool = True

    def tables(self) -> list[Table]:
        """Every table, in the order of their rows."""
        for row in range(len(self.sheet.rows)):
            texts = self.sheet.line(row)
            if any(texts):
                self._take(row, texts)
                self.blank = False
            else:
                self.blank = True
        self._close()
        return self.done

    def _take(self, row: int, texts: tuple[str, ...]) -> None:
        if self.rows and any(texts == self.sheet.line(head) for head in self.heads):
            return  # the header, repeated on a new page
        kind = self._row_kind(row, texts)
        if kind == "line":
            self.lines.append(row)
        elif kind == "head":
            self.waiting.append(row)
        else:
            self._body(row)

    def _row_kind(self, row: int, texts: tuple[str, ...]) -> str:
        kinds = [self.finder.kind(text) for text in texts]
        if self._alone(row, texts):
            return "body" if self._continues(kinds) else "line"
        numbers, marks = kinds.count(Kind.NUMBER), kinds.count(Kind.MARK)
        others = len([kind for kind in kinds if kind != Kind.BLANK]) - numbers - marks
        if numbers and not self._ages(texts, kinds):
            return "body"
        if self._continues(kinds):
            return "body"
        return "head" if numbers or marks <= max(1, others) else "body"

    def _alone(self, row: int, texts: tuple[str, ...]) -> bool:
        """Whether the row holds one text only, perhaps over merged cells."""
        filled = [column for column, text in enumerate(texts) if text]
        area = self.sheet.area(row, filled[0])
        return len(filled) == 1 or bool(area and area[3] >= filled[-1] and area[1] <= filled[0])

    def _ages(self, texts: tuple[str, ...], kinds: list[Kind]) -> bool:
        """Whether what looks like numbers are bands of ages, as headers have them."""
        found = [text for text, kind in zip(texts, kinds, strict=True) if kind in (Kind.NUMBER, Kind.MARK)]
        return len(set(found)) > 1 and all(age_band(text.lower()) for text in found)

    def _continues(self, kinds: list[Kind]) -> bool:
        """Whether a row without numbers goes on with a table: its first cell is of the kind the rows have there."""
        heads = self.heads if self.rows else self.waiting[-1:]
        if not heads or (self.blank and not self.rows):
            return False
        left = self._left()
        kind = kinds[left]
        if any(one != Kind.BLANK for one in kinds[:left]):
            return False
        if self.rows:
            return kind in NAMES and kind in (Kind.TOTAL, self.finder.kind(self.sheet.text(self.rows[0], left)))
        return kind in (Kind.PLACE, Kind.PERIOD) and self.finder.kind(self.sheet.text(heads[0], left)) == Kind.TEXT

    def _left(self) -> int:
        """The first column of the table, by its last header row, or by its rows where it has none."""
        row = (self.heads if self.rows else self.waiting)[-1:] or self.rows[:1]
        return next((column for column, text in enumerate(self.sheet.line(row[0])) if text), 0)

    def _body(self, row: int) -> None:
        kept = self.waiting
        if self.waiting and self._new_header():
            heads, self.above = self._heads_and_titles()
            self._start(heads, self.above)
            kept = []
        elif not self.rows or self._section():
            self._start(self.heads, (*self.above, *self.lines))
        self.rows += [*kept, row]
        self.waiting, self.lines = [], []

    def _new_header(self) -> bool:
        """Whether the rows that wait are a header and not rows whose numbers are all missing."""
        if not self.rows:
            return True
        first, left = self.waiting[0], self._left()
        label = self.sheet.text(first, left)
        if self.heads and label and label == self.sheet.text(self.heads[-1], left):
            return True
        return first - 1 not in self.rows and self.finder.kind(label) not in NAMES

    def _section(self) -> bool:
        return bool(self.lines) and all(
            len(next(filter(None, self.sheet.line(row))).split()) <= LONGEST_SECTION for row in self.lines
        )

    def _start(self, heads: Sequence[int], titles: Sequence[int]) -> None:
        heads, above = list(heads), list(titles)
        self._close()
        self.heads, self.rows, self.waiting = heads, [], []
        self.titles = tuple(
            (row, column, text) for row in sorted(above) for column, text in enumerate(self.sheet.rows[row]) if text
        )
        self.lines = []

    def _close(self) -> None:
        if self.rows:
            self.done.append(Table(self.sheet, tuple(self.heads), tuple(self.rows), (), self.titles))

    def _heads_and_titles(self) -> tuple[list[int], list[int]]:
        """Of the rows above a table those that are its header; the rest are titles."""
        above = sorted((*self.waiting, *self.lines))
        heads = [self.waiting[-1]]
        while len(heads) < MOST_HEADS and heads[0] - 1 in above and self._spans(heads[0] - 1, heads[-1]):
            heads.insert(0, heads[0] - 1)
        return heads, [row for row in above if row not in heads]

    def _spans(self, upper: int, lower: int) -> bool:
        """Whether a row stands over the columns of a header, and is not a title or a fact such as "Agency: ..."."""
        over = [column for column, text in enumerate(self.sheet.line(upper)) if text]
        under = [column for column, text in enumerate(self.sheet.line(lower)) if text]
        first = self.sheet.text(upper, over[0])
        if first.endswith(":") or over[-1] <= under[0]:
            return False
        if len(over) == 1 or self._alone(upper, self.sheet.line(upper)):
            return over[0] > under[0]
        return over[0] > under[0] or over[-1] > under[0] + 1 or len(under) <= 2


def _with_columns(table: Table) -> Table:
    used = (*table.heads, *table.rows)
    lines = [table.sheet.line(row) for row in used]
    columns = tuple(column for column in range(table.sheet.width) if any(line[column] for line in lines))
    return replace(table, columns=columns)


def _parted(table: Table, finder: Finder) -> list[Table]:
    """Tables that stand side by side, with a blank column between and places or periods in each."""
    runs: list[list[int]] = []
    for column in table.columns:
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    if len(runs) < 2 or not all(_stands_alone(table, run, finder) for run in runs):
        return [table]
    return [_cut(table, run) for run in runs]


def _stands_alone(table: Table, columns: list[int], finder: Finder) -> bool:
    named = [finder.kind(text) for _, text in table.cells(columns[0]) if text]
    names = sum(kind in (Kind.PLACE, Kind.PERIOD) for kind in named)
    return len(columns) > 1 and names >= 2 and names * 2 >= len(named)


def _cut(table: Table, columns: list[int]) -> Table:
    rows = tuple(row for row in table.rows if any(table.sheet.text(row, column) for column in columns))
    titles = tuple(title for title in table.titles if columns[0] <= title[1] <= columns[-1]) or table.titles
    heads = tuple(row for row in table.heads if any(table.sheet.text(row, column) for column in columns))
    return replace(table, rows=rows, columns=tuple(columns), titles=titles, heads=heads)
