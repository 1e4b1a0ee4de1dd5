"""Repeats the audit of a release from its file alone: what can be worked out of all that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.disclosure import Interval, Tables, audit
from dashboard.disclosure.policy import Policy, presets
from dashboard.releases.known import NOBODYS
from dashboard.releases.reading import ReleaseReader
from dashboard.releases.release import Key, Structure
from dashboard.releases.tables_of import feasible


@dataclass(frozen=True)
class Audited:
    """The audit of all counts under one policy. `unsafe` are hidden counts of which too much can be worked out."""

    policy: str
    counts: int
    hidden: int
    unsafe: Sequence[Interval]

    @property
    def sentence(self) -> str:
        """The verdict in a sentence."""
        head = f"Rule '{self.policy}': {self.counts:,} counts, {self.hidden:,} hidden."
        if not self.hidden and not self.unsafe:
            return f"Rule '{self.policy}': {self.counts:,} counts, none hidden."
        if not self.unsafe:
            return f"{head} None of them can be worked out."
        worst = min(self.unsafe, key=lambda each: each.high - each.low)
        return (
            f"{head} {len(self.unsafe):,} can be worked out, such as {worst.key}: "
            f"between {worst.low:.0f} and {worst.high:.0f}."
        )


def audit_release(release: ReleaseReader) -> list[Audited]:
    """The exact limits of every count that is not shown, judged as somebody must who does not know it.

    A printed "hidden" must leave the policy's width, and the whole range once it can only be small; a count that is
    never printed must not be told to be small and yet known better than the range.
    """
    structure = release.structure()
    names = sorted({policy.removeprefix(NOBODYS) for _, policy, _ in structure.cells})
    return [_audited(name, _only(structure, name)) for name in names]


def _only(structure: Structure, name: str) -> Structure:
    cells = [cell for cell in structure.cells if cell[1].removeprefix(NOBODYS) == name]
    keys = {key for key, _, _ in cells}
    return Structure(cells, [each for each in structure.sums if each[0] in keys])


def _audited(name: str, structure: Structure) -> Audited:
    policy = presets()[name]
    told: dict[Key, int | None] = {key: count for key, _, count in structure.cells}
    tables = Tables.of(feasible(told, [(total, tuple(parts)) for total, parts in structure.sums]), structure.sums)
    free = {key for key, count in told.items() if count is None}
    unknown = np.array([key in free for key in tables.keys], dtype=np.bool_)
    printed = {key for key, kind, _ in structure.cells if not kind.startswith(NOBODYS)}
    found = audit(tables, unknown, policy).intervals
    unsafe = [each for each in found if not _safe(each, policy, is_printed=each.key in printed)]
    hidden = sum(1 for key in printed if told[key] is None)
    return Audited(name, len(printed), hidden, unsafe)


def _safe(each: Interval, policy: Policy, *, is_printed: bool) -> bool:
    known_small = each.high < policy.threshold
    whole = each.low <= policy.smallest and each.high >= policy.threshold - 1
    return (not known_small or whole) and (not is_printed or each.high - each.low >= max(policy.width, 1))
