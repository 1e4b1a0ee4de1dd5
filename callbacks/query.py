"""Untrusted values from the address bar and the browser become a request, or are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qsl

from dashboard.errors import InvalidQuery
from dashboard.periods import parse_day
from dashboard.views.asking import Asked
from layouts.components.controls import EVERYTHING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Request = TypeVar("Request", bound=DataclassInstance)

LONGEST = 120


def read_address(search: str | None) -> dict[str, str]:
    """The names and values of a query string; InvalidQuery when it is too long or names something twice."""
    if not search:
        return {}
    if len(search) > 2000:
        raise InvalidQuery("This address is too long to be one of ours.")
    pairs = parse_qsl(search.removeprefix("?"), keep_blank_values=False)
    if len({name for name, _ in pairs}) != len(pairs):
        raise InvalidQuery("This address names something twice.")
    return dict(pairs)


def read_asked(values: Mapping[str, object]) -> Asked:
    """A request for the map from named values."""
    return read_as(Asked, values)


def read_as(kind: type[Request], values: Mapping[str, object]) -> Request:
    """A page's own request (a dataclass of texts) from named values; unknown names are left aside.

    InvalidQuery for anything but short text.
    """
    return kind(**{field.name: short_text(field.name, values.get(field.name)) for field in fields(kind)})


def day_of(as_of: str) -> date:
    """The day that a request speaks of: the one whose knowledge it asks for, else today; InvalidQuery for no day."""
    return parse_day(as_of) if as_of else date.today()


def short_text(name: str, value: object) -> str:
    """A value of the browser as text; InvalidQuery for anything else."""
    if value is None or value == EVERYTHING:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise InvalidQuery(f"The {name} is not a short text.")
    return value
