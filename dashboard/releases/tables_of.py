"""Counts of a release as one linear system: every cell, every sum, and a feasible number where a source hides one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from dashboard.disclosure import Tables
from dashboard.disclosure.solver import Programme
from dashboard.errors import StoreError
from dashboard.releases.release import Key
from dashboard.releases.sums import PERIOD, Geography, Sum, days, group_sums, period_sums, place_sums

REST = "rest of"
OTHER = "other:"
MOST = 1e7


@dataclass(frozen=True)
class Counted:
    """Counts by key; None where the source hides them. `among` are pairs (part, whole) of terms."""

    counts: Mapping[Key, int | None]
    among: Sequence[tuple[str, str]] = ()


def tables_of(counted: Counted, geography: Geography) -> tuple[Tables, list[Sum]]:
    """The linear system of all counts and its sums (rests named); StoreError where no whole numbers fit them.

    A sum whose parts are more than it is no sum (two sources that count differently) and is left out; parts that never
    fill their total leave a rest, everywhere or nowhere in a family of like sums, so that a rest tells nothing.
    """
    counts = dict(counted.counts)
    sums = [*place_sums(counts, geography), *period_sums(counts), *group_sums(counts)]
    sums = _with_rests(counts, sums)
    sums += _others(counts, counted.among)
    filled = feasible(counts, sums)
    return Tables.of(filled, sums), sums


def _with_rests(counts: dict[Key, int | None], sums: Iterable[Sum]) -> list[Sum]:
    families: dict[tuple[object, ...], list[Sum]] = {}
    for total, parts in sums:
        families.setdefault(_family(total, parts), []).append((total, parts))
    found: list[Sum] = []
    for family in families.values():
        left = [_left(counts, each) for each in family]
        known = [rest for rest in left if rest is not None]
        exact = bool(known) and not any(known)
        for (total, parts), rest in zip(family, left, strict=True):
            if exact:
                found.append((total, parts))
            elif rest is None or rest >= 0:
                over: Key = (REST, *total, *(_kind(total, parts)))
                counts[over] = rest
                found.append((total, (*parts, over)))
    return found


def _family(total: Key, parts: Sequence[Key]) -> tuple[object, ...]:
    return (*total[:4], days(total), *_kind(total, parts))


def _kind(total: Key, parts: Sequence[Key]) -> tuple[str, ...]:
    """What parts a total: the level, dimension or length of period of its parts."""
    term, _, stratum, level, _, _ = parts[0]
    return (term, stratum.partition("=")[0], level, "" if parts[0][PERIOD] == total[PERIOD] else str(days(parts[0])))


def _left(counts: Mapping[Key, int | None], each: Sum) -> int | None:
    total, parts = each
    told = [counts[key] for key in (total, *parts)]
    whole, inside = told[0], told[1:]
    if whole is None or any(part is None for part in inside):
        return None
    return whole - sum(part for part in inside if part is not None)


def _others(counts: dict[Key, int | None], among: Sequence[tuple[str, str]]) -> list[Sum]:
    """Whole minus part is a count too: 98 of 100 tells two people. Nobody prints it, and it must stay as hidden."""
    found: list[Sum] = []
    for part, whole in among:
        for key in [key for key in counts if key[0] == part]:
            above = (whole, *key[1:])
            if above not in counts:
                continue
            other: Key = (f"{OTHER}{part}/{whole}", *key[1:])
            left = _left(counts, (above, (key,)))
            if left is not None and left < 0:
                continue
            counts[other] = left
            found.append((above, (key, other)))
    return found


def feasible(counts: Mapping[Key, int | None], sums: Sequence[Sum]) -> dict[Hashable, int]:
    """The counts, with whole numbers that fit every sum in the places of those that a source hides."""
    unknown = [key for key, value in counts.items() if value is None]
    if not unknown:
        return {key: int(value or 0) for key, value in counts.items()}
    free = set(unknown)
    rows = [each for each in sums if free & {each[0], *each[1]}]
    place = {key: at for at, key in enumerate(unknown)}
    matrix = sparse.lil_matrix((len(rows), len(unknown)))
    right = np.zeros(len(rows))
    for row, (total, parts) in enumerate(rows):
        for key, sign in ((total, 1.0), *((part, -1.0) for part in parts)):
            if key in place:
                matrix[row, place[key]] = sign
            else:
                right[row] -= sign * (counts[key] or 0)
    with Programme(matrix.tocsr(), right, np.zeros(len(unknown)), np.full(len(unknown), MOST), whole=True) as programme:
        found = programme.solve(np.ones(len(unknown)))
    if found is None:
        raise StoreError("What sources hide does not fit what they show: no whole numbers add up. Check the loads.")
    whole = np.rint(found).astype(np.int64).tolist()
    return {key: whole[place[key]] if key in place else int(value or 0) for key, value in counts.items()}
