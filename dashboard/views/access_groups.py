"""Residents of population groups, town by town, as far as a population by group is known."""

from __future__ import annotations

from datetime import date

import numpy as np

from dashboard.domain import FloatArray, Period
from dashboard.views.access_answer import AccessAnswer
from dashboard.views.source import ViewReader

POPULATION = "population"


def group_residents(reader: ViewReader, answer: AccessAnswer, today: date) -> dict[str, FloatArray]:
    """Stratum -> residents in each town (n,), in the newest whole year; groups of one dimension only."""
    year = Period.of_months(today.year - 1, 1, 12)
    rows = reader.series_from_measure(POPULATION)
    strata = sorted({row["stratum"] for row in rows if row["stratum"] and ";" not in row["stratum"]})
    found = {stratum: reader.residents(answer.ground.geoid, year, stratum) for stratum in strata}
    return {stratum: people for stratum, people in found.items() if np.nansum(people) > 0}
