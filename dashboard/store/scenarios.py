"""Scenarios that people saved: sites they placed and what they asked, so that two can be compared and a link sent."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Engine, RowMapping, insert, select

from dashboard.domain import Scenario
from dashboard.errors import InvalidQuery
from dashboard.people.chain import Event
from dashboard.store import schema_results
from dashboard.store.audit_log import append

TABLE = schema_results.scenario
LONGEST_TITLE = 120


def save_scenario(engine: Engine, scenario: Scenario) -> str:
    """Keep a scenario in one transaction and return its new id; what was saved is never changed.

    InvalidQuery for a title that is empty or longer than 120 letters.
    """
    title = " ".join(scenario.title.split())
    if not 0 < len(title) <= LONGEST_TITLE:
        raise InvalidQuery(f"A scenario needs a title of 1 to {LONGEST_TITLE} letters.")
    id_ = uuid4().hex
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(
            insert(TABLE).values(
                id=id_, coalition_id=scenario.coalition, title=title, made_at=scenario.made_at, body=dict(scenario.body)
            )
        )
        append(connection, Event("save a scenario", id_))
    return id_


def load_scenario(engine: Engine, id_: str) -> Scenario:
    """The scenario with this id; InvalidQuery when there is none."""
    with engine.connect() as connection:
        row = connection.execute(select(TABLE).where(TABLE.c.id == id_[:32])).mappings().first()
    if row is None or len(id_) > 32:
        raise InvalidQuery("There is no such scenario in this store: the link may be from another one.")
    return _read(row)


def list_scenarios(engine: Engine, coalition: str = "") -> list[Scenario]:
    """The scenarios of a coalition, newest first."""
    query = select(TABLE).where(TABLE.c.coalition_id == coalition).order_by(TABLE.c.made_at.desc(), TABLE.c.id)
    with engine.connect() as connection:
        return [_read(row) for row in connection.execute(query).mappings()]


def _read(row: RowMapping) -> Scenario:
    return Scenario(row["title"], dict(row["body"]), row["made_at"], row["coalition_id"], row["id"])
