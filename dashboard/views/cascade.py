"""After an overdose: of the same events, how many came how far, for one or two places or partners."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dashboard.cascade import Path, Step, cascades, cohort, impossible
from dashboard.domain import Period, Query, State
from dashboard.figures.cascade import CascadeChart, CascadeStep
from dashboard.figures.words import STATE_WORDS, number
from dashboard.rates import estimate
from dashboard.views.asking import resolve_period, state_of
from dashboard.views.cascade_asking import AskedCascade, closed_day, complete, followed, span_words
from dashboard.views.cascade_counts import Count, Counts
from dashboard.views.cascade_rows import ENDS, end_rows, step_rows
from dashboard.views.source import ViewReader
from dashboard.views.words import day_words, group_words, month_words


@dataclass(frozen=True)
class Side:
    """One cascade: whose it is, its picture, its ends, what cannot be true of it, who counted, and its rows."""

    name: str
    chart: CascadeChart
    ends: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]
    counted_by: str
    others: tuple[tuple[str, str], ...]
    rows: tuple[dict[str, object], ...] = field(repr=False)


@dataclass(frozen=True)
class AfterOverdose:
    """The page's answer: the completed request, its first sentence, one or two cascades, and what was left out."""

    asked: AskedCascade
    headline: str
    sides: tuple[Side, ...]
    left_out: str

    def rows(self) -> list[dict[str, object]]:
        """What is shown, as rows for the CSV; an absent number is None and its state says why."""
        return [row for side in self.sides for row in side.rows]


def after_overdose(reader: ViewReader, asked: AskedCascade) -> AfterOverdose:
    """The cascades of a request; InvalidQuery when it names something unknown."""
    asked = complete(reader, asked)
    path, days = cascades().paths[asked.path], followed(asked)
    base = reader.registry.indicator(path.base)
    wanted = resolve_period(reader, base, asked.period, state_of(reader, asked.place))
    closed = closed_day(reader, path, days, asked)
    events = cohort(wanted, closed) if closed else None
    if events is None:
        reported = reader.series_of(base, state_of(reader, asked.place))
        said = _nobody(path, wanted, days) if reported else f"Nobody reports {base.name.lower()} here yet."
        return AfterOverdose(asked, said, (), "")
    sides = tuple(_side(reader, path, asked, query) for query in _queries(reader, asked, path, events))
    return AfterOverdose(asked, sides[0].chart.sentence, sides, _left_out(days, events))


def _queries(reader: ViewReader, asked: AskedCascade, path: Path, events: Period) -> list[Query]:
    """The query of the chosen place and partner, and of what stands beside it."""
    level = reader.gazetteer.level_of(asked.place)
    first = Query(path.base, (events,), level, (asked.place,), stratum=asked.group, partner=asked.partner)
    kind, _, id_ = asked.beside.partition(":")
    if not id_:
        return [first]
    if kind == "partner":
        return [first, replace(first, partner=id_)]
    return [first, replace(first, level=reader.gazetteer.level_of(id_), geoids=(id_,))]


def _side(reader: ViewReader, path: Path, asked: AskedCascade, query: Query) -> Side:
    counts, days = Counts(reader, path, query), followed(asked)
    shared = asked.counted != "apart" and counts.shared(days)
    steps = _shared_steps(counts, days) if shared else _steps_alone(reader, counts, days)
    name = _name(reader, query)
    sentence = _sentence(counts, days, name) if shared else _apart(path, name, counts)
    chart = CascadeChart(path.name, sentence, path.unit, tuple(steps), shared)
    known = {step.id: counts.count(step.indicator).value for step in path.within(days)} | {"": counts.base.value}
    counted = {id_: value for id_, value in known.items() if value is not None}
    return Side(
        name, chart, tuple(_ends(counts, days)) if shared else (),
        tuple(impossible(path, days, counted)) if shared else _faults_alone(steps),
        _counted_by(reader, counts) if shared else "",
        tuple((label, _count_words(count)) for label, count in counts.elsewhere()),
        tuple(step_rows(counts, steps, name, shared=shared) + (end_rows(counts, days, name) if shared else [])),
    )  # fmt: skip


def _shared_steps(counts: Counts, days: int) -> list[CascadeStep]:
    base = counts.base
    first = CascadeStep(counts.path.base_label, base.value, base.value, provisional=base.provisional,
                        indicators=(counts.path.base,))  # fmt: skip
    return [first, *(_shared_step(counts, step) for step in counts.path.within(days))]


