"""What is out already when a release is protected: numbers that earlier releases showed, and those that they hid."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dashboard.disclosure import Policy, Tables, gate
from dashboard.releases.release import Key, Structure
from dashboard.releases.revised import Before, before
from dashboard.releases.sums import Sum

NOBODYS = "-"
"""Begins the policy of counts that stand in the equations but are never printed."""
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class System:
    """Tables with the cells that have to be hidden and those that cannot be, because they were shown."""

    tables: Tables
    hidden: Mask
    known: Mask


@dataclass(frozen=True)
class Known:
    """Today's tables and sums, the numbers that a source hides, and all earlier releases by number."""

    tables: Tables
    sums: Sequence[Sum]
    unknown: frozenset[Key]
    earlier: Sequence[tuple[int, Structure]]

    @cached_property
    def hidden_before(self) -> frozenset[Key]:
        """Numbers that some earlier release hid."""
        return _said(structure for _, structure in self.earlier)[1]

    def as_it_is(self) -> System:
        """The tables beside the numbers of earlier releases that are still the same."""
        return self._system(self.earlier, Before())

    def as_it_was(self) -> System:
        """The tables beside all numbers of earlier releases, those too that have been revised since."""
        counts = dict(zip(self.tables.keys, self.tables.values.tolist(), strict=True))
        return self._system(self.earlier, before(counts, self.earlier))  # type: ignore[arg-type]

    def told_by(self, key: Hashable, policy: Policy) -> list[int]:
        """Earlier releases of which each tells a number too well, whatever else is hidden; all when only together."""
        alone = [each for each in self.earlier if self._tells([each], key, policy)]
        return [number for number, _ in alone or self.earlier]

    def _tells(self, earlier: Sequence[tuple[int, Structure]], key: Hashable, policy: Policy) -> bool:
        system = self._system(earlier, Before())
        return key in {each.key for each in gate(system.tables, ~system.known, policy).unsafe}

    def _system(self, earlier: Sequence[tuple[int, Structure]], was: Before) -> System:
        tables = self.tables
        if was.sums:
            counts = dict(zip(tables.keys, tables.values.tolist(), strict=True)) | was.counts
            tables = replace(Tables.of(counts, [*self.sums, *was.sums]), guessed=frozenset(was.counts))
        shown, hid = _said(structure for _, structure in earlier)
        shown |= {key: was.counts[key] for key in was.shown}
        at = {key: n for n, key in enumerate(tables.keys)}
        hidden, known = np.zeros(len(tables), dtype=bool), np.zeros(len(tables), dtype=bool)
        hidden[[at[key] for key in (*self.unknown, *hid, *was.hidden) if key in at]] = True
        known[[at[key] for key, value in shown.items() if key in at and tables.values[at[key]] == value]] = True
        return System(tables, hidden, known & ~hidden)


def _said(earlier: Iterable[Structure]) -> tuple[dict[Key, int], frozenset[Key]]:
    """What earlier releases showed, and what they hid, by key."""
    shown: dict[Key, int] = {}
    hidden: set[Key] = set()
    for structure in earlier:
        for key, policy, count in structure.cells:
            if count is not None:
                shown[key] = count
            elif not policy.startswith(NOBODYS):
                hidden.add(key)
    return shown, frozenset(hidden)
