"""Invented sites: where they stand, what they offer, and when somebody last checked that they are open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from dashboard.demo.places import Ground
from dashboard.demo.spans import seeded
from dashboard.domain import Facility

SITES = {
    "opioid_treatment_program": (28, ("opioid_treatment_program", "methadone"), "Treatment Program", "Mon-Sat 6-14"),
    "buprenorphine": (70, ("buprenorphine",), "Office-Based Treatment", "Mon-Fri 8-17"),
    "naloxone": (55, ("naloxone",), "Free Naloxone Point", "every day 8-20"),
    "naloxone_pharmacy": (45, ("naloxone_pharmacy",), "Apothecary", "every day 8-21"),
    "syringe_services": (22, ("syringe_services", "naloxone"), "Exchange", "Mon-Fri 10-18"),
    "recovery_support": (20, ("recovery_support",), "Recovery Room", "Mon-Sat 9-19"),
    "mobile": (10, ("mobile", "naloxone", "syringe_services"), "Van Stop", "Tue and Thu 13-17"),
}
"""How many of each kind, what they offer, the last words of their names and their hours."""
FIRST_WORDS = (
    "Alder", "Birchgate", "Candlewick", "Dovetail", "Eastlight", "Ferryman", "Garnet", "Hearthstone", "Inkwell",
    "Juniper", "Kestrel", "Larkspur", "Millrace", "Northstar", "Open Door Lane", "Poplar", "Quill", "Rowan", "Sable",
    "Thistle", "Upland", "Vesper", "Willowmere", "Yarrow",
)  # fmt: skip
SPREAD_DEGREES = 0.008
VERIFIED_SHARE = 0.62
QUARTER_DAYS = 90


def sites(ground: Ground, seed: int, today: date) -> list[Facility]:
    """About 250 sites, more of them where many people and overdoses are; some verified, some only listed."""
    rng = seeded(seed, "sites")
    weight = ground.residents[:, 1] ** 0.75 * ground.burden
    return [site for kind in SITES for site in _of_kind(kind, ground, weight / weight.sum(), rng, today)]


def _of_kind(
    kind: str, ground: Ground, weight: np.ndarray, rng: np.random.Generator, today: date
) -> Iterator[Facility]:
    count, services, last_word, hours = SITES[kind]
    for number, at in enumerate(rng.choice(len(ground.towns), count, p=weight)):
        town = ground.towns[at]
        east, north = rng.normal(0, SPREAD_DEGREES, 2)
        word = FIRST_WORDS[int(rng.integers(len(FIRST_WORDS)))]
        age = int(rng.integers(1, QUARTER_DAYS if rng.random() < 0.75 else 4 * QUARTER_DAYS))
        yield Facility(
            id=f"demo-{kind.replace('_', '-')}-{number + 1}",
            name=f"{word} {last_word}, {town.name}",
            services=services,
            address=f"{int(rng.integers(1, 400))} {word} Street, {town.name}",
            town=town.geoid,
            latitude=round((town.latitude or 0) + north, 5),
            longitude=round((town.longitude or 0) + east, 5),
            verified_on=today - timedelta(days=age) if rng.random() < VERIFIED_SHARE else None,
            hours=hours,
        )
