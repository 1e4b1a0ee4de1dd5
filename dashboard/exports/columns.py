"""What the columns of exported tables mean, and which kind of value each holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.exports.paper import Row

MEANINGS: Mapping[str, str] = {
    "geoid": "Code of the place, as text: it may begin with a zero", "place": "Name of the place",
    "period": "The days counted: a year, quarter or month, FY for July to June, or first..last month",
    "numerator": "What was counted; empty where there is no number", "count": "What was counted",
    "denominator": "What it stands over; residents are person-years", "per": "The round number a rate is told in",
    "rate": "Numerator divided by denominator, times per; empty where there is none",
    "lower": "Lower end of the interval", "upper": "Upper end of the interval",
    "state": "value, unstable, suppressed (hidden to protect people) or not_reported; never read an empty cell as zero",
    "provisional": "true where the number is still being completed", "source": "Id of the source",
    "as_of": "Day for which the source published it", "said": "The same in words, as the screen says it",
    "indicator": "Id of the indicator", "now": "Where it stands; empty where events are too few for a rate",
    "baseline": "Where it stood when the target was set", "wanted": "The target",
    "chance_percent": "Chance of meeting the target, rounded, if things go on", "path": "Glide path on that day",
    "middle_of_period": "Middle day of the period", "asked": "What the funder asks",
    "need_state": "State of need, as in state", "minutes_state": "State of minutes, as in state, or no_road",
}  # fmt: skip


def names_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """Every column of the rows, in the order in which they first come."""
    return tuple(dict.fromkeys(name for row in rows for name in row))


def meaning(name: str) -> str:
    """What a column means; its name in words where nothing more is to be said."""
    return MEANINGS.get(name, name.replace("_", " ").capitalize())


def kind_of(values: Iterable[object]) -> str:
    """boolean, integer, number or string: what all values that are there have in common."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, bool) for value in known):
        return "boolean"
    if any(isinstance(value, bool) or not isinstance(value, (int, float)) for value in known) or not known:
        return "string"
    return "integer" if all(isinstance(value, int) for value in known) else "number"
