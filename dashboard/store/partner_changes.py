"""What a partner's new numbers would add, change, withdraw or leave as it is, against what holds now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from dashboard.domain import SourceCard, State
from dashboard.intake import Coverage, Intake
from dashboard.store.cube import Cube
from dashboard.store.tally import EPOCH, PROVISIONAL

STATES = (State.VALUE, State.SUPPRESSED, State.NOT_REPORTED)


class Key(NamedTuple):
    """What one number speaks of; `start` and `end` (exclusive) are its period."""

    measure: str
    level: str
    basis: str
    geoid: str
    start: date
    end: date
    stratum: str


class Told(NamedTuple):
    """A number, or the state that says why there is none."""

    value: float | None
    state: str


Holding = dict[Key, Told]


@dataclass(frozen=True)
class Changed:
    """One number before and after; None where there was or will be nothing."""

    key: Key
    before: Told | None
    after: Told | None


@dataclass(frozen=True)
class Differences:
    """Everything that a load would do to what holds now, by period and place."""

    added: tuple[Changed, ...] = ()
    changed: tuple[Changed, ...] = ()
    withdrawn: tuple[Changed, ...] = ()
    unchanged: int = 0
    after: Mapping[Key, Told] = field(default_factory=dict)
    """What would hold for the same source and partner then."""

    @property
    def any(self) -> bool:
        """Whether anything would be different."""
        return bool(self.added or self.changed or self.withdrawn)

    def counts(self) -> dict[str, int]:
        """How many numbers of each kind."""
        return {"added": len(self.added), "changed": len(self.changed), "withdrawn": len(self.withdrawn),
                "unchanged": self.unchanged}  # fmt: skip


def source_of(cube: Cube, partner: str) -> SourceCard:
    """The source under which a partner's numbers stand: the one that holds most of them, else one of its own."""
    rows: dict[str, int] = defaultdict(int)
    for row in cube.series:
        if row["partner"] == partner:
            rows[row["source"]] += row["last"] - row["first"]
    if rows:
        id_ = max(sorted(rows), key=rows.__getitem__)
        newest = next((load for load in reversed(cube.loads) if load["source"] == id_), None)
        if newest is not None:
            return SourceCard(id_, newest["title"], newest["publisher"], newest["licence"], newest["url"])
    name = next((row["name"] for row in cube.partners if row["id"] == partner), partner)
    return SourceCard(f"partner-{partner}"[:64], f"{name}, its own numbers", name, "by agreement with the partner")


def holding(cube: Cube, source: str, partner: str) -> Holding:
    """Every number that holds now of one partner, as its source tells it."""
    held: Holding = {}
    for row in cube.series:
        if row["partner"] == partner and row["source"] == source:
            held.update(_of_series(cube, row))
    return held


def as_held(intake: Intake, held: Mapping[Key, Told]) -> Intake:
    """The intake with each measure on the one basis on which the partner's numbers already stand, if there is one."""
    known: dict[str, set[str]] = defaultdict(set)
    for key in held:
        known[key.measure].add(key.basis)
    only = {measure: bases.pop() for measure, bases in known.items() if len(bases) == 1}
    rows = intake.observations
    rows.basis[:] = [only.get(measure, basis) for measure, basis in zip(rows.measure, rows.basis, strict=True)]
    return replace(
        intake, coverage=[replace(part, basis=only.get(part.measure, part.basis)) for part in intake.coverage]
    )


def differences(held: Mapping[Key, Told], intake: Intake, levels: Mapping[str, str]) -> Differences:
    """What the intake would do; `levels` says the level of each place by geoid."""
    new = told_by(intake, levels)
    covered = {key for key in held if key not in new and any(_covers(part, key) for part in intake.coverage)}
    return Differences(
        added=_sorted(Changed(key, None, told) for key, told in new.items() if key not in held),
        changed=_sorted(Changed(key, held[key], told) for key, told in new.items() if held.get(key, told) != told),
        withdrawn=_sorted(Changed(key, held[key], None) for key in covered),
        unchanged=sum(held.get(key) == told for key, told in new.items()),
        after={key: told for key, told in held.items() if key not in covered} | new,
    )


def told_by(intake: Intake, levels: Mapping[str, str]) -> Holding:
    """The numbers of an intake by what they speak of."""
    rows = intake.observations
    columns = zip(rows.measure, rows.geoid, rows.start, rows.end, rows.basis, rows.stratum, rows.value, rows.state,
                  strict=True)  # fmt: skip
    return {
        Key(measure, levels[geoid], str(basis), geoid, start, end, stratum): Told(value, str(state))
        for measure, geoid, start, end, basis, stratum, value, state in columns
    }


def _covers(part: Coverage, key: Key) -> bool:
    same = (part.measure, str(part.level), str(part.basis)) == (key.measure, key.level, key.basis)
    return same and key.geoid.startswith(part.scope) and part.start <= key.start and key.end <= part.end


def _of_series(cube: Cube, row: Mapping[str, Any]) -> Holding:
    at = slice(row["first"], row["last"])
    names = ("place", "start", "end", "value", "status")
    columns = zip(*(cube.columns[name][at].tolist() for name in names), strict=True)
    found: Holding = {}
    for place, start, end, value, status in columns:
        state = STATES[status % PROVISIONAL]
        key = Key(row["measure"], row["level"], row["basis"], cube.places[place]["geoid"], _day(start), _day(end),
                  row["stratum"])  # fmt: skip
        found[key] = Told(value if state is State.VALUE else None, str(state))
    return found


def _day(number: int) -> date:
    return EPOCH + timedelta(days=number)


def _sorted(changes: Any) -> tuple[Changed, ...]:
    order: Sequence[Changed] = sorted(changes, key=lambda one: (one.key.measure, one.key.start, one.key))
    return tuple(order)
