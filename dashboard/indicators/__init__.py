"""The registry: measures from measures.toml, indicators from one TOML file each, unknown keys refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.domain import Basis, Direction, Indicator, Measure, Term
from dashboard.errors import DefinitionError, InvalidQuery
from dashboard.indicators.faults import (
    ADDABLE,
    KINDS,
    MEASURE_KINDS,
    THEMES,
    indicator_faults,
    measure_faults,
    name_faults,
)

__all__ = ["ADDABLE", "KINDS", "MEASURE_KINDS", "THEMES", "Registry", "read_registry", "registry"]

FOLDER = Path(__file__).parent
MEASURES_FILE = FOLDER.parent / "measures.toml"


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
    measure_entries = _read(measures_file, faults)
    entries = {path.stem: _read(path, faults) for path in indicator_files}
    for id_, entry in measure_entries.items():
        faults += measure_faults(id_, entry)
    for id_, entry in entries.items():
        faults += indicator_faults(id_, entry, measure_entries) if entry else []
    faults += name_faults(entries)
    if faults:
        raise DefinitionError("Definitions are wrong:\n" + "\n".join(faults))
    measures = {id_: _measure(id_, entry) for id_, entry in measure_entries.items()}
    return Registry(measures, {id_: _indicator(id_, entry) for id_, entry in entries.items()})


def _read(path: Path, faults: list[str]) -> dict[str, Any]:
    """The file's table; an unreadable or empty file is a fault and reads as an empty table."""
    try:
        entry = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{path.name}: cannot be read as TOML: {error}")
        return {}
    if not entry:
        faults.append(f"{path.name}: is empty")
    return entry


def _measure(id_: str, entry: Mapping[str, Any]) -> Measure:
    return Measure(id_, entry["label"], entry["kind"], frozenset(entry["adds_over"]), entry.get("people", False))


def _indicator(id_: str, entry: Mapping[str, Any]) -> Indicator:
    fields = dict(entry) | {
        "numerator": _term(entry["numerator"]),
        "denominator": _term(entry["denominator"]) if "denominator" in entry else None,
        "direction": Direction(entry["direction"]),
        "per": entry.get("per", 100 if entry["kind"] == "proportion" else 1),
        "bases": tuple(Basis(basis) for basis in entry.get("bases", ("none",))),
        "strata": tuple(entry.get("strata", ())),
        "caveats": tuple(entry.get("caveats", ())),
    }
    return Indicator(id=id_, **fields)


def _term(entry: Mapping[str, Any]) -> Term:
    return Term(tuple(entry["measures"]), entry["label"])


def _unlike(known: str, asked: str) -> float:
    return -SequenceMatcher(None, known, asked[:80]).ratio()
