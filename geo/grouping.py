"""Planning areas: neighbouring towns put together until each area expects enough events to be counted."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

Group = frozenset[str]
Point = tuple[float, float]


def planning_areas(
    geoids: Sequence[str],
    neighbours: Sequence[Sequence[int]],
    expected: Sequence[float],
    *,
    minimum: float = 10.0,
    within: Mapping[str, str] | None = None,
    points: Mapping[str, Point] | None = None,
    seed: int = 0,
) -> list[tuple[str, ...]]:
    """Groups of neighbouring places that each expect at least `minimum` events where possible, sorted.

    `neighbours` are positions in `geoids`, `expected` the events each place expects. Groups keep inside the county
    that `within` names, unless a whole county, or a part of it that touches none of the rest, expects too few. An
    island joins the group nearest by `points` (longitude, latitude), without them the one that expects least. `seed`
    decides ties; the order of input does not.
    """
    order = sorted(geoids)
    random.Random(seed).shuffle(order)
    merger = _Merger(
        events=dict(zip(geoids, expected, strict=True)),
        touching={geoid: {geoids[at] for at in near} for geoid, near in zip(geoids, neighbours, strict=True)},
        rank={geoid: at for at, geoid in enumerate(order)},
        points=points or {},
    )
    groups = [frozenset({geoid}) for geoid in order]
    if within is not None:
        groups = merger.merged(groups, minimum, lambda group: within.get(min(group), ""))
    groups = merger.merged(groups, minimum, lambda _: "")
    return sorted(tuple(sorted(group)) for group in groups)


class _Merger:
    """What is known of the places while their groups grow."""

    def __init__(
        self,
        *,
        events: Mapping[str, float],
        touching: Mapping[str, set[str]],
        rank: Mapping[str, int],
        points: Mapping[str, Point],
    ) -> None:
        self.events, self.touching, self.rank, self.points = events, touching, rank, points

    def merged(self, groups: list[Group], minimum: float, region: Callable[[Group], str]) -> list[Group]:
        """The smallest group below `minimum` joins a neighbour of its region, again and again, until none can."""
        groups = list(groups)
        done: list[Group] = []
        while groups:
            least = min(groups, key=self._size)
            groups.remove(least)
            others = [group for group in (*groups, *done) if region(group) == region(least)]
            if self._total(least) >= minimum or not others or self._cut_off(least, others):
                done.append(least)
                continue
            partner = self._partner(least, others)
            (groups if partner in groups else done).remove(partner)
            groups.append(least | partner)
        return done

    def _cut_off(self, group: Group, others: Sequence[Group]) -> bool:
        """Whether a group touches places, but none of these: one across the border is nearer than its own county."""
        reach = self._reach(group)
        return bool(reach - group) and not any(other & reach for other in others)

    def _reach(self, group: Group) -> Group:
        return frozenset().union(*(self.touching[geoid] for geoid in group))

    def _partner(self, group: Group, others: Sequence[Group]) -> Group:
        """The touching group that expects least, of several the one that touches most; for islands the nearest."""
        reach = self._reach(group)
        near = [other for other in others if other & reach]
        if near:
            return min(near, key=lambda other: (self._total(other), -len(other & reach), self._size(other)))
        return min(others, key=lambda other: (self._distance(group, other), self._size(other)))

    def _total(self, group: Group) -> float:
        return sum(self.events[geoid] for geoid in sorted(group))

    def _size(self, group: Group) -> tuple[float, int]:
        return self._total(group), min(self.rank[geoid] for geoid in group)

    def _distance(self, group: Group, other: Group) -> float:
        """Squared degrees between the nearest members; 0 where positions are not known."""
        pairs = ((self.points.get(a), self.points.get(b)) for a in group for b in other)
        return min(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 if a and b else 0.0 for a, b in pairs), default=0.0)
