"""What a release hides and why, in words and rows: for the page that previews it and for the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain import State
from dashboard.releases.build import Built
from dashboard.releases.families import OPEN
from dashboard.releases.protected import Protected
from dashboard.releases.release import ReleasedCell

SMALL = "few"
BEFORE = "hidden in an earlier release"
COVER = "covers another"
AT_SOURCE = "hidden by its source"


@dataclass(frozen=True)
class HiddenRow:
    """Hidden cells of one indicator at one level, by reason."""

    indicator: str
    level: str
    cells: int
    hidden: int
    reasons: Counter[str]


def hidden_rows(built: Built) -> list[HiddenRow]:
    """How many cells of each indicator and level are hidden, and why."""
    of = {id_: each for each in built.protected for id_ in each.family.indicators}
    names = {indicator.id: indicator.name for indicator in built.release.indicators}
    groups: dict[tuple[str, str], list[ReleasedCell]] = {}
    for cell in built.release.cells:
        if cell.state != State.NOT_REPORTED:
            groups.setdefault((cell.table.indicator, cell.table.level), []).append(cell)
    found = []
    for (id_, level), cells in groups.items():
        reasons = _reasons(of[id_], cells)
        found.append(HiddenRow(names[id_], level, len(cells), sum(reasons.values()), reasons))
    return found


def hidden_sentences(built: Built) -> list[str]:
    """A sentence an indicator: the rule, how many cells, how many are hidden and why."""
    rows = hidden_rows(built)
    names = {indicator.id: indicator.name for indicator in built.release.indicators}
    found = []
    for each in built.protected:
        for id_ in each.family.indicators:
            own = [row for row in rows if row.indicator == names.get(id_)]
            if own:
                found.append(_sentence(names[id_], each, own))
    return found


def reason_words(built: Built, row: HiddenRow) -> str:
    """Why the cells of a row are hidden, in words; "" where none is."""
    names = {indicator.id: indicator.name for indicator in built.release.indicators}
    each = next(p for p in built.protected if row.indicator in {names.get(id_) for id_ in p.family.indicators})
    return _told(each, row.reasons)


def _sentence(name: str, each: Protected, rows: Sequence[HiddenRow]) -> str:
    cells = sum(row.cells for row in rows)
    reasons: Counter[str] = sum((row.reasons for row in rows), Counter())
    if not reasons:
        why = " (a public record of its source)" if each.family.policy_name == OPEN else ""
        return f"{name}: {cells:,} cells, nothing hidden{why}."
    return f"{name}: {cells:,} cells, {sum(reasons.values()):,} hidden ({_told(each, reasons)})."


def _told(each: Protected, reasons: Counter[str]) -> str:
    words = {
        SMALL: f"are {each.family.policy.range_words}", COVER: "cover one of those", BEFORE: "were hidden before",
        AT_SOURCE: "are hidden by their source",
    }  # fmt: skip
    return ", ".join(f"{reasons[key]:,} {words[key]}" for key in words if reasons[key])


def _reasons(protected: Protected, cells: Sequence[ReleasedCell]) -> Counter[str]:
    """Why each hidden cell is hidden: the first reason that holds."""
    keys = protected.keys
    found: Counter[str] = Counter()
    for cell in cells:
        if cell.state == State.SUPPRESSED:
            key = keys[(*cell.table, cell.geoid)]
            found[_reason(protected, key)] += 1
    return found


def _reason(protected: Protected, key: tuple[str, ...]) -> str:
    if key in protected.unknown:
        return AT_SOURCE
    if key in protected.small:
        return SMALL
    return BEFORE if key in protected.before else COVER
