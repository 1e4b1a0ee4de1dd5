"""Rows of a release file as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard.domain import Basis, Direction, Facility, Indicator, Level, PlaceSet, Target, Term

Row = Mapping[str, Any]


def read_indicator(row: Row) -> Indicator:
    """An indicator as it was defined when the release was made."""
    body = json.loads(row["body"])
    below = body["denominator"]
    return Indicator(
        id=row["id"], name=row["name"], theme=body["theme"], kind=row["kind"], direction=Direction(row["direction"]),
        numerator=Term(tuple(body["numerator"]), row["numerator_label"]),
        denominator=Term(tuple(below), row["denominator_label"]) if below else None,
        per=row["per"], unit=row["unit"], definition=row["definition"],
        source_of_definition=body["source_of_definition"], reviewed_on=date.fromisoformat(body["reviewed_on"]),
        months=body["months"], bases=tuple(Basis(basis) for basis in body["bases"]), strata=tuple(body["strata"]),
        caveats=tuple(json.loads(row["caveats"])), disclosure=body["disclosure"], anchor=body["anchor"],
    )  # fmt: skip


def read_set(row: Row) -> PlaceSet:
    """A set of towns."""
    return PlaceSet(row["id"], row["name"], Level(row["level"]), tuple(json.loads(row["members"])))


def read_facility(row: Row) -> Facility:
    """A site."""
    body = json.loads(row["body"])
    return Facility(
        id=body["id"], name=row["name"], services=tuple(json.loads(row["services"])), address=row["address"],
        town=row["town"], latitude=row["latitude"], longitude=row["longitude"], hours=row["hours"],
        verified_on=date.fromisoformat(row["verified_on"]) if row["verified_on"] else None,
        accepting=body["accepting"], mobile_days=body["mobile_days"], state=body["state"],
    )  # fmt: skip


def read_target(row: Row) -> Target:
    """A target, without what only staff may know (partners, strategy, coalition)."""
    return Target(
        id=row["id"], coalition="", indicator=row["indicator"], baseline=row["baseline"],
        baseline_period=row["baseline_period"], target=row["target"], due=date.fromisoformat(row["due"]),
        owner=row["owner"], place=row["place"], stratum=row["stratum"],
    )  # fmt: skip