def _shared_step(counts: Counts, step: Step) -> CascadeStep:
    ends = [counts.count(end).value for end in step.ends]
    found = _step(step.label, counts.count(step.indicator), counts.base, sum(end or 0 for end in ends))
    return replace(found, indicators=(step.indicator, step.alone))


def _steps_alone(reader: ViewReader, counts: Counts, days: int) -> list[CascadeStep]:
    """Each step by the indicator that tells it alone, under that indicator's own name (and period, if another)."""
    steps = []
    for step in counts.path.within(days):
        indicator = reader.registry.indicator(step.alone)
        period, reached, of = counts.alone(indicator)
        when = "" if period == counts.asked.periods[0] else f", {span_words(period)}"
        found = _step(f"{indicator.name}{when}", reached, of, 0.0)
        steps.append(replace(found, indicators=(step.indicator, step.alone)))
    return steps


def _step(label: str, reached: Count, of: Count, ended: float) -> CascadeStep:
    if reached.value is None:
        return CascadeStep(label, None, of.value, state=reached.state, provisional=reached.provisional)
    below = float("nan") if of.value is None else of.value
    found = estimate("proportion", [reached.value], [below], 100, [reached.state])
    lower, upper = (None if v != v else round(float(v), 4) for v in (found.lower[0], found.upper[0]))
    fault = bool(found.faults[0])
    return CascadeStep(
        label, reached.value, of.value, ended or None, lower, upper,
        State.VALUE if fault else found.state[0], reached.provisional or of.provisional,
    )  # fmt: skip


def _ends(counts: Counts, days: int) -> list[tuple[str, str]]:
    return [(ENDS.get(end, end), _count_words(counts.count(end))) for end in counts.path.ends(days)]


def _count_words(count: Count) -> str:
    return STATE_WORDS[State(count.state)] if count.value is None else number(count.value)


def _sentence(counts: Counts, days: int, name: str) -> str:
    """`Of 412 known nonfatal overdoses in X, the 12 months to June 2026: 330 were entered in the pathway, ...`."""
    path, when = counts.path, span_words(counts.asked.periods[0])
    base = counts.base.value or 0
    told = [step for step in path.within(days) if step.id in path.headline and step.indicator in counts.kept]
    known = [(step, counts.count(step.indicator).value) for step in told]
    said = [f"{number(value)} {step.said}" for step, value in known if value is not None]
    start = f"Of {number(base)} {path.base_label.lower()} in {name}, {when}"
    if not said:
        return f"{start}, no further step is reported."
    return f"{start}, {' and '.join([', '.join(said[:-1]), said[-1]] if said[1:] else said)}."


def _apart(path: Path, name: str, counts: Counts) -> str:
    when = span_words(counts.asked.periods[0])
    return f"{path.name} in {name}, {when}: each step is counted by itself, not among the same events."


def _faults_alone(steps: list[CascadeStep]) -> tuple[str, ...]:
    return tuple(
        f"“{step.label}” counts {number(step.reached)}, more than the {number(step.of)} it is a part of. One of the "
        "two numbers is wrong: ask who reports them before reading this step."
        for step in steps
        if step.reached is not None and step.of is not None and step.reached > step.of
    )  # fmt: skip


def _name(reader: ViewReader, query: Query) -> str:
    place = reader.gazetteer.name(query.geoids[0])
    partner = f", {reader.partners[query.partner]['name']}" if query.partner else ""
    group = f", {group_words(query.stratum)}" if query.stratum else ""
    return f"{place}{partner}{group}"


def _counted_by(reader: ViewReader, counts: Counts) -> str:
    """Whose count the base is, and that nothing was added to it."""
    titles = {str(load["source"]): str(load["title"]) for load in reader.loads}
    title = titles.get(counts.base.source, counts.base.source)
    whose = f", as {reader.partners[counts.partner]['name']} counts them" if counts.partner else ""
    return (
        f"One source counts them all: {title}{whose}, published {day_words(counts.base.as_of)}. "
        "One event can be in the counts of several partners, so no two counts are ever added."
    )


def _left_out(days: int, events: Period) -> str:
    return (
        f"Followed: events of {span_words(events)}. Those since {month_words(events.end)} are left out: "
        f"{days} days have not passed for all of them, or nobody has reported them yet."
    )


def _nobody(path: Path, wanted: Period, days: int) -> str:
    return (
        f"No {path.unit} of {span_words(wanted)} can be followed yet: nobody reports them, or fewer than {days} days "
        "have passed since."
    )
