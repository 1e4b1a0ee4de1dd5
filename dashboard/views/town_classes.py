"""How long each town has been flagged: persistent, new, cooling, sporadic, or not enough data to say.

A town is flagged in a year when it lies in a cluster of that year that chance does not explain.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.domain import Period
from dashboard.views.words import period_label

MEANING = {
    "persistent": "flagged in the last year and in at least half of the years before it",
    "new": "flagged in the last year, and never before",
    "cooling": "not flagged in the last year, but in at least half of the years before it",
    "sporadic": "flagged in some years",
    "not enough data": "too few events to say",
    "never": "not flagged in any year",
}
LISTED = ("persistent", "new", "cooling", "sporadic")
"""Classes whose towns are named one by one; the others are counted."""


@dataclass(frozen=True)
class ClassGroup:
    """One class with its towns, (geoid, name) by name; `named` is False where they are only counted."""

    name: str
    meaning: str
    towns: tuple[tuple[str, str], ...]

    @property
    def named(self) -> bool:
        """Whether the towns are listed."""
        return self.name in LISTED


def class_groups(result: Mapping[str, Any], names: Mapping[str, str]) -> tuple[ClassGroup, ...]:
    """The classes that occur among the towns in `names` (geoid: name), in the order of MEANING."""
    found = {row["geoid"]: row["class"] for row in result["towns"] if row["geoid"] in names}
    groups = (
        ClassGroup(
            name,
            meaning,
            tuple(sorted(((g, names[g]) for g, of in found.items() if of == name), key=lambda pair: pair[1])),
        )
        for name, meaning in MEANING.items()
    )
    return tuple(group for group in groups if group.towns)


def class_of(result: Mapping[str, Any], geoid: str) -> tuple[str, tuple[str, ...]]:
    """The class of a town and the periods in which it was flagged; ("", ()) for a town that was not looked at."""
    row = next((row for row in result["towns"] if row["geoid"] == geoid), None)
    return (row["class"], tuple(row["flagged_periods"])) if row else ("", ())


def class_words(name: str, flagged: Collection[str]) -> str:
    """`New: flagged in the last year, and never before (2018).`"""
    when = ", ".join(period_label(Period.parse(period)) for period in flagged)
    return f"{name.capitalize()}: {MEANING.get(name, '')}{f' ({when})' if when else ''}."
