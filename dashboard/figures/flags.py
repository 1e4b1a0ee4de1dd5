"""Flags above a plot: what was said, at the time it speaks of. Each has a number and a twin in words below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROOM = 22
"""Pixels above a plot that flags take."""
HEAD, DIGIT = 16, 7.5
"""Pixels that a flag is high, and a letter on it wide."""


@dataclass(frozen=True)
class Flag:
    """What was said about a chart: the ISO day it stands at, its number, what it is, its words, and where they are.

    At a step of a path it stands beside the step, whatever its day. One of number 0 stands in no picture.
    """

    x: str
    number: int
    head: str
    words: str
    href: str = ""


def room(flags: Sequence[Flag]) -> int:
    """Pixels that a plot begins lower with these flags above it."""
    return ROOM if flags else 0


def labels(flags: Sequence[Flag], x: Callable[[str], float]) -> list[tuple[float, str]]:
    """Where flags stand and what is written on them; neighbours that would touch are one flag, such as `2–4`."""
    groups: list[list[Flag]] = []
    for flag in sorted(flags, key=lambda one: (one.x, one.number)):
        if groups and x(flag.x) - x(groups[-1][0].x) < HEAD + DIGIT:
            groups[-1].append(flag)
        else:
            groups.append([flag])
    return [(sum(x(one.x) for one in group) / len(group), label_of(group)) for group in groups]


def label_of(flags: Sequence[Flag]) -> str:
    """What is written on one head that stands for these flags."""
    numbers = [flag.number for flag in flags]
    return str(numbers[0]) if len(numbers) == 1 else f"{min(numbers)}–{max(numbers)}"
