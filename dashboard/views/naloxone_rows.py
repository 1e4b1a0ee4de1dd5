"""The rows behind the table of the naloxone page, as its CSV holds them; `source` and `as_of` are those of the kits."""

from __future__ import annotations

from datetime import date

import numpy as np

from dashboard.domain import State
from dashboard.views.gap_rows import (
    Columns,
    Row,
    known_or,
    minutes_states,
    named,
    nearest_site,
    rows_of,
    sites_that_count,
)
from dashboard.views.naloxone_kits import Saturation, saturation
from dashboard.views.naloxone_map import town_columns
from dashboard.views.naloxone_page import AskedNaloxone, complete
from dashboard.views.source import ViewReader

UNDER_10000, NO_DEATHS = "under_10000", "no_deaths"
"""Why a town has no need of its own, and why there are no kits per death."""


def naloxone_rows(reader: ViewReader, asked: AskedNaloxone, today: date) -> list[Row]:
    """A row a town: kits, need with its range, kits per death and minutes to a free point; the table's numbers."""
    asked = complete(reader, asked)
    found = saturation(reader, asked.within, asked.basis, today)
    shown, answer = town_columns(found), found.access
    columns: Columns = named(answer) | {
        "kits": shown["kits"], "kits_state": known_or(shown["kits"], list(found.state)),
        "provisional": list(found.handed_out.provisional.tolist()),
        "need": shown["need"], "need_lower": shown["least"], "need_upper": shown["most"],
        "need_state": _need_states(found),
        "percent_of_need": shown["share"],
        "kits_per_death": shown["ratio"], "kits_per_death_state": _ratio_states(found),
        "minutes": shown["minutes"], "minutes_state": minutes_states(answer.minutes), **nearest_site(answer),
        "source": list(found.handed_out.source), "as_of": list(found.handed_out.as_of),
    }  # fmt: skip
    return rows_of(columns, _question(found, asked.as_of))


def _need_states(found: Saturation) -> list[object]:
    """A value in towns of 10,000 people and more; not reported where residents are not known."""
    small = np.where(np.isfinite(found.need), UNDER_10000, State.NOT_REPORTED.value)
    return list(np.where(found.large, State.VALUE.value, small).tolist())


def _ratio_states(found: Saturation) -> list[object]:
    """A value, no deaths to divide by, or why kits or deaths are not known."""
    none = [NO_DEATHS if deaths == 0 else state for deaths, state in zip(
        found.per_death.denominator.tolist(), found.per_death.state, strict=True)]  # fmt: skip
    return known_or(list(town_columns(found)["ratio"]), none)


def _question(found: Saturation, as_of: str) -> Row:
    """What was asked, the same in every row."""
    answer = found.access
    return {
        "service": answer.service.id, "within": answer.place, "sites_that_count": sites_that_count(answer),
        "period": str(found.period), "basis": found.basis, "need_per_100k": found.rule.per_100k,
        "kits_per_death_period": found.per_death.period[0] if found.per_death.period else "", "known_on": as_of,
    }  # fmt: skip
