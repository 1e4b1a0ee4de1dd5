"""The form of a target: what is written becomes a target, or faults named by field."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from dashboard.domain import Target
from dashboard.errors import InvalidQuery
from dashboard.figures.words import digits_for
from dashboard.periods import parse_day
from dashboard.targets.rules import Wanted, read_number, wanted_faults
from dashboard.views import choices
from dashboard.views.asking import find_partner, find_place, fold, state_of
from dashboard.views.source import ViewReader
from dashboard.views.target_windows import newest_window, place_of

FIELDS = ("indicator", "place", "group", "partner", "baseline", "baseline_period", "target", "due", "owner",
          "contributors", "strategy", "process", "who", "why")  # fmt: skip
PROBE_PERIOD = "2000"
"""Any year: a target in the making has the windows of a year until it has a baseline."""


@dataclass(frozen=True)
class TargetForm:
    """What is written in the form; `target_id` and `version` say what is being edited ("" and 0: a new one)."""

    coalition: str = ""
    target_id: str = ""
    version: int = 0
    indicator: str = ""
    place: str = ""
    group: str = ""
    partner: str = ""
    baseline: str = ""
    baseline_period: str = ""
    target: str = ""
    due: str = ""
    owner: str = ""
    contributors: str = ""
    strategy: str = ""
    process: str = ""
    who: str = ""
    why: str = ""


@dataclass(frozen=True)
class Kept:
    """A form that holds: the target, and its strategy's name."""

    target: Target
    strategy_name: str


def form_of(reader: ViewReader, target: Target) -> TargetForm:
    """The form of a target that is there."""
    return TargetForm(
        target.coalition, target.id, target.version, target.indicator, place_of(reader, target), target.stratum,
        target.partner, f"{target.baseline:g}", target.baseline_period, f"{target.target:g}", target.due.isoformat(),
        target.owner, "; ".join(str(reader.partners.get(id_, {}).get("name", id_)) for id_ in target.contributors),
        reader.strategies(target.coalition).get(target.strategy, target.strategy), target.process,
    )  # fmt: skip


def new_form(reader: ViewReader, form: TargetForm, today: date) -> TargetForm:
    """An empty form for the home coalition, its baseline read from the newest complete year."""
    coalition = form.coalition or next(
        (str(row["id"]) for row in reader.coalitions if row["catchment"] == reader.home), ""
    )
    indicator = form.indicator if form.indicator in reader.registry.indicators else choices.first_indicator(reader)
    filled = replace(
        form, coalition=coalition, indicator=indicator, due=form.due or date(today.year + 2, 12, 31).isoformat()
    )
    filled = replace(filled, place=place_of(reader, probe(filled)))
    baseline, period = suggested(reader, filled)
    return replace(filled, baseline=form.baseline or baseline, baseline_period=form.baseline_period or period)


def probe(form: TargetForm) -> Target:
    """The target a form begins to describe, with the windows of a year where it has no baseline yet."""
    period = form.baseline_period or PROBE_PERIOD
    return Target("", form.coalition, form.indicator, 0, period, 0, date(2000, 1, 1), "", form.place, form.group,
                  form.partner)  # fmt: skip


def suggested(reader: ViewReader, form: TargetForm) -> tuple[str, str]:
    """Where the indicator stands in the newest complete year, and that year; "" where nothing is reported."""
    try:
        indicator = reader.registry.indicator(form.indicator)
        window = newest_window(reader, indicator, replace(probe(form), baseline_period=PROBE_PERIOD))
    except InvalidQuery:
        return "", ""
    if window is None or window.counted.value != window.counted.value:
        return "", ""
    value = window.counted.value
    return f"{value:.{max(digits_for([value]), 1)}f}", str(window.period)


def faults(reader: ViewReader, form: TargetForm, today: date) -> dict[str, str]:
    """What is wrong, by field; {} when it can be saved."""
    found: dict[str, str] = {}
    for field, said in (*_name_faults(reader, form), *_number_faults(reader, form, today)):
        found.setdefault(field, said)
    for field, asked in (("owner", "who answers for it"), ("who", "your name"), ("why", "why it is set or changed")):
        if not getattr(form, field).strip():
            found[field] = f"Write {asked}: the history of the target keeps it."
    return found


def _number_faults(reader: ViewReader, form: TargetForm, today: date) -> list[tuple[str, str]]:
    indicator = reader.registry.indicators.get(form.indicator)
    if indicator is None:
        return [("indicator", "Choose an indicator.")]
    return wanted_faults(indicator, Wanted(form.baseline, form.baseline_period, form.target, form.due), today)


def _name_faults(reader: ViewReader, form: TargetForm) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for field, named in (
        ("place", form.place),
        ("partner", form.partner),
        *(("contributors", c) for c in helpers(form)),
    ):
        try:
            if named:
                (find_place if field == "place" else find_partner)(reader, named)
        except InvalidQuery as error:
            found.append((field, str(error)))
    indicator = reader.registry.indicators.get(form.indicator)
    if form.group and indicator:
        strata = {str(row["stratum"]) for row in reader.series_of(indicator)}
        if form.group not in strata:
            found.append(("group", f"'{form.group[:60]}' is not reported for '{indicator.name}'."))
    if form.process and form.process not in reader.registry.indicators:
        found.append(("process", f"There is no indicator '{form.process[:60]}'."))
    return found


def read_form(reader: ViewReader, form: TargetForm) -> Kept:
    """The target of a form without faults."""
    baseline, target = read_number(form.baseline), read_number(form.target)
    assert baseline is not None
    assert target is not None
    place = find_place(reader, form.place) if form.place else ""
    partner = find_partner(reader, form.partner)
    strategy = strategy_id(reader, form.coalition, form.strategy)
    made = Target(
        form.target_id or _new_id(reader, form, place, partner), form.coalition, form.indicator, baseline,
        form.baseline_period.strip(), target, parse_day(form.due.strip()), form.owner.strip(), place, form.group,
        partner, strategy, tuple(sorted(find_partner(reader, one) for one in helpers(form))), form.process,
        form.version,
    )  # fmt: skip
    return Kept(made, form.strategy.strip())


def strategy_id(reader: ViewReader, coalition: str, name: str) -> str:
    """The id of a strategy by its name: a known one, also when only a letter differs, else a new one."""
    if not name.strip():
        return ""
    known = {fold(said): id_ for id_, said in reader.strategies(coalition).items()}
    near = get_close_matches(fold(name), known, n=1, cutoff=0.95)
    return known[near[0]] if near else slug(name)


def slug(name: str) -> str:
    """A name as an id: lower case, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "unnamed"


def _new_id(reader: ViewReader, form: TargetForm, place: str, partner: str) -> str:
    """An id that says what it is of, with a number where that is taken."""
    named = "-".join(filter(None, (form.indicator, slug(reader.gazetteer.name(place)) if place else "",
                                   form.group.replace("=", "-"), partner)))  # fmt: skip
    taken = {target.id for target in reader.targets() if target.coalition == form.coalition}
    tries = (f"{named[:58]}" if number == 1 else f"{named[:58]}-{number}" for number in range(1, 1000))
    return next(id_ for id_ in tries if id_ not in taken)


def helpers(form: TargetForm) -> list[str]:
    """The partners who contribute, as they were written, separated by semicolons."""
    return [name.strip() for name in form.contributors.split(";") if name.strip()]


def state_of_form(reader: ViewReader, form: TargetForm) -> str:
    """The state a form's place lies in."""
    return state_of(reader, place_of(reader, probe(form)))
