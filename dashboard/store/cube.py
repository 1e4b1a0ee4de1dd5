"""The read model: one data version as narrow columns on disk, memory-mapped by every worker.

Grain of the columns: one row per series, start and place after newer loads have replaced older ones. Rows of a
series stand together, sorted by start, so a query is two searches and a count (design: 0.1 ms for 250,000 rows).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, select

from dashboard.domain import Facility
from dashboard.store import schema
from dashboard.store.areas import Gazetteer
from dashboard.store.bounds import with_bounds
from dashboard.store.coverage import ZeroSpans, zero_spans
from dashboard.store.engine import get_setting
from dashboard.store.facilities import read_facility
from dashboard.store.index_rows import boundaries, facilities, newest_sets, table
from dashboard.store.load_rows import COLUMNS, are_quick, observations
from dashboard.store.schema_partner_files import undone_load
from dashboard.store.supersede import keep_newest

KEPT_VERSIONS = 3
LOADS = ".loads"
"""The folder beside the cubes with the rows of each load."""
FORMAT = 6
"""Changes with the layout of the files, so that a cube of an older program is never read."""


@dataclass(frozen=True)
class Cube:
    """Columns of one data version and everything that names them."""

    version: str
    columns: Mapping[str, NDArray[Any]]
    series: list[dict[str, Any]]
    places: list[dict[str, Any]]
    place_sets: list[dict[str, Any]]
    loads: list[dict[str, Any]]
    coverage: list[dict[str, Any]]
    partners: list[dict[str, Any]]
    coalitions: list[dict[str, Any]]
    boundaries: list[dict[str, Any]]
    breaks: list[dict[str, Any]]
    home: str
    demonstration: bool
    folder: Path | None = None

    @cached_property
    def facilities(self) -> tuple[Facility, ...]:
        """Sites in or near the places of the store; read when first asked for, because most pages never do."""
        return tuple(read_facility(row) for row in self._sites["sites"])

    @property
    def merged_sites(self) -> list[dict[str, Any]]:
        """Rows of other sources that went into a site: kept, kept_name, source, id, name."""
        return list(self._sites["merged"])

    @cached_property
    def _sites(self) -> dict[str, list[dict[str, Any]]]:
        nothing: dict[str, list[dict[str, Any]]] = {"sites": [], "merged": []}
        return orjson.loads((self.folder / "facilities.json").read_bytes()) if self.folder else nothing

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Places and sets, the same for every reader: forty thousand places take half a second."""
        return Gazetteer(self.places, self.place_sets)

    @cached_property
    def geoids(self) -> NDArray[np.str_]:
        """Geoids in the order of `places`."""
        return np.array([row["geoid"] for row in self.places], dtype=np.str_)

    def in_scope(self, scope: str) -> NDArray[np.bool_]:
        """Which places have a geoid that begins so; kept, because a look at every geoid of a country takes long."""
        if scope not in self._scopes:
            self._scopes[scope] = np.char.startswith(self.geoids, scope)
        return self._scopes[scope]

    @cached_property
    def _scopes(self) -> dict[str, NDArray[np.bool_]]:
        return {}

    @cached_property
    def zero_spans(self) -> ZeroSpans:
        """Where absence means zero."""
        return zero_spans(self.coverage, self.loads)


def current_version(engine: Engine) -> str:
    """The name of the newest data version of the store."""
    with engine.connect() as connection:
        return f"{FORMAT}-{get_setting(connection, 'store_id')}-{get_setting(connection, 'data_version')}"


def is_built(home: Path, version: str) -> bool:
    """Whether the cube of a data version is on this machine."""
    return (home / "cube" / version / "index.json").is_file()


def is_quick(engine: Engine, home: Path, as_of: date | None = None) -> bool:
    """Whether a cube can be built within a request: its loads' rows are on this machine, and they are few."""
    with engine.connect() as connection:
        return are_quick(_loads(connection, as_of), _rows_folder(connection, home / "cube"))


def open_cube(engine: Engine, home: Path, *, as_of: date | None = None) -> Cube:
    """The cube of the newest data version, or of what was known at the end of `as_of`; built when it is missing."""
    version = version_as_of(engine, as_of) if as_of else current_version(engine)
    folder = home / "cube" / version
    if not is_built(home, version):
        build(engine, folder, as_of=as_of)
        _forget_old_versions(home / "cube", version)
    return _read(folder, version)


def version_as_of(engine: Engine, as_of: date) -> str:
    """The version of what was known at the end of a day; days between which nothing came or went share one."""
    newest, (change, last) = current_version(engine), _changes(engine, as_of)
    return newest if change == last else f"{newest}-asof-{change}"


def _changes(engine: Engine, as_of: date) -> tuple[date | None, date | None]:
    """The last day up to `as_of`, and the last day ever, on which a load came or was undone."""
    end = _end_of(as_of)
    with engine.connect() as connection:
        times = [time for column in (schema.load.c.loaded_at, undone_load.c.undone_at)
                 for time in connection.scalars(select(column).distinct())]  # fmt: skip
    by_then = max((time.date() for time in times if time < end), default=None)
    return by_then, max((time.date() for time in times), default=None)


