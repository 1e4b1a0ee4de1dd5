"""One register as a page: its entries in words, what it said before, and what a form needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from dashboard.domain import Level
from dashboard.errors import InvalidQuery
from dashboard.figures.words import number
from dashboard.registers import Column, Entry, EntryVersion, Register, registers
from dashboard.views.asking import find_partner, find_place
from dashboard.views.dollars import dollars
from dashboard.views.registers_strategies import place_name
from dashboard.views.source import ViewReader
from dashboard.views.words import day_words

PATH = "/our-coalition/registers"
HISTORY = ("When", "By", "What", "Why")
MOST_HISTORY = 30


@dataclass(frozen=True)
class EntryRow:
    """One entry: its cells in the order of the columns, and the address where it is changed."""

    cells: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class RegisterPage:
    """Everything the page says of one register; `links` are (title, address, entries) of every register."""

    register: Register
    coalition: str
    headline: str
    rows: Sequence[EntryRow]
    history: Sequence[tuple[str, ...]]
    links: Sequence[tuple[str, str, int]]
    add: str

    @property
    def head(self) -> tuple[str, ...]:
        """Heads of the columns."""
        return tuple(column.label for column in self.register.columns)


def register_page(
    reader: ViewReader, kept: Register, entries: Sequence[Entry], history: Sequence[EntryVersion], *, coalition: str
) -> RegisterPage:
    """The page of a register; `entries` are those of every register of the coalition."""
    ours = [entry for entry in entries if entry.register == kept.id]
    rows = [
        EntryRow(tuple(cell_words(reader, column, entry) for column in kept.columns), edit_address(entry))
        for entry in ours
    ]
    said = f"{len(ours)} {kept.one if len(ours) == 1 else kept.many} kept" if ours else "nothing is kept yet"
    links = [
        (one.title, address(one.id, coalition), sum(entry.register == one.id for entry in entries))
        for one in registers().values()
    ]
    before = [_history_row(reader, kept, version) for version in reversed(history[-MOST_HISTORY:])]
    return RegisterPage(
        kept, coalition, f"{kept.title}: {said}.", sorted(rows, key=lambda row: row.cells), before, links,
        f"/registers/{_of(coalition)}/{kept.id}",
    )  # fmt: skip


def address(register: str, coalition: str) -> str:
    """The address of a register's page."""
    return f"{PATH}?register={register}" + (f"&coalition={quote(coalition)}" if coalition else "")


def edit_address(entry: Entry) -> str:
    """The address of the form that changes an entry."""
    return f"/registers/{_of(entry.coalition)}/{entry.register}?entry={quote(entry.id)}"


def cell_words(reader: ViewReader, column: Column, entry: Entry) -> str:
    """A value as people read it; "" where it is absent."""
    if column.name not in entry.values:
        return ""
    match column.kind:
        case "money":
            return dollars(entry.number(column.name))
        case "count":
            return number(entry.number(column.name))
        case "day":
            return day_words(entry.text(column.name))
        case "town":
            return place_name(reader, entry.text(column.name))
        case "partner":
            known = reader.partners.get(entry.text(column.name))
            return str(known["name"]) if known else entry.text(column.name)
    return entry.text(column.name)


def written(column: Column, entry: Entry | None) -> str:
    """A value as a form holds it: ids, ISO days, plain digits."""
    if entry is None or column.name not in entry.values:
        return ""
    value = entry.values[column.name]
    return f"{value:.2f}".removesuffix(".00") if isinstance(value, (int, float)) else str(value)


def options(reader: ViewReader, column: Column, coalition: str) -> list[tuple[str, str]]:
    """What may be chosen in a column: (value, words); empty for a column in which one writes freely."""
    blank = [("", "–")]
    if column.kind == "choice":
        return [*blank, *((choice, choice) for choice in column.choices)]
    if column.kind == "partner":
        ours = [(id_, str(row["name"])) for id_, row in reader.partners.items()
                if row.get("coalition_id", "") == coalition]  # fmt: skip
        return [*blank, *sorted(ours, key=lambda one: one[1])]
    if column.kind == "town":
        area = area_of(reader, coalition)
        towns = sorted((reader.gazetteer.name(geoid), geoid) for geoid in reader.gazetteer.towns_of(area))
        whole = [(area, f"The whole area ({reader.gazetteer.name(area)})")] if area else []
        return [*blank, *whole, *((geoid, name) for name, geoid in towns)]
    return []


def area_of(reader: ViewReader, coalition: str) -> str:
    """The id of a coalition's area; "" where it has none."""
    return next((str(row["catchment"]) for row in reader.coalitions if row["id"] == coalition), "")


@dataclass(frozen=True)
class ReaderNames:
    """What the fields of a form may name."""

    reader: ViewReader
    coalition: str

    def town(self, text: str) -> str:
        """The id of a town, or of the whole area."""
        if text.casefold() in ("all", area_of(self.reader, self.coalition).casefold()):
            return area_of(self.reader, self.coalition)
        try:
            found = find_place(self.reader, text, Level.TOWN)
        except InvalidQuery:
            return ""
        return found if self.reader.gazetteer.level_of(found) is Level.TOWN else ""

    def partner(self, text: str) -> str:
        """The id of a partner of the coalition."""
        try:
            found = find_partner(self.reader, text)
        except InvalidQuery:
            return ""
        return found if self.reader.partners[found].get("coalition_id", "") == self.coalition else ""


def template_csv(kept: Register) -> str:
    """The head of a sheet to fill in."""
    return ",".join(column.name for column in kept.columns) + "\r\n"


def _history_row(reader: ViewReader, kept: Register, version: EntryVersion) -> tuple[str, ...]:
    first = [cell_words(reader, kept.column(name), version.entry) for name in kept.key]
    what = "Removed" if version.removed else "Added" if version.entry.version == 1 else "Changed"
    day: date = version.saved_at.date()
    return day_words(day), version.who, f"{what}: {', '.join(filter(None, first))}", version.why


def _of(coalition: str) -> str:
    return quote(coalition) if coalition else "-"
