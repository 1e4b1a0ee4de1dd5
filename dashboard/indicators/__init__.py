"""The registry: measures from measures.toml, indicators from one TOML file each, unknown keys refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.domain import Basis, Direction, Indicator, Measure, Term
from dashboard.errors import DefinitionError, InvalidQuery

FOLDER = Path(__file__).parent
MEASURES_FILE = FOLDER.parent / "measures.toml"
THEMES = ("outcomes", "continuity", "naloxone", "treatment", "access", "coalition", "safety")
KINDS = frozenset({"rate", "proportion", "ratio", "count", "stock", "money", "days"})
MEASURE_KINDS = frozenset({"count", "stock", "money", "days", "status"})
ADDABLE = frozenset({"place", "time", "partner", "stratum"})
REQUIRED = frozenset(
    {"name", "theme", "kind", "direction", "numerator", "unit", "definition", "source_of_definition", "reviewed_on"}
)
OPTIONAL = frozenset({"denominator", "per", "months", "bases", "strata", "caveats", "disclosure", "anchor"})


@dataclass(frozen=True)
class Registry:
    """All measures and indicators, by id."""

    measures: Mapping[str, Measure]
    indicators: Mapping[str, Indicator]

    def indicator(self, id_: str) -> Indicator:
        """The indicator with this id; InvalidQuery names the nearest ones."""
        if id_ in self.indicators:
            return self.indicators[id_]
        near = sorted(self.indicators, key=lambda known: _unlike(known, id_))[:3]
        raise InvalidQuery(f"There is no indicator '{id_[:60]}'. Did you mean {', '.join(near)}?")


@cache
def registry() -> Registry:
    """The registry that ships with the program, read once; DefinitionError lists every fault in every file."""
    return read_registry(MEASURES_FILE, sorted(FOLDER.glob("*.toml")))


def read_registry(measures_file: Path, indicator_files: list[Path]) -> Registry:
    """Read definition files; DefinitionError lists all their faults at once."""
    faults: list[str] = []
    measures = {
        id_: _measure(id_, entry, faults) for id_, entry in tomllib.loads(measures_file.read_text("utf-8")).items()
    }
    indicators = {}
    for path in indicator_files:
        entry = tomllib.loads(path.read_text("utf-8"))
        found = _faults(path.stem, entry, measures)
        faults += found
        if not found:
            indicators[path.stem] = _indicator(path.stem, entry)
    if faults:
        raise DefinitionError("Definitions are wrong:\n" + "\n".join(faults))
    return Registry(measures, indicators)


def _measure(id_: str, entry: Mapping[str, Any], faults: list[str]) -> Measure:
    unknown = set(entry) - {"label", "kind", "adds_over", "people"}
    if unknown or entry.get("kind") not in MEASURE_KINDS or not set(entry.get("adds_over", ())) <= ADDABLE:
        faults.append(f"measures.toml [{id_}]: needs label, kind, adds_over (and may say people); got {dict(entry)}")
    adds_over = frozenset(entry.get("adds_over", ()))
    return Measure(id_, entry.get("label", id_), entry.get("kind", ""), adds_over, entry.get("people", False))


def _faults(id_: str, entry: Mapping[str, Any], measures: Mapping[str, Measure]) -> list[str]:
    faults = [f"{id_}.toml: '{key}' is missing" for key in sorted(REQUIRED - set(entry))]
    faults += [f"{id_}.toml: unknown key '{key}'; remove it" for key in sorted(set(entry) - REQUIRED - OPTIONAL)]
    for key, allowed in (("theme", THEMES), ("kind", KINDS), ("direction", tuple(Direction))):
        if entry.get(key) not in allowed:
            faults.append(f"{id_}.toml: {key} '{entry.get(key)}' is not one of {', '.join(sorted(allowed))}")
    for term in ("numerator", "denominator"):
        names = entry.get(term, {}).get("measures", [])
        faults += [f"{id_}.toml: {term} names no known measure '{name}'" for name in names if name not in measures]
        if term in entry and set(entry[term]) != {"measures", "label"}:
            faults.append(f"{id_}.toml: {term} needs exactly measures and label")
    if entry.get("kind") in ("rate", "proportion", "ratio") and "denominator" not in entry:
        faults.append(f"{id_}.toml: a {entry['kind']} needs a denominator")
    return faults


def _indicator(id_: str, entry: Mapping[str, Any]) -> Indicator:
    fields = {key: value for key, value in entry.items() if key not in ("numerator", "denominator")}
    reviewed = fields["reviewed_on"]
    fields |= {
        "numerator": _term(entry["numerator"]),
        "denominator": _term(entry["denominator"]) if "denominator" in entry else None,
        "direction": Direction(entry["direction"]),
        "per": entry.get("per", 100 if entry["kind"] == "proportion" else 1),
        "bases": tuple(Basis(basis) for basis in entry.get("bases", ("none",))),
        "strata": tuple(entry.get("strata", ())),
        "caveats": tuple(entry.get("caveats", ())),
        "reviewed_on": reviewed if isinstance(reviewed, date) else date.fromisoformat(str(reviewed)),
    }
    return Indicator(id=id_, **fields)


def _term(entry: Mapping[str, Any]) -> Term:
    return Term(tuple(entry["measures"]), entry["label"])


def _unlike(known: str, asked: str) -> float:
    from difflib import SequenceMatcher

    return -SequenceMatcher(None, known, asked[:80]).ratio()
