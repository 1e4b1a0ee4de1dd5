"""What if: new sites in chosen towns, and how deserts, residents and overdoses change with them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dashboard.access import Reach, decide
from dashboard.access.reach import straight_line, town_points
from dashboard.domain import Facility, FloatArray
from dashboard.figures.words import capital, number
from dashboard.views.access_answer import AccessAnswer
from dashboard.views.access_words import service_words, threshold_words
from dashboard.views.listing import Listing
from geo.travel import Points


@dataclass(frozen=True)
class WhatIf:
    """The same towns now and with the new sites, which stand at the centres of the towns at `rows`."""

    now: AccessAnswer
    then: AccessAnswer
    rows: tuple[int, ...]


def what_if(now: AccessAnswer, towns: tuple[str, ...]) -> WhatIf:
    """Place a site of the service at the centre of each of these towns."""
    rows = tuple(now.ground.geoid.index(town) for town in towns if town in now.ground.geoid)
    if not rows:
        return WhatIf(now, now, ())
    return WhatIf(now, replace(now, access=decide(with_sites(now.reach, rows), urban=now.urban, rural=now.rural)), rows)


def with_sites(reach: Reach, rows: tuple[int, ...]) -> Reach:
    """The reach with a new site at the centre of each of the towns at `rows`."""
    ground, at = reach.ground, list(rows)
    centres = Points(
        ground.latitude[at], ground.longitude[at], places=tuple(ground.geoid[row] for row in at),
        island=ground.island[at],
    )  # fmt: skip
    minutes = straight_line(ground).minutes(town_points(ground), centres)
    new = tuple(
        Facility(
            f"new-{ground.geoid[row]}", f"New site in {ground.name[row]}", reach.service.offers, town=ground.geoid[row],
            latitude=float(ground.latitude[row]), longitude=float(ground.longitude[row]),
        )
        for row in at
    )  # fmt: skip
    return replace(reach, sites=(*reach.sites, *new), minutes=np.hstack([reach.minutes, minutes]))


def headline(what: WhatIf) -> str:
    """One sentence: what changes with the new sites, or how to begin."""
    now, then = what.now, what.then
    called, beyond = service_words(now), threshold_words(now)
    if not what.rows:
        return (
            f"Where would a new site help? Choose a town on the map to place one ({called}), or ask for the best sites."
        )
    where = _names([now.ground.name[row] for row in what.rows])
    if not now.sites:
        return f"With a site in {where}, {_after(then)} beyond {beyond}. No site is known now, so there is no before."
    if not people_gained(what, now.ground.residents) and not (now.desert & ~then.desert).any():
        return f"With a new site in {where}, as many live beyond {beyond} as now: {_after(now)}."
    parts = [
        f"{number(_sum(now, people))} to {number(_sum(then, people))} {unit}"
        for people, unit in counted(now)
    ]  # fmt: skip
    said = " and from ".join(parts) or f"{number(now.desert.sum())} to {number(then.desert.sum())} towns"
    return f"With a new site in {where}, those beyond {beyond} fall from {said}."


def comparison(what: WhatIf) -> Listing:
    """Now, with the new sites, and the difference, for towns, residents, overdoses and mean minutes."""
    now, then = what.now, what.then
    rows = [("Towns", float(now.desert.sum()), float(then.desert.sum()))]
    rows += [(capital(unit), _sum(now, people), _sum(then, people)) for people, unit in counted(now)]
    rows += [("Towns on one site only", _fragile(now), _fragile(then))]
    said = [(label, number(a), number(b), _difference(b - a)) for label, a, b in rows]
    people = np.nan_to_num(now.ground.residents) * np.isfinite(now.minutes)
    minutes = [_mean_minutes(answer, people) for answer in (now, then)]
    if not np.isnan(minutes).any():
        change = _difference(minutes[1] - minutes[0], 1)
        said.append(("Mean minutes", number(minutes[0], 1),
                     number(minutes[1], 1), change))  # fmt: skip
    if not now.sites:
        said = [(label, "not known", after, "–") for label, _, after, _ in said]
    return Listing(
        "Before and after", f"Beyond {threshold_words(now)} of the nearest {service_words(now)}, now and then.",
        ("Beyond the threshold", "Now", "Then", "Change"), tuple(said),
    )  # fmt: skip


def gains(what: WhatIf) -> Listing:
    """What each new site adds after those before it, in the order in which they were placed."""
    now, rows, before = what.now, [], what.now
    for count in range(1, len(what.rows) + 1):
        after = what_if(now, tuple(now.ground.geoid[row] for row in what.rows[:count])).then
        known = counted(now)
        added = [
            number((_sum(before, people) if before.sites else float(np.nansum(people))) - _sum(after, people))
            for people, _ in known
        ]
        rows.append((f"{count}. {now.ground.name[what.rows[count - 1]]}", *added))
        before = after
    head = ("New site in", *(capital(unit) for _, unit in counted(now)))
    sentence = "Who is brought within reach by each, after those above it." if rows else "No new site is placed yet."
    return Listing("New sites", sentence, head, tuple(rows))


def people_gained(what: WhatIf, people: FloatArray) -> float:
    """How many of `people` (n,) the new sites bring within the threshold."""
    gained = ~what.then.desert & (what.now.desert if what.now.sites else np.ones(len(people), dtype=bool))
    return float(np.nansum(people[gained]))


def counted(answer: AccessAnswer) -> list[tuple[FloatArray, str]]:
    """Residents and overdoses, as far as they are known."""
    pairs = [(answer.ground.residents, "residents"), (answer.ground.overdoses, answer.overdose_unit)]
    return [(people, unit) for people, unit in pairs if unit and np.nansum(people)]


def _sum(answer: AccessAnswer, people: FloatArray) -> float:
    return float(np.nansum(people[answer.desert]))


def _fragile(answer: AccessAnswer) -> float:
    return float((answer.access.fragile & ~answer.desert).sum())


def _mean_minutes(answer: AccessAnswer, people: FloatArray) -> float:
    """Of these people (n,); NaN where nobody is known or a road is missing."""
    return float(answer.minutes[people > 0] @ people[people > 0] / people.sum()) if people.sum() else float("nan")


def _after(answer: AccessAnswer) -> str:
    parts = [f"{number(_sum(answer, people))} {unit}" for people, unit in counted(answer)]
    return f"{number(answer.desert.sum())} towns" + (f" with {' and '.join(parts)}" if parts else "")


def _difference(change: float, digits: int = 0) -> str:
    return "no change" if round(change, digits) == 0 else f"{'+' if change > 0 else ''}{number(change, digits)}"


def _names(names: list[str]) -> str:
    if len(names) > 3:
        return f"{names[0]}, {names[1]} and {len(names) - 2} more towns"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
