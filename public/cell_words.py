"""What one cell says, in words of a language: its number, or why there is none."""

from __future__ import annotations

from dashboard.domain import Indicator, State
from dashboard.figures.words import digits_for
from public.language import Language
from public.snapshot import CellAt

STATE_KEYS = {State.SUPPRESSED: "hidden", State.NOT_REPORTED: "not_reported"}


def count_words(words: Language, indicator: Indicator, count: float) -> str:
    """`1,204 deaths`, `$34,623`."""
    if indicator.kind == "money":
        return f"${words.number(count)}"
    return words.counted(count, indicator.unit)


def rate_words(words: Language, indicator: Indicator, rate: float) -> str:
    """`27.3`, `45%`."""
    said = words.number(rate, digits_for([rate]))
    return f"{said}%" if indicator.kind == "proportion" else said


def per_words(words: Language, indicator: Indicator) -> str:
    """`per 100,000 residents a year`; "" for plain counts."""
    if indicator.denominator is None:
        return ""
    below = words.phrase(indicator.denominator.label)
    if indicator.kind == "proportion":
        return words.say("of_below", below=below)
    if indicator.per == 1:
        return words.say("for_each", below=below)
    key = "per_year" if indicator.kind == "rate" else "per"
    return words.say(key, per=words.number(indicator.per), below=below)


def interval_words(words: Language, at: CellAt) -> str:
    """`23.4 to 31.5`; "" where there is no interval."""
    lower, upper = float(at.cells.lower[at.row]), float(at.cells.upper[at.row])
    if lower != lower:
        return ""
    digits = digits_for([float(at.cells.rate[at.row])])
    return words.say("interval", lower=words.number(lower, digits), upper=words.number(upper, digits))


def long_words(words: Language, indicator: Indicator, at: CellAt | None) -> str:
    """A cell in full, without its place: `181 deaths. That is 27.3 per 100,000 residents a year (...)`."""
    if at is None or at.state in STATE_KEYS:
        return words.say(STATE_KEYS[State(at.state)] if at else "not_reported")
    counted, rate = count_words(words, indicator, at.count), float(at.cells.rate[at.row])
    if indicator.kind == "proportion":
        below = words.number(float(at.cells.denominator[at.row]))
        counted = words.say("part_of", part=words.number(at.count), whole=below)
    if rate != rate:
        return words.say("too_few", counted=counted) if at.state == State.UNSTABLE else counted
    parts = {"counted": counted, "rate": rate_words(words, indicator, rate), "per": per_words(words, indicator)}
    between = interval_words(words, at)
    said = words.say("counted_rate_between" if between else "counted_rate", between=between, **parts)
    return said + (words.say("unsteady") if at.state == State.UNSTABLE else "")


def short_words(words: Language, indicator: Indicator, at: CellAt | None) -> str:
    """A cell in a few words, for a tooltip."""
    if at is None or at.state in STATE_KEYS:
        return words.say(STATE_KEYS[State(at.state)] if at else "not_reported")
    counted, rate = count_words(words, indicator, at.count), float(at.cells.rate[at.row])
    if rate != rate:
        few = at.state == State.UNSTABLE
        return words.say("too_few", counted=counted) if few else counted
    said = rate_words(words, indicator, rate)
    if indicator.kind not in ("proportion",) and indicator.per > 1:
        said = words.say("short_per", rate=said, per=words.number(indicator.per))
    return f"{said} ({counted})" + (words.say("unsteady_short") if at.state == State.UNSTABLE else "")


def counted_words(words: Language, indicator: Indicator) -> str:
    """`We count people who died of an opioid overdose.`, before the definition, which needs longer words."""
    label = indicator.numerator.label
    return words.say("we_count", counted=words.phrase(label)) if words.knows(label) else ""


def provisional_words(words: Language, at: CellAt | None) -> str:
    """`may still change`, or nothing."""
    return words.say("provisional") if at is not None and bool(at.cells.provisional[at.row]) else ""


def number_words(words: Language, indicator: Indicator, at: CellAt | None) -> dict[str, str]:
    """Count, rate and likely range for a row of a table; "" for what is not shown."""
    if at is None or at.state in STATE_KEYS:
        return {"count": "", "rate": "", "between": ""}
    rate = float(at.cells.rate[at.row])
    return {
        "count": count_words(words, indicator, at.count),
        "rate": "" if rate != rate else rate_words(words, indicator, rate),
        "between": "" if rate != rate else interval_words(words, at),
    }
