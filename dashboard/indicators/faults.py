"""What can be wrong with a definition file: every fault as a sentence that names file and key."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from dashboard.domain import Basis, Direction

Entry = Mapping[str, Any]
THEMES = ("outcomes", "continuity", "naloxone", "treatment", "access", "coalition", "safety")
KINDS = frozenset({"rate", "proportion", "ratio", "count", "stock", "money", "days"})
DIVIDED = frozenset({"rate", "proportion", "ratio"})
MEASURE_KINDS = frozenset({"count", "stock", "money", "days", "status"})
ADDABLE = frozenset({"place", "time", "partner", "stratum"})
DISCLOSURE = ("public_record", "default", "treatment")
LONGEST_NAME = 48
REQUIRED = frozenset(
    {"name", "theme", "kind", "direction", "numerator", "unit", "definition", "source_of_definition", "reviewed_on"}
)
OPTIONAL = frozenset({"denominator", "per", "months", "bases", "strata", "caveats", "disclosure", "anchor"})
_TEXTS = ("name", "unit", "definition", "source_of_definition", "anchor")
_LISTS = ("bases", "strata", "caveats")
_CHOICES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("theme", THEMES),
    ("kind", tuple(sorted(KINDS))),
    ("direction", tuple(Direction)),
    ("disclosure", DISCLOSURE),
)


def measure_faults(id_: str, entry: object) -> list[str]:
    """Faults of one entry of the measures file; empty when it is right."""
    where = f"measures.toml [{id_}]"
    if not isinstance(entry, Mapping):
        return [f"{where}: is not a table; write label, kind and adds_over under [{id_}]"]
    faults = [f"{where}: '{key}' is missing" for key in ("label", "kind", "adds_over") if key not in entry]
    known = {"label", "kind", "adds_over", "people", "kept_for"}
    faults += [f"{where}: unknown key '{key}'; remove it" for key in sorted(set(entry) - known)]
    if "kind" in entry and entry["kind"] not in MEASURE_KINDS:
        faults.append(f"{where}: kind '{entry['kind']}' is not one of {', '.join(sorted(MEASURE_KINDS))}")
    if not _is_list_of_texts(entry.get("adds_over", [])) or not set(entry.get("adds_over", [])) <= ADDABLE:
        faults.append(f"{where}: adds_over is a list of {', '.join(sorted(ADDABLE))}")
    return faults


def indicator_faults(id_: str, entry: Entry, measures: Collection[str]) -> list[str]:
    """Faults of one indicator file, all of them; `measures` are the ids it may name."""
    found = [f"'{key}' is missing" for key in sorted(REQUIRED - set(entry))]
    found += [f"unknown key '{key}'; remove it" for key in sorted(set(entry) - REQUIRED - OPTIONAL)]
    found += [*_value_faults(entry), *_number_faults(entry), *_term_faults(entry, measures), *_fit_faults(entry)]
    return [f"{id_}.toml: {fault}" for fault in found]


def name_faults(entries: Mapping[str, Entry]) -> list[str]:
    """Names that two indicators share: nobody could tell them apart in a list."""
    first: dict[str, str] = {}
    faults = []
    for id_, entry in entries.items():
        other = first.setdefault(str(entry.get("name", id_)).casefold(), id_)
        if other != id_:
            faults.append(f"{id_}.toml: name '{entry['name']}' is already the name of {other}.toml")
    return faults


def _value_faults(entry: Entry) -> Iterator[str]:
    for key, allowed in _CHOICES:
        if key in entry and entry[key] not in allowed:
            yield f"{key} '{entry[key]}' is not one of {', '.join(allowed)}"
    for key in _TEXTS:
        if key in entry and not (isinstance(entry[key], str) and entry[key].strip()):
            yield f"{key} must be a text that is not empty"
    for key in _LISTS:
        if not _is_list_of_texts(entry.get(key, [])):
            yield f"{key} must be a list of texts"
    for basis in entry.get("bases", []) if _is_list_of_texts(entry.get("bases", [])) else []:
        if basis not in tuple(Basis):
            yield f"bases: '{basis}' is not one of {', '.join(Basis)}"
    if len(str(entry.get("name", ""))) > LONGEST_NAME:
        yield f"name is longer than {LONGEST_NAME} characters; the definition has room for the rest"


def _number_faults(entry: Entry) -> Iterator[str]:
    for key in ("per", "months"):
        number = entry.get(key, 1)
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            yield f"{key} '{number}' is not a whole number of 1 or more"
    if "reviewed_on" in entry and not isinstance(entry["reviewed_on"], date):
        yield f"reviewed_on '{entry['reviewed_on']}' is not a date; write it as 2026-11-01, without quotes"


def _term_faults(entry: Entry, measures: Collection[str]) -> Iterator[str]:
    for term in ("numerator", "denominator"):
        if term not in entry:
            continue
        value = entry[term]
        if not isinstance(value, Mapping) or set(value) != {"measures", "label"}:
            yield f"{term} needs exactly measures and label"
        elif not _is_list_of_texts(value["measures"]) or not value["measures"]:
            yield f"{term}.measures must be a list of at least one measure"
        else:
            yield from (f"{term} names no known measure '{name}'" for name in value["measures"] if name not in measures)


def _fit_faults(entry: Entry) -> Iterator[str]:
    kind = entry.get("kind")
    if kind in DIVIDED and "denominator" not in entry:
        yield f"a {kind} needs a denominator"
    if kind in KINDS - DIVIDED and "denominator" in entry:
        yield f"kind {kind} has no denominator; remove it or choose rate, proportion or ratio"


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
