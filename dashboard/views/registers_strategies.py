"""Strategies by town: not started, planned, running or sustained, as a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.figures.matrix import MatrixCell, MatrixChart
from dashboard.registers import Entry, register
from dashboard.views.source import ViewReader

NOBODY = "No strategy is kept yet."
SHADES = {"not started": None, "planned": 1, "running": 3, "sustained": 4}
READING = "The darker, the further: outlined is not started, then planned, running and sustained. A blank is not told."


def statuses() -> tuple[str, ...]:
    """How far a strategy can be, in order."""
    return register("strategies").column("status").choices


def headline(entries: Sequence[Entry]) -> str:
    """How many strategies there are, and in how many towns some of them run."""
    if not entries:
        return NOBODY
    named = {entry.text("strategy").casefold() for entry in entries}
    running = [entry for entry in entries if entry.text("status") in ("running", "sustained")]
    towns = {entry.text("town") for entry in running}
    many = f"{len(named)} strateg{'y' if len(named) == 1 else 'ies'}"
    if not running:
        return f"{many} {'is' if len(named) == 1 else 'are'} kept; none runs yet."
    where = f"{len(towns)} place{'' if len(towns) == 1 else 's'}"
    run = len({entry.text("strategy").casefold() for entry in running})
    return f"{many}; {run} of them {'runs' if run == 1 else 'run'} in {where}."


def matrix(reader: ViewReader, entries: Sequence[Entry]) -> MatrixChart | None:
    """Towns down, strategies across; None where nothing is kept."""
    if not entries:
        return None
    names: dict[str, str] = {}
    for entry in entries:
        names.setdefault(entry.text("strategy").casefold(), entry.text("strategy"))
    columns = tuple(sorted(names.values()))
    rows = tuple(sorted({place_name(reader, entry.text("town")) for entry in entries}))
    cells = {
        (place_name(reader, entry.text("town")), names[entry.text("strategy").casefold()]): _cell(reader, entry)
        for entry in entries
    }
    return MatrixChart("Strategies by town", headline(entries), "Town", rows, columns, cells, READING)


def place_name(reader: ViewReader, id_: str) -> str:
    """The name of a town or of the whole area; the id itself where the store does not know it any more."""
    known = id_ in reader.gazetteer.number or id_ in reader.gazetteer.set_by_id
    return reader.gazetteer.name(id_) if known else id_


def towns_without(reader: ViewReader, entries: Sequence[Entry], area: str) -> list[str]:
    """Names of towns of the coalition's area in which no strategy is told of, by name."""
    whole = any(entry.text("town") == area for entry in entries)
    told = {entry.text("town") for entry in entries}
    towns: Mapping[str, str] = {geoid: reader.gazetteer.name(geoid) for geoid in reader.gazetteer.towns_of(area)}
    return [] if whole or not area else sorted(name for geoid, name in towns.items() if geoid not in told)


def _cell(reader: ViewReader, entry: Entry) -> MatrixCell:
    status = entry.text("status")
    lead = reader.partners.get(entry.text("lead"), {}).get("name", "")
    by = f", led by {lead}" if lead else ""
    told = f"{entry.text('strategy')} in {place_name(reader, entry.text('town'))}: {status}{by}"
    return MatrixCell(status, SHADES.get(status), told=told)
