"""Which public sources can be fetched, from where, how and how often: data, not code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dashboard.errors import DefinitionError
from dashboard.gazetteer import state_code
from data_loaders.registry import sources

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
KEYS = {"source": str, "kind": str, "address": str, "state": str, "states_in": str, "every_days": int}


class Kind(StrEnum):
    """How a feed answers: one file, a portal's records page by page, or the treatment locator page by page."""

    FILE = "file"
    SOCRATA = "socrata"
    LOCATOR = "locator"


@dataclass(frozen=True)
class Feed:
    """One public source by network.

    `state` is the code of the only state it speaks of. `states_in` names the column by which a portal is asked for the
    store's own states alone.
    """

    id: str
    source: str
    kind: Kind
    address: str
    every_days: int
    state: str = ""
    states_in: str = ""


def feeds(own: Path | None = None) -> dict[str, Feed]:
    """The built-in feeds by id, and those of the file `own`, which come before built-in ones of the same id.

    DefinitionError lists every fault of the file.
    """
    built_in = files("data_loaders.pull").joinpath("feeds.toml").read_text("utf-8")
    return _read(built_in, "feeds.toml") | (_read(_text(own), own.name) if own else {})


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(
            f"The file of feeds {path.name} cannot be read: {error}. Correct COALITION_FEEDS."
        ) from error


def _read(text: str, name: str) -> dict[str, Feed]:
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"The file of feeds {name} is not TOML: {error}.") from error
    faults = [f"[{id_}] {fault}" for id_, entry in entries.items() for fault in _faults(entry)]
    if faults:
        raise DefinitionError(f"The file of feeds {name} is wrong: {'; '.join(faults)} (docs/pulling.md).")
    return {id_: _feed(id_, entry) for id_, entry in entries.items()}


def _feed(id_: str, entry: dict[str, Any]) -> Feed:
    meant = {"kind": Kind(entry["kind"]), "state": state_code(entry.get("state", ""))}
    return Feed(id=id_, **entry | meant)


def _faults(entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return ["is no table"]
    found = [f"has an unknown key '{key}'" for key in entry.keys() - KEYS.keys()]
    found += [f"lacks '{key}'" for key in ("source", "kind", "address", "every_days") if key not in entry]
    found += [
        f"'{key}' is no {kind.__name__}" for key, kind in KEYS.items() if not isinstance(entry.get(key, kind()), kind)
    ]
    return found or _wrong(entry)


def _wrong(entry: dict[str, Any]) -> list[str]:
    """Faults of the values of an entry whose keys and types are right."""
    parts = urlsplit(entry["address"])
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    checks = (
        (entry["source"] in sources(), f"knows no source '{entry['source']}'"),
        (entry["kind"] in list(Kind), f"'kind' is one of {', '.join(Kind)}"),
        (safe and bool(parts.hostname), "'address' begins with https://"),
        (entry["every_days"] >= 1, "'every_days' is 1 or more"),
        (not entry.get("state") or bool(state_code(entry["state"])), f"knows no state '{entry.get('state')}'"),
    )
    return [fault for good, fault in checks if not good]
