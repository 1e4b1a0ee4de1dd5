"""What the coalitions knew before the newest load: fewer months, and late reports still missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from dashboard.demo.blocks import Block
from dashboard.demo.detail import Details
from dashboard.demo.emit import TOWN_PLACES, Told, catchments, own_levels
from dashboard.demo.rules import Rule
from dashboard.domain import Basis, Level, add_months
from dashboard.intake import Coverage

MONTHS_BACK = 2
LATE_MONTHS = 3
LATE_THEMES = ("outcomes",)
REPORTED_IN_TIME = 0.93
"""The part of the newest counts that had been reported by then."""


def first_day(today: date) -> date:
    """The day on which the earlier numbers were published: in the month before the last one."""
    return add_months(today, -1) - timedelta(days=11)


def first_reported(details: Details) -> list[Block]:
    """The whole of every measure for each coalition, as it was known `MONTHS_BACK` months earlier."""
    until = add_months(details.world.spans.end, -MONTHS_BACK)
    blocks = (block for rule in details.rules.values() for block in _of_coalitions(details, rule))
    return [block for found in blocks if (block := _as_known(found, until, details.rules[found.measure])).spans]


def replaced(measured: Mapping[str, Rule], measures: set[str], start: date, end: date) -> list[Coverage]:
    """What the newest load says of coalitions although it tells their towns: the earlier numbers no longer hold."""
    return [
        Coverage(id_, start, end, Level.CATCHMENT, Basis(basis))
        for id_, rule in measured.items()
        if id_ in measures and rule.places in TOWN_PLACES
        for basis in rule.bases
    ]


def _of_coalitions(details: Details, rule: Rule) -> Iterator[Block]:
    for basis in rule.bases:
        told = Told(rule, basis, details.world.spans.of(rule.cadence), details.totals[rule.measure.id, basis])
        tell = catchments if rule.places in TOWN_PLACES else own_levels
        yield from (block for block in tell(details.world, told) if block.level is Level.CATCHMENT)


def _as_known(block: Block, until: date, rule: Rule) -> Block:
    """The block up to a day, its newest counts without the reports that were late."""
    kept = [n for n, (_, end) in enumerate(block.spans) if end <= until]
    values = block.values[:, kept]
    if rule.measure.kind == "count" and rule.theme in LATE_THEMES:
        late = [block.spans[n][1] > add_months(until, -LATE_MONTHS) for n in kept]
        values = np.where(late, np.floor(values * REPORTED_IN_TIME), values)
    settled = add_months(until, -MONTHS_BACK)
    return replace(
        block, spans=tuple(block.spans[n] for n in kept), values=values, states=block.states[:, kept],
        provisional=tuple(block.spans[n][1] > settled for n in kept),
    )  # fmt: skip
