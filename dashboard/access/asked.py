"""What access asks of a reader: places, cells and sites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from dashboard.domain import Cells, Facility, Indicator, Jurisdiction, Level, Period, Query


class Places(Protocol):
    """Places by id and name."""

    def towns_of(self, id_: str) -> list[str]: ...
    def place(self, geoid: str) -> Jurisdiction: ...
    def name(self, id_: str) -> str: ...
    def finest(self, state: str) -> Level: ...


class Definitions(Protocol):
    """Indicators by id."""

    @property
    def indicators(self) -> Mapping[str, Indicator]: ...
    def indicator(self, id_: str) -> Indicator: ...


class PlaceReader(Protocol):
    """A reader of places, cells and sites; the staff's reader and every view's reader are one."""

    @property
    def registry(self) -> Definitions: ...
    @property
    def gazetteer(self) -> Places: ...
    def read(self, query: Query) -> Cells: ...
    def span(self, indicator: Indicator, state: str = "") -> Period | None: ...
    def facilities(self) -> Sequence[Facility]: ...
