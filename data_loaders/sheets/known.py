"""What is known besides a partner's file when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dashboard.domain import Measure
from data_loaders.places import PlaceIndex
from data_loaders.sheets.mapping import SheetMapping


@dataclass(frozen=True)
class Known:
    """What is known besides the file: places, measures, whose file it is, and what was decided about its layouts.

    `dimensions` are the groups known already, so that they are spelled alike. `remembered` are mappings by fingerprint.
    `partners` (id -> name) may be named in a column of a file that speaks for several. `file` is the file's name, which
    may tell the period; `state` the two-digit code of the likely state.
    """

    places: PlaceIndex
    measures: Mapping[str, Measure]
    partner: str
    today: date
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    remembered: Mapping[str, SheetMapping] = field(default_factory=dict)
    partners: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    state: str = ""
