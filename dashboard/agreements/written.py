"""An agreement as a file says it (TOML), and as plain values for a store: read with every fault at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.agreements.agreement import (
    EVERYTHING,
    EXCLUDED_USES,
    UNTIL_ENDED,
    Agreement,
    Audience,
    OnExpiry,
    Signature,
    Unit,
)
from dashboard.domain import Level
from dashboard.errors import DefinitionError

ALL = "all"
UNTIL = "until ended"
KEYS = ("id", "name", "coalition", "partner", "source", "purpose", "excluded_uses", "indicators", "finest_place",
        "finest_period", "groups", "audiences", "embargo_days", "valid_from", "valid_to", "on_expiry", "legal_basis",
        "part2", "hold_hides", "citation", "signatures")  # fmt: skip
"""What a file may say, in the order in which it is written."""
LONGEST_ID = 64


def read_agreement(text: str, name: str = "the file") -> Agreement:
    """The agreement that a TOML file says; a term that is left out stays open. DefinitionError lists every fault."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(
            f"{name} is not TOML: {error}. Correct that line (docs/agreements.md shows one)."
        ) from None
    return from_terms(told, name)


def from_terms(told: Mapping[str, Any], name: str = "the file") -> Agreement:
    """An agreement from plain values (dates may be ISO texts); DefinitionError lists every fault."""
    faults = [f"unknown term '{key}'" for key in told if key not in KEYS]
    terms: dict[str, Any] = {}
    for key in KEYS:
        if key in told:
            try:
                terms[key] = READ[key](told[key])
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                faults.append(f"{key}: {error}")
    faults += _unfit(terms) if not faults else []
    if faults:
        raise DefinitionError(f"{name} is no agreement: {'; '.join(faults)}. docs/agreements.md shows one.")
    return Agreement(**terms)


def to_terms(agreement: Agreement) -> dict[str, Any]:
    """An agreement as plain values for JSON; `from_terms` reads them back. Open terms are left out."""
    told = {key: _plain(getattr(agreement, key)) for key in KEYS if getattr(agreement, key) is not None}
    return {key: value for key, value in told.items() if value is not False and value != ""}


def _plain(value: Any) -> Any:
    if value in (EVERYTHING, UNTIL_ENDED):
        return ALL if value == EVERYTHING else UNTIL
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return {str(key): cell for key, cell in value.items()}
    if isinstance(value, tuple):
        return [_signature_terms(one) if isinstance(one, Signature) else one for one in value]
    return value


def _signature_terms(signature: Signature) -> dict[str, str]:
    return {"who": signature.who} | ({"on": signature.on.isoformat()} if signature.on else {})


def _unfit(terms: Mapping[str, Any]) -> list[str]:
    """What does not fit together."""
    faults = [f"{key} is needed" for key in ("id", "name") if not terms.get(key)]
    if not terms.get("partner") and not terms.get("source"):
        faults.append("name the partner or the source whose numbers it is about")
    first, last = terms.get("valid_from"), terms.get("valid_to")
    if first and last and last < first:
        faults.append("valid_to lies before valid_from")
    return faults


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("is not a text")
    return value.strip()


def _id(value: object) -> str:
    text = _text(value)
    if len(text) > LONGEST_ID or not text.replace("-", "").replace("_", "").isalnum() or not text.isascii():
        raise ValueError(f"'{text[:70]}' is not up to {LONGEST_ID} letters, digits, - and _")
    return text


def _set(value: object) -> frozenset[str]:
    if value == ALL:
        return EVERYTHING
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one for one in value):
        raise ValueError('is neither "all" nor a list of texts')
    return frozenset(value)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one for one in value):
        raise ValueError("is not a list of texts")
    return tuple(dict.fromkeys((*EXCLUDED_USES, *value)))


def _audiences(value: object) -> dict[Audience, int]:
    if not isinstance(value, Mapping):
        raise ValueError("is not a table of audiences with the smallest cell each may see")
    return {_one_of(Audience)(key): _number(cell) for key, cell in value.items()}


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"'{value}' is not a number from 0 on")
    return value


def _day(value: object) -> date:
    return value if type(value) is date else date.fromisoformat(_text(value))


def _last_day(value: object) -> date:
    return UNTIL_ENDED if value == UNTIL else _day(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("is neither true nor false")
    return value


def _signatures(value: object) -> tuple[Signature, ...]:
    told: Sequence[Any] = value if isinstance(value, list | tuple) else [None]
    if not all(isinstance(one, Mapping) and not set(one) - {"who", "on"} for one in told):
        raise ValueError("is not a list of [[signatures]] with who and on")
    return tuple(Signature(_text(one.get("who")), _day(one["on"]) if "on" in one else None) for one in told)


def _one_of(kind: Any) -> Callable[[object], Any]:
    def read(value: object) -> Any:
        if value not in list(kind):
            raise ValueError(f"'{value}' is not one of {', '.join(kind)}")
        return kind(value)

    return read


READ: Mapping[str, Callable[[Any], Any]] = {
    "id": _id, "name": _text, "coalition": _id, "partner": _id, "source": _id, "purpose": _text,
    "excluded_uses": _texts, "indicators": _set, "finest_place": _one_of(Level), "finest_period": _one_of(Unit),
    "groups": _set, "audiences": _audiences, "embargo_days": _number, "valid_from": _day, "valid_to": _last_day,
    "on_expiry": _one_of(OnExpiry), "legal_basis": _text, "part2": _flag, "hold_hides": _flag,
    "citation": _text, "signatures": _signatures,
}  # fmt: skip
