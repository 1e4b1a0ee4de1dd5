"""A table of any shape as entries: one number each, with the texts that say where, when, for whom and of what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from dashboard.domain import Period
from dashboard.gazetteer import state_code
from data_loaders.dates import Span
from data_loaders.placenames import spellings
from data_loaders.places import PlaceIndex
from data_loaders.sheets import words
from data_loaders.sheets.columns import Column
from data_loaders.sheets.heads import NOTHING
from data_loaders.sheets.layout import Layout
from data_loaders.sheets.mapping import ColumnUse, Role, SheetMapping, TableUse
from data_loaders.sheets.period_forms import part_of
from data_loaders.sheets.periods import Part
from data_loaders.sheets.unclear import named_measure

KEYS = (Role.PLACE, Role.CODE, Role.COUNTY, Role.STATE, Role.PERIOD, Role.YEAR, Role.MONTH, Role.QUARTER, Role.GROUP,
        Role.MEASURE, Role.PARTNER, Role.PART, Role.BASIS)  # fmt: skip
TIMES = (Role.PERIOD, Role.MONTH, Role.QUARTER)
PLACED = (Role.PLACE, Role.CODE)
SOMETIMES = 0.3
"""Share of blank labels above which they mean the one above."""
Cell = tuple[int, int]


@dataclass(frozen=True)
class Entry:
    """One cell of numbers; `texts` are by field (place, county, period ...), `cells` where each of them stands."""

    texts: Mapping[str, str]
    cells: Mapping[str, Cell]
    measure: str
    basis: str
    measure_text: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    part: Part = NOTHING
    tag: tuple[str, ...] = ()
    """What sets it apart from another entry of the same place, period and measure: village, day, site, column."""


@dataclass(frozen=True)
class Used:
    """A column with its use."""

    column: Column
    use: ColumnUse

    @property
    def at(self) -> int:
        """Its position in the sheet."""
        return self.column.head.column


class Reader:
    """Goes through one table by its use."""

    def __init__(self, layout: Layout, use: TableUse, mapping: SheetMapping, places: PlaceIndex) -> None:
        self.layout, self.use, self.mapping, self.places = layout, use, mapping, places
        self.sheet = layout.table.sheet
        self.columns = [Used(one, found) for one in layout.columns if (found := self._use(one))]
        self.numbers = self.of(Role.NUMBER)
        quarterly = any(words.head_of(one.column.head.name) == "quarter" for one in self.of(*TIMES))
        self.calendar = replace(mapping.calendar, by_quarter=quarterly)
        self._spans: dict[Part, Span | None] = {}

    def _use(self, column: Column) -> ColumnUse | None:
        """The use of a column; of one without a header what its cells say."""
        found = self.use.column(column.head.shape)
        if found or column.head.texts:
            return found
        return ColumnUse(column.head.shape, column.role, dimension=column.dimension)

    def of(self, *roles: Role) -> list[Used]:
        """The columns that are read as one of these roles."""
        return [one for one in self.columns if one.use.role in roles]

    @cached_property
    def sparse(self) -> set[int]:
        """The key columns that are filled in once for several rows; in others a blank is a fault, not a repetition."""
        rows = [row for row in self.layout.table.rows if not self.is_total(row)]
        keys = [one.at for one in self.of(*KEYS) if one.use.role != Role.BASIS]
        blanks = {at: sum(not self.sheet.text(row, at) for row in rows) for at in keys}
        return {at for at, many in blanks.items() if many > SOMETIMES * len(rows)}

    @cached_property
    def label_columns(self) -> list[int]:
        """The columns whose texts may say "Total" of a whole row."""
        return [one.at for one in self.columns if one.use.role in (*KEYS, Role.IGNORED) and one.use.role != Role.GROUP]

    def is_total(self, row: int) -> bool:
        """Whether a row is the sum of others."""
        return any(words.is_total(text) for text in self.labels(row))

    def is_no_place(self, row: int) -> bool:
        """Whether a row says that its numbers belong to no place, or to a county among towns."""
        texts = [self.sheet.text(row, one.at) for one in self.of(*PLACED)]
        county = self.use.level == "town" and any(text.lower().endswith(" county") for text in texts)
        return county or any(words.is_no_place(text) or self._elsewhere(text) for text in texts)

    def _elsewhere(self, text: str) -> bool:
        """Whether a name says that it lies in another state: "Albany, NY"."""
        state = state_code(text.rpartition(",")[2].strip(" .")) if "," in text else ""
        return bool(state and self.mapping.state) and state != self.mapping.state

    def is_rate(self, row: int) -> bool:
        """Whether a row says that its numbers are rates or shares."""
        return any(words.is_rate(self.sheet.text(row, one.at)) for one in self.of(Role.PART))

    def labels(self, row: int) -> Iterator[str]:
        """What a row says of itself: the texts of its keys and of its first label."""
        keys = {one.at for one in self.of(*KEYS) if one.use.role not in (Role.GROUP, Role.MEASURE, Role.PART)}
        first = self.label_columns[:1]
        return (self.sheet.text(row, at) for at in (*sorted(keys), *first) if self.sheet.text(row, at))

    def entries(self) -> Iterator[Entry]:
        """Every number of the table's rows; rows that are totals or no place are left out."""
        held: dict[int, tuple[str, Cell]] = {}
        for row in self.layout.table.rows:
            if self.is_total(row) or self.is_no_place(row) or self.is_rate(row) or not self._filled(row):
                continue
            self._hold(row, held)
            for number in self.numbers:
                yield self._entry(row, number, held)

    def _filled(self, row: int) -> bool:
        """Whether a row says anything where keys or numbers stand."""
        return any(self.sheet.text(row, one.at) for one in (*self.of(*KEYS), *self.numbers))

    def _hold(self, row: int, held: dict[int, tuple[str, Cell]]) -> None:
        """Keep the labels of a row; in a column written once for several rows a blank goes on from above."""
        keys = self.of(*KEYS)
        some = any(self.sheet.text(row, one.at) for one in keys)
        for one in keys:
            text = self.sheet.text(row, one.at)
            if text or not some or one.at not in held or one.at not in self.sparse:
                held[one.at] = text, (row, one.at)

    def _entry(self, row: int, number: Used, held: Mapping[int, tuple[str, Cell]]) -> Entry:
        head = number.column.head
        texts = {"value": self.sheet.rows[row][number.at]}
        cells: dict[str, Cell] = {"value": (row, number.at)}
        self._put("place", self._place(head.place, held, (head.row, head.column)), texts, cells)
        for name, role in (("county", Role.COUNTY), ("state", Role.STATE), ("partner", Role.PARTNER)):
            found = next((held[one.at] for one in self.of(role)), ("", (row, number.at)))
            self._put(name, found, texts, cells)
        if self.mapping.place and not texts["state"]:
            texts["state"] = self.mapping.place[:2]
        if self.use.level == "county":
            self._put("place", (texts["county"], cells["county"]), texts, cells)
        part, said = self._period(number, held)
        self._put("period", said, texts, cells)
        measure, measure_text = self._measure(number, held, cells)
        parts = tuple(held[one.at][0] for one in self.of(Role.PART))
        day = said[0] if part.day else ""
        tag = (spellings(texts["place"])[-1], day, *parts, head.rest)
        return Entry(
            texts, cells, measure, self._basis(held, cells), measure_text, self._groups(number, held, cells), part, tag
        )

    @staticmethod
    def _put(name: str, found: tuple[str, Cell], texts: dict[str, str], cells: dict[str, Cell]) -> None:
        texts[name], cells[name] = found

    def _place(self, across: str, held: Mapping[int, tuple[str, Cell]], head: Cell) -> tuple[str, Cell]:
        if across:
            return across, head
        for one in self.of(*PLACED):
            return held[one.at]
        kept = self.places.get(self.mapping.place)
        return (kept.name if kept else self.layout.place), head

    def _period(self, number: Used, held: Mapping[int, tuple[str, Cell]]) -> tuple[Part, tuple[str, Cell]]:
        """What is said of the period of a cell, and the text (with its cell) that says it."""
        head = number.column.head
        part, said = head.part, (head.name, (head.row, head.column))
        for one in self.of(*TIMES):
            text, cell = held[one.at]
            found = _of_column(text, one.use.role)
            if part.said:
                part = part.within(found)
            else:
                part, said = found, (text, cell)
        for one in self.of(Role.YEAR):
            text, cell = held[one.at]
            part, said = part.within(_year(text, one)), said if part.said else (text, cell)
        part = part.within(self.layout.period)
        if not part.said and not self.of(*TIMES, Role.YEAR):
            part = part_of(self.mapping.period)
        return part, said

    def _measure(self, number: Used, held: Mapping[int, tuple[str, Cell]], cells: dict[str, Cell]) -> tuple[str, str]:
        if number.use.measure:
            return number.use.measure, ""
        for one in self.of(Role.MEASURE):
            text, cells["measure"] = held[one.at]
            return one.use.names.get(text) or named_measure(text), text
        return "", number.column.head.name

    def _basis(self, held: Mapping[int, tuple[str, Cell]], cells: dict[str, Cell]) -> str:
        for one in self.of(Role.BASIS):
            text, cells["basis"] = held[one.at]
            return words.basis_of(text)
        return self.use.basis

    def _groups(self, number: Used, held: Mapping[int, tuple[str, Cell]], cells: dict[str, Cell]) -> dict[str, str]:
        found = {}
        dimension, value = number.column.head.group
        if dimension:
            found[dimension] = value
            cells[dimension] = (number.column.head.row, number.at)
        for one in self.of(Role.GROUP):
            text, cells[one.use.dimension] = held[one.at]
            known = words.group_of(text)
            meant = known[1] if known[0] == one.use.dimension else text
            found[one.use.dimension] = one.use.names.get(text, meant)
        return {name: "All" if words.is_everyone(text) else text for name, text in found.items()}

    def period_text(self, entry: Entry) -> str:
        """The period of an entry in the form that `dates.period` reads; as it is written where it cannot be told."""
        span = self.span(entry.part)
        return str(Period(*span)) if span else entry.texts["period"]

    def span(self, part: Part) -> Span | None:
        """The days a part means in this table; remembered."""
        if part not in self._spans:
            self._spans[part] = self.calendar.span(part)
        return self._spans[part]


def _of_column(text: str, role: Role) -> Part:
    """A cell of a column of periods; a bare number is a month or a quarter by the column's header."""
    digits = int(text) if text.isdigit() and len(text) <= 2 else 0
    if role == Role.MONTH and 1 <= digits <= 12:
        return Part(text, month=digits)
    if role == Role.QUARTER and 1 <= digits <= 4:
        return Part(text, quarter=digits)
    return part_of(text)


def _year(text: str, used: Used) -> Part:
    found = part_of(text)
    fiscal = found.fiscal or words.head_of(used.column.head.name) == "fiscal"
    return replace(found, fiscal=fiscal) if found.year else found
