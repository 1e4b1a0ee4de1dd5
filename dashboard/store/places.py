"""Places and the names they go by, as the store holds them."""

from collections.abc import Sequence

from sqlalchemy import Engine, func, select

from dashboard.domain import Jurisdiction, Level, PlaceSet
from dashboard.intake import PlaceCode
from dashboard.store import schema


def known_places(engine: Engine) -> tuple[list[Jurisdiction], list[tuple[str, str]], list[PlaceCode]]:
    """All places, all (geoid, alias) pairs and all dated codes."""
    with engine.connect() as connection:
        places = [
            Jurisdiction(row.geoid, row.name, Level(row.level), row.state, row.county, row.latitude, row.longitude)
            for row in connection.execute(select(schema.place).order_by(schema.place.c.id))
        ]
        aliases = [(row.geoid, row.alias) for row in connection.execute(select(schema.place_alias))]
        codes = [PlaceCode(*row) for row in connection.execute(select(schema.place_code))]
    return places, aliases, codes


def place_sets(engine: Engine) -> Sequence[PlaceSet]:
    """Every set of towns in its newest version, by name."""
    table = schema.place_set
    newest = select(table.c.id, func.max(table.c.version).label("version")).group_by(table.c.id).subquery()
    joined = select(table).join(newest, (table.c.id == newest.c.id) & (table.c.version == newest.c.version))
    with engine.connect() as connection:
        return [
            PlaceSet(row.id, row.name, Level(row.level), tuple(row.members))
            for row in connection.execute(joined.order_by(table.c.name))
        ]
