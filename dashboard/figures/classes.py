"""Classes of a map: five or fewer steps with round limits, and a character for every area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.domain import FloatArray, State
from dashboard.figures.words import digits_for, number

CLASSES = 5
SPREAD = {1: "3", 2: "24", 3: "135", 4: "1245", 5: "12345"}
"""Fewer classes use the ramp's ends too, so that they stay easy to tell apart."""
LEGEND_WORDS = {
    "0": "none",
    "u": "fewer than 10: too few for a rate",
    "c": "counts only: no rate",
    "s": "hidden to protect people",
    "n": "not reported",
}
OF_STATE: dict[str, str] = {
    State.UNSTABLE: "u",
    State.SUPPRESSED: "s",
    State.NOT_REPORTED: "n",
    State.VALUE: "c",
    "": " ",
}


@dataclass(frozen=True)
class LegendEntry:
    """A class character, its words and how many areas have it."""

    code: str
    label: str
    areas: int


@dataclass(frozen=True)
class Classes:
    """One character per area, the inner limits, and a legend of the classes that occur or could."""

    codes: str
    breaks: tuple[float, ...]
    legend: tuple[LegendEntry, ...]


def class_breaks(values: ArrayLike, classes: int = CLASSES) -> tuple[float, ...]:
    """Inner limits at rounded quantiles of the numbers above 0: strictly increasing, none that makes an empty class.

    A limit belongs to the class above it. Few different numbers give fewer limits.
    """
    shown = np.asarray(values, dtype=np.float64)
    shown = shown[shown > 0]
    if not shown.size:
        return ()
    limits = np.quantile(shown, np.arange(1, classes) / classes)
    step = _round_step((limits[-1] - limits[0]) / (2 * classes)) if limits[-1] > limits[0] else 0
    rounded = np.unique(np.round(limits / step) * step if step else limits)
    rounded = np.round(rounded, 10)
    edges = np.searchsorted(np.sort(shown), rounded)
    _, first = np.unique(edges, return_index=True)
    return tuple(float(rounded[i]) for i in first if 0 < edges[i] < shown.size)


def classify(values: ArrayLike, states: Sequence[str], breaks: tuple[float, ...] | None = None) -> Classes:
    """The class of every area, for what the map shows (the rate, or the count for counts, stocks and money).

    "1" to "5" classes, "0" zero, "u" too few for a rate, "c" counts only, "s" suppressed, "n" not reported, " "
    outside (state ""). `breaks` given: the same classes as another map.
    """
    shown = np.asarray(values, dtype=np.float64)
    limits = class_breaks(shown) if breaks is None else breaks
    ramp = SPREAD[len(limits) + 1]
    steps = np.array(list(ramp))[np.searchsorted(np.array(limits), np.nan_to_num(shown), side="right")]
    absent = np.array([OF_STATE[state] for state in states], dtype="U1")
    codes = np.where(np.isnan(shown), absent, np.where(shown == 0, "0", steps))
    return Classes("".join(codes.tolist()), limits, _legend(codes, shown, limits, ramp))


def _legend(
    codes: NDArray[np.str_], shown: FloatArray, limits: tuple[float, ...], ramp: str
) -> tuple[LegendEntry, ...]:
    areas = {code: int((codes == code).sum()) for code in (*ramp, *LEGEND_WORDS)}
    labels = dict(zip(ramp, _class_words(shown, limits), strict=True)) if (shown > 0).any() else {}
    others = {code: words for code, words in LEGEND_WORDS.items() if areas[code]}
    zero = {"0": others.pop("0")} if "0" in others else {}
    return tuple(LegendEntry(code, label, areas[code]) for code, label in (zero | labels | others).items())


def _class_words(shown: FloatArray, limits: tuple[float, ...]) -> list[str]:
    """`under 12`, `12 to 18`, ..., `31 and more`; whole numbers say `5 to 9`, which leaves nothing open."""
    positive = shown[shown > 0]
    whole = bool((positive == np.round(positive)).all())
    digits = 0 if whole else digits_for(limits)
    if not limits:
        return [" to ".join(dict.fromkeys(number(end, digits_for([end])) for end in (positive.min(), positive.max())))]
    said = [number(limit, digits) for limit in limits]
    ends = [number(limit - 1) for limit in np.ceil(limits)] if whole else said
    between = [low if low == high else f"{low} to {high}" for low, high in zip(said, ends[1:], strict=False)]
    return [f"under {said[0]}", *between, f"{said[-1]} and more"]


def _round_step(width: float) -> float:
    """The largest of 1, 2, 5 x 10^k that is not above `width`."""
    power = 10.0 ** np.floor(np.log10(width))
    return float(max(step * power for step in (1, 2, 5) if step * power <= width * (1 + 1e-9)))
