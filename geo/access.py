"""Who is far from a service: nearest sites, deserts, and how sure the answer is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.distance import Array

Flags = NDArray[np.bool_]
Positions = NDArray[np.int64]
NO_SITE = -1
BORDERLINE_SHARE = 0.25


@dataclass(frozen=True)
class Nearest:
    """For each of n places minutes to its nearest and second nearest site, and their positions, (n,) each.

    inf and NO_SITE (-1) where no road leads to any site (or to no second one).
    """

    minutes: Array
    site: Positions
    second_minutes: Array
    second_site: Positions


@dataclass(frozen=True)
class Access:
    """What is to be said of each of n places, (n,) each: a desert or not, and what would change the answer.

    `no_road`: no site can be reached at all (also a desert). `to_spare`: minutes within the threshold, negative
    beyond it, -inf without a road. `farther_if_closed`: minutes more to drive if the nearest site closed, inf if no
    other is left.
    """

    desert: Flags
    fragile: Flags
    borderline: Flags
    no_road: Flags
    to_spare: Array
    farther_if_closed: Array


@dataclass(frozen=True)
class Curve:
    """People in places beyond each threshold, and their share of all that are known; `unknown` counts the places
    beyond it whose people are not known, so that the number is "at least"."""

    thresholds: Array
    beyond: Array
    share: Array
    unknown: Positions


def nearest(minutes: ArrayLike) -> Nearest:
    """Nearest and second nearest site of each place from minutes (n, m); of sites equally far the first.

    ValueError for no sites at all, for minutes below 0 and for NaN.
    """
    left = check_minutes(minutes).copy()
    first, first_minutes = _least(left)
    left[np.arange(len(left)), first] = np.inf
    second, second_minutes = _least(left)
    return Nearest(first_minutes, first, second_minutes, second)


def desert(minutes: ArrayLike, threshold: ArrayLike) -> Flags:
    """True where the nearest site is strictly beyond the threshold (minutes, one for all or (n,)), or has no road."""
    return np.asarray(minutes, dtype=float) > check_threshold(threshold)


def fragile(found: Nearest, threshold: ArrayLike) -> Flags:
    """True where the place is no desert, but would become one if its nearest site closed."""
    return ~desert(found.minutes, threshold) & desert(found.second_minutes, threshold)


def borderline(minutes: ArrayLike, threshold: ArrayLike, *, share: float = BORDERLINE_SHARE) -> Flags:
    """True where the answer flips if the minutes are wrong by up to `share` either way."""
    if not 0 <= share < 1:
        raise ValueError(f"A share of {share:g}: the minutes may be wrong by 0 or more and by less than 1 (100%).")
    told = np.asarray(minutes, dtype=float)
    return desert(told * (1 + share), threshold) & ~desert(told * (1 - share), threshold)


def access(found: Nearest, threshold: ArrayLike, *, share: float = BORDERLINE_SHARE) -> Access:
    """Everything that is said of each place at this threshold."""
    with np.errstate(invalid="ignore"):
        farther = np.where(np.isinf(found.second_minutes), np.inf, found.second_minutes - found.minutes)
    return Access(
        desert=desert(found.minutes, threshold),
        fragile=fragile(found, threshold),
        borderline=borderline(found.minutes, threshold, share=share),
        no_road=np.isinf(found.minutes),
        to_spare=check_threshold(threshold) - found.minutes,
        farther_if_closed=farther,
    )


def beyond(minutes: ArrayLike, thresholds: ArrayLike, people: ArrayLike) -> Curve:
    """How many people (residents, overdoses), (n,), live beyond each threshold; NaN for people who are not known."""
    limits, told = check_threshold(thresholds).ravel(), np.asarray(people, dtype=float)
    if told.shape != np.shape(minutes) or (told < 0).any():
        raise ValueError("People: one number for each place, 0 or more, NaN where it is not known.")
    far = np.asarray(minutes, dtype=float)[None, :] > limits[:, None]
    known = np.nan_to_num(told)
    total = known.sum()
    counted = far @ known
    share = counted / total if total > 0 else np.full(len(limits), np.nan)
    return Curve(limits, counted, share, (far & np.isnan(told)).sum(axis=1))


def check_minutes(minutes: ArrayLike) -> Array:
    """Minutes as an array (n, m); ValueError when there is no site or a number cannot be minutes."""
    told = np.asarray(minutes, dtype=float)
    if told.ndim != 2:
        raise ValueError("Minutes form a table: a row for each place, a column for each site.")
    if told.shape[1] == 0:
        raise ValueError("There is no site to travel to. Load sites of this service, or choose candidates.")
    if not (told >= 0).all():
        at, site = np.argwhere(~(told >= 0))[0]
        raise ValueError(f"{told[at, site]:g} minutes from place {at + 1} to site {site + 1}: 0 or more, or inf.")
    return told


def check_threshold(threshold: ArrayLike) -> Array:
    """Thresholds in minutes as an array; ValueError unless each is a number above 0."""
    told = np.asarray(threshold, dtype=float)
    if not (np.isfinite(told) & (told > 0)).all():
        raise ValueError(
            f"A threshold of {told[~(np.isfinite(told) & (told > 0))].flat[0]:g} minutes: above 0, please."
        )
    return told


def _least(minutes: Array) -> tuple[Positions, Array]:
    site = minutes.argmin(axis=1)
    least = minutes[np.arange(len(minutes)), site]
    return np.where(np.isinf(least), NO_SITE, site), least
