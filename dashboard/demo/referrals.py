"""Referrals from each partner to each receiver: tables whose margins are what is told of partners and receivers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.stats import random_table

from dashboard.demo.blocks import Block
from dashboard.demo.coalitions import Coalition
from dashboard.demo.detail import Details
from dashboard.demo.emit import Told, as_block
from dashboard.demo.spans import seeded
from dashboard.domain import Basis, FloatArray, Level

MADE, COMPLETED = "referrals", "referrals_warm_handoff"
DIMENSION = "receiving_partner"


def pairs(details: Details) -> Iterator[list[Block]]:
    """For each coalition the blocks of all its pairs of sender and receiver; nothing where either margin is not told.

    Handed over and not handed over are drawn apart, so that no pair completes more than it made and both add up to
    what the sender, and what the receiver, has as a whole.
    """
    for coalition in details.world.coalitions:
        margins = [_margins(details, measure, coalition) for measure in (MADE, COMPLETED)]
        if all(margins):
            yield _blocks(details, coalition, *(margin for margin in margins if margin))


def _margins(details: Details, measure: str, coalition: Coalition) -> tuple[FloatArray, FloatArray] | None:
    """Of a coalition's quarters: the senders' and the receivers' numbers (quarters by senders, by receivers)."""
    basis = Basis.NONE.value
    sent = details.partners.get((measure, basis, coalition.id))
    received = details.groups.get((measure, basis, DIMENSION))
    if sent is None or received is None:
        return None
    areas = details.world.areas[details.rules[measure].places]
    ours = areas.members[:, coalition.towns].sum(axis=1) > 0
    return sent[ours].sum(axis=0), received[ours].sum(axis=0)


def _blocks(
    details: Details, coalition: Coalition, made: tuple[FloatArray, FloatArray], done: tuple[FloatArray, FloatArray]
) -> list[Block]:
    rng = seeded(details.world.seed, "referrals", coalition.id)
    completed = _tables(rng, *done)
    whole = completed + _tables(rng, made[0] - done[0], made[1] - done[1])
    found = []
    for measure, values in ((MADE, whole), (COMPLETED, completed)):
        rule = details.rules[measure]
        for n, partner in enumerate(coalition.of_sectors(rule.sectors)):
            for m, receiver in enumerate(rule.dims[DIMENSION]):
                told = Told(rule, Basis.NONE.value, details.spans(rule), values[None, :, n, m],
                            f"{DIMENSION}={receiver}", partner.id)  # fmt: skip
                found.append(as_block(details.world, told, Level.CATCHMENT, (coalition.id,), told.values))
    return found


def _tables(rng: np.random.Generator, rows: FloatArray, columns: FloatArray) -> FloatArray:
    """A table a quarter with these margins (quarters by senders by receivers), by chance."""
    drawn = [
        random_table(down.astype(int), across.astype(int), seed=rng).rvs()
        for down, across in zip(rows, columns, strict=True)
    ]
    return np.array(drawn, dtype=float)
