"""The attacker's linear system: a cell is the sum of its atoms, the finest people, months and groups that pages tell
apart. Whole, non-negative; everything read is a row with limits. Independent of the project's own protection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from attack_notebook import Cell, Notebook, months

Extent = tuple[str, str]
"""Place and period."""


@dataclass(frozen=True)
class Row:
    """The sum of these unknowns lies between `low` and `high`."""

    atoms: frozenset[int]
    low: int
    high: int


@dataclass(frozen=True)
class Sum:
    """Totals less parts are 0 or, where parts may leave somebody over, at least 0."""

    totals: frozenset[int]
    parts: frozenset[int]
    exact: bool = True


@dataclass
class System:
    """Unknowns by name, rows over them, and how a cell that is asked for is their sum."""

    unknown: dict[Hashable, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    of: dict[Cell, frozenset[int]] = field(default_factory=dict)
    asked: dict[Cell, frozenset[int]] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    """Unknowns that say how far a hidden number was revised."""

    @property
    def size(self) -> int:
        return len(self.unknown)

    def numbers(self, names: Iterable[Hashable]) -> frozenset[int]:
        """The numbers of unknowns, new ones where they are met first."""
        return frozenset(self.unknown.setdefault(name, len(self.unknown)) for name in names)


@dataclass(frozen=True)
class Guess:
    """What is taken for granted: that towns make up their county and state, that groups make up everyone."""

    places: bool = True
    groups: bool = True
    same: bool = True
    """Hidden numbers were not revised."""
    least: bool = False
    """Where they were, it was by as few people in all as fits both releases."""


GUESSES = (Guess(), Guess(same=False), Guess(groups=False, same=False), Guess(False, False, False))
"""The boldest first."""
LEAST = (Guess(same=False, least=True), *GUESSES[1:])
"""Of somebody who is told by nobody what was revised, and supposes that it was little."""
BOLD = GUESSES[0]


def build(book: Notebook, guess: Guess = BOLD) -> System:
    """The system of everything in a notebook. A guess is dropped where a sum that is shown in full says otherwise."""
    system = System()
    by_series: dict[str, list[Cell]] = defaultdict(list)
    for cell in book.cells:
        by_series[cell.series].append(cell)
    for cells in by_series.values():
        _add_series(system, book, cells, guess)
    for part, whole in book.among:
        _among(system, book, part, whole)
    for before, after in book.same if guess.same else ():
        system.sums.append(Sum(system.of[before], system.of[after]))
    for before, after in book.same if guess.least else ():
        more, fewer = system.numbers([("more", after)]), system.numbers([("fewer", after)])
        system.sums.append(Sum(system.of[before] | more, system.of[after] | fewer))
        system.moved |= more | fewer
    return system


def _add_series(system: System, book: Notebook, cells: list[Cell], guess: Guess) -> None:
    atoms, alone = _atoms(book, cells, whole=guess.places and not _leaves_over(book, cells))
    by_dimension: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_dimension[_dimension(cell)].append(cell)
    for dimension, own in by_dimension.items():
        together = [cell for cell in own if (cell.place, cell.period) not in alone]
        exact = guess.groups and not _groups_leave_over(book, own)
        _add_cells(system, book, together, (dimension, atoms, exact))
    _add_alone(system, book, [cell for cell in cells if (cell.place, cell.period) in alone], (atoms, alone))


Atoms = Mapping[Extent, frozenset[int]]
Kind = tuple[str, Atoms, bool]
"""A dimension ("" is everyone), the atoms of every extent, and whether groups leave nobody over."""


def _add_cells(system: System, book: Notebook, cells: list[Cell], kind: Kind) -> None:
    """Cells as sums of their atoms; those of groups have atoms of their own, tied to everyone's."""
    dimension, atoms, exact = kind
    of, totals = _merged({(c.place, c.period): atoms[c.place, c.period] for c in cells}) if dimension else (atoms, {})
    strata = sorted({cell.stratum for cell in cells})
    for cell in cells:
        _note(system, book, cell, [(dimension, atom, cell.stratum) for atom in of[cell.place, cell.period]])
    for atom, base in totals.items():
        series = cells[0].series
        everyone = system.numbers((series, "", each, "") for each in base)
        system.sums.append(Sum(everyone, system.numbers((series, dimension, atom, s) for s in strata), exact))


def _add_alone(system: System, book: Notebook, cells: list[Cell], times: tuple[Atoms, Mapping[Extent, Extent]]) -> None:
    """Periods that only one place has, such as a state's quarters: whatever they are, the parts of the place can be
    split to fit, so that only their sum over each longer stretch ties them to the rest."""
    atoms, alone = times
    stretches: dict[Extent, list[Cell]] = defaultdict(list)
    for cell in cells:
        stretches[alone[cell.place, cell.period]].append(cell)
    for stretch, own in stretches.items():
        edges = sorted({edge for period in (stretch[1], *(c.period for c in own)) for edge in months(period)})
        pieces = list(pairwise(edges))
        for cell in own:
            first, end = months(cell.period)
            _note(system, book, cell, [("alone", stretch, (a, b)) for a, b in pieces if first <= a and b <= end])
        everyone = system.numbers((own[0].series, "", each, "") for each in atoms[stretch])
        system.sums.append(Sum(everyone, system.numbers((own[0].series, "alone", stretch, piece) for piece in pieces)))


