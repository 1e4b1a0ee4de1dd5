"""How periods, measures and states are said in sentences."""

from __future__ import annotations

from datetime import date, timedelta

from dashboard.domain import Basis, Cells, Indicator, Period, State
from dashboard.figures.words import STATE_WORDS, digits_for, number

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
BASIS_WORDS = {
    Basis.RESIDENCE: "by where people live",
    Basis.OCCURRENCE: "by where it happened",
    Basis.NONE: "",
}
DIMENSION_WORDS = {
    "age": "Age", "sex": "Sex", "race": "Race and ethnicity", "housing": "Housing", "substance": "Substances",
    "insurance": "Insurance", "justice": "Justice involvement", "language": "Language", "channel": "Channel",
    "medicine": "Medicine", "reason": "Reason", "setting": "Setting", "kind": "Kind",
    "receiving_partner": "Receiving partner",
}  # fmt: skip
THEME_WORDS = {
    "outcomes": "Outcomes", "continuity": "After an overdose", "naloxone": "Naloxone and harm reduction",
    "treatment": "Treatment", "access": "Access and equity", "coalition": "Coalition", "safety": "Safety",
}  # fmt: skip
LEVEL_WORDS = {
    "town": "Towns", "county": "Counties", "region": "Regions", "planning_area": "Planning areas",
    "catchment": "Coalition areas", "state": "States",
}  # fmt: skip


def month_words(day: date) -> str:
    """June 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def day_words(day: date | str) -> str:
    """5 June 2026, from a date or its ISO text; "" stays ""."""
    if not day:
        return ""
    parsed = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{parsed.day} {month_words(parsed)}"


def period_words(period: Period) -> str:
    """2018 · 2018 to 2020 · July to September 2018 · fiscal year 2018 · the 36 months to June 2026."""
    last = period.end - timedelta(days=1)
    text = str(period)
    if text.isdigit() or (text[:4].isdigit() and text[4:5] == "-" and len(text) == 9):
        return text.replace("-", " to ")
    if text.startswith("FY"):
        return f"fiscal year {last.year} ({month_words(period.start)} to {month_words(last)})"
    if period.months == 1:
        return month_words(last)
    if period.months == 3:
        first = MONTHS[period.start.month - 1] if period.start.year == last.year else month_words(period.start)
        return f"{first} to {month_words(last)}"
    return f"the {period.months} months to {month_words(last)}"


def period_label(period: Period) -> str:
    """A label short enough for an axis or a table: 2018, Q3 2018, Jul 2018, FY 2018, to Jun 2026."""
    text = str(period)
    last = period.end - timedelta(days=1)
    if period.months == 1:
        return f"{MONTHS[last.month - 1][:3]} {last.year}"
    if "Q" in text:
        return f"{text[4:]} {text[:4]}"
    if ".." in text:
        length = "" if period.months == 12 else f"{period.months} months "
        return f"{length}to {MONTHS[last.month - 1][:3]} {last.year}"
    return text.replace("FY", "FY ")


def per_words(indicator: Indicator, period: Period | None = None) -> str:
    """per 100,000 residents a year · of identified events · for each of the deaths · "" for plain counts."""
    if indicator.denominator is None:
        return ""
    if indicator.kind == "proportion":
        return f"of {indicator.denominator.label}"
    if indicator.per == 1:
        return f"for each of the {indicator.denominator.label}"
    yearly = " a year" if indicator.kind == "rate" and (period is None or period.months >= 1) else ""
    return f"per {indicator.per:,} {indicator.denominator.label}{yearly}"


def unit_words(indicator: Indicator) -> str:
    """What an axis counts: percent for proportions, dollars for money, else the numerator's unit."""
    return {"proportion": "percent", "money": "dollars"}.get(indicator.kind, indicator.unit)


def axis_per(indicator: Indicator) -> int:
    """The `per` that an axis names: none for proportions and plain counts."""
    return indicator.per if indicator.kind in ("rate", "ratio") else 1


def group_words(stratum: str) -> str:
    """Age 25-34 from age=25-34; Everyone from ""."""
    if not stratum:
        return "Everyone"
    parts = (part.partition("=") for part in stratum.split(";"))
    return ", ".join(
        f"Age {value_words(value)}" if name == "age" else f"{DIMENSION_WORDS.get(name, name)}: {value_words(value)}"
        for name, _, value in parts
    )


