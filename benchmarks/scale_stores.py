"""Stores of one to fifty million rows on 351, 3,100 and 36,000 places and of a country, and rows for the naive page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from shapely.geometry import mapping
from sqlalchemy import Engine, select

from benchmarks import national
from benchmarks.rows import BASES, CARD, GROUPS, MONTHLY_DEATHS_PER_RESIDENT, SEED, Town, add_residents
from benchmarks.stores import INVENTED_STATE, SHARED, boundary_of, county_shapes, grid_shapes, places_of
from dashboard.domain import Level, Period
from dashboard.indicators import registry
from dashboard.intake import Coverage, Intake
from dashboard.store import schema
from dashboard.store.engine import connect
from dashboard.store.writer import write
from data_loaders.load import load_files
from geo.shapes import Shape

MONTHS = 120
"""Ten years of months, where there are rows enough for each."""
END = 2026 * 12
"""The month after the last, counted from the year 0."""
DEATHS = "opioid_deaths"
MOST_ROWS = 1_000_000
"""Of one load, about."""
AS_OF = date(2026, 1, 15)
PERIODS = ("12m", "24m", "36m", "2021", "2022", "2023", "2024", "2025")
Series = tuple[str, str, str]


@dataclass(frozen=True)
class Land:
    """Places with a map: the state they are in, and what puts them into a store."""

    state: str
    put: Callable[[Engine, Path], list[Town]]


@dataclass(frozen=True)
class Built:
    """A store that is ready to be measured: its folder, how many places and rows it holds, and what may be chosen.

    `naive` is the folder of the naive page, None where it cannot show this.
    """

    name: str
    land: str
    folder: Path
    ours: Path
    naive: Path | None
    places: int
    rows: int
    state: str
    chosen: dict[str, tuple[str, ...]]


NATION = "50 states"


def lands() -> dict[str, Land]:
    """The towns of Massachusetts, counties as they are, and squares on a grid; each in one state, drawn at once."""
    return {
        "351 towns": Land("25", _put_towns),
        "3,108 counties": Land(INVENTED_STATE, lambda engine, naive: _put_shapes(engine, naive, county_shapes())),
        "36,100 subdivisions": Land(INVENTED_STATE, lambda engine, naive: _put_shapes(engine, naive, grid_shapes())),
    }


def names() -> list[str]:
    """Every store: its land and its millions of rows; the country has as many as it has."""
    sizes = {"351 towns": (1, 10, 50)}
    return [*(f"{land} {millions}" for land in lands() for millions in sizes.get(land, (1, 10))), NATION]


def build(name: str, folder: Path) -> Built:
    """The store of a name in its own folder, made anew unless it is there already."""
    ours, naive, card = folder / "ours", folder / "naive", folder / "built.json"
    if not card.exists():
        for each in (ours, naive):
            each.mkdir(parents=True, exist_ok=True)
        engine = connect(f"sqlite:///{ours / 'coalition.db'}")
        made = national.fill(engine) if name == NATION else _filled(engine, name, naive)
        engine.dispose()
        card.write_text(json.dumps(made))
    return _told(name, folder, json.loads(card.read_text()))


def _told(name: str, folder: Path, told: dict[str, Any]) -> Built:
    ours, naive = folder / "ours", folder / "naive"
    if name == NATION:
        chosen = {"places-indicator": tuple(told["indicators"]), "places-period": ("12m", "36m", "2024", "2025")}
        return Built(name, name, folder, ours, None, told["places"], told["rows"], told["state"], chosen)
    land = name.rpartition(" ")[0]
    chosen = {"places-group": tuple(group or "all" for group in told["groups"]), "places-period": PERIODS}
    return Built(name, land, folder, ours, naive, told["places"], told["rows"], lands()[land].state, chosen)


def _filled(engine: Engine, name: str, naive: Path) -> dict[str, object]:
    land, _, millions = name.rpartition(" ")
    towns = lands()[land].put(engine, naive)
    return _fill(engine, towns, int(millions) * 1_000_000, state=lands()[land].state, naive=naive)


def newer(store: Built) -> Intake:
    """About a million rows that take the place of newest ones: what a publisher sends again every month."""
    engine = connect(f"sqlite:///{store.ours / 'coalition.db'}")
    with engine.connect() as connection:
        places = connection.scalars(select(schema.place.c.geoid).where(schema.place.c.level == Level.TOWN.value))
        towns = [Town(geoid, 20_000) for geoid in places]
    engine.dispose()
    series, months = _series(len(towns), MOST_ROWS)
    numbers = range(END - months, END)
    frame = pd.concat(_blocks(towns, numbers, series, np.random.default_rng(SEED + 1)), ignore_index=True)
    made = _load(frame, series, numbers, "" if store.naive is None else store.state)
    made.file_name, made.sha256 = "again.csv", "f" * 64
    return made


def _put_towns(engine: Engine, naive: Path) -> list[Town]:
    boundaries = SHARED / "ma" / "towns_2020.geojson"
    load_files(engine, [boundaries], now=now())
    (naive / "towns.geojson").write_bytes(boundaries.read_bytes())
    features = json.loads(boundaries.read_text(encoding="utf-8"))["features"]
    return [Town(one["properties"]["geoid"], one["properties"]["pop2020"]) for one in features]


def _put_shapes(engine: Engine, naive: Path, shapes: list[Shape]) -> list[Town]:
    intake = Intake("map", "map.geojson", "0" * 64, AS_OF, places=places_of(shapes))
    intake.boundaries = [boundary_of(shapes)]
    write(engine, intake, CARD, now())
    features = [
        {"type": "Feature", "properties": {"geoid": one.geoid}, "geometry": mapping(one.geometry)} for one in shapes
    ]
    (naive / "towns.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return [Town(shape.geoid, 20_000) for shape in shapes]


def _fill(engine: Engine, towns: list[Town], rows: int, *, state: str, naive: Path) -> dict[str, object]:
    """Write the rows in loads of at most a million or so, each of its own months, and keep them for the naive page."""
    series, months = _series(len(towns), rows)
    each = max(1, MOST_ROWS // (len(towns) * len(series)))
    residents = Intake("invented", "residents.csv", "1" * 64, AS_OF)
    groups = tuple(group for measure, basis, group in series if (measure, basis) == (DEATHS, BASES[0]))
    add_residents(residents, towns, list(groups))
    write(engine, residents, CARD, now())
    chance, frames, held = np.random.default_rng(SEED), [], 0
    for first in range(END - months, END, each):
        numbers = range(first, min(first + each, END))
        frame = pd.concat(_blocks(towns, numbers, series, chance), ignore_index=True)
        write(engine, _load(frame, series, numbers, state), CARD, now())
        held += len(frame)
        frames.append(frame)
    _keep_for_naive(frames, naive)
    return {"places": len(towns), "rows": held, "groups": groups}


def _series(places: int, rows: int) -> tuple[list[Series], int]:
    """Series of monthly numbers of every place, deaths first, and how many months make so many rows."""
    wanted = max(1, round(rows / (places * MONTHS)))
    known = registry().measures.values()
    adding = [one.id for one in known if one.kind == "count" and {"stratum", "place", "time"} <= one.adds_over]
    measures = [DEATHS, *(id_ for id_ in adding if not id_.startswith(DEATHS))]
    every = [(measure, basis, group) for measure in measures for basis in BASES for group in ("", *GROUPS)]
    return every[:wanted], min(MONTHS, rows // (places * wanted))


def _blocks(
    towns: list[Town], months: range, series: list[Series], chance: np.random.Generator
) -> Iterator[pd.DataFrame]:
    expected = np.array([town.residents for town in towns]) * MONTHLY_DEATHS_PER_RESIDENT
    geoids = pd.Categorical([town.geoid for town in towns] * len(months))
    numbers = np.repeat(np.array(months, dtype=np.int32), len(towns))
    for at, (_, _, group) in enumerate(series):
        drawn = chance.poisson(np.tile(expected / 7 if group else expected, len(months)))
        yield pd.DataFrame({"town": geoids, "month": numbers, "deaths": drawn.astype(float), "series": np.int16(at)})


def _load(frame: pd.DataFrame, series: list[Series], months: range, state: str) -> Intake:
    made = Intake("invented", f"{months.start}.csv", f"{months.start:064d}", AS_OF, rows_accepted=len(frame))
    spans = {month: Period.of_months(month // 12, month % 12 + 1, 1) for month in months}
    held = made.observations
    numbers, of = frame["month"].tolist(), frame["series"].tolist()
    held.measure, held.basis, held.stratum = ([series[at][part] for at in of] for part in range(3))
    held.geoid, held.value = frame["town"].tolist(), frame["deaths"].tolist()
    held.start, held.end = [spans[n].start for n in numbers], [spans[n].end for n in numbers]
    held.partner, held.state, held.provisional = [""] * len(frame), ["value"] * len(frame), [False] * len(frame)
    first, last = spans[months[0]].start, spans[months[-1]].end
    told = dict.fromkeys((measure, basis) for measure, basis, _ in series)
    made.coverage = [Coverage(measure, first, last, Level.TOWN, basis, scope=state) for measure, basis in told]
    return made


def _keep_for_naive(frames: list[pd.DataFrame], naive: Path) -> None:
    """As the naive page has its rows; other measures stand where it keeps partners, so that it passes over them."""
    rows = pd.concat(frames, ignore_index=True)
    of = rows.pop("series")
    rows["month"] -= 2021 * 12
    for name, texts in _texts(int(of.max()) + 1).items():
        rows[name] = pd.Categorical.from_codes(*_codes(of, texts))
    rows.to_pickle(naive / "rows.pickle")


def _texts(many: int) -> dict[str, list[str]]:
    series = _series(1, many * MONTHS)[0]
    return {"basis": [basis for _, basis, _ in series], "group": [group for *_, group in series],
            "partner": ["" if measure == DEATHS else measure for measure, *_ in series]}  # fmt: skip


def _codes(of: pd.Series[int], texts: list[str]) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], list[str]]:
    distinct = list(dict.fromkeys(texts))
    return np.array([distinct.index(text) for text in texts])[of.to_numpy()], distinct


def now() -> datetime:
    """The time as the store has it."""
    return datetime.now(UTC).replace(tzinfo=None)
