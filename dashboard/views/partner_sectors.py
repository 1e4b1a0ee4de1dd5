"""Partners by sector and catchment, and the sectors that nobody fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.sectors import Sector, missing, sector_of, sectors, source
from dashboard.views.source import ViewReader

COLUMNS = ("Sector", "Partners", "Where they work")
OTHER = "Not on the list"


@dataclass(frozen=True)
class SectorTable:
    """A row a sector of the list (those that nobody fills too), and the sectors that are missing."""

    rows: Sequence[tuple[str, ...]]
    missing: tuple[Sector, ...]
    partners: int
    source: str = source()

    @property
    def sentence(self) -> str:
        """How many sectors are at the table, and which are not."""
        whole = len(sectors())
        if not self.partners:
            return f"No partner is known yet: all {whole} sectors are open."
        if not self.missing:
            return f"All {whole} sectors have a partner."
        names = [sector.name for sector in self.missing]
        listed = ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
        return f"{whole - len(names)} of {whole} sectors have a partner. Nobody yet from: {listed}."


def sector_table(reader: ViewReader, coalition: str) -> SectorTable:
    """Partners of a coalition by the sectors of the list."""
    areas = {str(row["id"]): str(row["catchment"]) for row in reader.coalitions}
    whole = areas.get(coalition, "")
    ours = [row for row in reader.partners.values() if row.get("coalition_id", "") == coalition]
    by_sector: dict[str, list[Mapping[str, Any]]] = {}
    for row in ours:
        by_sector.setdefault(sector_of(str(row["sector"])), []).append(row)
    rows = [_row(reader, sector.name, by_sector.get(sector.name, []), whole) for sector in sectors()]
    if "" in by_sector:
        rows.append(_row(reader, OTHER, by_sector[""], whole))
    return SectorTable(rows, missing(str(row["sector"]) for row in ours), len(ours))


def _row(reader: ViewReader, sector: str, found: Sequence[Mapping[str, Any]], whole: str) -> tuple[str, ...]:
    if not found:
        return sector, "nobody yet", "–"
    named = [
        f"{row['name']} ({row['sector']})" if sector == OTHER else str(row["name"])
        for row in sorted(found, key=lambda row: str(row["name"]))
    ]
    return sector, ", ".join(named), ", ".join(dict.fromkeys(_where(reader, row, whole) for row in found))


def _where(reader: ViewReader, partner: Mapping[str, Any], whole: str) -> str:
    catchment = str(partner.get("catchment", ""))
    if catchment and catchment == whole:
        return "the whole area"
    known = reader.gazetteer.set_by_id.get(catchment)
    return f"{known.name} ({len(known.members)} towns)" if known else "not told"
