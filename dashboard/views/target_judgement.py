"""Before a target is saved: can it be judged at all, and what could be watched beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.domain import Indicator
from dashboard.errors import InvalidQuery
from dashboard.figures.words import number
from dashboard.targets.power import chance_to_show
from dashboard.targets.rules import read_number
from dashboard.targets.status import Counted
from dashboard.views.choices import Choice
from dashboard.views.source import ViewReader
from dashboard.views.target_form import TargetForm, probe
from dashboard.views.target_windows import months_of, newest_window
from dashboard.views.target_words import amount, unit_of
from dashboard.views.words import count_words

PROCESSES = ("contact_72h", "naloxone_in_hand_at_discharge", "medication_started_31d", "contact_next_day",
             "naloxone_kits_per_100k", "missed_follow_up_recovered_7d", "structured_handoff")  # fmt: skip
"""Indicators of what the coalition does, which move sooner and count more events than outcomes."""
OFTEN_ENOUGH = 0.5
MOST_OFFERED = 3
TIMES = (
    (0.03, "almost never"), (0.07, "one time in twenty"), (0.15, "one time in ten"), (0.22, "one time in five"),
    (0.29, "one time in four"), (0.42, "one time in three"), (0.58, "one time in two"), (0.71, "two times in three"),
    (0.78, "three times in four"), (0.85, "four times in five"), (0.95, "nine times in ten"), (2.0, "nearly always"),
)  # fmt: skip


@dataclass(frozen=True)
class Judgement:
    """Whether it can be judged, in a sentence; `offered` are process indicators to set beside it.

    `unit` says what the baseline and the target are numbers of.
    """

    sentence: str
    chance: float | None
    offered: tuple[Choice, ...]
    unit: str = ""


def times_words(chance: float) -> str:
    """A probability as people say it: one time in three."""
    return next(words for below, words in TIMES if chance < below)


def judge(reader: ViewReader, form: TargetForm) -> Judgement:
    """What a form's target could ever show, from as many events as there are now."""
    indicator = reader.registry.indicators.get(form.indicator)
    said = unit_of(indicator) if indicator else ""
    unit = "percent " + said if indicator and indicator.kind == "proportion" else said
    return replace(_judge(reader, form), unit=f"Numbers are {unit}." if unit else "")


def _judge(reader: ViewReader, form: TargetForm) -> Judgement:
    offered = processes(reader, form)
    try:
        indicator = reader.registry.indicator(form.indicator)
        window = newest_window(reader, indicator, probe(form))
        months = months_of(probe(form))
    except InvalidQuery as error:
        return Judgement(str(error), None, offered)
    if window is None or window.counted.value != window.counted.value:
        return Judgement("Nobody reports this here yet: until somebody does, nothing can be judged.", None, offered)
    if indicator.kind == "days":
        return Judgement(
            "This cannot be judged: days are published without an interval, so chance cannot be told from change.",
            None, offered,
        )  # fmt: skip
    baseline, target = read_number(form.baseline), read_number(form.target)
    if baseline is None or target is None or target == baseline:
        return Judgement("Write a baseline and a target: then it is said here whether they can be judged.", None, ())
    before = replace(window.counted, events=baseline * window.counted.below / window.counted.per)
    chance = chance_to_show(before, target)
    return Judgement(_said(indicator, before, target, chance, months), chance, offered if chance < OFTEN_ENOUGH else ())


def processes(reader: ViewReader, form: TargetForm) -> tuple[Choice, ...]:
    """Process indicators that somebody reports at the form's place."""
    found: list[Choice] = []
    for id_ in PROCESSES:
        indicator = reader.registry.indicators.get(id_)
        if indicator is None or id_ == form.indicator or not reader.series_of(indicator):
            continue
        if newest_window(reader, indicator, replace(probe(form), indicator=id_, stratum="", partner="")):
            found.append(Choice(id_, indicator.name))
    return tuple(found[:MOST_OFFERED])


def _said(indicator: Indicator, before: Counted, target: float, chance: float, months: int) -> str:
    when = "year" if months == 12 else f"window of {months} months"
    if indicator.kind in ("money", "stock"):
        return "This is counted whole, without chance: any change shows."
    way = "fall" if target < before.value else "rise"
    if indicator.kind == "proportion":
        ends = (before.value, target)
        change = f"a true {way} from {amount(indicator, ends[0], ends)} to {amount(indicator, ends[1], ends)}"
        among = indicator.denominator.label if indicator.denominator else indicator.unit
        counted = f"about {number(before.below)} {among} a {when}"
    else:
        counted = f"about {count_words(indicator, round(before.events, 0 if before.events >= 3 else 1))} a {when}"
        change = f"a true {way} to {number(target, 1)}"
        if before.value > 0:
            change = f"a true {abs(target / before.value - 1) * 100:.0f}% {way}"
    verdict = "" if chance >= OFTEN_ENOUGH else " It can hardly be judged by itself: watch what is done as well."
    return f"With {counted}, {change} would show in one {when} {times_words(chance)}.{verdict}"
