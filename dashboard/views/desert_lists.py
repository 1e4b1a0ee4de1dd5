"""Behind the desert map: how the answer changes with the threshold, who lives beyond, towns and sites by name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.domain import FloatArray
from dashboard.figures.chart import IntervalChart, IntervalRow
from dashboard.figures.steps import StepChart, StepLine
from dashboard.figures.words import capital, number
from dashboard.views.access_answer import AccessAnswer
from dashboard.views.access_words import counted_words, service_words, threshold_words
from dashboard.views.desert_words import share_words
from dashboard.views.deserts import site_name
from dashboard.views.listing import Listing
from dashboard.views.words import day_words, group_words
from geo.access import beyond

SHORTEST_AXIS, LONGEST_AXIS = 60, 240
STEP_MINUTES = 5


def sensitivity(answer: AccessAnswer) -> StepChart | None:
    """Residents and overdoses beyond every threshold, the rural one in the chosen proportion to the urban one."""
    if not answer.sites:
        return None
    longest = int(min(LONGEST_AXIS, max(SHORTEST_AXIS, 2 * answer.urban)))
    steps = sorted({float(step) for step in range(STEP_MINUTES, longest + 1, STEP_MINUTES)} | {answer.urban})
    people = {"Residents": answer.ground.residents, capital(answer.overdose_unit): answer.ground.overdoses}
    shares = {label: beyond_shares(answer, counted, steps) for label, counted in people.items()}
    lines = tuple(StepLine(label, tuple(steps), tuple(share)) for label, share in shares.items() if share)
    if not lines:
        return None
    return StepChart(
        "How the answer changes with the threshold",
        _sensitivity_words(answer, lines[0]),
        "minutes" if answer.urban == answer.rural else "minutes from urban towns",
        "percent",
        lines,
        (answer.urban, f"{number(answer.urban)} minutes, as chosen"),
    )


def beyond_shares(answer: AccessAnswer, people: FloatArray, steps: Sequence[float]) -> list[float]:
    """Percent of `people` (n,) who live beyond each threshold; empty where nobody is known."""
    if not np.nansum(people):
        return []
    relative = answer.minutes / (answer.access.threshold / answer.urban)  # the rural threshold moves in proportion
    return [round(100 * share, 2) for share in beyond(relative, steps, people).share.tolist()]


def _sensitivity_words(answer: AccessAnswer, line: StepLine) -> str:
    at = dict(zip(line.x, line.value, strict=True))
    half, double = (min(line.x, key=lambda x: abs(x - answer.urban * factor)) for factor in (0.5, 2))
    rural = "" if answer.urban == answer.rural else " Rural towns keep their proportion to urban ones."
    said = ", ".join(
        f"{number(at[minutes] or 0, 1)}% at {number(minutes)}"
        for minutes in dict.fromkeys((half, answer.urban, double))
    )
    return f"{line.label} beyond the threshold, by its minutes: {said}.{rural}"


def by_group(answer: AccessAnswer, groups: dict[str, FloatArray]) -> IntervalChart | None:
    """The share of each population group (stratum -> residents (n,)) that lives beyond; None without groups."""
    rows = []
    for stratum, people in groups.items():
        known = np.isfinite(people)
        whole = float(people[known].sum())
        if whole:
            beyond = float(people[known & answer.desert].sum())
            rows.append(IntervalRow(group_words(stratum), round(100 * beyond / whole, 2), numerator=round(beyond)))
    if not rows or not answer.sites or not answer.desert.any():
        return None
    sentence = (
        f"Of each group, the share who live beyond {threshold_words(answer)} of the nearest {service_words(answer)}."
    )
    return IntervalChart("Who lives beyond it", sentence, "percent", 1, tuple(rows))


def fragile_towns(answer: AccessAnswer) -> Listing:
    """Towns that would become a desert if their nearest site closed, by name."""
    rows = [
        (answer.ground.name[row], site_name(answer, row), _minutes(answer.minutes[row]),
         _minutes(answer.second_minutes[row]), _people(answer.ground.residents[row]))
        for row in _by_name(answer, answer.access.fragile & ~answer.desert)
    ]  # fmt: skip
    sentence = (
        f"{number(len(rows))} towns hang on one site: if it closed, they would lie beyond the threshold."
        if len(rows) > 1
        else "One town hangs on one site."
        if rows
        else "No town hangs on one site."
    )
    return Listing("Fragile towns", sentence, ("Town", "Hangs on", "Minutes", "To the next", "Residents"), tuple(rows))


def borderline_towns(answer: AccessAnswer) -> Listing:
    """Towns whose answer a quarter more or less of the minutes would turn, by name."""
    rows = [
        (answer.ground.name[row], "beyond" if answer.desert[row] else "within", _minutes(answer.minutes[row]),
         _minutes(answer.access.threshold[row]), _people(answer.ground.residents[row]))
        for row in _by_name(answer, answer.access.borderline)
    ]  # fmt: skip
    sentence = "Minutes are an estimate: a quarter more or less would turn the answer for these towns."
    if not rows:
        sentence = "No town's answer would turn if its minutes were a quarter more or less."
    return Listing("Borderline towns", sentence, ("Town", "Now", "Minutes", "Threshold", "Residents"), tuple(rows))


def site_listing(answer: AccessAnswer, names: dict[str, str]) -> Listing:
    """Every site that counts: what it offers, when it was verified, and its hours."""
    rows = [
        (
            site.name,
            names.get(site.town, "outside the area" if site.latitude is not None else "town not known"),
            ", ".join(word.replace("_", " ") for word in site.services),
            day_words(site.verified_on) if site.verified_on else "listed, not verified",
            "; ".join(filter(None, (site.hours, site.mobile_days))) or "hours not known",
        )
        for site in sorted(answer.sites, key=lambda site: (names.get(site.town, "~"), site.name))
    ]
    title = f"Sites: {number(len(rows))}"
    return Listing(title, counted_words(answer), ("Site", "Town", "Offers", "Verified on", "Hours"), tuple(rows))


def beyond_words(answer: AccessAnswer, people: FloatArray) -> str:
    """The share of people beyond, for a sentence; "" where nobody is known."""
    known = np.isfinite(people)
    whole = float(people[known].sum())
    return share_words(float(people[known & answer.desert].sum()), whole) if whole else ""


def _by_name(answer: AccessAnswer, chosen: np.ndarray) -> list[int]:
    return sorted(np.flatnonzero(chosen).tolist(), key=lambda row: answer.ground.name[row])


def _minutes(value: float) -> str:
    return number(value) if np.isfinite(value) else "no road" if value > 0 else "not known"


def _people(value: float) -> str:
    return number(value) if np.isfinite(value) else "not known"