def build(engine: Engine, folder: Path, *, as_of: date | None = None) -> None:
    """Write the cube into `folder` by way of a temporary folder and one atomic rename."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        with engine.connect() as connection:
            index, columns = _collect(connection, as_of, folder.parent)
            sites = facilities(connection, index)
        for name, column in columns.items():
            np.save(scratch / f"{name}.npy", column)
        (scratch / "facilities.json").write_bytes(orjson.dumps(sites))
        (scratch / "index.json").write_bytes(orjson.dumps(index, option=orjson.OPT_NON_STR_KEYS))
        try:
            scratch.rename(folder)
        except OSError:  # another worker was quicker: its cube is the same
            if not (folder / "index.json").is_file():
                raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _collect(
    connection: Connection, as_of: date | None, folder: Path
) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    loads = _loads(connection, as_of)
    places = table(connection, schema.place)
    place_number = {row["id"]: number for number, row in enumerate(places)}
    coverage = [row for row in table(connection, schema.coverage) if row["load_id"] in loads]
    series = table(connection, schema.series)
    columns = _observations(connection, loads, place_number, folder)
    columns = keep_newest(columns, series, list(loads.values()), coverage, [row["geoid"] for row in places])
    columns = _sorted_once(columns)
    index = {
        "series": with_bounds(series, columns, [row["state"] for row in places]),
        "places": places,
        "place_sets": newest_sets(connection),
        "loads": list(loads.values()),
        "coverage": coverage,
        "partners": table(connection, schema.partner),
        "coalitions": table(connection, schema.coalition),
        "boundaries": boundaries(connection),
        "breaks": table(connection, schema.definition_break),
        "home": get_setting(connection, "home") or "",
        "demonstration": get_setting(connection, "demonstration") == "1",
    }
    return index, {name: column for name, column in columns.items() if name != "series"}


def _loads(connection: Connection, as_of: date | None) -> dict[int, dict[str, Any]]:
    """Loads known at the end of `as_of` and not undone by then, by id, oldest first (publisher's date, then loaded).

    They were loaded in the order of their ids, whatever the clock said then: it may have gone back.
    """
    table, undone = schema.load, undone_load
    gone = select(undone.c.load_id)
    query = select(table).order_by(table.c.as_of, table.c.id)
    if as_of is not None:
        end = _end_of(as_of)
        query, gone = query.where(table.c.loaded_at < end), gone.where(undone.c.undone_at < end)
    query = query.where(table.c.id.not_in(gone))
    return {row["id"]: dict(row) for row in connection.execute(query).mappings()}


def _end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999999)


def _observations(
    connection: Connection, loads: Mapping[int, Any], place_number: Mapping[int, int], folder: Path
) -> dict[str, NDArray[Any]]:
    """All observations of these loads; `load` counts in the order of `loads`, `place` in that of the places."""
    columns = observations(connection, loads, _rows_folder(connection, folder))
    columns["place"] = _renumber(columns["place"], place_number)
    columns["load"] = _renumber(columns["load"], {id_: number for number, id_ in enumerate(loads)})
    return columns


def _rows_folder(connection: Connection, cubes: Path) -> Path:
    """Where the rows of this store's loads are kept, beside its cubes."""
    return cubes / LOADS / (get_setting(connection, "store_id") or "")


def _sorted_once(columns: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Rows by series, start and place; of two loads that give the same number the newer one stays.

    Rows come in the order of their loads, which a stable sort keeps; one number a row is sorted much quicker than four.
    """
    key = _one_number([columns[name] for name in ("series", "start", "place")])
    order = np.argsort(key, kind="stable")
    key = key[order]
    order = np.delete(order, np.flatnonzero(key[:-1] == key[1:]))
    return {name: column[order] for name, column in columns.items()}


def _one_number(columns: Sequence[NDArray[Any]]) -> NDArray[np.int64]:
    """A number a row that sorts as the columns do, the first before the second."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        least, most = int(column.min(initial=0)), int(column.max(initial=0))
        key *= most - least + 1
        key += column - least
    return key


def _renumber(column: NDArray[Any], numbers: Mapping[int, int]) -> NDArray[Any]:
    """Database ids as positions; -1 for an id that is not wanted."""
    lookup = np.full(int(max([0, *numbers, column.max(initial=0)])) + 1, -1, dtype=np.int32)
    lookup[list(numbers)] = list(numbers.values())
    return lookup[column] if len(column) else column


def _read(folder: Path, version: str) -> Cube:
    index = orjson.loads((folder / "index.json").read_bytes())
    columns = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in COLUMNS if name != "series"}
    return Cube(version=version, columns=columns, folder=folder, **index)


def _forget_old_versions(folder: Path, keep: str) -> None:
    """Remove all but the newest few; a worker that still maps one keeps its pages."""
    old = sorted((path for path in folder.iterdir() if path.name != keep and not path.name.startswith(".")),
                 key=lambda path: path.stat().st_mtime)  # fmt: skip
    for path in old[: -(KEPT_VERSIONS - 1)]:
        shutil.rmtree(path, ignore_errors=True)
