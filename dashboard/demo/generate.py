"""The demonstration as intakes: first the places and people, then the numbers, theme by theme."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

import numpy as np

from dashboard.demo.blocks import VALUE, Block, digest, write
from dashboard.demo.budget import chosen
from dashboard.demo.coalitions import coalitions
from dashboard.demo.detail import Details
from dashboard.demo.earlier import first_day, first_reported, replaced
from dashboard.demo.places import Ground, ground
from dashboard.demo.registers import entries
from dashboard.demo.rules import POPULATION, rules
from dashboard.demo.shapes import boundaries, planning_areas, schematic_towns
from dashboard.demo.sites import sites
from dashboard.demo.spans import Span, Spans
from dashboard.demo.targets import strategies, targets
from dashboard.demo.world import World
from dashboard.domain import Basis, FloatArray, Level, SourceCard
from dashboard.indicators import THEMES, registry
from dashboard.intake import Coverage, Intake

SOURCE = "demonstration"
NOTE = "Demonstration data, not real: invented by a seeded program for real towns."
CARD = SourceCard(
    id=SOURCE,
    title="Demonstration coalition",
    publisher="made by this program, not published by anybody",
    licence="none needed: the numbers are invented",
    description="Real towns of Massachusetts with invented numbers, calibrated to published totals. Not real data.",
)
FULL_ROWS = 1_000_000
MONTHS, FEWEST_MONTHS = 60, 24
DEATHS = ("opioid_deaths", Basis.RESIDENCE.value)
PLANNING_MONTHS = 36


def demonstration(*, seed: int = 20, today: date, rows: int = FULL_ROWS) -> Iterator[Intake]:
    """Intakes of the demonstration: what was known before the newest load, then the numbers, then targets.

    What was known before: places, residents, coalitions and sites, the coalitions' numbers as first reported, and the
    targets first agreed. An intake was loaded on its `as_of`.

    The same seed, month of `today` and `rows` give the same content. The last month lies two months before that of
    `today`. `rows` is about how many observations come out: fewer than a million means fewer months, then fewer
    groups and partners; the whole of every measure is always there.
    """
    today = today.replace(day=1)
    months = int(np.clip(round(MONTHS * rows / FULL_ROWS), FEWEST_MONTHS, MONTHS))
    place = ground(seed, today.year)
    world = World(seed, place, coalitions(place), Spans.before(today, months))
    measured = rules(registry())
    details = Details(world, world.totals(measured), measured)
    first = _places_intake(details, first_day(today))
    earlier = _intake("numbers as first reported", first_reported(details), first_day(today))
    yield from (first, earlier)
    blocks = chosen(details, rows - first.rows_accepted - earlier.rows_accepted)
    yield _targets_intake(details, first_day(today), first=True)
    for theme in THEMES:
        ours = [block for block in blocks if measured[block.measure].theme == theme]
        if ours:
            yield _numbers_intake(theme, ours, today, details)
    yield _targets_intake(details, today, first=False)


def _places_intake(details: Details, today: date) -> Intake:
    """Places, sets, shapes, residents, coalitions, partners and sites."""
    world = details.world
    place = world.ground
    people = list(_residents(place))
    shapes = schematic_towns(place)
    intake = _intake("places and residents", people, today)
    intake.places = [*place.places, *(coalition.place() for coalition in world.coalitions)]
    intake.aliases, intake.place_codes = place.aliases, place.codes
    intake.place_sets = [
        *place.regions,
        *(coalition.catchment(place) for coalition in world.coalitions),
        *planning_areas(place, shapes, _deaths(details)),
    ]
    intake.boundaries = boundaries(place, shapes)
    intake.coalitions = [(coalition.id, coalition.name, coalition.id) for coalition in world.coalitions]
    intake.partners = [partner for coalition in world.coalitions for partner in coalition.partners]
    intake.facilities = sites(place, world.seed, today)
    return intake


def _numbers_intake(theme: str, blocks: list[Block], today: date, details: Details) -> Intake:
    """Numbers of one theme, with the breaks in definition among them; they replace what was first reported."""
    intake, spans = _intake(theme, blocks, today), details.world.spans
    broken = {id_: rule for id_, rule in details.rules.items() if rule.theme == theme and rule.break_on}
    intake.notes += [rule.break_note for rule in broken.values()]
    intake.breaks = [(id_, rule.break_on, rule.break_label) for id_, rule in broken.items() if rule.break_on]
    spoken = {(part.measure, part.level, part.basis, part.partner) for part in intake.coverage}
    again = replaced(details.rules, {block.measure for block in blocks}, spans.month[0][0], spans.end)
    intake.coverage += [part for part in again if (part.measure, part.level, part.basis, part.partner) not in spoken]
    return intake


def _targets_intake(details: Details, today: date, *, first: bool) -> Intake:
    """Targets as they were first agreed where they changed since, or as they stand."""
    intake = _intake("first targets" if first else "targets", [], today)
    raised = "Raised after the autumn review: the first aim was nearly reached"
    intake.strategies, intake.targets_why = strategies(), "Agreed when the coalition began" if first else raised
    intake.targets = targets(details, registry(), first=first)
    intake.entries = [] if first else entries(details, today)
    intake.sha256 = hashlib.sha256(f"{intake.sha256} {intake.targets} {intake.entries}".encode()).hexdigest()
    return intake


def _intake(part: str, blocks: list[Block], today: date) -> Intake:
    sha = hashlib.sha256(f"{part} {today} {digest(blocks)}".encode()).hexdigest()
    return Intake(
        source=SOURCE, file_name=f"demonstration: {part}", sha256=sha, as_of=today, observations=write(blocks),
        coverage=_coverage(blocks), rows_accepted=sum(map(len, blocks)), notes=[NOTE], demonstration=True,
    )  # fmt: skip


def _coverage(blocks: list[Block]) -> list[Coverage]:
    """One entry for each measure, level, basis and partner, from its first to its last day."""
    spoken: dict[tuple[str, Level, str, str], list[Span]] = {}
    for block in blocks:
        key = block.measure, block.level, block.basis, block.partner
        spoken.setdefault(key, []).extend((block.spans[0], block.spans[-1]))
    return [
        Coverage(measure, min(spans)[0], max(end for _, end in spans), level, Basis(basis), partner)
        for (measure, level, basis, partner), spans in spoken.items()
    ]


def _residents(place: Ground) -> Iterator[Block]:
    """Residents of every known year, and by group in 2020 and the newest year, adding up to the whole."""
    yield _people(place, place.residents, place.years)
    edges = (1, len(place.years) - 1)
    for dimension, values in place.groups.items():
        newest = place.people_in(dimension, edges[1])
        for number, value in enumerate(values):
            counts = np.column_stack([place.people[dimension][:, number], newest[:, number]])
            yield _people(place, counts, tuple(place.years[edge] for edge in edges), f"{dimension}={value}")


def _people(place: Ground, counts: np.ndarray, years: tuple[int, ...], stratum: str = "") -> Block:
    spans = tuple((date(year, 1, 1), date(year + 1, 1, 1)) for year in years)
    return Block(
        measure=POPULATION, basis=Basis.RESIDENCE.value, level=Level.TOWN, geoids=place.geoids, spans=spans,
        provisional=(False,) * len(spans), values=counts.astype(float),
        states=np.full(counts.shape, VALUE, dtype=np.int8), stratum=stratum,
    )  # fmt: skip


def _deaths(details: Details) -> FloatArray:
    """Each town's deaths in the window that planning areas are made for; all alike if nobody counts deaths."""
    deaths = details.totals.get(DEATHS)
    if deaths is None:
        return np.ones(len(details.world.ground.towns))
    return np.asarray(deaths[:, -PLANNING_MONTHS:].sum(axis=1))
