"""A mapping file: which column of a table is the place, the period, the number, the partner and the group.

docs/loading.md shows one. Unknown keys are refused, so that a misspelled one is not silently ignored.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.domain import Basis, Level
from dashboard.gazetteer import state_code
from data_loaders.contract import Report
from data_loaders.mapping_faults import faults_of, section

SUFFIX = ".mapping.toml"


@dataclass(frozen=True)
class TableMapping:
    """What a mapping file says, checked; an unused column name is ""."""

    source: Mapping[str, str]
    place_column: str
    code_column: str
    state: str
    state_column: str
    county_column: str
    level: Level
    skip: frozenset[str]
    period_column: str
    period_columns: tuple[str, ...]
    """Headers that are periods themselves (a wide table); ("all",) for every header that reads as one."""
    period_constant: str
    measures: Mapping[str, str]
    """Column -> measure; of a wide table {"": measure}."""
    markers: Mapping[str, str]
    """Lower-case text of a cell -> "suppressed", "not_reported" or "zero"."""
    partner_column: str
    partner: str
    partner_names: Mapping[str, str]
    """Name as the table writes it -> id of the partner; empty: the table writes ids."""
    strata: Mapping[str, str]
    """Dimension -> column, in the order of the dimensions."""
    basis: Basis
    absence: str
    as_of: date | None
    provisional: bool
    totals: frozenset[str] = field(default=frozenset())


def beside(path: Path) -> Path | None:
    """The mapping file that lies beside a file (deaths.csv, deaths.mapping.toml), None when there is none."""
    candidate = path.with_name(path.stem + SUFFIX)
    return candidate if candidate.is_file() else None


def parse(text: str, name: str, report: Report) -> TableMapping | None:
    """Read a mapping file; None when anything is wrong with it, and every fault is in the report."""
    try:
        entry = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        report.problem(f"The mapping file {name} is not TOML: {error}.", "Correct that line (docs/loading.md).")
        return None
    faults = faults_of(entry)
    for fault in faults:
        report.problem(f"The mapping file {name} is wrong: {fault}.", "Correct it (docs/loading.md shows one).")
    return None if faults else _build(entry)


def _build(entry: Mapping[str, Any]) -> TableMapping:
    place, period, values, partner, rules = (
        section(entry, name) for name in ("place", "period", "values", "partner", "rules")
    )
    columns = period.get("columns", ())
    return TableMapping(
        source={key: str(text) for key, text in section(entry, "source").items()},
        place_column=place.get("column", ""),
        code_column=place.get("code_column", ""),
        state=state_code(str(place.get("state", ""))),
        state_column=place.get("state_column", ""),
        county_column=place.get("county_column", ""),
        level=Level(place.get("level", "town")),
        skip=frozenset(text.lower() for text in place.get("skip", ())),
        period_column=period.get("column", ""),
        period_columns=(columns,) if isinstance(columns, str) else tuple(columns),
        period_constant=str(period.get("constant", "")),
        measures=values.get("columns") or {values.get("column", ""): values["measure"]},
        markers={
            text.lower(): kind for kind in ("suppressed", "not_reported", "zero") for text in values.get(kind, ())
        },
        partner_column=partner.get("column", ""),
        partner=partner.get("constant", ""),
        partner_names=dict(partner.get("names", {})),
        strata=dict(sorted(section(entry, "strata").items())),
        basis=Basis(rules.get("basis", "none")),
        absence=rules.get("absence", "not_reported"),
        as_of=rules.get("as_of"),
        provisional=bool(rules.get("provisional", False)),
        totals=frozenset(text.lower() for text in rules.get("totals", ("all", "total"))),
    )
