"""Stores of one to fifty million rows on 351, 3,100 and 36,000 places, and the same rows for the naive page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from shapely.geometry import mapping
from sqlalchemy import Engine

from benchmarks.rows import BASES, CARD, GROUPS, MONTHLY_DEATHS_PER_RESIDENT, SEED, Town, add_residents
from benchmarks.stores import INVENTED_STATE, SHARED, boundary_of, county_shapes, grid_shapes, places_of
from dashboard.domain import Level, Period
from dashboard.indicators import registry
from dashboard.intake import Coverage, Intake
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
Series = tuple[str, str, str]


@dataclass(frozen=True)
class Land:
    """Places with a map: their name, the state they are in, and what puts them into a store."""

    name: str
    state: str
    put: Callable[[Engine, Path], list[Town]]


@dataclass(frozen=True)
class Built:
    """A store that is ready to be measured: its two folders, and how many places, rows and series it holds."""

    land: str
    ours: Path
    naive: Path
    places: int
    rows: int
    state: str
    groups: tuple[str, ...]


def build(land: Land, rows: int, folder: Path) -> Built:
    """A store of about so many rows, made anew unless the folder has it already."""
    ours, naive, card = folder / "ours", folder / "naive", folder / "built.json"
    if not card.exists():
        for each in (ours, naive):
            each.mkdir(parents=True, exist_ok=True)
        engine = connect(f"sqlite:///{ours / 'coalition.db'}")
        towns = land.put(engine, naive)
        made = _fill(engine, towns, rows, state=land.state, naive=naive)
        engine.dispose()
        card.write_text(json.dumps(made))
    told = json.loads(card.read_text())
    return Built(land.name, ours, naive, told["places"], told["rows"], land.state, tuple(told["groups"]))


def lands() -> tuple[Land, ...]:
    """The towns of Massachusetts, counties as they are, and squares on a grid; each in one state, drawn at once."""
    return (
        Land("351 towns", "25", _put_towns),
        Land("3,108 counties", INVENTED_STATE, lambda engine, naive: _put_shapes(engine, naive, county_shapes())),
        Land("36,100 subdivisions", INVENTED_STATE, lambda engine, naive: _put_shapes(engine, naive, grid_shapes())),
    )


def _put_towns(engine: Engine, naive: Path) -> list[Town]:
    boundaries = SHARED / "ma" / "towns_2020.geojson"
    load_files(engine, [boundaries], now=_now())
    (naive / "towns.geojson").write_bytes(boundaries.read_bytes())
    features = json.loads(boundaries.read_text(encoding="utf-8"))["features"]
    return [Town(one["properties"]["geoid"], one["properties"]["pop2020"]) for one in features]


def _put_shapes(engine: Engine, naive: Path, shapes: list[Shape]) -> list[Town]:
    intake = Intake("map", "map.geojson", "0" * 64, AS_OF, places=places_of(shapes))
    intake.boundaries = [boundary_of(shapes)]
    write(engine, intake, CARD, _now())
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
    write(engine, residents, CARD, _now())
    chance, frames, held = np.random.default_rng(SEED), [], 0
    for first in range(END - months, END, each):
        numbers = range(first, min(first + each, END))
        frame = pd.concat(_blocks(towns, numbers, series, chance), ignore_index=True)
        write(engine, _load(frame, series, numbers, state), CARD, _now())
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
    for name, texts in _texts(of.max() + 1).items():
        rows[name] = pd.Categorical.from_codes(*_codes(of, texts))
    rows.to_pickle(naive / "rows.pickle")


def _texts(many: int) -> dict[str, list[str]]:
    series = _series(1, many * MONTHS)[0]
    return {"basis": [basis for _, basis, _ in series], "group": [group for *_, group in series],
            "partner": ["" if measure == DEATHS else measure for measure, *_ in series]}  # fmt: skip


def _codes(of: pd.Series[int], texts: list[str]) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], list[str]]:
    distinct = list(dict.fromkeys(texts))
    return np.array([distinct.index(text) for text in texts])[of.to_numpy()], distinct


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
