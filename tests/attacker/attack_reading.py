"""Reading pages as anybody can: tables, pictures, sentences and files become entries of a notebook."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any
from urllib.parse import urljoin

import attack_claims as claims
from attack_notebook import Cell, Notebook

WITHIN = [("opioid_overdose_death_rate|residence", "overdose_death_rate_any_drug|residence")]
"""What anybody knows who reads what is counted."""
HIDDEN = ("suppressed",)
HIDDEN_WORDS = ("hidden", "oculto")
PAGE = re.compile(r"^(?:/es)?(?:/embed)?/r/(\d+)/(\w+)/?([^.]*?)/?(?:\.(csv|json|svg))?(?:index\.html)?$")
HREF = re.compile(r'href="([^"]*)"')
ROW = re.compile(r'<tr><th scope="row">(.*?)</tr>', re.DOTALL)
TOWN_LINK = re.compile(r'href="([^"]*/town/([^"/]+)/)[^"]*"')
NAMED = re.compile(r'data-id="([^"]+)"[^>]*><title>([^<]*)</title>')
LISTED = re.compile(r'<li><a href="[^"]*/town/([^"/]+)/[^"]*">([^<]*)</a></li>')
MEMBERS = re.compile(r'<small class="members">[^<]*?(?:holds|incluye|area:|:) ?([^<]*?)\.?</small>')
COUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)(?![\d.,]*\d)")
AT_LEAST = re.compile(r"(?:at least|al menos)\D{0,3}([\d,]+)", re.IGNORECASE)


class Reading:
    """One notebook a release number, filled page by page."""

    def __init__(self) -> None:
        self.books: dict[int, Notebook] = {}
        self.names: dict[str, set[str]] = {}
        self._members: list[tuple[Notebook, str, str]] = []
        self._said: list[tuple[Notebook, Cell, str]] = []
        self._series: dict[str, str] = {}
        self._areas: set[str] = set()

    def read(self, path: str, body: bytes) -> None:
        """Write down everything a page says."""
        found = PAGE.match(path)
        if not found:
            return
        book = self.books.setdefault(int(found[1]), Notebook())
        page, parts, form = found[2], [part for part in found[3].split("/") if part], found[4] or ""
        text = body.decode("utf-8")
        if form == "json":
            self._records(book, json.loads(text).get("rows", []), page, parts)
        elif form == "csv":
            self._records(book, csv.DictReader(io.StringIO(text)), page, parts)
        elif not form:
            self._html(book, page, parts, HREF.sub(lambda at: f'href="{urljoin(path, at[1])}"', text))

    def finish(self) -> dict[int, Notebook]:
        """The notebooks, with what pages only say in words: members of planning areas, numbers in sentences."""
        for book, area, said in self._members:
            towns = [self.names.get(name.strip(), set()) for name in re.split(r", | and | y ", said)]
            book.members[area] = frozenset().union(*(each for each in towns if len(each) == 1))
        for book, cell, sentence in self._said:
            cell = cell._replace(series=self._series.get(cell.series, cell.series))
            if "(counted with" in sentence:
                book.hide(cell)
                book.standing_in.add(cell)
            else:
                _sentence(book, cell, sentence.partition(": ")[2])
        for book in self.books.values():
            book.among += [pair for pair in WITHIN if {c.series for c in book.cells}.issuperset(pair)]
        for book in self.books.values():
            _nest(book)
            _stand_in(book, self._areas)
        return self.books

    def _records(self, book: Notebook, rows: Iterable[Mapping[str, Any]], page: str, parts: list[str]) -> None:
        group = parts[2] if page in ("map", "trend") and len(parts) > 2 else "all"
        for row in rows:
            if "numerator" not in row or not row.get("period"):
                continue
            series = f"{row['indicator']}|{row['basis']}"
            if page in ("map", "trend"):
                self._series[parts[0]] = series
            stratum = str(row.get("stratum") or _stratum(group))
            cell = Cell(series, str(row["geoid"]), str(row["period"]), stratum)
            self._areas |= {cell.place} if row["level"] == "planning_area" else set()
            _record(book, cell, row)
            if _number(row.get("per")) == 100:
                _record(
                    book,
                    cell._replace(series=f"{series}/of"),
                    {
                        "state": row["state"] if row["denominator"] in (None, "") else "value",
                        "numerator": row["denominator"],
                    },
                )
                book.among += [pair] if (pair := (series, f"{series}/of")) not in book.among else []

    def _html(self, book: Notebook, page: str, parts: list[str], text: str) -> None:
        if page == "town" and parts:
            inside = [place for place, _ in LISTED.findall(text)]
            if inside:
                book.members[parts[0]] = frozenset(inside)
        for place, name in LISTED.findall(text):
            if ":" not in name:
                self.names.setdefault(unescape(name), set()).add(place)
        if page == "map" and len(parts) == 3:
            self._map(book, parts, text)

    def _map(self, book: Notebook, parts: list[str], text: str) -> None:
        said: list[tuple[str, str]] = [(place, sentence) for place, sentence in NAMED.findall(text)]
        for row in ROW.findall(text):
            link = TOWN_LINK.search(row)
            if not link:
                continue
            members = MEMBERS.search(row)
            if members:
                self._members.append((book, link[2], unescape(members[1])))
            said.append((link[2], ": " + re.sub(r"<[^>]*>", " ", row[row.index("<td") :])))
        said += [(place, sentence) for place, sentence in LISTED.findall(text) if ":" in sentence]
        for place, sentence in said:
            cell = Cell(parts[0], place, parts[1], _stratum(parts[2]))
            self._said.append((book, cell, unescape(sentence)))


def _record(book: Notebook, cell: Cell, row: Mapping[str, Any]) -> None:
    """One row of a file. Whatever number stands beside a hidden count is turned into counts."""
    below, per = _number(row.get("denominator")), _number(row.get("per")) or 1.0
    if row["state"] in HIDDEN:
        book.hide(cell)
    if below is not None:
        book.denominators[cell] = below
    if (count := _number(row.get("numerator"))) is not None:
        book.show(cell, round(count))
    ways = (("rate", claims.from_rate), ("lower", claims.from_lower), ("upper", claims.from_upper))
    for name, way in ways:
        if count is None and below and _number(row.get(name)) is not None:
            book.narrow(cell, *way(str(row[name]), below, per))


def _sentence(book: Notebook, cell: Cell, said: str) -> None:
    """`31 deaths ...`, `hidden ...`, `27.3 for each 100,000 (31 deaths)`, `at least 43 deaths ...`."""
    least = AT_LEAST.search(said)
    if least:
        book.narrow(cell, int(least[1].replace(",", "")), 10_000_000)
    elif any(word in said for word in HIDDEN_WORDS):
        book.hide(cell)
    else:
        inside = re.search(r"\(([\d,]+) ", said)
        count = COUNT.search(inside[1] if inside else said)
        if count and "%" not in said and " of " not in said:
            book.show(cell, int(count[1].replace(",", "")))


def _stratum(group: str) -> str:
    """`sex-female` is the group sex=female; `all` is everyone."""
    return "" if group == "all" else ";".join(part.replace("-", "=", 1) for part in re.split(r"\+(?=[a-z])", group))


def _number(value: object) -> float | None:
    return None if value in (None, "") else float(str(value))


def _stand_in(book: Notebook, areas: set[str]) -> None:
    """Small towns that no page prints: where a planning area has a number and its town has none."""
    for cell in [cell for cell in book.cells if cell.place in areas]:
        for town in book.parts(cell.place):
            own = cell._replace(place=town)
            if own not in book.cells:
                book.hide(own)
                book.standing_in.add(own)


def _nest(book: Notebook) -> None:
    """Places of places down to towns: a state's list may name counties."""
    changed = True
    while changed:
        changed = False
        for place, inside in book.members.items():
            deeper = frozenset().union(*(book.members.get(each, {each}) - {place} for each in inside))
            if deeper != inside:
                book.members[place], changed = deeper, True