def _note(system: System, book: Notebook, cell: Cell, names: Iterable[tuple[Hashable, ...]]) -> None:
    inside = system.numbers((cell.series, *name) for name in names)
    system.rows.append(Row(inside, book.cells[cell].low, book.cells[cell].high))
    system.of[cell] = inside
    if book.cells[cell].hidden:
        system.asked[cell] = inside


def _among(system: System, book: Notebook, part: str, whole: str) -> None:
    """Cells of a series that is among another, such as opioid deaths among all: what is left over is a count too."""
    for cell in [cell for cell in book.cells if cell.series == part and cell._replace(series=whole) in book.cells]:
        other = cell._replace(series=f"{whole} less {part}")
        left = system.numbers([("left", other)])
        above, below = system.of[cell._replace(series=whole)], system.of[cell]
        system.sums.append(Sum(above, below | left))
        system.asked[other] = left


def _dimension(cell: Cell) -> str:
    return ",".join(part.partition("=")[0] for part in cell.stratum.split(";")) if cell.stratum else ""


def _atoms(
    book: Notebook, cells: list[Cell], *, whole: bool
) -> tuple[dict[Extent, frozenset[int]], dict[Extent, Extent]]:
    """(place, period) -> its atoms: town-months, those together that lie in the same cells; and the extents that stand
    alone in time, each with the stretch of its place in which it lies."""
    extents = {(cell.place, cell.period) for cell in cells}
    alone = _alone(cells)
    extents = (extents - alone.keys()) | set(alone.values())
    spans = {period: months(period) for _, period in extents}
    edges = sorted({edge for span in spans.values() for edge in span})
    pieces = {p: [at for at in range(len(edges) - 1) if a <= edges[at] < b] for p, (a, b) in spans.items()}
    finest: dict[Extent, set[tuple[str, int]]] = {}
    for place, period in extents:
        towns = book.parts(place)
        towns = towns | _rests(book, place) if not whole and len(towns) > 1 else towns
        finest[place, period] = {(town, piece) for town in towns for piece in pieces[period]}
    return _merged(finest)[0], alone


def _alone(cells: Iterable[Cell]) -> dict[Extent, Extent]:
    """Extents whose period no other place and no group has, that lie between two edges of all other periods."""
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for cell in cells:
        places[cell.period].add((cell.place, cell.stratum))
    edges = sorted({edge for period, of in places.items() if len(of) > 1 for edge in months(period)})
    found = {}
    for period, of in places.items():
        ((place, stratum), *others), (first, end) = of, months(period)
        before, after = [e for e in edges if e <= first], [e for e in edges if e >= end]
        if not others and not stratum and before and after and not any(first < e < end for e in edges):
            found[place, period] = place, _words(before[-1], after[0])
    return found


def _words(first: int, end: int) -> str:
    return f"{first // 12}-{first % 12 + 1:02d}..{(end - 1) // 12}-{(end - 1) % 12 + 1:02d}"


Held = dict[int, list[Hashable]]


def _merged(extents: Mapping[Extent, Iterable[Hashable]]) -> tuple[dict[Extent, frozenset[int]], Held]:
    """Extents by new atoms, those that lie in the same extents being one; and what each new atom holds."""
    signature: dict[Hashable, list[Extent]] = defaultdict(list)
    for extent, atoms in sorted(extents.items()):
        for atom in atoms:
            signature[atom].append(extent)
    number: dict[tuple[Extent, ...], int] = {}
    found: dict[Extent, set[int]] = defaultdict(set)
    holds: dict[int, list[Hashable]] = defaultdict(list)
    for atom, inside in signature.items():
        at = number.setdefault(tuple(inside), len(number))
        holds[at].append(atom)
        for extent in inside:
            found[extent].add(at)
    return {extent: frozenset(of) for extent, of in found.items()}, holds


def _rests(book: Notebook, place: str) -> frozenset[str]:
    """Nobody's towns: what a place has over, and every place that lies wholly within it."""
    mine = book.parts(place)
    return frozenset(f"rest of {other}" for other, parts in book.members.items() if len(parts) > 1 and parts <= mine)


def _leaves_over(book: Notebook, cells: Iterable[Cell]) -> bool:
    """Whether any place that is shown with all its towns is more than they are."""
    shown = {cell: book.cells[cell].low for cell in cells if book.cells[cell].shown}
    for cell, count in shown.items():
        towns = [shown.get(cell._replace(place=town)) for town in book.parts(cell.place)]
        if len(towns) > 1 and None not in towns and sum(t for t in towns if t is not None) < count:
            return True
    return False


def _groups_leave_over(book: Notebook, cells: list[Cell]) -> bool:
    """Whether everyone is more than the groups of any cell that is shown with all of them."""
    if cells[0].series in book.open_groups:
        return True
    groups = len({cell.stratum for cell in cells})
    shown: dict[Cell, list[int]] = defaultdict(list)
    for cell in cells:
        if book.cells[cell].shown:
            shown[cell._replace(stratum="")].append(book.cells[cell].low)
    wholes = ((book.cells.get(cell), counts) for cell, counts in shown.items() if len(counts) == groups)
    return any(whole is not None and whole.shown and sum(counts) < whole.low for whole, counts in wholes)
