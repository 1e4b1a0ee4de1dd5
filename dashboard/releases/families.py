"""Families: indicators that share counts are protected together, under the strictest policy among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.disclosure.policy import Policy, presets
from dashboard.domain import State
from dashboard.errors import DefinitionError
from dashboard.releases.counted import Counting, TrueCell, everyones

OPEN = "public_record"


@dataclass(frozen=True)
class Family:
    """Indicators, their cells, the policy for all of them with its citation, and pairs of terms (part, whole)."""

    indicators: tuple[str, ...]
    cells: Sequence[TrueCell]
    policy_name: str
    citation: str
    among: tuple[tuple[str, str], ...]

    @property
    def policy(self) -> Policy:
        """The policy that holds for every count of the family."""
        return presets()[self.policy_name]

    @property
    def name(self) -> str:
        """The family in words, by its first indicator."""
        return self.indicators[0].replace("_", " ")


def families(counting: Counting, cells: Sequence[TrueCell]) -> list[Family]:
    """Cells by family, in the order of the declaration."""
    ids = list(dict.fromkeys(cell.table.indicator for cell in cells))
    head = {id_: id_ for id_ in ids}
    terms: dict[str, str] = {}

    def top(id_: str) -> str:
        while head[id_] != id_:
            id_ = head[id_]
        return id_

    for id_ in ids:
        for term in _terms(counting, id_):
            head[top(terms.setdefault(term, id_))] = top(id_)
    for part, whole in counting.declared.within:
        if part in head and whole in head:
            head[top(part)] = top(whole)
    members: dict[str, list[str]] = defaultdict(list)
    for id_ in ids:
        members[top(id_)].append(id_)
    return [_family(counting, tuple(of), [c for c in cells if c.table.indicator in of]) for of in members.values()]


def _family(counting: Counting, ids: tuple[str, ...], cells: Sequence[TrueCell]) -> Family:
    names = {each.policy for each in counting.declared.indicators if each.id in ids} or {"eleven"}
    name = max(names, key=lambda name: presets()[name].threshold)
    citation = presets()[name].citation
    fed = {cell.source for cell in cells if cell.state != State.NOT_REPORTED and cell.source}
    if fed and fed <= set(counting.declared.public_record):
        name, citation = OPEN, " ".join(counting.declared.public_record[source] for source in sorted(fed))
    if name != OPEN and any(counting.indicator(id_).kind in ("money", "days") for id_ in ids):
        raise DefinitionError(f"{', '.join(ids)}: only counts can be protected; publish money under {OPEN}.")
    return Family(ids, cells, name, citation, _among(counting, ids))


def _terms(counting: Counting, id_: str) -> list[str]:
    indicator = counting.indicator(id_)
    found = ["+".join(indicator.numerator.measures)]
    if indicator.denominator and not everyones(indicator):
        found.append("+".join(indicator.denominator.measures))
    return found


def _among(counting: Counting, ids: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Terms that are part of others: numerators of proportions, and what the declaration says lies within."""
    found = [tuple(_terms(counting, id_)) for id_ in ids if counting.indicator(id_).kind == "proportion"]
    found += [
        (_terms(counting, part)[0], _terms(counting, whole)[0])
        for part, whole in counting.declared.within
        if part in ids and whole in ids
    ]
    return tuple((pair[0], pair[1]) for pair in found if len(pair) == 2)
