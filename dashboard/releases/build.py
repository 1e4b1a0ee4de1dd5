"""Builds a release: counts the declared tables and protects them together with every earlier release."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from dashboard.domain import Level, PlaceSet
from dashboard.releases.contents import complete, shown_as
from dashboard.releases.counted import Counting, TrueCell, count_table, declared_tables, place_id
from dashboard.releases.declare import Declared
from dashboard.releases.families import families
from dashboard.releases.parts import geography_of, old_sets, parts_of, pooled
from dashboard.releases.printed import printed
from dashboard.releases.protected import Protected, ReleaseRefused, protect_family
from dashboard.releases.reading import ReleaseReader
from dashboard.releases.release import Release, Structure, TableKey
from dashboard.releases.sums import SETS, Geography
from dashboard.store.reader import CubeReader

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Built:
    """A release and how it came to be: what each family of indicators hides, for the page that previews it."""

    release: Release
    protected: Sequence[Protected]

    @property
    def fingerprint(self) -> str:
        """Changes with whatever would be written: what a second person approved is what goes out."""
        own = self.release
        told = (own.number, own.made_on, own.cells, own.targets, own.sites, own.texts)
        return sha256(repr(told).encode()).hexdigest()[:32]


def build(
    reader: CubeReader,
    declared: Declared,
    earlier: Sequence[ReleaseReader],
    *,
    number: int,
    made_on: date,
    audience: str = "public",
    progress: Progress | None = None,
) -> Built:
    """A protected release of everything declared; ReleaseRefused says which number could be worked out, and from what.

    `earlier` are all earlier releases for the audience, withdrawn ones too: copies of them exist.
    """
    counting = Counting(reader, declared, made_on)
    shown = shown_as(counting)
    cells = [_unless_small(cell, shown) for cell in _count(counting, earlier, progress)]
    sets = [*reader.gazetteer.sets, *(each for old in earlier for each in old.sets)]
    geography = geography_of({p.geoid: reader.gazetteer.towns_of(p.geoid) for p in reader.gazetteer.places}, sets)
    cells += parts_of(cells, _towns(counting), geography)
    cells += pooled(cells, _towns(counting), geography)
    found: list[Protected] = []
    kinds = families(counting, cells)
    for at, family in enumerate(kinds):
        if progress:
            progress(f"Protecting {family.name}", at / len(kinds))
        found.append(protect_family(counting, family, Geography(geography), earlier))
    return Built(_release(counting, found, shown, (number, audience)), found)


def _count(counting: Counting, earlier: Sequence[ReleaseReader], progress: Progress | None) -> list[TrueCell]:
    wanted = [t for each in counting.declared.indicators for t in declared_tables(counting, each)]
    cells: list[TrueCell] = []
    for at, table in enumerate(wanted):
        if progress:
            progress("Counting", at / max(len(wanted), 1))
        cells += count_table(counting, table)
    return cells + list(_counted_before(counting, earlier, {cell_id(cell) for cell in cells}))


def _counted_before(
    counting: Counting, earlier: Sequence[ReleaseReader], known: set[tuple[str, ...]]
) -> Iterable[TrueCell]:
    """Cells of earlier releases that this one does not print: they are out, so they count in the equations."""
    now = {place_id(each) for each in counting.reader.gazetteer.sets}
    for old in earlier:
        changed: list[PlaceSet] = [each for each in old.sets if place_id(each) not in now]
        for table in old.tables:
            if not _is_known(counting, table):
                continue
            cells = count_table(counting, table)
            if table.level in SETS:
                cells += old_sets(table, changed, _towns(counting))
            for cell in cells:
                if cell_id(cell) not in known:
                    known.add(cell_id(cell))
                    yield replace(cell, printed=False)


def _is_known(counting: Counting, table: TableKey) -> bool:
    """Whether the store still knows the indicator and the group of an earlier release's table."""
    if table.indicator not in counting.reader.registry.indicators:
        return False
    series = counting.reader.series_of(counting.indicator(table.indicator))
    return not table.stratum or any(row["stratum"] == table.stratum for row in series)


def _unless_small(cell: TrueCell, shown: Mapping[str, str]) -> TrueCell:
    """A town that is shown as its planning area is counted, since others tell its number, but not printed."""
    return cell if shown.get(cell.geoid, cell.geoid) == cell.geoid else replace(cell, printed=False)


def cell_id(cell: TrueCell) -> tuple[str, ...]:
    """What a cell is, whatever its count: its table and place."""
    return (*cell.table, cell.place)


def _towns(counting: Counting) -> Callable[[TableKey], list[TrueCell]]:
    return lambda table: count_table(counting, table._replace(level=Level.TOWN.value))


def _release(
    counting: Counting, found: Sequence[Protected], shown: Mapping[str, str], named: tuple[int, str]
) -> Release:
    number, audience = named
    order = {each.id: at for at, each in enumerate(counting.declared.indicators)}
    cells = [cell for each in found for cell in printed(counting, each)]
    cells.sort(key=lambda cell: order[cell.table.indicator])
    structure = Structure(
        [cell for each in found for cell in each.structure.cells],
        [each_sum for each in found for each_sum in each.structure.sums],
    )
    used = {cell.table.indicator for cell in cells}
    indicators = [counting.indicator(id_) for id_ in order if id_ in used]
    release = Release(number, counting.on, audience, indicators=indicators, cells=cells, structure=structure)
    return complete(counting, release, found, shown)


__all__ = ["Built", "ReleaseRefused", "build"]
