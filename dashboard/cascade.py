"""The cascade: index events, the steps that count the same events, and what cannot be true of them.

The steps are declared in cascades.toml; nothing here knows a store or a screen.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, timedelta
from functools import cache
from pathlib import Path as File
from typing import TYPE_CHECKING, Any, TypeVar

from dashboard.domain import Period, add_months
from dashboard.errors import DefinitionError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Entry = TypeVar("Entry", bound=DataclassInstance)

CASCADES_FILE = File(__file__).with_name("cascades.toml")
TERMS = ("numerator", "denominator")


@dataclass(frozen=True)
class Step:
    """One step of a path; the words are explained at the head of cascades.toml."""

    id: str
    label: str
    said: str
    indicator: str
    alone: str
    days: int = 0
    part_of: str = ""
    ends: tuple[str, ...] = ()


@dataclass(frozen=True)
class Follow:
    """How long events may be followed: `days` after the event, and the words for it."""

    days: int
    label: str


@dataclass(frozen=True)
class Other:
    """Another count of such events; `of` is the term of the indicator that counts them."""

    label: str
    indicator: str
    of: str = "numerator"


@dataclass(frozen=True)
class Path:
    """A path: its unit, the indicator that counts its index events, and its steps in order."""

    id: str
    name: str
    unit: str
    base: str
    base_label: str
    headline: tuple[str, ...]
    steps: tuple[Step, ...]
    follow: tuple[Follow, ...]
    others: tuple[Other, ...] = ()

    def within(self, days: int) -> tuple[Step, ...]:
        """The steps that can be known of events followed for so many days."""
        return tuple(step for step in self.steps if step.days <= days)

    def ends(self, days: int) -> tuple[str, ...]:
        """Indicators of the ends of those steps, each once."""
        return tuple(dict.fromkeys(end for step in self.within(days) for end in step.ends))


@dataclass(frozen=True)
class Panel:
    """Indicators that stand beside the paths, each with its own denominator."""

    kept_up: tuple[str, ...]
    outreach: tuple[str, ...]
    services: str
    safety: tuple[str, ...]


@dataclass(frozen=True)
class Cascades:
    """Everything that cascades.toml declares; the first path is the page's default."""

    paths: Mapping[str, Path]
    panel: Panel


@cache
def cascades() -> Cascades:
    """The paths that ship with the program, read once."""
    return read_cascades(CASCADES_FILE)


def read_cascades(file: File) -> Cascades:
    """Paths of a file; DefinitionError lists every fault: unknown or missing keys, steps that name no other step."""
    entry = tomllib.loads(file.read_text("utf-8"))
    found: list[str] = [f"unknown key '{key}'; remove it" for key in sorted(set(entry) - {"path", "panel"})]
    paths = {id_: _path(id_, path, found) for id_, path in entry.get("path", {}).items()}
    panel = _made(Panel, entry.get("panel", {}), "panel", found)
    if found or panel is None:
        raise DefinitionError("\n".join([f"{file.name} is wrong:", *found]))
    return Cascades({id_: path for id_, path in paths.items() if path}, panel)


def closed_end(known_until: date, days: int, months: int) -> date:
    """The end of the last whole calendar span of `months` whose every event is at least `days` old by `known_until`."""
    last = known_until - timedelta(days=days)
    back = (last.month - 1) % months
    return add_months(last.replace(day=1), -back)


def cohort(asked: Period, closed: date) -> Period | None:
    """The part of a period whose events have had their time; None when there is none."""
    end = min(asked.end, closed)
    return Period(asked.start, end) if asked.start < end else None


def impossible(path: Path, days: int, counted: Mapping[str, float]) -> list[str]:
    """What cannot be true, one sentence each: a step larger than the events, or than the step it is a part of.

    `counted` holds the known counts by step id, "" for the index events.
    """
    steps = path.within(days)
    labels = {"": path.base_label} | {step.id: step.label for step in steps}
    return list(_growing(path, steps, labels, counted))


def _growing(
    path: Path, steps: Iterable[Step], labels: Mapping[str, str], counted: Mapping[str, float]
) -> Iterator[str]:
    for step in steps:
        for whole in dict.fromkeys(("", step.part_of)):
            if step.id in counted and whole in counted and counted[step.id] > counted[whole]:
                yield (
                    f"“{step.label}” counts {counted[step.id]:,.0f} {path.unit}, more than the {counted[whole]:,.0f} "
                    f"of “{labels[whole]}”, of which it is a part. One of the two numbers is wrong: ask who reports "
                    "them before reading this step."
                )
                break


def _path(id_: str, entry: Mapping[str, Any], found: list[str]) -> Path | None:
    where = f"path.{id_}"
    lists = {name: entry.get(name, []) for name in ("step", "follow", "other")}
    steps = [_made(Step, each, f"{where}.step", found) for each in lists["step"]]
    follow = [_made(Follow, each, f"{where}.follow", found) for each in lists["follow"]]
    others = [_made(Other, each, f"{where}.other", found) for each in lists["other"]]
    plain = {key: value for key, value in entry.items() if key not in lists}
    parts = {"id": id_, "steps": steps, "follow": follow, "others": others}
    path = _made(Path, plain | parts, where, found)
    if path and not found:
        found += _path_faults(path, where)
    return path


def _path_faults(path: Path, where: str) -> Iterator[str]:
    ids = [step.id for step in path.steps]
    if not path.steps or not path.follow:
        yield f"{where}: needs at least one step and one follow"
    if len(set(ids)) < len(ids):
        yield f"{where}: two steps share an id"
    named = [*path.headline, *(step.part_of for step in path.steps if step.part_of)]
    yield from (f"{where}: there is no step '{name}'" for name in named if name not in ids)
    longest = max((follow.days for follow in path.follow), default=0)
    yield from (f"{where}.{step.id}: {step.days} days is longer than any follow" for step in path.steps
                if step.days > longest)  # fmt: skip
    yield from (f"{where}: other.of '{other.of}' is not one of {', '.join(TERMS)}" for other in path.others
                if other.of not in TERMS)  # fmt: skip


def _made(kind: type[Entry], entry: Mapping[str, Any], where: str, found: list[str]) -> Entry | None:
    """The entry as a dataclass; what it lacks or has too much joins the faults."""
    known = {field.name: field for field in fields(kind)}
    faults = [f"{where}: unknown key '{key}'; remove it" for key in sorted(set(entry) - set(known))]
    faults += [
        f"{where}: '{name}' is missing" for name, each in known.items() if each.default is MISSING and name not in entry
    ]
    found += faults
    if faults:
        return None
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()})
