"""Splitting totals over groups or partners, so that parts add up and a part of a whole stays inside it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.domain import FloatArray

Counts = NDArray[np.int64]


def split(rng: np.random.Generator, totals: FloatArray, weights: FloatArray) -> FloatArray:
    """Whole numbers (places by spans) split over values by chance; `weights` broadcasts to places by spans by values.

    The result has one axis more and adds up to the totals exactly; where all weights are 0 the first value takes all.
    """
    weights = np.broadcast_to(weights, (*totals.shape, weights.shape[-1]))
    whole = weights.sum(axis=-1, keepdims=True)
    first = np.eye(weights.shape[-1])[0]
    shares = np.where(whole > 0, weights / np.where(whole > 0, whole, 1), first)
    return rng.multinomial(totals.astype(np.int64), shares).astype(float)


def split_inside(rng: np.random.Generator, part: FloatArray, whole: FloatArray, weights: FloatArray) -> FloatArray:
    """`part` (places by spans) split over values so that no value exceeds its own in `whole` (one axis more).

    A value's weight makes it over- or under-represented in the part. Adds up to `part` exactly, which must not exceed
    the whole.
    """
    pull = whole * weights
    later_pull = np.flip(np.cumsum(np.flip(pull, -1), -1), -1)
    later_whole = np.flip(np.cumsum(np.flip(whole, -1), -1), -1) - whole
    left = part.astype(np.int64)
    parts = np.zeros(whole.shape)
    for value in range(whole.shape[-1]):
        chance = pull[..., value] / np.where(later_pull[..., value] > 0, later_pull[..., value], 1)
        most = np.minimum(whole[..., value].astype(np.int64), left)
        least = np.maximum(left - later_whole[..., value].astype(np.int64), 0)
        taken = np.clip(rng.binomial(left, np.clip(chance, 0, 1)), least, most)
        parts[..., value] = taken
        left = left - taken
    return parts


def split_dollars(totals: FloatArray, weights: FloatArray) -> FloatArray:
    """Dollars split by weights, whole dollars, the last value taking what is left."""
    edges = np.round(np.cumsum(weights / weights.sum(axis=-1, keepdims=True), axis=-1) * totals[..., None])
    edges[..., -1] = totals
    return np.diff(edges, axis=-1, prepend=0)
