"""Results of analyses in the store: written by `coalition analyse`, read by every screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select

from dashboard.store import schema_results
from dashboard.store.engine import get_setting, set_setting

VERSION = "analysis_version"
TABLE = schema_results.analysis
NAMES = ("kind", "indicator", "period", "basis", "within", "stratum", "partner", "variant", "as_of")
CARD = (*NAMES, "parameters", "seed", "data_version", "computed_at")


@dataclass(frozen=True)
class Analysis:
    """One result with all that made it. `kind` is "hotspots" or "desert"; a desert's indicator is its service.

    `variant` is "" for the default parameters, else a word for them; `as_of` is "" or the day that was asked for.
    """

    kind: str
    indicator: str
    result: Mapping[str, Any]
    data_version: str
    computed_at: datetime
    period: str = ""
    basis: str = ""
    within: str = ""
    stratum: str = ""
    partner: str = ""
    variant: str = ""
    as_of: str = ""
    seed: int = 0
    parameters: Mapping[str, Any] = field(default_factory=dict)


def write_analysis(engine: Engine, analysis: Analysis) -> None:
    """Keep a result in one transaction; it takes the place of an earlier run of the same question."""
    row = asdict(analysis)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(delete(TABLE).where(*(TABLE.c[name] == row[name] for name in NAMES)))
        connection.execute(insert(TABLE).values(**row))
        set_setting(connection, VERSION, str(int(get_setting(connection, VERSION) or 0) + 1))


def analysis_version(engine: Engine) -> str:
    """A text that changes whenever a result is written."""
    with engine.connect() as connection:
        return get_setting(connection, VERSION) or "0"


class Shelf:
    """The results that belong to one data version; each is read once and then kept."""

    def __init__(self, engine: Engine, data_version: str, as_of: str = "") -> None:
        self.version = analysis_version(engine) + (f"@{as_of}" if as_of else "")
        self._engine, self._data_version, self._as_of = engine, data_version, as_of
        self._found: dict[tuple[str, ...], dict[str, Any] | None] = {}

    def find(self, kind: str, names: Mapping[str, str]) -> dict[str, Any] | None:
        """The newest result whose columns are as named, with how it was made; `stale` when data came in since."""
        key = (kind, *(f"{name}={value}" for name, value in sorted(names.items())))
        if key not in self._found:
            self._found[key] = self._read(kind, names)
        return self._found[key]

    def _read(self, kind: str, names: Mapping[str, str]) -> dict[str, Any] | None:
        asked = [TABLE.c.kind == kind, TABLE.c.as_of == self._as_of]
        asked += [TABLE.c[name] == value for name, value in names.items()]
        query = select(TABLE).where(*asked).order_by(TABLE.c.computed_at.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return dict(row["result"]) | self._told(row) if row else None

    def all(self) -> list[dict[str, Any]]:
        """What there is, without the results: how each was made, newest first."""
        query = select(*(TABLE.c[name] for name in CARD)).where(TABLE.c.as_of == self._as_of)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(TABLE.c.computed_at.desc(), *(TABLE.c[n] for n in NAMES)))
            return [{name: row[name] for name in NAMES} | self._told(row) for row in rows.mappings()]

    def _told(self, row: Mapping[Any, Any]) -> dict[str, Any]:
        return {
            "parameters": dict(row["parameters"]),
            "seed": row["seed"],
            "computed_at": row["computed_at"].isoformat(timespec="seconds"),
            "stale": row["data_version"] != self._data_version,
        }


def count_analyses(engine: Engine) -> int:
    """How many results are kept."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(TABLE)) or 0
