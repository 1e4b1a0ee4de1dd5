"""A question about hotspots: which events, when and where, and how they are scanned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.domain import Indicator, Period
from dashboard.errors import InvalidQuery
from geo.scan import ScanSettings


@dataclass(frozen=True)
class Question:
    """What is asked: events of an indicator over a period, by basis, in the towns of `within` against each other.

    `max_share` of the people at risk is the most that one cluster may hold; `seed` decides the maps of chance.
    """

    indicator: Indicator
    period: Period
    basis: str
    within: str
    max_share: float = 0.10
    replicates: int = 999
    seed: int = 1

    @property
    def settings(self) -> ScanSettings:
        """How to scan; InvalidQuery for a share that is none."""
        try:
            return ScanSettings(max_share=self.max_share, replicates=self.replicates)
        except ValueError as error:
            raise InvalidQuery(f"{error} Use --max-share 0.10, or up to 0.50 for reference figures.") from None

    def rng(self, stream: int) -> np.random.Generator:
        """A generator of its own for each scan of the question, so that one scan does not move another."""
        return np.random.default_rng([self.seed, stream])
