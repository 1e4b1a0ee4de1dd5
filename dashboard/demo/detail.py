"""Groups and partners: the quarterly totals split so that they add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from dashboard.demo.draws import draw
from dashboard.demo.emit import Told
from dashboard.demo.rules import Rule, parameters
from dashboard.demo.spans import Span, seeded
from dashboard.demo.splits import split, split_dollars, split_inside
from dashboard.demo.world import World, regrouped
from dashboard.domain import FloatArray, Partner

Key = tuple[str, str, str]
COUNTED_IN_GROUP = 0.45
"""Where groups overlap (one site, several services) each value holds about this part of the whole."""


@dataclass
class Details:
    """Splits made so far, which the splits of parts must stay inside."""

    world: World
    totals: Mapping[tuple[str, str], FloatArray]
    rules: Mapping[str, Rule]
    groups: dict[Key, FloatArray] = field(default_factory=dict)
    partners: dict[Key, FloatArray] = field(default_factory=dict)

    def spans(self, rule: Rule) -> tuple[Span, ...]:
        """Groups and partners are told by quarters where the whole is told by months, by years where by windows."""
        return self.world.spans.of({"month": "quarter", "windows": "years"}.get(rule.cadence, rule.cadence))

    def _all_spans(self, rule: Rule) -> tuple[Span, ...]:
        return self.world.spans.of(rule.cadence)

    def total(self, rule: Rule, basis: str) -> FloatArray:
        """The whole on those spans."""
        return regrouped(rule, self.totals[rule.measure.id, basis], self._all_spans(rule), self.spans(rule))

    def by_group(self, rule: Rule, basis: str, dimension: str) -> list[Told]:
        """What is told of every value of a dimension."""
        values = rule.dims[dimension]
        key = rule.measure.id, basis, dimension
        whole = self._whole_groups(rule, basis, dimension)
        made = self._adding(rule, key, whole) if rule.adds_groups else self._overlapping(rule, key, whole)
        self.groups[key] = made
        return [
            Told(rule, basis, self.spans(rule), made[..., n], stratum=f"{dimension}={value}")
            for n, value in enumerate(values)
        ]

    def by_partner(self, rule: Rule, basis: str) -> Iterator[tuple[Partner, Told]]:
        """What each partner of each coalition tells, on the measure's own places (0 outside its coalition)."""
        total = self.total(rule, basis)
        areas = self.world.areas[rule.places]
        for coalition in self.world.coalitions:
            partners = coalition.of_sectors(rule.sectors)
            if not partners:
                continue
            ours = areas.members[:, coalition.towns].sum(axis=1) > 0
            key = rule.measure.id, basis, coalition.id
            rng = seeded(self.world.seed, "partners", *key)
            weights = self._partner_weights(partners, coalition.zero)
            whole = self.partners.get((rule.of, basis, coalition.id))
            if whole is not None and rule.without:
                whole = whole - self.partners[rule.without, basis, coalition.id]
            here = np.where(ours[:, None], total, 0)
            fits = whole is not None and whole.shape[-1] == len(partners)
            made = _apportioned(rule, rng, here, whole if fits else None, weights)
            self.partners[key] = made
            for n, partner in enumerate(partners):
                yield partner, Told(rule, basis, self.spans(rule), made[..., n], partner=partner.id)

    def _whole_groups(self, rule: Rule, basis: str, dimension: str) -> FloatArray | None:
        """The same groups of what the measure is a part of, on the measure's spans; None where nobody counts them."""
        whole = self._groups_of(rule, rule.of, basis, dimension) if rule.of else None
        out = self._groups_of(rule, rule.without, basis, dimension) if rule.without else None
        return whole if whole is None or out is None else whole - out

    def _groups_of(self, rule: Rule, measure: str, basis: str, dimension: str) -> FloatArray | None:
        above = self.rules[measure]
        whole = self.groups.get((measure, basis if basis in above.bases else above.bases[0], dimension))
        if whole is None or whole.shape[-1] != len(rule.dims[dimension]):
            return None
        return regrouped(above, whole, self.spans(above), self.spans(rule))

    def _partner_weights(self, partners: list[Partner], zero: Mapping[str, list[int]]) -> FloatArray:
        """Quarters by partners: the first sector carries most; a partner that truly had nobody weighs nothing."""
        quarters = len(self.world.spans.quarter)
        weights = np.tile(1 / (1 + np.arange(len(partners))), (quarters, 1))
        for n, partner in enumerate(partners):
            back = [quarters - 1 - quarter for quarter in zero.get(partner.id, []) if quarter < quarters]
            weights[back, n] = 0
        return weights

    def _adding(self, rule: Rule, key: Key, whole: FloatArray | None) -> FloatArray:
        total = self.total(rule, key[1])
        rng = seeded(self.world.seed, "groups", *key)
        uneven = np.array([rule.uneven.get(value, 1.0) for value in rule.dims[key[2]]])
        if rule.measure.kind == "money":
            return split_dollars(total, self._weights(rule, key[2])[:, None, :])
        weights = self._weights(rule, key[2])[:, None, :] * uneven if whole is None else uneven
        return _apportioned(rule, rng, total, whole, weights)

    def _overlapping(self, rule: Rule, key: Key, whole: FloatArray | None) -> FloatArray:
        """Each value drawn on its own; with nothing to stay inside it is some part of the total."""
        made = []
        for n, value in enumerate(rule.dims[key[2]]):
            if whole is not None:
                task = self.world.task(rule, key[1], whole[..., n], f"{key[2]}={value}", self.spans(rule))
                made.append(draw(task))
            else:
                made.append(self._some(rule, key, value))
        return np.stack(made, axis=-1)

    def _some(self, rule: Rule, key: Key, value: str) -> FloatArray:
        total = self.total(rule, key[1])
        if rule.way in ("residents", "modelled", "days") or rule.each == 1:
            return draw(self.world.task(rule, key[1], None, value, self.spans(rule))) if rule.way == "days" else total
        part = COUNTED_IN_GROUP * seeded(self.world.seed, "part", *key, value).uniform(0.5, 1.5)
        return np.floor(total * part)

    def _weights(self, rule: Rule, dimension: str) -> FloatArray:
        """Areas by values: residents where the census counts them, else the shares of rates.toml, else falling."""
        people = self.world.ground.people.get(dimension)
        areas = self.world.areas[rule.places]
        if people is not None:
            counted: FloatArray = areas.members @ people
            return counted
        values = rule.dims[dimension]
        entry = parameters()["groups"][dimension]
        known = dict(zip(entry["values"], entry.get("share", []), strict=False))
        shares = [known.get(value, 1 / (2 + n)) for n, value in enumerate(values)]
        return np.tile(shares, (len(areas), 1))


def _apportioned(
    rule: Rule, rng: np.random.Generator, total: FloatArray, of: FloatArray | None, weights: FloatArray
) -> FloatArray:
    """A total over values: inside the values `of` what it is a part of; beyond those of what it holds, spread alike."""
    if of is None:
        return split(rng, total, weights)
    if rule.way == "beyond":
        return of + split(rng, total - of.sum(axis=-1), of.sum(axis=(0, 1)))
    return split_inside(rng, total, of, weights)
