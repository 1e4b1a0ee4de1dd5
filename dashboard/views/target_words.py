"""What a target says: what is wanted, where it stands, how sure that is, and what is needed from here."""

from __future__ import annotations

from datetime import timedelta

from dashboard.domain import Direction, Indicator, Target
from dashboard.figures.words import capital, digits_for, number
from dashboard.targets.forecast import Regime
from dashboard.targets.status import FEWEST_EXPECTED, Status
from dashboard.views.source import ViewReader
from dashboard.views.target_standing import Assessed
from dashboard.views.target_windows import place_of
from dashboard.views.words import count_words, day_words, group_words, per_words, period_words

FEWEST_FOR_A_RATE = 10
STATUS_WORDS = {
    Status.BEHIND: "Behind", Status.DATA_LATE: "Data late", Status.NO_DATA: "No data",
    Status.TOO_FEW: "Too few to tell", Status.ON_TRACK: "On track", Status.AHEAD: "Ahead", Status.MET: "Met",
}  # fmt: skip
"""Statuses as they are read, what needs the coalition most first."""
REGIME_WORDS = {Regime.TREND: "if the recent trend goes on", Regime.LEVEL: "if things stay at their recent level"}


def amount(indicator: Indicator, value: float, beside: tuple[float, ...] = ()) -> str:
    """24.1 · 58% · $12,000; as exact as the numbers it stands beside."""
    said = number(value, digits_for([value, *beside]))
    if indicator.kind == "proportion":
        return f"{said}%"
    return f"${said}" if indicator.kind == "money" else said


def unit_of(indicator: Indicator) -> str:
    """What stands after an amount: `per 100,000 residents a year`, `of identified events`, `kits`."""
    return per_words(indicator) or ("" if indicator.kind == "money" else indicator.unit)


def wanted_words(assessed: Assessed) -> str:
    """`From 31.0 to 18.6 per 100,000 residents a year, by 31 December 2028.`"""
    target, indicator = assessed.target, assessed.indicator
    if indicator is None:
        return f"To {number(target.target, 1)}, by {day_words(target.due)}."
    ends = (target.baseline, target.target)
    start, end = (amount(indicator, value, ends) for value in ends)
    return f"From {start} to {end} {unit_of(indicator)}".rstrip() + f", by {day_words(target.due)}."


def whom_words(reader: ViewReader, target: Target) -> str:
    """For whom and where: `Everyone in Athol`, `Age 25–34 in Boston, as Quarry Ridge EMS counts`."""
    try:
        place = reader.gazetteer.name(place_of(reader, target))
    except KeyError:
        place = f"an unknown place ({place_of(reader, target)})"
    partner = reader.partners.get(target.partner, {}).get("name", target.partner)
    return f"{group_words(target.stratum)} in {place}" + (f", as counted by {partner}" if partner else "")


def standing_words(assessed: Assessed) -> str:
    """Where it stands and what that rests on, in one sentence."""
    if assessed.status is Status.NO_DATA:
        return f"No data: {assessed.reason}."
    if assessed.status is Status.DATA_LATE:
        return _late_words(assessed)
    if assessed.status is Status.TOO_FEW:
        return f"Too few to tell: {now_words(assessed)}; {_few_words(assessed)}."
    return f"{STATUS_WORDS[assessed.status]}: {now_words(assessed)}; {_told_words(assessed)}."


def now_words(assessed: Assessed) -> str:
    """`24.1 per 100,000 residents a year (90% interval 20.1 to 28.7) in the 12 months to June 2026`."""
    indicator, window, standing = assessed.indicator, assessed.window, assessed.standing
    assert indicator is not None
    assert window is not None
    when = f"in {period_words(window.period)}" + (", provisional" if window.provisional else "")
    if _only_count(assessed):
        return f"{count_words(indicator, window.counted.events)} {when}"
    beside = (standing.lower, standing.upper)
    said = f"{amount(indicator, standing.value, beside)} {unit_of(indicator)}".rstrip()
    if standing.lower == standing.lower and standing.lower != standing.upper:
        low, high = (amount(indicator, end, (standing.value,)) for end in beside)
        said += f" (90% interval {low} to {high})"
    return f"{said} {when}"


def expected_words(assessed: Assessed) -> str:
    """What the path expects by now: a rate, or a count where a rate would rest on too few."""
    indicator, standing = assessed.indicator, assessed.standing
    assert indicator is not None
    if _only_count(assessed):
        return f"about {number(standing.expected_events, 1)} {indicator.unit}"
    return amount(indicator, standing.expected, (standing.value, standing.lower, standing.upper))


