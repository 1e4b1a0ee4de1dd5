"""What can be wrong with a mapping file, all of it at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard.agreements.book import BUILT_IN
from dashboard.domain import Basis, Level
from dashboard.gazetteer import state_code
from dashboard.indicators import registry

Entry = Mapping[str, Any]
ABSENCES = ("zero", "not_reported")
SECTIONS: dict[str, frozenset[str]] = {
    "source": frozenset({"id", "title", "publisher", "licence", "url", "description"}),
    "place": frozenset({"column", "code_column", "state", "state_column", "county_column", "level", "skip"}),
    "period": frozenset({"column", "columns", "constant"}),
    "values": frozenset({"measure", "column", "columns", "suppressed", "not_reported", "zero"}),
    "partner": frozenset({"column", "constant", "names"}),
    "strata": frozenset(),
    "rules": frozenset({"basis", "absence", "as_of", "provisional", "totals"}),
}
SOURCE_KEYS = ("id", "title", "publisher", "licence")


def faults_of(entry: Entry) -> list[str]:
    """Every fault of a mapping as read from TOML; unknown keys alone when there are any."""
    unknown = _unknown_keys(entry)
    checks = (_source_faults, _place_faults, _period_faults, _value_faults, _rule_faults)
    return unknown or [fault for check in checks for fault in check(entry)]


def section(entry: Entry, name: str) -> Entry:
    """The section of that name, empty when it is not there."""
    section = entry.get(name, {})
    return section if isinstance(section, Mapping) else {}


def _unknown_keys(entry: Entry) -> list[str]:
    faults = [f"unknown section [{name}]" for name in entry if name not in SECTIONS]
    faults += [f"[{name}] is not a section" for name in entry if not isinstance(entry[name], Mapping)]
    for name, keys in SECTIONS.items():
        if keys:
            faults += [f"unknown key '{key}' in [{name}]" for key in section(entry, name) if key not in keys]
    return faults


def _source_faults(entry: Entry) -> list[str]:
    source = section(entry, "source")
    faults = [f"[source] needs {key}" for key in SOURCE_KEYS if not str(source.get(key, "")).strip()]
    id_ = str(source.get("id", ""))
    if id_ and not (id_.isascii() and id_.replace("_", "").isalnum() and len(id_) <= 64):
        faults.append(f"the id '{id_[:70]}' is not letters, digits and underscores")
    if id_ in BUILT_IN:
        faults.append(f"the id '{id_}' is that of a source this program reads itself: choose another")
    return faults


def _place_faults(entry: Entry) -> list[str]:
    place = section(entry, "place")
    faults = []
    if ("column" in place) == ("code_column" in place):
        faults.append("[place] needs either column (names) or code_column (codes)")
    if "state" in place and not state_code(str(place["state"])):
        faults.append(f"there is no state '{place['state']}'")
    if place.get("level", "town") not in tuple(Level):
        faults.append(f"level '{place['level']}' is not one of {', '.join(Level)}")
    return faults


def _period_faults(entry: Entry) -> list[str]:
    if len(section(entry, "period")) != 1:
        return ["[period] needs one of column (a long table), columns (a wide one) or constant"]
    return []


def _value_faults(entry: Entry) -> list[str]:
    values, wide = section(entry, "values"), "columns" in section(entry, "period")
    columns = values.get("columns", {})
    if wide and ("measure" not in values or "column" in values or columns):
        return ["[values] of a wide table needs measure and no column"]
    if not wide and bool(columns) == ("measure" in values and "column" in values):
        return ["[values] needs measure and column, or [values.columns] with column = measure"]
    known = registry().measures
    named = [values["measure"]] if "measure" in values else list(columns.values())
    return [f"there is no measure '{name}' in dashboard/measures.toml" for name in named if name not in known]


def _rule_faults(entry: Entry) -> list[str]:
    rules, faults = section(entry, "rules"), []
    if rules.get("basis", "none") not in tuple(Basis):
        faults.append(f"basis '{rules['basis']}' is not one of {', '.join(Basis)}")
    if rules.get("absence", "zero") not in ABSENCES:
        faults.append(f"absence '{rules['absence']}' is not one of {', '.join(ABSENCES)}")
    if not isinstance(rules.get("as_of", date.min), date):
        faults.append("as_of is not a date such as 2024-01-31 (without quotation marks)")
    partner = section(entry, "partner")
    if "column" in partner and "constant" in partner:
        faults.append("[partner] has both column and constant")
    return faults
