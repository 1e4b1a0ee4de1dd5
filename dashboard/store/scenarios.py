"""Saved scenarios: what somebody wanted to try, kept under a title."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Engine, delete, insert, select

from dashboard.domain import Scenario
from dashboard.errors import InvalidQuery
from dashboard.store import schema

TABLE = schema.scenario
LONGEST_TITLE = 80
MOST_SCENARIOS = 500
"""A store keeps no more: who reaches the page could otherwise fill the disk."""


def save_scenario(
    engine: Engine, title: str, body: Mapping[str, str], *, made_at: datetime, coalition: str = ""
) -> Scenario:
    """Keep a scenario; the same title and body again is the same scenario. InvalidQuery without a usable title."""
    plain = " ".join(title.split())
    if not plain or len(plain) > LONGEST_TITLE:
        raise InvalidQuery(f"Give the scenario a title of 1 to {LONGEST_TITLE} letters, then save it.")
    words = orjson.dumps([coalition, plain, dict(body)], option=orjson.OPT_SORT_KEYS)
    id_ = hashlib.sha256(words).hexdigest()[:12]
    with engine.execution_options(writes=True).begin() as connection:
        known = connection.scalars(select(TABLE.c.id)).all()
        if id_ not in known and len(known) >= MOST_SCENARIOS:
            raise InvalidQuery(f"This store keeps {MOST_SCENARIOS} scenarios and has as many.")
        connection.execute(delete(TABLE).where(TABLE.c.id == id_))
        row = {"id": id_, "coalition_id": coalition, "title": plain, "made_at": made_at, "body": dict(body)}
        connection.execute(insert(TABLE).values(**row))
    return Scenario(id_, plain, made_at, dict(body), coalition)


def saved_scenarios(engine: Engine) -> tuple[Scenario, ...]:
    """Every scenario, the newest first."""
    with engine.connect() as connection:
        rows = connection.execute(select(TABLE).order_by(TABLE.c.made_at.desc(), TABLE.c.id)).mappings().all()
    return tuple(_scenario(row) for row in rows)


def find_scenario(engine: Engine, id_: str) -> Scenario:
    """The scenario with this id; InvalidQuery when there is none."""
    with engine.connect() as connection:
        row = connection.execute(select(TABLE).where(TABLE.c.id == id_)).mappings().first()
    if row is None:
        raise InvalidQuery(f"There is no saved scenario '{id_[:20]}' in this store.")
    return _scenario(row)


def _scenario(row: Mapping[Any, Any]) -> Scenario:
    return Scenario(row["id"], row["title"], row["made_at"], row["body"], row["coalition_id"])
