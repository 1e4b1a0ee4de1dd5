"""A made world for releases: two counties with towns and yearly deaths, in a store, and the shelf it publishes to."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from dashboard.domain import Basis, Jurisdiction, Level, PlaceSet, SourceCard, State
from dashboard.intake import Coverage, Intake
from dashboard.releases.build import Built, build
from dashboard.releases.declare import Declared, DeclaredIndicator, DeclaredTable
from dashboard.releases.reading import ReleaseReader
from dashboard.store.cube import open_cube
from dashboard.store.engine import connect
from dashboard.store.reader import CubeReader
from dashboard.store.writer import write

DEATHS = "opioid_overdose_death_rate"
YEARS = (2022, 2023, 2024)
WINDOW = "2022-2024"
DAY = date(2026, 11, 22)
THREE_YEARS = DeclaredTable((Level.TOWN, Level.PLANNING_AREA, Level.COUNTY, Level.STATE), "3 years")
YEAR = DeclaredTable((Level.COUNTY, Level.STATE), "year")


@dataclass(frozen=True)
class World:
    """Deaths of each town in the years 2022 to 2024; None where the source hides the number."""

    deaths: Mapping[str, tuple[int | None, int | None, int | None]]
    residents: Mapping[str, int] = field(default_factory=dict)
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    provisional: frozenset[int] = frozenset()
    events_only: bool = False
    """Whether the source lists what happened only, so that a zero is a row that is not there."""

    def reader(self) -> CubeReader:
        """A store that holds the world."""
        home = Path(mkdtemp(prefix="world-"))
        try:
            shutil.copy(_empty(), home / "coalition.db")
            engine = connect(f"sqlite:///{home / 'coalition.db'}")
            write(engine, self._intake(), SourceCard("made", "Deaths", "A department", "public"), datetime(2026, 1, 2))
            reader = CubeReader(open_cube(engine, home))
            assert reader.facilities() == ()  # read while the folder is there
            engine.dispose()
            return reader
        finally:
            shutil.rmtree(home)

    def _intake(self) -> Intake:
        intake = Intake("made", "made.csv", "0" * 64, date(2026, 1, 1))
        intake.places += [Jurisdiction("25", "Massachusetts", Level.STATE, "25")]
        intake.places += [
            Jurisdiction(c, f"County {c}", Level.COUNTY, "25") for c in sorted({t[:5] for t in self.deaths})
        ]
        intake.places += [Jurisdiction(town, f"Town {town[5:]}", Level.TOWN, "25", town[:5]) for town in self.deaths]
        intake.place_sets += [PlaceSet(i, i, Level.PLANNING_AREA, towns) for i, towns in self.areas.items()]
        for town, counts in self.deaths.items():
            for year, count in zip(YEARS, counts, strict=True):
                span = (date(year, 1, 1), date(year + 1, 1, 1))
                people = self.residents.get(town, 20_000)
                intake.observations.add("population", town, span, people, basis=Basis.RESIDENCE)
                if self.events_only and count == 0:
                    continue
                intake.observations.add(
                    "opioid_deaths", town, span, count, basis=Basis.RESIDENCE, provisional=year in self.provisional,
                    state=State.VALUE if count is not None else State.SUPPRESSED,
                )  # fmt: skip
        span = (date(YEARS[0], 1, 1), date(YEARS[-1] + 1, 1, 1))
        absence = "zero" if self.events_only else "not_reported"
        intake.coverage += [
            Coverage("population", *span, Level.TOWN, Basis.RESIDENCE),
            Coverage("opioid_deaths", *span, Level.TOWN, Basis.RESIDENCE, absence=absence),
        ]
        return intake


@cache
def _empty() -> Path:
    """A store with its tables and nothing in them."""
    folder = Path(mkdtemp(prefix="empty-"))
    connect(f"sqlite:///{folder / 'coalition.db'}").dispose()
    return folder / "coalition.db"


def declared(*tables: DeclaredTable, policy: str = "five", public_record: Mapping[str, str] | None = None) -> Declared:
    """Deaths of residents in these tables."""
    one = DeclaredIndicator(DEATHS, (Basis.RESIDENCE,), tables or (THREE_YEARS, YEAR), policy)
    return Declared((one,), 2022, 2_500, public_record=public_record or {})


def made(
    world: World, earlier: Sequence[ReleaseReader] = (), *, number: int = 1, told: Declared | None = None
) -> Built:
    """The release of a world."""
    return build(world.reader(), told or declared(), earlier, number=number, made_on=DAY)


def numbers(built: Built, level: str, period: str = WINDOW) -> dict[str, float | None]:
    """Counts by place as the release prints them; None is hidden."""
    return {
        cell.geoid: cell.numerator
        for cell in built.release.cells
        if (cell.table.level, cell.table.period) == (level, period)
    }
