"""What an earlier release said and is so no more: its numbers as they were, tied to those that have stayed the same.

Whoever kept the release subtracts the one from the other: hidden numbers that nobody revised are the same unknown in
both, and what was safe in each alone may be told by both together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from dashboard.disclosure.solver import Programme
from dashboard.releases.release import Key, Structure
from dashboard.releases.sums import Sum

REST = "rest of"
AS_OF = "@"
"""Stands between a term and the number of the release that told the count."""
HARDLY = 1e-3
"""Cost of a count that only the earlier release knows of."""


@dataclass
class Before:
    """Numbers as they were by keys of their own, their sums, and which of them were shown or hidden."""

    counts: dict[Key, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    shown: set[Key] = field(default_factory=set)
    hidden: set[Key] = field(default_factory=set)


def before(counts: Mapping[Key, int], earlier: Iterable[tuple[int, Structure]]) -> Before:
    """All that earlier releases (number, structure) say about the numbers `counts` that have been revised since.

    What was hidden then is not written down anywhere: it is taken to be what fits that release with the fewest changes.
    """
    found = Before()
    for number, structure in earlier:
        then = {key: (policy, count) for key, policy, count in structure.cells}
        if any(count not in (None, counts.get(key, count)) for key, (_, count) in then.items()):
            sums: list[Sum] = [(total, tuple(parts)) for total, parts in structure.sums if total in counts]
            _add(found, counts, (number, then, sums))
    return found


Then = tuple[int, Mapping[Key, tuple[str, int | None]], Sequence[Sum]]
"""A release's number, its counts with their policies, its sums."""


def _add(found: Before, counts: Mapping[Key, int], release: Then) -> None:
    number, then, sums = release
    was = _as_it_was(counts, {key: count for key, (_, count) in then.items()}, sums)
    name = {key: _named(key, number, then[key]) if was[key] != counts.get(key) else key for key in was}
    for total, parts in sums:
        if any(name[key] != key for key in (total, *parts)):
            found.sums.append((name[total], tuple(name[part] for part in parts)))
            for key in {total, *parts}:
                if name[key] != key:
                    _note(found, name[key], was[key], then[key])


def _note(found: Before, key: Key, count: int, told: tuple[str, int | None]) -> None:
    found.counts[key] = count
    if told[1] is not None:
        found.shown.add(key)
    elif not told[0].startswith("-"):
        found.hidden.add(key)


def _named(key: Key, number: int, told: tuple[str, int | None]) -> Key:
    """A key of its own for a number as it was; one that nobody printed is a rest, which is not judged."""
    key = key[1:] if key[0] == REST else key
    unprinted = told[1] is None and told[0].startswith("-")
    return (*((REST,) if unprinted else ()), f"{key[0]}{AS_OF}{number}", *key[1:])


def _as_it_was(counts: Mapping[Key, int], then: Mapping[Key, int | None], sums: Sequence[Sum]) -> dict[Key, int]:
    """The numbers of a release: what it showed, and for what it hid whole numbers as near as can be to today's."""
    hidden = {key: at for at, key in enumerate(key for key, count in then.items() if count is None)}
    now = np.array([counts.get(key, 0) for key in hidden], dtype=np.float64)
    rows = [each for each in sums if any(key in hidden for key in (each[0], *each[1]))]
    matrix, right = sparse.lil_matrix((len(rows), len(hidden))), np.zeros(len(rows))
    for row, (total, parts) in enumerate(rows):
        for key, sign in ((total, 1.0), *((part, -1.0) for part in parts)):
            if key in hidden:
                matrix[row, hidden[key]] = sign
            right[row] -= sign * (counts.get(key, 0) if key in hidden else then[key] or 0)
    both = sparse.hstack([matrix, -matrix]).tocsr()
    high = np.concatenate([np.full(len(now), np.inf), now])
    costs = np.array([1.0 if key in counts else HARDLY for key in hidden])
    with Programme(both, right, np.zeros(len(high)), high, whole=True) as programme:
        found = programme.solve(np.tile(costs, 2))
    moved = np.zeros(len(high)) if found is None else np.rint(found)
    was = (now + moved[: len(now)] - moved[len(now) :]).astype(np.int64).tolist()
    return {key: was[hidden[key]] if key in hidden else int(count or 0) for key, count in then.items()}
