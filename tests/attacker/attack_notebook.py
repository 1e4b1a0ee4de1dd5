"""What an attacker writes down while reading: for every cell the whole numbers it can still be, and who promised what.

Imports nothing of the project: whatever the protection gets wrong must not be wrong here in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

ENDLESS = 10_000_000


class Cell(NamedTuple):
    """One count: `series` is an indicator by one basis, `stratum` "" or dimension=value."""

    series: str
    place: str
    period: str
    stratum: str = ""


@dataclass
class Known:
    """Limits that pages set for a cell; `hidden` is true when any page said that it may not be told."""

    low: int = 0
    high: int = ENDLESS
    hidden: bool = False
    shown: bool = False


@dataclass
class Notebook:
    """Everything read from one release. `members` says of which finest places a place consists."""

    cells: dict[Cell, Known] = field(default_factory=dict)
    members: dict[str, frozenset[str]] = field(default_factory=dict)
    promises: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    denominators: dict[Cell, float] = field(default_factory=dict)
    among: list[tuple[str, str]] = field(default_factory=list)
    """(part, whole): every event of the first series is one of the second."""
    same: list[tuple[Cell, Cell]] = field(default_factory=list)
    """Cells of two releases, hidden in the later one, that are the same unless they were revised."""
    open_groups: set[str] = field(default_factory=set)
    """Series whose groups are known not to make up everyone."""
    standing_in: set[Cell] = field(default_factory=set)
    """Cells of small towns that pages do not print because a planning area stands for them."""
    contradictions: list[Cell] = field(default_factory=list)

    def show(self, cell: Cell, count: int) -> None:
        """A page shows the count."""
        self.narrow(cell, count, count)
        self.cells[cell].shown = True

    def hide(self, cell: Cell, promise: tuple[int, int] | None = None) -> None:
        """A page says that the count is withheld, perhaps within a range ("0-4")."""
        self.cells.setdefault(cell, Known()).hidden = True
        if promise:
            self.promises[cell] = promise
            self.narrow(cell, *promise)

    def narrow(self, cell: Cell, low: float, high: float) -> None:
        """A page says something from which the count lies within limits."""
        known = self.cells.setdefault(cell, Known())
        new = max(known.low, int(low)), min(known.high, int(high))
        if new[0] > new[1]:
            self.contradictions.append(cell)
            return
        known.low, known.high = new

    def hidden(self) -> list[Cell]:
        """The cells that are withheld on some page, shown on another or not."""
        return [cell for cell, known in self.cells.items() if known.hidden]

    def parts(self, place: str) -> frozenset[str]:
        """The finest places of a place."""
        return self.members.get(place, frozenset((place,)))


def joined(notebooks: Iterable[Notebook]) -> Notebook:
    """Several releases read as one: whoever kept an old one reads both.

    What a later release says of an indicator and period where something changed stands under a series of its own, and
    so does a set of towns that changed; what it hides is noted as perhaps the same as before.
    """
    whole = Notebook()
    for number, book in enumerate(notebooks):
        revised = {(cell.series, cell.period) for cell in book.cells if _differs(whole, book, cell)}
        place = {p: f"{p}@{number}" for p, parts in book.members.items() if whole.members.get(p, parts) != parts}
        renamed = {
            cell: cell._replace(
                series=f"{cell.series}@{number}" if (cell.series, cell.period) in revised else cell.series,
                place=place.get(cell.place, cell.place),
            )
            for cell in book.cells
        }
        whole.members |= {place.get(p, p): parts for p, parts in book.members.items()}
        for cell, known in book.cells.items():
            before = whole.cells.get(cell)
            if renamed[cell] != cell and renamed[cell].place == cell.place and before and known.hidden:
                whole.same.append((cell, renamed[cell]))
            whole.narrow(renamed[cell], known.low, known.high)
            mine = whole.cells[renamed[cell]]
            mine.hidden, mine.shown = mine.hidden or known.hidden, mine.shown or known.shown
        whole.promises |= {renamed[cell]: promise for cell, promise in book.promises.items()}
        whole.open_groups |= book.open_groups
        whole.standing_in |= {renamed[cell] for cell in book.standing_in}
        whole.among += [pair for pair in book.among if pair not in whole.among]
    return whole


def _differs(whole: Notebook, book: Notebook, cell: Cell) -> bool:
    mine, other = whole.cells.get(cell), book.cells[cell]
    if mine is None:
        return False
    return mine.low > other.high or other.low > mine.high or (mine.hidden != other.hidden)


MONTH_FORMS = (
    (r"(\d{4})", lambda y: (y * 12, 12)),
    (r"(\d{4})-(\d{4})", lambda y, z: (y * 12, (z - y + 1) * 12)),
    (r"(\d{4})Q([1-4])", lambda y, q: (y * 12 + 3 * (q - 1), 3)),
    (r"(\d{4})-(\d{2})", lambda y, m: (y * 12 + m - 1, 1)),
    (r"FY(\d{4})", lambda y: (y * 12 - 6, 12)),
    (r"(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})", lambda y, m, z, n: (y * 12 + m - 1, z * 12 + n - y * 12 - m + 1)),
)


def months(period: str) -> tuple[int, int]:
    """A period as months since year 0: the first, and the one after the last. Other words: a period of its own."""
    for form, span in MONTH_FORMS:
        found = re.fullmatch(form, period)
        if found:
            start, length = span(*map(int, found.groups()))
            return start, start + length
    raise ValueError(f"no period: {period!r}")


def tree(parents: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Place -> its finest places, from place -> the places directly in it."""
    children = {place: tuple(inside) for place, inside in parents.items()}

    def finest(place: str) -> frozenset[str]:
        inside = children.get(place, ())
        return frozenset().union(*(finest(each) for each in inside)) if inside else frozenset((place,))

    return {place: finest(place) for place in children}
