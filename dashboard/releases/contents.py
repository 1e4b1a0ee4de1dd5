"""What a release holds beside its counts: places, sets, shapes, sites, sources, policies and notes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.domain import Level, PlaceSet, State
from dashboard.releases.counted import Counting, residents
from dashboard.releases.families import OPEN
from dashboard.releases.protected import Protected
from dashboard.releases.release import Release, ReleasedCell, ReleasedPlace, ReleaseSource
from dashboard.releases.released_targets import released_targets

RULE_WORDS = (
    "Counts below {threshold} are hidden, zeros too. So are other counts where a hidden one could otherwise be worked "
    "out: a hidden number is {words}, or a larger one that covers it. Rule: {citation}"
)
OPEN_WORDS = "Nothing is hidden here: {citation}"
SMALL_TOWN = "Towns with fewer than {people:,.0f} residents are shown as their planning area."


def complete(counting: Counting, release: Release, found: Sequence[Protected], shown_as: Mapping[str, str]) -> Release:
    """The release with everything that stands beside its cells; all of it public, or told by released cells."""
    used = {cell.geoid for cell in release.cells} | set(shown_as.values())
    return replace(
        release,
        meta=_meta(counting, found),
        places=_places(counting, shown_as),
        sets=[each for each in counting.reader.gazetteer.sets if each.id in used],
        sources=_sources(counting, release.cells),
        sites=[site for site in counting.reader.facilities() if site.services],
        targets=released_targets(counting.reader.targets(), release),
        notes=_notes(counting, found),
    )


def shown_as(counting: Counting) -> dict[str, str]:
    """Town -> the planning area that stands for it, or itself; from residents alone."""
    areas = _areas(counting)
    towns = [place.geoid for place in counting.reader.gazetteer.places if place.level is Level.TOWN]
    lived = residents(counting, towns)
    small = counting.declared.small_town
    return {town: areas.get(town, town) if lived.get(town, small) < small else town for town in towns}


def _areas(counting: Counting) -> dict[str, str]:
    sets: list[PlaceSet] = [s for s in counting.reader.gazetteer.sets if s.level is Level.PLANNING_AREA]
    return {town: each.id for each in reversed(sets) for town in each.members}


def _places(counting: Counting, shown: Mapping[str, str]) -> list[ReleasedPlace]:
    gazetteer, areas = counting.reader.gazetteer, _areas(counting)
    lived = residents(counting, [place.geoid for place in gazetteer.places])
    return [
        ReleasedPlace(
            p.geoid, p.name, p.level.value, p.state, p.county,
            round(lived[p.geoid]) if p.geoid in lived else None, areas.get(p.geoid, ""), shown.get(p.geoid, p.geoid),
        )
        for p in sorted(gazetteer.places, key=lambda place: place.geoid)
    ]  # fmt: skip


def _meta(counting: Counting, found: Sequence[Protected]) -> dict[str, str]:
    reader = counting.reader
    home = reader.gazetteer.set_by_id.get(reader.home)
    names = [row["name"] for row in reader.coalitions if row["catchment"] == reader.home]
    policies = {id_: each.family.policy_name for each in found for id_ in each.family.indicators}
    strictest = [each.family.policy for each in found if each.family.policy_name != OPEN]
    return {
        "title": (names or [home.name if home else "Community coalition"])[0],
        "home": reader.home, "small_town": f"{counting.declared.small_town:.0f}",
        "demonstration": "1" if reader.cube.demonstration else "0",
        "threshold": str(min((policy.threshold for policy in strictest), default=1)), "zeros": "hidden",
        "policies": json.dumps(policies, sort_keys=True),
    }  # fmt: skip


def _sources(counting: Counting, cells: Sequence[ReleasedCell]) -> list[ReleaseSource]:
    """Sources of the printed cells, each as its newest load that any of them cites."""
    cited: dict[str, str] = {}
    for cell in cells:
        if cell.source:
            cited[cell.source] = max(cell.as_of, cited.get(cell.source, ""))
    loads = {row["source"]: row for row in counting.reader.loads}
    return [
        ReleaseSource(id_, row["title"], row["publisher"], row["licence"], row["url"], as_of)
        for id_, as_of in sorted(cited.items())
        for row in [loads[id_]]
    ]


def _notes(counting: Counting, found: Sequence[Protected]) -> list[tuple[str, str]]:
    notes = [("release", SMALL_TOWN.format(people=counting.declared.small_town))]
    for each in found:
        policy = each.family.policy
        words = RULE_WORDS.format(threshold=policy.threshold, words=policy.range_words, citation=each.family.citation)
        if each.family.policy_name == OPEN:
            words = OPEN_WORDS.format(citation=each.family.citation)
        notes += [(id_, words) for id_ in each.family.indicators]
        for id_ in each.family.indicators:
            sources = {
                c.source for c in each.family.cells if c.table.indicator == id_ and c.state != State.NOT_REPORTED
            }
            notes += [
                (id_, f"{day:%Y-%m-%d}: {label}")
                for day, label in counting.reader.breaks(counting.indicator(id_))
                if sources
            ]
    return notes
