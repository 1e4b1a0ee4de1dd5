"""What may be shown to whom: a threshold belongs to the source and the audience, with its citation."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("policies.toml")


@dataclass(frozen=True)
class Policy:
    """Counts below `threshold` are hidden, zeros too where they are `hidden`.

    An attacker who knows everything shown must be unable to narrow a small count to less than the whole range from
    `smallest` to `threshold` - 1, or any other hidden number to less than `width`.
    """

    threshold: int
    zeros: str
    citation: str

    def __post_init__(self) -> None:
        if self.threshold < 1:
            raise ValueError(f"a threshold is 1 or more, not {self.threshold}")
        if self.zeros not in ("shown", "hidden"):
            raise ValueError(f"zeros are 'shown' or 'hidden', not '{self.zeros}'")

    @property
    def smallest(self) -> int:
        """The smallest count that a hidden small number may be."""
        return 0 if self.zeros == "hidden" else 1

    @property
    def width(self) -> int:
        """How far an attacker's limits of a hidden number must lie apart, at least."""
        return max(self.threshold - 1 - self.smallest, 0)

    @property
    def range_words(self) -> str:
        """The range of a small count as it is printed: 0-4."""
        return f"{self.smallest}-{self.threshold - 1}"

    def primary(self, values: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which counts are small enough to point to a person (primary suppression)."""
        return (values >= self.smallest) & (values < self.threshold)


@cache
def presets() -> dict[str, Policy]:
    """The policies of policies.toml by name."""
    return {name: Policy(**row) for name, row in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}
