"""Which numbers are told: the whole of every measure always, groups and partners as far as the rows reach."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.demo.blocks import Block
from dashboard.demo.detail import Details
from dashboard.demo.emit import TOWN_PLACES, Positions, Told, catchments, larger_levels, own_levels, towns_at
from dashboard.demo.referrals import pairs
from dashboard.demo.rules import Rule

Unit = tuple[int, list[Block]]
COALITIONS, FIRST_TOWNS, TOWN_PARTNERS, OUTCOME_TOWNS, CORE_TOWNS, OTHER_TOWNS = range(6)
"""In this order details are told until the rows are used up."""


def chosen(details: Details, rows: int) -> list[Block]:
    """The blocks to tell, about `rows` observations; what is left out are whole groups of a measure, never cells."""
    found = [block for rule in details.rules.values() for block in wholes(details, rule)]
    left = rows - sum(map(len, found))
    units = [unit for rule in details.rules.values() for unit in (*_groups(details, rule), *_partners(details, rule))]
    units = [*((COALITIONS, blocks) for blocks in pairs(details)), *units]
    for _, blocks in sorted(units, key=lambda unit: unit[0]):
        size = sum(map(len, blocks))
        if size <= left:
            found += blocks
            left -= size
    return found


def wholes(details: Details, rule: Rule) -> Iterator[Block]:
    """The measure itself on its own places, and above them where towns cannot be added up or are hidden."""
    for basis in rule.bases:
        values = details.totals[rule.measure.id, basis]
        told = Told(rule, basis, details.world.spans.of(rule.cadence), values)
        yield from own_levels(details.world, told)
        if rule.places not in TOWN_PLACES or rule.hidden_below:
            yield from larger_levels(details.world, told)


def _groups(details: Details, rule: Rule) -> Iterator[Unit]:
    """Groups of whole coalitions (and counties and the state where it is known) first, of their towns after."""
    for basis in rule.bases[:1]:
        for dimension in rule.dims:
            told = details.by_group(rule, basis, dimension)
            if rule.places not in TOWN_PLACES:
                levels = (own_levels, larger_levels)
                yield COALITIONS, [block for one in told for tell in levels for block in tell(details.world, one)]
                continue
            yield COALITIONS, [block for one in told for block in larger_levels(details.world, one)]
            for rank, towns in _town_tiers(details, rule):
                yield rank, [towns_at(details.world, one, towns) for one in told]


def _town_tiers(details: Details, rule: Rule) -> Iterator[tuple[int, Positions]]:
    monthly = OUTCOME_TOWNS if rule.theme == "outcomes" else CORE_TOWNS
    rank = FIRST_TOWNS if rule.first else monthly if rule.cadence == "month" else OTHER_TOWNS
    for coalition in details.world.coalitions:
        if coalition.town_detail or rule.theme == "outcomes":
            yield rank, coalition.towns


def _partners(details: Details, rule: Rule) -> Iterator[Unit]:
    """Partners' own numbers: of their coalition as a whole, and of its towns where the detail reaches."""
    if rule.places not in TOWN_PLACES or not rule.sectors or rule.cadence not in ("month", "quarter"):
        return
    by_id = {coalition.id: coalition for coalition in details.world.coalitions}
    for basis in rule.bases:
        for partner, told in details.by_partner(rule, basis):
            coalition = by_id[partner.coalition]
            yield COALITIONS, [only(block, coalition.id) for block in catchments(details.world, told)]
            if coalition.town_detail:
                yield TOWN_PARTNERS, [towns_at(details.world, told, coalition.towns)]


def only(block: Block, geoid: str) -> Block:
    """The block of one of its places."""
    at = block.geoids.index(geoid)
    return Block(
        block.measure, block.basis, block.level, (geoid,), block.spans, block.provisional,
        block.values[at : at + 1], block.states[at : at + 1], block.partner, block.stratum,
    )  # fmt: skip
