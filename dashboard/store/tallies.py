"""What the store tells whoever watches over the servers: counts alone, of nobody and of no place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import Engine, func, select

from dashboard.people.chain import REFUSED
from dashboard.store.schema import load
from dashboard.store.schema_people import audit_record


@dataclass(frozen=True)
class Tallies:
    """Loads of the store, when the newest came (seconds since 1970; 0 for none), and what the audit log has refused."""

    loads: int
    newest_load: float
    refusals: int


def tallies(engine: Engine) -> Tallies:
    """The counts as they are now; SQLAlchemyError while the store is away."""
    loads = select(func.count(), func.max(load.c.loaded_at))
    refusals = select(func.count()).select_from(audit_record).where(audit_record.c.outcome == REFUSED)
    with engine.connect() as connection:
        count, newest = connection.execute(loads).one()
        return Tallies(
            count, newest.replace(tzinfo=UTC).timestamp() if newest else 0.0, connection.scalar(refusals) or 0
        )
