"""What a cube keeps beside its columns, read from the store: rows by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, select

from dashboard.store import schema
from dashboard.store.doubles import united
from dashboard.store.facilities import near_places


def boundaries(connection: Connection) -> list[dict[str, Any]]:
    """Shapes without their paths: what a map must know to colour them, and who borders on whom."""
    rows = table(connection, schema.boundary)
    bodies = [orjson.loads(row.pop("body")) for row in rows]
    return [
        row | {"geoids": body["geoid"], "neighbours": body.get("neighbours")}
        for row, body in zip(rows, bodies, strict=True)
    ]


def facilities(connection: Connection, index: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Sites of loads that are known at the time, near the places of the store, and which of them were doubles."""
    loads = {row["id"] for row in index["loads"]}
    rows = (row for row in table(connection, schema.facility) if row["load_id"] in loads)
    sites, merged = united(near_places(rows, index["places"]))
    return {"sites": sites, "merged": merged}


def newest_sets(connection: Connection) -> list[dict[str, Any]]:
    """The newest version of each place set, by name."""
    newest = {row["id"]: row for row in sorted(table(connection, schema.place_set), key=lambda row: row["version"])}
    return sorted(newest.values(), key=lambda row: row["name"])


def table(connection: Connection, asked: Any) -> list[dict[str, Any]]:
    """The rows of a table in the order of its key."""
    rows = connection.execute(select(*asked.columns).order_by(*asked.primary_key)).mappings()
    return [dict(row) for row in rows]
