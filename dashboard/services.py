"""The services of which deserts are decided: names, what counts, and thresholds in minutes (services.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboard.errors import InvalidQuery

DEFINITIONS = Path(__file__).with_name("services.toml")


@dataclass(frozen=True)
class Service:
    """One service. `offers` are words in a site's services that count; `steps` the thresholds to compare, minutes."""

    id: str
    name: str
    plural: str
    offers: tuple[str, ...]
    urban_minutes: float
    rural_minutes: float
    steps: tuple[float, ...]
    counts: str


@cache
def services() -> dict[str, Service]:
    """Every service by id, in the order of the file."""
    told = tomllib.loads(DEFINITIONS.read_text(encoding="utf-8"))
    return {
        id_: Service(id_, **fields | {name: tuple(fields[name]) for name in ("offers", "steps")})
        for id_, fields in told.items()
    }


def service(id_: str) -> Service:
    """The service with this id; InvalidQuery lists those that are known."""
    if id_ not in services():
        raise InvalidQuery(f"There is no service '{id_[:40]}'. Known: {', '.join(services())}.")
    return services()[id_]
