"""Stores to measure on, built once a run: the real towns, every county, a grid of 36,000 subdivisions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from shapely.geometry import box

from benchmarks.rows import CARD, Town, deaths, intake
from dashboard.agreements import Agreement
from dashboard.agreements.written import from_terms
from dashboard.domain import Jurisdiction, Level, Partner
from dashboard.intake import Boundary
from dashboard.store.agreements import save_agreement
from dashboard.store.engine import connect
from dashboard.store.writer import write
from data_loaders.load import Status, load_files
from geo.boundaries import pack
from geo.shapes import Shape

SHARED = Path(__file__).parents[2] / "shared" / "data"
GRID_ACROSS = 190
"""190 x 190 squares make 36,100 subdivisions."""
CELL_DEGREES = 0.05
INVENTED_STATE = "99"
FAR_STATES = ("02", "15")
"""Alaska and Hawaii, which would shrink the rest to a corner of the picture."""


def towns_store(home: Path, naive_folder: Path) -> int:
    """The 351 towns with a million rows, for both pages; answers how many rows there are."""
    boundaries = SHARED / "ma" / "towns_2020.geojson"
    features = json.loads(boundaries.read_text(encoding="utf-8"))["features"]
    towns = [Town(one["properties"]["geoid"], one["properties"]["pop2020"]) for one in features]
    rows = deaths(towns)
    for name in ("town", "basis", "group", "partner"):
        rows[name] = rows[name].astype("category")
    rows.to_pickle(naive_folder / "rows.pickle")
    (naive_folder / "towns.geojson").write_bytes(boundaries.read_bytes())
    home.mkdir(parents=True, exist_ok=True)
    store = connect(f"sqlite:///{home / 'coalition.db'}")
    (outcome,) = load_files(store, [boundaries], now=_now())
    assert outcome.status is Status.LOADED, outcome.problems[:3]
    made = intake(rows, towns, state="25")
    write(store, made, CARD, _now())
    for partner in made.partners:
        save_agreement(store, agreed(partner), who="benchmark", why="to measure with agreements", now=_now())
    store.dispose()
    return len(rows)


def agreed(partner: Partner) -> Agreement:
    """Everything may be seen of a partner's numbers."""
    return from_terms({
        "id": partner.id, "name": partner.name, "coalition": partner.coalition, "partner": partner.id,
        "purpose": "measuring", "indicators": "all", "finest_place": "town", "finest_period": "month", "groups": "all",
        "audiences": {"member": 0}, "embargo_days": 0, "valid_from": "2020-01-01", "valid_to": "until ended",
        "on_expiry": "hide", "legal_basis": "invented", "part2": False, "citation": "invented", "excluded_uses": [],
        "signatures": [{"who": "the benchmark", "on": "2020-01-01"}],
    })  # fmt: skip


def counties_store(home: Path) -> int:
    """Every county of the United States as towns of an invented state; answers how many."""
    return _invented_store(home, county_shapes())


def county_shapes() -> list[Shape]:
    """Every county of the 48 states that border on each other."""
    import geopandas
    from _plotly_geo import __file__ as package

    (file,) = (Path(package).parent / "package_data").glob("cb_*county_500k.shp")
    table = geopandas.read_file(file)
    return [
        Shape(f"{INVENTED_STATE}{row.GEOID:0>8}", row.NAME, row.geometry)
        for row in table.itertuples()
        if row.STATEFP <= "56" and row.STATEFP not in FAR_STATES
    ]


def grid_store(home: Path) -> int:
    """A grid of 36,100 squares as towns of an invented state; answers how many."""
    return _invented_store(home, grid_shapes())


def grid_shapes() -> list[Shape]:
    """36,100 squares."""
    return [
        Shape(f"{INVENTED_STATE}{row:04d}{column:04d}", f"Square {row} {column}",
              box(*(CELL_DEGREES * side for side in (column - 1500, row + 700, column - 1499, row + 701))))
        for row in range(GRID_ACROSS)
        for column in range(GRID_ACROSS)
    ]  # fmt: skip


def _invented_store(home: Path, shapes: list[Shape]) -> int:
    home.mkdir(parents=True, exist_ok=True)
    towns = [Town(shape.geoid, 20_000) for shape in shapes]
    rows = deaths(towns, groups=(), partners=(), each=12)
    made = intake(rows, towns, state=INVENTED_STATE, places=places_of(shapes), each=12)
    made.boundaries = [boundary_of(shapes)]
    store = connect(f"sqlite:///{home / 'coalition.db'}")
    write(store, made, CARD, _now())
    store.dispose()
    return len(shapes)


def places_of(shapes: list[Shape]) -> list[Jurisdiction]:
    """Shapes as towns of the invented state."""
    state = Jurisdiction(INVENTED_STATE, "Invented state", Level.STATE, INVENTED_STATE)
    return [state, *(Jurisdiction(one.geoid, one.name, Level.TOWN, INVENTED_STATE) for one in shapes)]


def boundary_of(shapes: list[Shape]) -> Boundary:
    """The map of the invented state."""
    return Boundary(INVENTED_STATE, Level.TOWN, "2020", False, pack(shapes, level=Level.TOWN, vintage="2020"))


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
