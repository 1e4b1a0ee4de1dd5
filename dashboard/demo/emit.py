"""From numbers to blocks: which levels are told, what is hidden, what was not reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.demo.blocks import NOT_REPORTED, SUPPRESSED, VALUE, Block, StateArray
from dashboard.demo.places import STATE
from dashboard.demo.rules import Rule
from dashboard.demo.spans import Span
from dashboard.demo.world import World
from dashboard.domain import FloatArray, Level

Positions = NDArray[np.int64]
COUNTY_GROUPS = ("outcomes",)
"""Themes whose groups are told of every county; the others' of coalitions and the state."""
TOWN_PLACES = ("state", "coalitions")
"""Words of rates.toml for places that are towns."""


@dataclass(frozen=True)
class Told:
    """Numbers of one measure as somebody tells them: places by `spans`, for a group, a partner, or all."""

    rule: Rule
    basis: str
    spans: tuple[Span, ...]
    values: FloatArray
    stratum: str = ""
    partner: str = ""


def own_levels(world: World, told: Told) -> Iterator[Block]:
    """A block for each level on which the measure's own places stand."""
    areas = world.areas[told.rule.places]
    if told.rule.towns == "coalitions" and told.rule.places == "state":
        yield towns_at(world, told, world.coalition_towns)
        return
    for level in dict.fromkeys(areas.levels):
        at = areas.of_level(level)
        yield as_block(world, told, level, tuple(areas.geoids[n] for n in at), told.values[at])


def towns_at(world: World, told: Told, towns: Positions) -> Block:
    """The block of some towns only; `towns` are positions in the ground, and the measure's places are towns."""
    geoids = world.areas[told.rule.places].geoids
    numbers = {geoid: number for number, geoid in enumerate(geoids)}
    at = np.array([numbers[world.ground.geoids[town]] for town in towns])
    return as_block(world, told, Level.TOWN, tuple(geoids[n] for n in at), told.values[at])


def larger_levels(world: World, told: Told) -> Iterator[Block]:
    """Blocks of what lies above the measure's places: told directly where towns cannot be added up, or are hidden."""
    places = told.rule.places
    yield from catchments(world, told)
    if places == "state":
        counties = [] if told.stratum and told.rule.theme not in COUNTY_GROUPS else [("counties", Level.COUNTY)]
        for name, level in (*counties, ("whole", Level.STATE)):
            yield as_block(world, told, level, world.areas[name].geoids, world.sums(name, places) @ told.values)
    elif places != "coalitions":
        level = Level.COUNTY if places == "counties" else Level.CATCHMENT
        part = told.values[world.areas[places].of_level(level)]
        whole = np.round(part.mean(axis=0), 1) if told.rule.measure.kind == "days" else part.sum(axis=0)
        yield as_block(world, told, Level.STATE, (STATE,), whole[None, :])


def catchments(world: World, told: Told) -> Iterator[Block]:
    """The block of whole coalitions, added up from towns; nothing for a measure that is not told of towns."""
    if told.rule.places in TOWN_PLACES:
        values = world.sums("catchments", told.rule.places) @ told.values
        yield as_block(world, told, Level.CATCHMENT, world.areas["catchments"].geoids, values)


def as_block(world: World, told: Told, level: Level, geoids: tuple[str, ...], values: FloatArray) -> Block:
    """The block of some places of a level, with what is hidden and what was not reported."""
    states = np.where(_hidden(told.rule, values), SUPPRESSED, VALUE).astype(np.int8)
    _fall_silent(world, told, geoids, states)
    return Block(
        measure=told.rule.measure.id, basis=told.basis, level=level, geoids=geoids, spans=told.spans,
        provisional=tuple(world.spans.provisional(told.spans)), values=np.round(values, 2), states=states,
        partner=told.partner, stratum=told.stratum,
    )  # fmt: skip


def _hidden(rule: Rule, values: FloatArray) -> NDArray[np.bool_]:
    """Counts of people from 1 up to the rule's threshold; a true zero may be told."""
    if not rule.hidden_below or rule.measure.kind in ("days", "money"):
        return np.zeros(values.shape, dtype=bool)
    return (values > 0) & (values < rule.hidden_below)


def _fall_silent(world: World, told: Told, geoids: tuple[str, ...], states: StateArray) -> None:
    """Mark the quarters in which a coalition, or the partner, reported nothing."""
    statewide = told.rule.places == "state" and not told.partner
    if told.rule.cadence not in ("month", "quarter") or statewide:
        return
    back = len(world.spans.quarter) - 1 - world.spans.quarter_of(told.spans)
    for coalition in world.coalitions:
        missing = [*coalition.silent.get(told.rule.silent_with, []), *coalition.missed.get(told.partner, [])]
        columns = np.isin(back, missing)
        if columns.any():
            members = {world.ground.geoids[n] for n in coalition.towns} | {coalition.id}
            rows = np.array([geoid in members for geoid in geoids])
            states[np.ix_(rows, columns)] = NOT_REPORTED
