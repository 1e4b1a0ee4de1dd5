"""The sentences of the naloxone page: kits against need, and one town."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboard.figures.words import number
from dashboard.views.access_words import counted_words, nothing_words
from dashboard.views.naloxone_kits import Saturation, Unit
from dashboard.views.town_access import TownAccess, minutes_words
from dashboard.views.words import BASIS_WORDS, period_words


def headline(found: Saturation) -> str:
    """One sentence on kits and need of the whole area; need alone where nobody reports kits."""
    need, least, most = (float(np.nansum(each)) for each in (found.need, found.least, found.most))
    place = found.access.place
    between = f"({number(round(least, -2))} to {number(round(most, -2))})"
    if not found.reported:
        modelled = f"the modelled need is about {number(round(need, -2))} a year {between}"
        return f"Nobody reports naloxone kits by town in {place} yet; {modelled}."
    kits = float(np.nansum(found.kits))
    return (
        f"{number(kits)} two-dose naloxone kits were handed out in {place} in {period_words(found.period)}, "
        f"{number(100 * kits / need)}% of a modelled need of about {number(round(need, -2))} {between}."
    )


def notes(found: Saturation) -> tuple[str, ...]:
    """Where need comes from, what is counted where, and which free points stand on the map."""
    rule = found.rule
    need = (
        f"Need: {number(rule.per_100k)} kits per 100,000 residents a year ({number(rule.lower)} to "
        f"{number(rule.upper)}), so that naloxone is used in 80% of witnessed overdoses; {rule.source}. An order of "
        "magnitude, not a quota."
    )
    basis = f"Kits counted {BASIS_WORDS[basis]}." if found.reported and (basis := _basis(found)) else ""
    unknown = int((~np.isfinite(found.kits)).sum())
    missing = f"The kits of {number(unknown)} towns are not known." if unknown and found.reported else ""
    points = counted_words(found.access) if found.access.sites else nothing_words(found.access)
    return tuple(filter(None, (need, rule.note, basis, missing, points)))


def _basis(found: Saturation) -> Any:
    return next((basis for basis in BASIS_WORDS if basis.value == found.basis and BASIS_WORDS[basis]), None)


def town_kits(found: Saturation, places: list[Unit], geoid: str) -> TownAccess:
    """One town: kits against need where it is large enough, else through the area that serves it."""
    row = found.access.ground.geoid.index(geoid)
    unit = next((each for each in places if row in each.rows), None)
    said = [_kits_words(found, row)]
    if unit and not found.large[row]:
        handed = "kits not known" if unit.kits != unit.kits else f"{number(unit.kits)} kits"
        said.append(f"Served through {unit.name}: {handed}, about {number(unit.need)} needed.")
    if found.access.sites:
        minutes = found.access.minutes[row]
        site = found.access.site_of(row)
        said.append(
            f"{minutes_words(minutes).capitalize()} to the nearest free point: {site.name}."
            if site
            else "No road leads to a free naloxone point."
        )
    ratio = found.ratio[row]
    said.append(
        f"{number(ratio, 1)} kits to residents for each opioid death among them."
        if ratio == ratio
        else "No ratio of kits to deaths: nobody is known to have died here, or kits are not known."
    )
    kind = "Town of 10,000 people and more" if found.large[row] else "Town under 10,000 people"
    return TownAccess(found.access.ground.name[row], kind, tuple(said))


def _kits_words(found: Saturation, row: int) -> str:
    kits = found.kits[row]
    if kits != kits:
        return "Nobody reports how many kits were handed out here, or the number is hidden."
    if not found.large[row]:
        return f"{number(kits)} kits handed out; too few people for a modelled need of its own."
    need, least, most = found.need[row], found.least[row], found.most[row]
    return (
        f"{number(kits)} kits handed out, {number(100 * kits / need)}% of the {number(need)} modelled to be needed "
        f"({number(least)} to {number(most)})."
    )