def value_words(value: str) -> str:
    """A stratum's value as people write it: 25-34, Not recorded."""
    text = value.replace("_", " ").replace("-", "–") if value[:1].isdigit() else value.replace("_", " ")
    return text[:1].upper() + text[1:]


def cell_words(indicator: Indicator, cells: Cells, row: int) -> str:
    """What one cell says, without its place: `19.0 per 100,000 residents a year (18.4 to 19.6), from 4,012 deaths`."""
    state, count, rate = cells.state[row], float(cells.numerator[row]), float(cells.rate[row])
    if state in (State.SUPPRESSED, State.NOT_REPORTED):
        return STATE_WORDS[State(state)]
    counted = count_words(indicator, count)
    if rate != rate:
        few = state == State.UNSTABLE
        return f"{counted}: {STATE_WORDS[State.UNSTABLE]}" if few else counted
    digits = digits_for([rate])
    lower, upper = float(cells.lower[row]), float(cells.upper[row])
    between = f" ({number(lower, digits)} to {number(upper, digits)})" if lower == lower else ""
    said = f"{number(rate, digits)}%" if indicator.kind == "proportion" else number(rate, digits)
    below = float(cells.denominator[row])
    whole = f", {number(count)} of {number(below)}" if indicator.kind == "proportion" else f", from {counted}"
    unstable = ", unstable because of few events" if state == State.UNSTABLE else ""
    return f"{said} {per_words(indicator)}{between}{whole}{unstable}"


def headline_words(indicator: Indicator, cells: Cells, row: int, place: str, period: Period, stratum: str = "") -> str:
    """`Opioid overdose deaths in Boston, 2018: 181 deaths, or 27.3 per 100,000 residents a year (23.4 to 31.5).`"""
    group = group_words(stratum)
    whom = f", {group[0].lower()}{group[1:]}" if stratum else ""
    return f"{indicator.name} in {place}{whom}, {period_words(period)}: {counted_words(indicator, cells, row)}."


def counted_words(indicator: Indicator, cells: Cells, row: int) -> str:
    """The count first, then the rate: `181 deaths, or 27.3 per 100,000 residents a year (23.4 to 31.5)`."""
    count, rate = float(cells.numerator[row]), float(cells.rate[row])
    if indicator.kind != "rate" or rate != rate:
        return cell_words(indicator, cells, row)
    digits = digits_for([rate])
    between = f"{number(float(cells.lower[row]), digits)} to {number(float(cells.upper[row]), digits)}"
    unstable = "; unstable, because of few events" if cells.state[row] == State.UNSTABLE else ""
    return f"{count_words(indicator, count)}, or {number(rate, digits)} {per_words(indicator)} ({between}){unstable}"


def short_words(indicator: Indicator, cells: Cells, row: int) -> str:
    """A cell in a word or two: its rate, its count where there is no rate, or its state."""
    state, count, rate = cells.state[row], float(cells.numerator[row]), float(cells.rate[row])
    if state in (State.SUPPRESSED, State.NOT_REPORTED):
        return STATE_WORDS[State(state)]
    if rate != rate:
        return count_words(indicator, count)
    said = number(rate, digits_for([rate]))
    if indicator.kind == "proportion":
        return f"{said}%"
    return said if indicator.per == 1 else f"{said} per {indicator.per:,}"


def count_words(indicator: Indicator, count: float) -> str:
    """`1,204 deaths`, `$34,623`, `6 days`."""
    if indicator.kind == "money":
        return f"${number(count)}"
    return (
        f"{number(count, 0 if count == int(count) else 1)} {one_of(indicator.unit) if count == 1 else indicator.unit}"
    )


def many(count: int, one: str, more: str = "") -> str:
    """`1 town`, `26 towns`; `more` is the plural where it takes more than an s."""
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"


def one_of(unit: str) -> str:
    """The singular of a unit: death, person, referral."""
    head, _, tail = unit.partition(" ")
    plain = f"{head.removesuffix('ies')}y" if head.endswith("ies") else head.removesuffix("s")
    singular = {"people": "person", "children": "child"}.get(head, plain)
    return f"{singular} {tail}" if tail else singular
