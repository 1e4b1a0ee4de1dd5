"""What one cell says: a number, hidden by its publisher, or told by nobody. Three different things."""

from __future__ import annotations

import math
import re

from dashboard.domain import State
from dashboard.errors import LoadRefused

Reading = tuple[float | None, State]

# Nobody told us (README of the real files: blank, NA, "Data not available", UNKNOWN, UK).
NOT_REPORTED = frozenset(
    {"", "na", "n/a", "#n/a", "n.a.", "nan", "null", "data not available", "not available", "not reported", "no data",
     "unknown", "unk", "uk", "missing"}
)  # fmt: skip
# The publisher knows and does not say. "Unreliable" (CDC) stands where too few events were counted to print the
# number: it is withheld, not absent, so it is hidden too.
SUPPRESSED = frozenset({"†", "‡", "-9999", "-9999.0", "suppressed", "unreliable", "redacted", "withheld", "masked"})
_HIDDEN_FORMS = re.compile(
    r"\*+|[<≤]\s*=?\s*\d+|(fewer|less) than \d+|\(?\s*\d+\s*(-|–|to)\s*\d+\s*\)?", re.IGNORECASE | re.ASCII
)
_WHOLE = re.compile(r"(\d+|\d{1,3}(,\d{3})+)(\.0*)?", re.ASCII)
_AMOUNT = re.compile(r"(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?", re.ASCII)


class BadValue(LoadRefused):
    """A cell that breaks a rule; `rule` says which and `fix` what to do."""

    def __init__(self, rule: str, fix: str) -> None:
        super().__init__(f"{rule} {fix}")
        self.rule = rule
        self.fix = fix


def marker(text: str) -> State | None:
    """SUPPRESSED or NOT_REPORTED when the text is a marker for it, None when it is something else."""
    plain = text.strip().lower()
    if plain in NOT_REPORTED:
        return State.NOT_REPORTED
    if plain in SUPPRESSED or _HIDDEN_FORMS.fullmatch(plain):
        return State.SUPPRESSED
    return None


def count(text: str) -> Reading:
    """A whole number of zero or more ("1,204", "12.0"), or why there is none; BadValue for anything else."""
    plain = text.strip()
    if plain.isascii() and plain.isdigit():
        return float(plain), State.VALUE
    state = marker(plain)
    if state is not None:
        return None, state
    if _WHOLE.fullmatch(plain):
        return float(plain.replace(",", "")), State.VALUE
    raise _bad_count(plain)


def _bad_count(plain: str) -> BadValue:
    number = _float(plain)
    if number is None and re.match(r"[\d,]+\s*\D+$", plain):
        return BadValue(
            "A mark is glued to the number.", "Write the number alone; keep the footnote in a column of its own."
        )
    if number is None:
        return BadValue(
            "A count is a whole number.", "Write the number alone, or a marker such as 'NA' or 'Suppressed'."
        )
    if number < 0:
        return BadValue("A count is never negative.", "Correct it; where it stands for 'hidden' write 'Suppressed'.")
    return BadValue("A count is a whole number, not a fraction.", "Check that this column is a count and not a rate.")


def number(text: str) -> Reading:
    """Any finite decimal number ("-72.46", "+42.36"), or why there is none; BadValue for anything else.

    A minus sign is meant here, so of the hidden markers only -9999 and the written ones count.
    """
    plain = text.strip()
    found = _float(plain)
    if found is not None and found != -9999:
        return found, State.VALUE
    state = marker(plain)
    if state is None:
        raise BadValue("A number is expected.", "Write digits with a point for the fraction.")
    return None, state


def money(text: str) -> Reading:
    """Dollars ("$34,623.00"; "-$5.00" and "($5.00)" are negative), or why there is none; BadValue otherwise."""
    plain = text.strip()
    state = marker(plain)
    if state is not None:
        return None, state
    negative = plain.startswith("-") or (plain.startswith("(") and plain.endswith(")"))
    digits = plain.strip("()-").strip().removeprefix("$").strip().removeprefix("-")
    if not digits or not _AMOUNT.fullmatch(digits):
        raise BadValue("An amount of money is expected.", "Write it like $34,623.00.")
    amount = float(digits.replace(",", ""))
    return -amount if negative else amount, State.VALUE


def percent(text: str) -> Reading:
    """Percent, 14.0 for "14%"; "99.5+" is its lower limit 99.5; or why there is none; BadValue otherwise."""
    plain = text.strip()
    found = _float(plain.removesuffix("+").removesuffix("%").strip())
    if found is not None and found >= 0:
        return found, State.VALUE
    state = marker(plain)
    if state is None:
        raise BadValue("A percentage is expected.", "Write it like 14% or 14.")
    return None, state


def _float(plain: str) -> float | None:
    if "_" in plain:  # Python reads 1_000, no publisher means it
        return None
    try:
        found = float(plain.replace(",", "")) if _grouped(plain) else float(plain)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _grouped(plain: str) -> bool:
    return bool(re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", plain))
