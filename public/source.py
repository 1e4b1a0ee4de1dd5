"""What the public view may ask of a release; the release reader answers it, and so does a plain object in tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from dashboard.domain import Cells, Facility, Indicator, PlaceSet, Target
from dashboard.releases.release import PublicText, ReleaseSource, TableKey
from dashboard.releases.release import ReleasedPlace as Place

__all__ = ["Place", "PublicText", "ReleaseSource", "Released", "TableKey"]


class Released(Protocol):
    """One release, whole and unchanging."""

    @property
    def number(self) -> int: ...
    @property
    def made_on(self) -> date: ...
    @property
    def meta(self) -> Mapping[str, str]:
        """Whatever was written beside the numbers: title, contact, home, small_town, demonstration."""
        ...

    @property
    def indicators(self) -> Sequence[Indicator]: ...
    @property
    def tables(self) -> Sequence[TableKey]: ...
    @property
    def places(self) -> Sequence[Place]: ...
    @property
    def sets(self) -> Sequence[PlaceSet]: ...
    @property
    def shapes(self) -> Mapping[str, Mapping[str, Any]]:
        """State -> prepared shapes of its towns, as geo.boundaries packs them."""
        ...

    @property
    def sites(self) -> Sequence[Facility]: ...
    @property
    def targets(self) -> Sequence[Target]: ...
    @property
    def sources(self) -> Sequence[ReleaseSource]: ...
    @property
    def hidden_ranges(self) -> Mapping[str, tuple[int, int]]:
        """Indicator -> the range of counts that its policy hides."""
        ...

    @property
    def notes(self) -> Sequence[tuple[str, str]]: ...

    @property
    def texts(self) -> Sequence[PublicText]:
        """Answered requests of the community, newest first, then the code of conduct; often none."""
        ...

    def cells(self, table: TableKey) -> Cells:
        """One published table; rates and intervals come from its own counts."""
        ...
