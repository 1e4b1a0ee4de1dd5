"""Dollars of a register, added up by fund, strategy, town or population; the three steps are never added together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.registers.entry import Entry

STEPS = ("received", "committed", "spent")


@dataclass(frozen=True)
class Money:
    """Dollars of each step; None where nobody told any, which is not the same as no dollar."""

    received: float | None = None
    committed: float | None = None
    spent: float | None = None

    @property
    def steps(self) -> tuple[float | None, ...]:
        """Received, committed, spent: three different things."""
        return self.received, self.committed, self.spent


def total(entries: Sequence[Entry]) -> Money:
    """Every amount of each step."""
    found: dict[str, float] = {}
    for entry in entries:
        step = entry.text("step")
        found[step] = found.get(step, 0.0) + entry.number("amount")
    return Money(**{step: found[step] for step in STEPS if step in found})


def money_by(entries: Sequence[Entry], of: Callable[[Entry], str]) -> dict[str, Money]:
    """Dollars by what `of` says of each entry ("" is not said), the largest first; every entry counts once."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(of(entry), []).append(entry)
    summed = {name: total(group) for name, group in groups.items()}
    return dict(sorted(summed.items(), key=lambda item: (item[0] == "", [-(step or 0) for step in item[1].steps])))
