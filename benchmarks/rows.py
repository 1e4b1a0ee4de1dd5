"""A million invented rows on the real towns, the same for both pages: deaths by month, basis, group and partner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.domain import Basis, Jurisdiction, Level, Partner, Period, SourceCard
from dashboard.intake import Coverage, Intake

SEED = 2026
FIRST_YEAR, YEARS = 2021, 5
BASES = (Basis.RESIDENCE.value, Basis.OCCURRENCE.value)
AGES = ("0-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
RACES = ("asian", "black", "hispanic", "native", "white")
GROUPS = (
    *(f"age={age}" for age in AGES),
    *(f"sex={sex}" for sex in ("female", "male")),
    *(f"race={race}" for race in RACES),
)
PARTNERS = tuple(f"partner{number:02d}" for number in range(1, 19))
MONTHLY_DEATHS_PER_RESIDENT = 30 / 100_000 / 12
CARD = SourceCard("invented", "Invented deaths", "benchmark", "public record (made up)")
"""Its licence lets anybody see the numbers; those of partners need agreements (`agreed`)."""
AS_OF = date(2026, 1, 15)


@dataclass(frozen=True)
class Town:
    """A town and its residents."""

    geoid: str
    residents: float


def deaths(
    towns: list[Town], *, groups: tuple[str, ...] = GROUPS, partners: tuple[str, ...] = PARTNERS, each: int = 1
) -> pd.DataFrame:
    """Rows of town, first month (0 to 59), basis, group, partner ("" is everyone, all) and deaths; seeded.

    A row counts the deaths of `each` months.
    """
    chance = np.random.default_rng(SEED)
    blocks = [(basis, group, "") for basis in BASES for group in ("", *groups)]
    blocks += [(BASES[0], "", partner) for partner in partners]
    geoids = [town.geoid for town in towns]
    expected = np.array([town.residents for town in towns]) * MONTHLY_DEATHS_PER_RESIDENT * each
    months = np.arange(0, YEARS * 12, each)
    frames = []
    for basis, group, partner in blocks:
        share = 1.0 if not (group or partner) else 1 / 7 if group else 1 / 18
        drawn = chance.poisson(np.tile(expected * share, len(months)))
        frames.append(_block(geoids, months, drawn).assign(basis=basis, group=group, partner=partner))
    return pd.concat(frames, ignore_index=True)


def _block(geoids: list[str], months: NDArray[np.int64], drawn: NDArray[np.int64]) -> pd.DataFrame:
    return pd.DataFrame(
        {"town": geoids * len(months), "month": np.repeat(months, len(geoids)), "deaths": drawn.astype(np.float64)}
    )


def intake(
    rows: pd.DataFrame, towns: list[Town], *, state: str, places: list[Jurisdiction] | None = None, each: int = 1
) -> Intake:
    """The rows as the generic loader hands them to the store, with residents of every group."""
    made = Intake("invented", "invented.csv", "0" * 64, AS_OF, places=places or [], rows_accepted=len(rows))
    made.coalitions = [("coalition", "Coalition", "")]
    made.partners = [
        Partner(id_, id_.capitalize(), "health", "coalition") for id_ in sorted(set(rows["partner"])) if id_
    ]
    _add_deaths(made, rows, each)
    add_residents(made, towns, sorted(set(rows["group"])))
    first = date(FIRST_YEAR, 1, 1)
    made.coverage = [
        Coverage("opioid_deaths", first, date(FIRST_YEAR + YEARS, 1, 1), Level.TOWN, basis, partner, scope=state)
        for basis, partner in [*((basis, "") for basis in BASES), *((BASES[0], one.id) for one in made.partners)]
    ]
    return made


def _add_deaths(made: Intake, rows: pd.DataFrame, each: int) -> None:
    spans = [Period.of_months(FIRST_YEAR + month // 12, month % 12 + 1, each) for month in range(YEARS * 12)]
    held = made.observations
    numbers = rows["month"].tolist()
    held.measure = ["opioid_deaths"] * len(rows)
    held.geoid = rows["town"].tolist()
    held.start, held.end = [spans[n].start for n in numbers], [spans[n].end for n in numbers]
    held.basis, held.partner, held.stratum = (rows[name].tolist() for name in ("basis", "partner", "group"))
    held.value = rows["deaths"].tolist()
    held.state = ["value"] * len(rows)
    held.provisional = [False] * len(rows)


def add_residents(made: Intake, towns: list[Town], groups: list[str]) -> None:
    """Residents of every town and group, of the year of the census."""
    year = date(2020, 1, 1), date(2021, 1, 1)
    for group in groups:
        share = {"": 1.0, "a": 1 / 7, "s": 1 / 2, "r": 1 / 5}[group[:1]]
        for town in towns:
            value = round(town.residents * share)
            made.observations.add("population", town.geoid, year, value, basis=BASES[0], stratum=group)
