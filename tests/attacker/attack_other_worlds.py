"""Another world that looks the same from outside: the same public numbers, other hidden ones."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from attack_notebook import Cell, months
from attack_worlds import AMONG, BASIS, FIRST_YEAR, SEXES, YEARS, World
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

GROUPS = (*SEXES, "unknown")
STEP = 2
Counted = tuple[str, Cell]
"""A measure (or `whole less part`), and the place, period and group of a count of it."""
Unit = tuple[str, str, int, str]


def count(made: World, counted: Counted) -> int:
    """What it is in a world."""
    whole, _, part = counted[0].partition(" less ")
    return made.count(whole, counted[1]) - (made.count(part, counted[1]) if part else 0)


def another(made: World, shown: Iterable[Counted], hidden: Sequence[Counted], *, seed: int) -> World | None:
    """A world with the same shown counts and one hidden count moved, with as few others as it takes; hidden ones stay
    on their side of 5. None when there is none."""
    rng = np.random.default_rng(seed)
    units = [(m, t, q, g) for m in BASIS for t in made.towns for q in range(YEARS * 4) for g in GROUPS]
    now = np.array([_unit(made, unit) for unit in units])
    steps = np.array([0 if unit[3] == "unknown" or unit[1:3] in made.marks else STEP for unit in units])
    rows: list[tuple[list[tuple[Unit, float]], float, float]] = [
        *((_row(made, counted), count(made, counted), count(made, counted)) for counted in shown),
        *((_row(made, counted), *((0, 4) if count(made, counted) < 5 else (5, np.inf))) for counted in hidden),
    ]
    for part, whole in AMONG.items():
        inside = [unit for unit in units if unit[0] == part]
        rows += [([((whole, *unit[1:]), 1.0), (unit, -1.0)], 0, np.inf) for unit in inside]
    moved = hidden[int(rng.integers(len(hidden)))]
    way = 1 if count(made, moved) == 0 or rng.random() < 0.5 else -1
    rows.append((_row(made, moved), *((count(made, moved) + 1, np.inf) if way > 0 else (0, count(made, moved) - 1))))
    ties = _ties(rows, {unit: at for at, unit in enumerate(units)})
    both = LinearConstraint(sparse.hstack([ties.A, -ties.A]), ties.lb - ties.A @ now, ties.ub - ties.A @ now)
    most = np.concatenate([steps, np.minimum(steps, now)])
    answer = milp(rng.uniform(1, 2, 2 * len(units)), integrality=np.ones(2 * len(units)), bounds=Bounds(0, most),
                  constraints=both, options={"time_limit": 20, "mip_rel_gap": 0.2})  # fmt: skip
    if answer.x is None:
        return None
    up, down = np.split(np.rint(answer.x).astype(int), 2)
    return _with(made, dict(zip(units, (now + up - down).tolist(), strict=True)))


def _ties(rows: list[tuple[list[tuple[Unit, float]], float, float]], number: dict[Unit, int]) -> LinearConstraint:
    tall = [(at, number[unit], sign) for at, (terms, _, _) in enumerate(rows) for unit, sign in terms]
    across, down, signs = zip(*tall, strict=True)
    matrix = sparse.csr_matrix((signs, (across, down)), shape=(len(rows), len(number)))
    return LinearConstraint(matrix, [low for _, low, _ in rows], [high for *_, high in rows])


def _row(made: World, counted: Counted) -> list[tuple[Unit, float]]:
    whole, _, part = counted[0].partition(" less ")
    terms = [(unit, 1.0) for unit in _units(made, whole, counted[1])]
    return terms + [(unit, -1.0) for unit in (_units(made, part, counted[1]) if part else ())]


def _unit(made: World, unit: Unit) -> int:
    measure, town, quarter, group = unit
    told = {s: made.events.get((measure, town, quarter, s), 0) for s in ("", *SEXES)}
    return told[group] if group in told else told[""] - told[SEXES[0]] - told[SEXES[1]]


def _units(made: World, measure: str, cell: Cell) -> Iterable[Unit]:
    first, end = months(cell.period)
    quarters = range((first - FIRST_YEAR * 12) // 3, (end - FIRST_YEAR * 12) // 3)
    groups = (cell.stratum,) if cell.stratum else GROUPS
    return [(measure, t, q, g) for t in made.parts(cell.place) for q in quarters for g in groups]


def _with(made: World, counts: dict[Unit, int]) -> World:
    other = copy.deepcopy(made)
    events: dict[Unit, int] = defaultdict(int)
    for (measure, town, quarter, group), count in counts.items():
        events[measure, town, quarter, ""] += count
        if group in SEXES:
            events[measure, town, quarter, group] += count
    other.events = {key: count for key, count in events.items() if count}
    return other