def sure_words(assessed: Assessed) -> str:
    """`About 70% likely to be met by December 2028, if the recent trend goes on: 14 to 25 is to be expected.`"""
    outlook, indicator = assessed.outlook, assessed.indicator
    if assessed.status in (Status.NO_DATA, Status.DATA_LATE) or indicator is None:
        return ""
    if outlook is None:
        return assessed.no_outlook
    chance = {5: "5% or less", 95: "95% or more"}.get(outlook.chance, f"about {outlook.chance}%")
    _, lower, upper = outlook.band
    between = f"{amount(indicator, lower, (upper,))} to {amount(indicator, upper, (lower,))}"
    if _only_count(assessed):
        between = f"{number(lower / outlook.each)} to {number(upper / outlook.each)} {indicator.unit}"
    return (
        f"{capital(chance)} likely to be met by {day_words(assessed.target.due)}, {REGIME_WORDS[outlook.regime]}: "
        f"{between} is to be expected then (90% band)."
    )


def pace_words(assessed: Assessed) -> str:
    """What is needed a year from here, beside what was planned."""
    indicator, path, window = assessed.indicator, assessed.path, assessed.window
    if indicator is None or path is None or window is None or assessed.status in (Status.NO_DATA, Status.DATA_LATE):
        return ""
    if path.reached(assessed.standing.value):
        return "Pace now needed: none, as long as it stays here."
    needed, planned = path.needed_a_year(assessed.standing.value, window.period.end), path.planned_a_year()
    if needed is None or _only_count(assessed):
        return "" if needed is None else "Pace now needed: too few events to say it as a rate."
    way = "down" if path.way is Direction.DOWN else "up"
    points = " points" if indicator.kind == "proportion" else ""
    now, then = (number(abs(pace), digits_for([abs(needed), abs(planned)])) for pace in (needed, planned))
    return f"Pace now needed: {way} {now}{points} a year; the plan was {then}."


def progress_words(assessed: Assessed) -> str:
    """`40% of the way from baseline to target.`; "" where that cannot or must not be said."""
    moved = assessed.progress
    if assessed.status in (Status.NO_DATA, Status.DATA_LATE) or _only_count(assessed):
        return ""
    if moved.percent is None:
        return f"{capital(moved.fault)}."
    if moved.percent < 0:
        return f"{capital(moved.fault)} since the baseline."
    return f"{number(moved.percent)}% of the way from baseline to target."


def _only_count(assessed: Assessed) -> bool:
    """Whether there are too few events for a rate to be said."""
    window, indicator = assessed.window, assessed.indicator
    if window is None or indicator is None or indicator.denominator is None:
        return False
    return 0 < window.counted.events < FEWEST_FOR_A_RATE


def _late_words(assessed: Assessed) -> str:
    window, by = assessed.window, assessed.expected_by
    assert window is not None
    assert by is not None
    end = day_words(window.period.end - timedelta(days=1))
    return (
        f"Data late: the newest complete numbers end on {end}, and newer ones were to be expected by {day_words(by)}."
        f" Last known: {now_words(assessed)}."
    )


def _few_words(assessed: Assessed) -> str:
    standing, target = assessed.standing, assessed.target
    if standing.lower != standing.lower:
        return "no interval is published with it, so chance cannot be told from change"
    if standing.expected_events < FEWEST_EXPECTED:
        return f"even on the path there would be fewer than {FEWEST_EXPECTED}"
    indicator = assessed.indicator
    assert indicator is not None
    if _only_count(assessed):
        return "chance alone would allow both the baseline and the target"
    ends = (target.baseline, target.target)
    start, end = (amount(indicator, value, ends) for value in ends)
    return f"its interval holds both the baseline ({start}) and the target ({end})"


def _told_words(assessed: Assessed) -> str:
    indicator, standing, target = assessed.indicator, assessed.standing, assessed.target
    assert indicator is not None
    whole = standing.lower == standing.upper
    if assessed.status is Status.MET:
        goal = amount(indicator, target.target, (target.baseline,))
        return f"the target is {goal}" + ("" if whole else ", and the baseline lies outside the interval")
    expected = expected_words(assessed)
    if assessed.status is Status.ON_TRACK:
        return f"the path expects {expected} by now" + ("" if whole else ", within the interval")
    return f"the path expects {expected} by now" + ("" if whole else ", beyond chance")
