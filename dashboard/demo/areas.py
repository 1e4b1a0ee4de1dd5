"""The places that report a measure, and which towns each of them holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.domain import FloatArray, Level


@dataclass(frozen=True)
class Areas:
    """Places that report: geoid, level and, for adding towns up, which of the ground's towns each one holds."""

    geoids: tuple[str, ...]
    levels: tuple[Level, ...]
    members: FloatArray
    """Areas by towns, 1 where the town belongs to the area."""

    def __len__(self) -> int:
        return len(self.geoids)

    def of_level(self, level: Level) -> NDArray[np.int64]:
        """Positions of the areas of this level."""
        return np.array([n for n, own in enumerate(self.levels) if own is level], dtype=np.int64)

    def and_also(self, others: Areas) -> Areas:
        """These areas and others after them."""
        members = np.vstack([self.members, others.members])
        return Areas(self.geoids + others.geoids, self.levels + others.levels, members)
