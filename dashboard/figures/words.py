"""How numbers and states are said in figures: one place, so that a language is one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from dashboard.domain import State

STATE_WORDS = {
    State.UNSTABLE: "too few for a rate",
    State.SUPPRESSED: "hidden to protect people",
    State.NOT_REPORTED: "not reported",
}
NO_RATE = "no rate"
PERCENT_UNITS = frozenset({"%", "percent"})


@dataclass(frozen=True)
class Speech:
    """What figures say by themselves; public pages say it in other languages, and in plainer words."""

    unstable: str = STATE_WORDS[State.UNSTABLE]
    suppressed: str = STATE_WORDS[State.SUPPRESSED]
    not_reported: str = STATE_WORDS[State.NOT_REPORTED]
    no_rate: str = NO_RATE
    unsteady: str = "unstable"
    provisional: str = "provisional"
    between: str = "{lower} to {upper}"
    baseline: str = "Baseline {value}"
    target: str = "Target {value}, {day}"
    months: tuple[str, ...] = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


ENGLISH = Speech()
_speech: ContextVar[Speech] = ContextVar("speech", default=ENGLISH)


@contextmanager
def speaking(speech: Speech) -> Iterator[None]:
    """Figures drawn inside say this."""
    before = _speech.set(speech)
    try:
        yield
    finally:
        _speech.reset(before)


def said() -> Speech:
    """What figures say here and now."""
    return _speech.get()


def digits_for(values: Iterable[float | None]) -> int:
    """Decimals that suit a whole column: none for counts and hundreds, one below 100, two below 1."""
    known = [abs(value) for value in values if value is not None]
    if all(value == int(value) for value in known) or max(known) >= 100:
        return 0
    return 1 if max(known) >= 1 else 2


def number(value: float, digits: int = 0) -> str:
    """A number for people: 1,204 or 24.1; a true minus sign."""
    return f"{value:,.{digits}f}".replace("-", "−")


def interval_words(lower: float | None, upper: float | None, digits: int = 0) -> str:
    """`20.2 to 28.5`, or nothing."""
    if lower is None or upper is None:
        return ""
    return said().between.format(lower=number(lower, digits), upper=number(upper, digits))


def axis_words(unit: str, per: int) -> str:
    """What an axis counts: `deaths per 100,000`, `percent`, `kits`."""
    if unit in PERCENT_UNITS:
        return "percent"
    return unit if per == 1 else f"{unit} per {per:,}"


def counted_words(unit: str, per: int) -> str:
    """What the counts behind the values are: `deaths` behind deaths per 100,000."""
    return "count" if per == 1 or unit in PERCENT_UNITS else unit


def absent_words(state: str, numerator: float | None) -> str:
    """Why there is no number; the count stands where it is known."""
    count = "" if numerator is None else f"{number(numerator)}, "
    return count + str(getattr(said(), State(state), said().no_rate))


def remarks(state: str, provisional: bool, shown: bool) -> str:
    """What to add to a number that is shown: unstable, provisional, both or nothing."""
    unsteady = [said().unsteady] if shown and state == State.UNSTABLE else []
    return ", ".join(unsteady + ([said().provisional] if provisional else []))


def capital(text: str) -> str:
    """The text with its first letter in capitals."""
    return text[:1].upper() + text[1:]


def lower(name: str) -> str:
    """A name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]
