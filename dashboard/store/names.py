"""Names into the store: places, sets, coalitions, shapes and sites of an intake, within its transaction."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from dashboard.intake import Intake
from dashboard.store import schema
from dashboard.store.registers import write_entries
from dashboard.store.targets import write_strategies, write_targets


def write_names(connection: Connection, intake: Intake, load_id: int, now: datetime) -> None:
    """Everything an intake names; what is known already stays as it is, a place set gets a new version."""
    _write_places(connection, intake)
    _write_coalitions(connection, intake, now)
    _write_boundaries(connection, intake, now)
    _write_facilities(connection, intake, load_id)


def _write_places(connection: Connection, intake: Intake) -> None:
    known = set(connection.scalars(select(schema.place.c.geoid)))
    fresh = {place.geoid: place for place in intake.places if place.geoid not in known}
    insert_all(connection, schema.place, [
        {"geoid": place.geoid, "name": place.name, "level": place.level, "state": place.state,
         "county": place.county, "latitude": place.latitude, "longitude": place.longitude}
        for place in fresh.values()
    ])  # fmt: skip
    insert_new(connection, schema.place_code, [
        {"geoid": code.geoid, "system": code.system, "code": code.code, "start": code.start, "end": code.end}
        for code in intake.place_codes
    ])  # fmt: skip
    aliases = [{"geoid": geoid, "alias": alias[:120]} for geoid, alias in intake.aliases]
    insert_new(connection, schema.place_alias, aliases)
    table = schema.place_set
    for place_set in intake.place_sets:
        version = connection.scalar(select(func.max(table.c.version)).where(table.c.id == place_set.id)) or 0
        insert_all(connection, table, [
            {"id": place_set.id, "version": version + 1, "name": place_set.name, "level": place_set.level,
             "members": list(place_set.members)}
        ])  # fmt: skip


def _write_coalitions(connection: Connection, intake: Intake, now: datetime) -> None:
    rows = [{"id": id_, "name": name, "catchment": catchment} for id_, name, catchment in intake.coalitions]
    insert_new(connection, schema.coalition, rows)
    insert_new(connection, schema.partner, [
        {"coalition_id": partner.coalition, "id": partner.id, "name": partner.name, "sector": partner.sector,
         "catchment": partner.catchment}
        for partner in intake.partners
    ])  # fmt: skip
    write_strategies(connection, intake.strategies)
    why = intake.targets_why or "As it was first loaded"
    write_targets(connection, intake.targets, who=intake.file_name, why=why, now=now)
    write_entries(connection, intake.entries, who=intake.file_name, why="Loaded from a sheet", now=now)


def _write_boundaries(connection: Connection, intake: Intake, now: datetime) -> None:
    insert_new(connection, schema.boundary, [
        {"sha": sha256(shapes.body).hexdigest(), "state": shapes.state, "level": shapes.level,
         "vintage": shapes.vintage, "schematic": shapes.schematic, "loaded_at": now, "body": shapes.body}
        for shapes in intake.boundaries
    ])  # fmt: skip


def _write_facilities(connection: Connection, intake: Intake, load_id: int) -> None:
    if not intake.facilities:
        return
    table = schema.facility
    connection.execute(delete(table).where(table.c.source == intake.source))
    fields = ("id", "name", "address", "town", "latitude", "longitude", "verified_on", "hours", "capacity",
              "hours_a_week", "accepting", "mobile_days", "state")  # fmt: skip
    insert_all(connection, table, [
        {"source": intake.source, "load_id": load_id, "coalition_id": "", "services": list(facility.services)}
        | {name: getattr(facility, name) for name in fields}
        for facility in intake.facilities
    ])  # fmt: skip


def insert_all(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows, if there are any."""
    if rows:
        connection.execute(insert(table), rows)


def insert_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose primary key is not there yet, once each."""
    keys = [column.name for column in table.primary_key]
    known = {tuple(row) for row in connection.execute(select(*(table.c[key] for key in keys)))}
    fresh = {key: row for row in rows if (key := tuple(row[name] for name in keys)) not in known}
    insert_all(connection, table, list(fresh.values()))
