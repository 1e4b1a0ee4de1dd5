"""What was said about a path after an overdose: as numbers at its steps, and what may be written about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dashboard.cascade import cascades
from dashboard.figures.cascade import CascadeChart, CascadeStep
from dashboard.meetings import About, Story
from dashboard.views.memory import Spoken
from dashboard.views.said_flags import MOST_FLAGS, flag, stands_at


def path_subjects(path: str) -> list[tuple[str, str]]:
    """What an entry may speak of on a path: (indicator, words), the whole of it first; nothing for no path."""
    known = cascades().paths.get(path)
    if known is None:
        return []
    return [(known.base, "The whole path"), *((step.indicator, step.label) for step in known.steps)]


def path_abouts(path: str, place: str) -> list[About]:
    """Everything that is spoken of on a path at a place: its indicators, and the place itself."""
    known = cascades().paths.get(path)
    ids = [known.base, *(id_ for step in known.steps for id_ in (step.indicator, step.alone))] if known else []
    return [About(indicator=id_, place=place) for id_ in dict.fromkeys(("", *ids))]


def flagged_steps(
    chart: CascadeChart, said: Sequence[Spoken], *, page: str = "", most: int = MOST_FLAGS
) -> CascadeChart:
    """A path with the newest of what was said as numbers at its steps; what speaks of the place stands at the first.

    `page` is the page on which the entries stand whole. Stories are told below a path and are no numbers on it.
    """
    at = [_spoken(step, said, first=not n) for n, step in enumerate(chart.steps)]
    newest = sorted({entry.id: entry for each in at for entry in each}.values(), key=lambda one: (one.on, one.id))
    kept = {entry.id for entry in newest[-most:]}
    steps, number = [], 0
    for step, entries in zip(chart.steps, at, strict=True):
        own = [entry for entry in entries if entry.id in kept]
        flags = (flag(number + n, stands_at(one), one, step.label, page) for n, one in enumerate(own, 1))
        steps.append(replace(step, flags=tuple(flags)))
        number += len(own)
    return replace(chart, steps=tuple(steps))


def _spoken(step: CascadeStep, said: Iterable[Spoken], *, first: bool) -> list[Spoken]:
    """What was said about a step, the oldest first."""
    wanted = (*step.indicators, "") if first else step.indicators
    found = (one for one in said if not isinstance(one, Story) and one.about.indicator in wanted)
    return sorted(found, key=lambda one: (one.on, one.id))
