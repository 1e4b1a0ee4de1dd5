"""The invented numbers of every measure on the places that report it, before anything is hidden or missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dashboard.demo.areas import Areas
from dashboard.demo.coalitions import Coalition
from dashboard.demo.draws import Draw, Places, draw
from dashboard.demo.places import STATE, Ground
from dashboard.demo.rules import Rule
from dashboard.demo.spans import Span, Spans, seeded
from dashboard.domain import Basis, FloatArray, Level

CITY_PULL = 0.12
"""Events happen where the hospitals are: by occurrence a town weighs its size to this power more."""
TOWN_CHANCE = 0.6
"""The part of a measure's spread between towns that is its own; the rest is shared by all measures."""


@dataclass(frozen=True)
class World:
    """Everything the numbers depend on."""

    seed: int
    ground: Ground
    coalitions: list[Coalition]
    spans: Spans

    @cached_property
    def coalition_towns(self) -> NDArray[np.int64]:
        """Positions of all towns of any coalition."""
        return np.unique(np.concatenate([coalition.towns for coalition in self.coalitions]))

    @cached_property
    def areas(self) -> Mapping[str, Areas]:
        """The words of rates.toml for places, and `whole`: the state."""
        towns = self._towns(np.arange(len(self.ground.towns)))
        catchments = self._catchments()
        counties = self._counties()
        return {
            "state": towns,
            "coalitions": self._towns(self.coalition_towns),
            "catchments": catchments,
            "counties": counties,
            "areas": catchments.and_also(counties),
            "whole": Areas((STATE,), (Level.STATE,), np.ones((1, len(towns)))),
        }

    def totals(self, rules: Mapping[str, Rule]) -> dict[tuple[str, str], FloatArray]:
        """Places by spans for every measure and basis."""
        found: dict[tuple[str, str], FloatArray] = {}
        for rule in rules.values():
            for basis in rule.bases:
                found[rule.measure.id, basis] = draw(self.task(rule, basis, self._whole(rule, basis, rules, found)))
        return found

    def _whole(
        self, rule: Rule, basis: str, rules: Mapping[str, Rule], found: Mapping[tuple[str, str], FloatArray]
    ) -> FloatArray | None:
        """What the measure is a part of, on the measure's own spans; None for a measure that stands alone."""
        if not rule.of:
            return None
        whole = self._on_its_spans(rule, basis, rules[rule.of], found)
        return whole - self._on_its_spans(rule, basis, rules[rule.without], found) if rule.without else whole

    def _on_its_spans(
        self, rule: Rule, basis: str, above: Rule, found: Mapping[tuple[str, str], FloatArray]
    ) -> FloatArray:
        values = found[above.measure.id, basis if basis in above.bases else above.bases[0]]
        return regrouped(above, values, self.spans.of(above.cadence), self.spans.of(rule.cadence))

    def task(
        self, rule: Rule, basis: str, whole: FloatArray | None, stratum: str = "", spans: tuple[Span, ...] = ()
    ) -> Draw:
        """What a way of counting needs; `stratum` gives groups that do not add up a chance of their own."""
        spans = spans or self.spans.of(rule.cadence)
        areas = self.areas[rule.places]
        chance = seeded(self.seed, rule.measure.id, basis, stratum)
        steady = seeded(self.seed, rule.of or rule.measure.id, rule.measure.id, stratum).random(len(areas))
        shape = (len(areas), len(spans))
        return Draw(
            rule, self._places(rule, basis, spans), spans, self.spans.elapsed(spans),
            np.zeros(shape) if whole is None else whole, chance, steady,
        )  # fmt: skip

    def _places(self, rule: Rule, basis: str, spans: tuple[Span, ...]) -> Places:
        areas = self.areas[rule.places]
        towns = self.residents_in(spans)
        effect = self._effect(rule, basis)
        held = areas.members.sum(axis=1)
        weight = areas.members * self.ground.residents[:, 1]
        return Places(
            residents=areas.members @ towns,
            effect=weight @ effect / weight.sum(axis=1),
            quality=areas.members @ self._quality / held,
            hub=(areas.members @ self._hubs) > 0,
            missing=np.array([self._sectors_missing.get(geoid, 0) for geoid in areas.geoids], dtype=float),
        )

    @cached_property
    def _quality(self) -> FloatArray:
        quality = np.zeros(len(self.ground.towns))
        for coalition in self.coalitions:
            quality[coalition.towns] = coalition.quality
        return quality

    @cached_property
    def _hubs(self) -> FloatArray:
        hubs = np.zeros(len(self.ground.towns))
        for coalition in self.coalitions:
            hubs[coalition.hubs] = 1
        return hubs

    @cached_property
    def _sectors_missing(self) -> dict[str, int]:
        return {coalition.id: coalition.sectors_missing for coalition in self.coalitions}

    def _effect(self, rule: Rule, basis: str) -> FloatArray:
        """Each town's burden with the rule's spread, half shared by all measures; 1 on average over residents."""
        size = len(self.ground.towns)
        if rule.spread == 0:
            return np.ones(size)
        shared = seeded(self.seed, "shared burden").normal(0, 1, size)
        own = seeded(self.seed, rule.measure.id, "burden").normal(0, 1, size)
        log = rule.spread * (np.sqrt(1 - TOWN_CHANCE**2) * shared + TOWN_CHANCE * own)
        residents = self.ground.residents[:, 1]
        effect = self.ground.burden * np.exp(log)
        if basis == Basis.OCCURRENCE:
            effect = effect * (residents / np.median(residents)) ** CITY_PULL
        return np.asarray(effect / np.average(effect, weights=residents))

    def sums(self, above: str, below: str) -> FloatArray:
        """The matrix that adds the places of one word of rates.toml up to those of another."""
        key = above, below
        if key not in self._sums:
            self._sums[key] = self.areas[above].members @ self.areas[below].members.T
        return self._sums[key]

    @cached_property
    def _sums(self) -> dict[tuple[str, str], FloatArray]:
        return {}

    @cached_property
    def _residents(self) -> dict[tuple[Span, ...], FloatArray]:
        return {}

    def residents_in(self, spans: tuple[Span, ...]) -> FloatArray:
        """The ground's residents of towns by spans, kept because every measure asks for the same few spans."""
        if spans not in self._residents:
            self._residents[spans] = self.ground.residents_in(spans)
        return self._residents[spans]

    def _towns(self, positions: NDArray[np.int64]) -> Areas:
        geoids = tuple(self.ground.geoids[n] for n in positions)
        return Areas(geoids, (Level.TOWN,) * len(geoids), np.eye(len(self.ground.towns))[positions])

    def _catchments(self) -> Areas:
        members = np.zeros((len(self.coalitions), len(self.ground.towns)))
        for number, coalition in enumerate(self.coalitions):
            members[number, coalition.towns] = 1
        return Areas(tuple(one.id for one in self.coalitions), (Level.CATCHMENT,) * len(members), members)

    def _counties(self) -> Areas:
        geoids = tuple(county.geoid for county in self.ground.counties)
        members = np.array([[float(town.county == geoid) for town in self.ground.towns] for geoid in geoids])
        return Areas(geoids, (Level.COUNTY,) * len(geoids), members)


def regrouped(rule: Rule, values: FloatArray, known: tuple[Span, ...], wanted: tuple[Span, ...]) -> FloatArray:
    """Values (places by spans, perhaps by groups) on other spans: chosen, else summed; of stocks the last."""
    if set(wanted) <= set(known):
        return np.asarray(values[:, [known.index(span) for span in wanted]])
    inside = np.array([[start >= s and end <= e for s, e in wanted] for start, end in known], dtype=float)
    if rule.measure.kind in ("stock", "status"):
        last = np.cumsum(inside[::-1], axis=0)[::-1] == 1
        inside = inside * last
    return np.asarray(np.einsum("ps...,sw->pw...", values, inside))
