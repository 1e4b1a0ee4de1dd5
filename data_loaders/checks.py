"""What must hold for a whole intake, whoever read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.domain import Jurisdiction, Measure, Period, State, add_months
from dashboard.intake import Intake, Observations
from data_loaders.contract import Report

Residents = Mapping[str, Mapping[int, float]]
"""geoid -> year -> residents."""
LARGEST = 1e12
"""More than any coalition counts, in dollars too; sums of what is far beyond it are no numbers any more."""


def check(
    intake: Intake,
    report: Report,
    *,
    places: Mapping[str, Jurisdiction],
    measures: Mapping[str, Measure],
    residents: Residents,
    today: date,
) -> None:
    """Report duplicates, unknown places and measures, values that contradict their state, future periods, numbers
    beyond all counting, and counts above the population of the place in the nearest known year."""
    rows = intake.observations
    own = {place.geoid for place in intake.places}
    _each(rows.geoid, lambda geoid: geoid in places or geoid in own, report, _UNKNOWN_PLACE)
    _each(rows.measure, lambda measure: measure in measures, report, _UNKNOWN_MEASURE)
    latest = add_months(today, 1)
    _each(rows.end, lambda end: end <= latest, report, _FUTURE, lambda at: str(Period(rows.start[at], rows.end[at])))
    _each(rows.value, lambda value: value is None or abs(value) <= LARGEST, report, _TOO_LARGE)
    _check_states(rows, report)
    _check_residents(rows, report, {id_ for id_, measure in measures.items() if measure.people}, residents, places)
    _check_duplicates(rows, report)


_UNKNOWN_PLACE = ("The place is not in the store.", "Load a file that names it first, such as the towns of its state.")
_UNKNOWN_MEASURE = ("There is no such measure.", "Use an id of dashboard/measures.toml, or add the measure there.")
_TOO_LARGE = ("The number is larger than anything a coalition counts.", "Check it: is it a code, or are two joined?")
_FUTURE = ("The period ends in the future.", "Check the year; leave a period out until it has ended.")


def _each(
    column: Sequence[Any], good: Callable[..., bool], report: Report, broken: tuple[str, str],
    written: Callable[[int], str] | None = None,
) -> None:  # fmt: skip
    """Report every row whose value is not good, with the value or as `written`; each distinct value is asked once."""
    bad = {value for value in set(column) if not good(value)}
    if bad:
        for at, value in enumerate(column):
            if value in bad:
                _problem(report, at, *broken, written(at) if written else str(value))


def _check_states(rows: Observations, report: Report) -> None:
    for at, (value, state) in enumerate(zip(rows.value, rows.state, strict=True)):
        if (value is None) == (state == State.VALUE):
            rule = "A number and 'no number' at once: a value is absent exactly when it is hidden or not reported."
            _problem(report, at, rule, "Correct the loader of this source.", f"{value} ({state})")


def _check_residents(
    rows: Observations, report: Report, people: set[str], residents: Residents, places: Mapping[str, Jurisdiction]
) -> None:
    nearest: dict[tuple[str, int], int] = {}
    for at, measure in enumerate(rows.measure):
        value, geoid = rows.value[at], rows.geoid[at]
        if value is None or measure not in people or geoid not in residents:
            continue
        known, asked = residents[geoid], rows.start[at].year
        year = nearest.get((geoid, asked))
        if year is None:
            year = nearest[geoid, asked] = min(known, key=lambda candidate: abs(candidate - asked))
        if value > known[year]:
            rule = f"The count is above the {known[year]:,.0f} residents of {_name(geoid, places)} in {year}."
            _problem(report, at, rule, "Check the number and the town.", f"{value:.15g}")


def _name(geoid: str, places: Mapping[str, Jurisdiction]) -> str:
    return places[geoid].name if geoid in places else geoid


def _check_duplicates(rows: Observations, report: Report) -> None:
    """Two passes, so that a million rows cost a set of hashes and not a million kept keys."""
    seen: set[int] = set()
    twice: set[int] = set()
    for key in _keys(rows):
        mark = hash(key)
        if mark in seen:
            twice.add(mark)
        seen.add(mark)
    if not twice:
        return
    first: dict[tuple[object, ...], int] = {}
    for at, key in enumerate(_keys(rows)):
        if hash(key) in twice and first.setdefault(key, at) != at:
            before = report.origin_of(first[key])[0]
            rule = "The same measure, place, period, partner and group stand twice" + (
                f" (first on row {before})." if before else "."
            )
            _problem(
                report, at, rule, "Keep one of the rows, or add their counts.", ", ".join(str(p) for p in key if p)
            )


def _keys(rows: Observations) -> Iterator[tuple[object, ...]]:
    return zip(rows.measure, rows.geoid, rows.start, rows.end, rows.basis, rows.partner, rows.stratum, strict=True)


def _problem(report: Report, at: int, rule: str, fix: str, value: str) -> None:
    row, column = report.origin_of(at)
    report.problem(rule, fix, row=row, column=column, value=value)
