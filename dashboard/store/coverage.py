"""Where absence means zero: the spans over which a source listed every event there was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Span = tuple[int, int]
ZeroSpans = dict[tuple[str, ...], dict[str, list[Span]]]
"""(source, measure, basis, partner, level) -> geoid prefix -> spans of days, in order and apart from each other."""
GRAIN = ("measure", "basis", "partner", "level")


def zero_spans(coverage: Sequence[Mapping[str, Any]], loads: Sequence[Mapping[str, Any]]) -> ZeroSpans:
    """Spans declared to hold every event, less what a newer load says otherwise; `loads` stand oldest first.

    Files of a year each join up: a window across two years is covered by both.
    """
    age = {load["id"]: number for number, load in enumerate(loads)}
    spans: ZeroSpans = {}
    for part in sorted(coverage, key=lambda part: (age[part["load_id"]], part["absence"] == "zero")):
        source = loads[age[part["load_id"]]]["source"]
        scopes = spans.setdefault((source, *(part[name] for name in GRAIN)), {})
        span = (part["start_day"], part["end_day"])
        if part["absence"] == "zero":
            scopes[part["scope"]] = _united([*scopes.get(part["scope"], []), span])
            continue
        for scope in scopes:
            if scope.startswith(part["scope"]):
                scopes[scope] = [left for old in scopes[scope] for left in _without(old, span)]
    return spans


def _united(spans: Sequence[Span]) -> list[Span]:
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _without(span: Span, taken: Span) -> list[Span]:
    parts = [(span[0], min(span[1], taken[0])), (max(span[0], taken[1]), span[1])]
    return [(start, end) for start, end in parts if start < end]
