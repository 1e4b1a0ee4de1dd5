"""Which places a map and its table show: small towns once, as their planning area; and the class of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.domain import State
from dashboard.figures.classes import Classes, classify
from public.choosing import Chosen
from public.scene import Scene
from public.snapshot import DRAWN, FINEST, CellAt, Snapshot, address_token


@dataclass(frozen=True)
class Row:
    """One place of the table twin. `members` are the towns of an area whose number stands for all of them."""

    id: str
    name: str
    href: str
    at: CellAt | None
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """The towns of a table as they are shown: small ones once, as their planning area."""

    rows: tuple[Row, ...]
    row_of: dict[str, int]
    """Town -> its row."""
    classes: Classes


def shown(scene: Scene, chosen: Chosen) -> Shown:
    """The rows of the table's finest level, by name, and the row that every town is drawn with."""
    level = scene.snapshot.finest(chosen.topic, chosen.period, chosen.stratum)
    if level not in DRAWN:
        return _undrawn(scene, chosen)
    rows: dict[str, Row] = {}
    drawn: dict[str, str] = {}
    silent = silent_states(scene, chosen)
    for town in scene.snapshot.towns():
        id_ = town.county if level == "county" else town.merged_into or town.geoid
        at = scene.snapshot.cell(chosen.topic, id_, chosen.period, chosen.stratum)
        if town.state in silent or (at is None and level == "county"):
            continue
        drawn[town.geoid] = id_
        rows.setdefault(id_, _row(scene, id_, at))
    if level == "catchment":  # coalitions' towns may overlap: told in the table, not drawn
        table = scene.snapshot.table(chosen.topic, level, chosen.period, chosen.stratum)
        ids = scene.snapshot.cells(table).geoid if table else []
        rows = {id_: _row(scene, id_, scene.snapshot.row(table, id_)) for id_ in ids if id_ in scene.snapshot.sets}
    ordered = sorted(rows.values(), key=lambda row: row.name)
    number = {row.id: n for n, row in enumerate(ordered)}
    return Shown(tuple(ordered), {town: number[id_] for town, id_ in drawn.items()}, _classes(chosen, ordered))


def _undrawn(scene: Scene, chosen: Chosen) -> Shown:
    """States and coalition areas: rows without a picture."""
    found: dict[str, CellAt] = {}
    for level in FINEST:
        table = scene.snapshot.table(chosen.topic, level, chosen.period, chosen.stratum)
        cells = scene.snapshot.cells(table) if table else None
        found |= {geoid: CellAt(cells, row) for row, geoid in enumerate(cells.geoid)} if cells else {}
    rows = sorted((_row(scene, id_, at) for id_, at in found.items()), key=lambda row: row.name)
    return Shown(tuple(rows), {}, _classes(chosen, rows))


def silent_states(scene: Scene, chosen: Chosen) -> list[str]:
    """States of the release of which nobody reported any place here: not drawn, or half a map would say nothing."""
    key = ("silent", chosen.topic.token, chosen.period, chosen.stratum)
    return scene.snapshot.once(key, lambda: _silent_states(scene.snapshot, chosen))


def _silent_states(snapshot: Snapshot, chosen: Chosen) -> list[str]:
    level = snapshot.finest(chosen.topic, chosen.period, chosen.stratum)
    reporting = set()
    for town in snapshot.towns():
        if town.state not in reporting:
            id_ = town.county if level == "county" else town.geoid
            at = snapshot.cell(chosen.topic, id_, chosen.period, chosen.stratum)
            if at is not None and at.state != State.NOT_REPORTED:
                reporting.add(town.state)
    return [state.geoid for state in snapshot.states if state.geoid not in reporting]


def _row(scene: Scene, id_: str, at: CellAt | None) -> Row:
    area = scene.snapshot.set_of(id_)
    members = tuple(scene.snapshot.name(town) for town in area.members if town in scene.snapshot.places) if area else ()
    return Row(id_, scene.snapshot.name(id_), scene.page("town", address_token(id_)), at, members)


def _classes(chosen: Chosen, rows: list[Row]) -> Classes:
    """Classes of what the map shows: the rate, or the count of an indicator without a denominator."""
    has_rate = chosen.topic.indicator.denominator is not None
    values = [
        np.nan if row.at is None else float(row.at.cells.rate[row.at.row]) if has_rate else row.at.count for row in rows
    ]
    return classify(values, [row.at.state if row.at else State.NOT_REPORTED for row in rows])
