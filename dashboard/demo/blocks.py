"""Rectangles of numbers (places by spans) and their writing out as observations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.demo.spans import Span
from dashboard.domain import FloatArray, Level, State
from dashboard.intake import Observations

VALUE, SUPPRESSED, NOT_REPORTED = 0, 1, 2
STATE_WORDS = np.array([State.VALUE.value, State.SUPPRESSED.value, State.NOT_REPORTED.value], dtype=object)
StateArray = NDArray[np.int8]


@dataclass(frozen=True)
class Block:
    """One measure on one level: `values` and `states` are places by spans; an absent value stays behind its state."""

    measure: str
    basis: str
    level: Level
    geoids: tuple[str, ...]
    spans: tuple[Span, ...]
    provisional: tuple[bool, ...]
    values: FloatArray
    states: StateArray
    partner: str = ""
    stratum: str = ""

    def __len__(self) -> int:
        return int(self.values.size)


def write(blocks: Iterable[Block]) -> Observations:
    """All blocks as observation columns, place by place; texts and dates are shared objects."""
    columns = Observations()
    for block in blocks:
        rows, places = len(block), len(block.geoids)
        columns.measure += [block.measure] * rows
        columns.basis += [block.basis] * rows
        columns.partner += [block.partner] * rows
        columns.stratum += [block.stratum] * rows
        columns.geoid += [geoid for geoid in block.geoids for _ in block.spans]
        columns.start += [start for start, _ in block.spans] * places
        columns.end += [end for _, end in block.spans] * places
        columns.provisional += list(block.provisional) * places
        columns.state += STATE_WORDS[block.states.ravel()].tolist()
        columns.value += _values(block)
    return columns


def _values(block: Block) -> list[float | None]:
    values: NDArray[np.object_] = block.values.ravel().astype(object)
    values[block.states.ravel() != VALUE] = None
    return list(values.tolist())


def digest(blocks: Iterable[Block]) -> str:
    """The sha256 of what the blocks say, in their order."""
    sha = hashlib.sha256()
    for block in blocks:
        shown = np.where(block.states == VALUE, block.values, -1.0)
        words = (block.measure, block.basis, block.partner, block.stratum, *block.geoids, str(block.spans))
        sha.update("\n".join(words).encode())
        sha.update(np.ascontiguousarray(shown).tobytes())
        sha.update(np.ascontiguousarray(block.states).tobytes())
    return sha.hexdigest()
