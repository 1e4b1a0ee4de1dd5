"""Every number is the count: from what is said about a count to the whole numbers that it can be."""

from __future__ import annotations

from collections.abc import Callable

from scipy.stats import chi2

MOST = 100_000
Range = tuple[int, int]


def rounding(text: str) -> float:
    """Half a unit of the last digit of a number as it is printed: 0.05 for `288.2`."""
    digits = len(text.partition(".")[2])
    return 0.5 * 10.0**-digits


def from_rate(rate: str, denominator: float, per: float) -> Range:
    """Counts whose rate is printed so."""
    value, half = float(rate.replace(",", "")), rounding(rate)
    return _within(lambda n: n * per / denominator, value, half)


def from_upper(upper: str, denominator: float, per: float) -> Range:
    """Counts whose exact upper 95% limit is printed so (Garwood)."""
    value, half = float(upper.replace(",", "")), rounding(upper)
    return _within(lambda n: float(chi2.ppf(0.975, 2 * n + 2)) / 2 * per / denominator, value, half)


def from_lower(lower: str, denominator: float, per: float) -> Range:
    """Counts whose exact lower 95% limit is printed so (Garwood)."""
    value, half = float(lower.replace(",", "")), rounding(lower)
    return _within(lambda n: (float(chi2.ppf(0.025, 2 * n)) / 2 if n else 0.0) * per / denominator, value, half)


def from_smoothed(smoothed: str, denominator: float, per: float, *, mean: float, spread: float) -> Range:
    """Counts whose empirical Bayes rate is printed so; `mean` and `spread` are m and A per person (Marshall)."""
    value, half = float(smoothed.replace(",", "")), rounding(smoothed)
    weight = spread / (spread + mean / denominator)
    return _within(lambda n: (mean + (n / denominator - mean) * weight) * per, value, half)


def from_class(low: float, high: float, denominator: float, per: float) -> Range:
    """Counts whose rate lies in a class from `low` up to `high`."""
    first, last = _first(lambda n: n * per / denominator, low), _first(lambda n: n * per / denominator, high)
    return first, max(first, last - 1)


def _within(rises: Callable[[int], float], value: float, half: float) -> Range:
    low = _first(rises, value - half - 1e-9)
    return low, max(low, _first(rises, value + half + 1e-9) - 1)


def _first(rises: Callable[[int], float], value: float) -> int:
    """The smallest count at which a rising number reaches a value."""
    low, high = 0, MOST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if rises(middle) >= value else (middle + 1, high)
    return low
