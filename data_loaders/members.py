"""Who and what the store knows besides places: coalitions, partners, sets of towns, groups of measures."""

from __future__ import annotations

from sqlalchemy import Engine, select

from dashboard.store import schema
from data_loaders.contract import Members


def read_members(engine: Engine) -> Members:
    """What a sheet may name, as the store holds it now."""
    series, partner, coalition, place_set = schema.series, schema.partner, schema.coalition, schema.place_set
    with engine.connect() as connection:
        strata = connection.execute(select(series.c.measure, series.c.stratum).distinct())
        return Members(
            coalitions={row.id: row.name for row in connection.execute(select(coalition))},
            partners={(row.coalition_id, row.id): row.name for row in connection.execute(select(partner))},
            sets={row.id: row.name for row in connection.execute(select(place_set).order_by(place_set.c.version))},
            strata=frozenset((row.measure, row.stratum) for row in strata),
        )
