"""The rows behind the tables of deserts, priority gaps and what-ifs, as their CSV files hold them.

Numbers are those of the table; an absent one is None, and the state beside it says why. `source` and `as_of` are those
of the overdoses.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from dashboard.domain import FloatArray, State
from dashboard.views import gap_map, what_if_map
from dashboard.views.access_answer import LISTED, VERIFIED, AccessAnswer, access_answer
from dashboard.views.desert_page import AskedDeserts
from dashboard.views.desert_page import complete as complete_deserts
from dashboard.views.deserts import town_columns
from dashboard.views.gaps_page import AskedGaps
from dashboard.views.gaps_page import complete as complete_gaps
from dashboard.views.source import ViewReader
from dashboard.views.what_if import what_if
from dashboard.views.what_if_asked import AskedWhatIf
from dashboard.views.what_if_asked import complete as complete_what_if

NO_ROAD = "no_road"
"""The state of minutes where no road leads to any site: known, and no number."""
Row = dict[str, object]
Columns = dict[str, list[object]]


def desert_rows(reader: ViewReader, asked: AskedDeserts, today: date) -> list[Row]:
    """A row a town: minutes to the nearest site and the next, who lives there, and whether it is a desert."""
    asked = complete_deserts(reader, asked, today)
    answer = access_answer(reader, asked.access, today)
    shown = town_columns(answer)
    columns = named(answer) | {
        "minutes": shown["minutes"], "minutes_state": minutes_states(answer.minutes), **nearest_site(answer),
        "minutes_to_the_next": shown["next"], "next_state": minutes_states(answer.second_minutes),
        **_people(answer), "reading": shown["reading"], **_told(answer),
    }  # fmt: skip
    return rows_of(columns, _question(answer, asked.as_of))


def priority_gap_rows(reader: ViewReader, asked: AskedGaps, today: date) -> list[Row]:
    """A row a town: need, minutes to the nearest site, and the class of both together."""
    asked = complete_gaps(reader, asked, today)
    answer = access_answer(reader, asked.access, today)
    need = gap_map.need_of(reader, answer, asked.need)
    shown = gap_map.town_columns(answer, need, gap_map.classify(answer, need))
    states = list(need.state) if need else [State.NOT_REPORTED.value] * len(answer.ground.geoid)
    columns = named(answer) | {
        "reading": shown["reading"], "minutes": shown["minutes"], "minutes_state": minutes_states(answer.minutes),
        **nearest_site(answer), "need": shown["need"], "need_state": known_or(shown["need"], states), **_people(answer),
        **_told(answer),
    }  # fmt: skip
    question = {"need_is": need.label if need else ""} | _question(answer, asked.as_of)
    return rows_of(columns, question)


def what_if_rows(reader: ViewReader, asked: AskedWhatIf, today: date) -> list[Row]:
    """A row a town: minutes now and with the new sites, and what that changes."""
    asked = complete_what_if(reader, asked, today)
    what = what_if(access_answer(reader, asked.access, today), asked.towns)
    shown = what_if_map.town_columns(what)
    columns = named(what.now) | {
        "new_site": [row in what.rows for row in range(len(what.now.ground.geoid))],
        "minutes_now": shown["before"], "minutes_now_state": minutes_states(what.now.minutes),
        "minutes_then": shown["after"], "minutes_then_state": minutes_states(what.then.minutes),
        **nearest_site(what.then), **_people(what.now), "reading": shown["reading"], **_told(what.now),
    }  # fmt: skip
    question = _question(what.now, asked.as_of) | {"new_sites": asked.placed}
    return rows_of(columns, question)


def named(answer: AccessAnswer) -> Columns:
    """Which town a row is about."""
    return {"geoid": list(answer.ground.geoid), "place": list(answer.ground.name)}


def rows_of(columns: Columns, question: Row) -> list[Row]:
    """Columns of equal length as rows, with the question that they answer in every row."""
    return [dict(zip(columns, row, strict=True)) | question for row in zip(*columns.values(), strict=True)]


def minutes_states(minutes: FloatArray) -> list[object]:
    """What each number of minutes (n,) is: a value, no road, or not reported because no site is known."""
    absent = np.where(np.isnan(minutes), State.NOT_REPORTED.value, NO_ROAD)
    return list(np.where(np.isfinite(minutes), State.VALUE.value, absent).tolist())


def known_or(values: list[object], states: list[str]) -> list[object]:
    """The state of counts: a value where there is one, else why there is none."""
    why = [State.NOT_REPORTED.value if state == State.VALUE else str(state) for state in states]
    return [state if value is None else State.VALUE.value for value, state in zip(values, why, strict=True)]


def nearest_site(answer: AccessAnswer) -> Columns:
    """The nearest site by road and the day it was verified on; None where there is none."""
    sites = [answer.site_of(row) for row in range(len(answer.ground.geoid))]
    verified = [site.verified_on.isoformat() if site and site.verified_on else None for site in sites]
    return {"nearest_site": [site.name if site else None for site in sites], "nearest_verified_on": [*verified]}


def sites_that_count(answer: AccessAnswer) -> str:
    """Which sites count, as the address says it."""
    return LISTED if answer.reach.listed else VERIFIED


def _people(answer: AccessAnswer) -> Columns:
    shown, ground = town_columns(answer), answer.ground
    unknown = [State.NOT_REPORTED.value] * len(ground.geoid)
    return {
        "residents": shown["residents"], "residents_state": known_or(shown["residents"], unknown),
        "overdoses": shown["overdoses"],
        "overdoses_state": known_or(shown["overdoses"], ground.counts.state if ground.counts else unknown),
        "provisional": list(ground.counts.provisional.tolist()) if ground.counts else [False] * len(ground.geoid),
        "threshold_minutes": list(answer.access.threshold.tolist()),
    }  # fmt: skip


def _question(answer: AccessAnswer, as_of: str) -> Row:
    """What was asked, the same in every row."""
    ground = answer.ground
    return {
        "service": answer.service.id, "within": answer.place, "sites_that_count": sites_that_count(answer),
        "urban_minutes": answer.urban, "rural_minutes": answer.rural, "overdoses_are": ground.need,
        "period": str(ground.period or ""), "basis": ground.basis, "known_on": as_of,
    }  # fmt: skip


def _told(answer: AccessAnswer) -> Columns:
    """Whose overdoses they are and of which day."""
    counts = answer.ground.counts
    nobody: list[object] = [""] * len(answer.ground.geoid)
    return {"source": list(counts.source) if counts else nobody, "as_of": list(counts.as_of) if counts else nobody}
