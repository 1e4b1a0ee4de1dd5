"""Villages and ZIP codes of Massachusetts as hints to the town; a town's own name is never overridden."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from dashboard.domain import Level
from dashboard.intake import Intake
from data_loaders import table
from data_loaders.contract import Context, Report, Source, Stage
from data_loaders.massachusetts import STATE, find_geoid
from data_loaders.placenames import spellings
from data_loaders.rawfile import RawFile

KNOWN = {"Buzzards Bay": "Bourne", "Onset": "Wareham", "Vineyard Haven": "Tisbury"}
"""Villages of which the points say nothing or two things; the town is a matter of common knowledge."""


@dataclass
class Hints:
    """Which towns each village and ZIP code points at; a code may point at none."""

    villages: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    zips: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Aliases for every village and ZIP code that means one town; the others are counted and left out."""
    intake = Intake(SOURCE.id, file.name, file.sha256, context.today)
    hints = Hints()
    for row, record in table.records(file, report, columns=SOURCE.columns):
        _take(record, hints, context, report, row)
        intake.rows_accepted += 1
    for names in (hints.villages, hints.zips):
        intake.aliases += [(next(iter(towns)), name) for name, towns in names.items() if len(towns) == 1]
    intake.notes = _notes(hints)
    return intake


def _take(record: dict[str, str], hints: Hints, context: Context, report: Report, row: int) -> None:
    """One ZIP code: its place is a town by that name, or else a village of the town in which its point lies."""
    code, name, point = record["zip"].zfill(5), record["place_name"], record["town_geoid"]
    if not re.fullmatch(r"\d{3,5}", record["zip"]):
        rule = "A ZIP code has five digits."
        report.problem(rule, "Write it as text, like 01002.", row=row, column="zip", value=record["zip"])
        return
    if name in KNOWN:
        place = context.places.find(KNOWN[name], state=STATE, level=Level.TOWN)
    else:
        place = context.places.by_code(point) if point else None
    if (point or name in KNOWN) and (place is None or place.level is not Level.TOWN):
        rule = "No town has this code."
        report.problem(rule, "Load the towns first, or correct it.", row=row, column="town_geoid", value=point)
        return
    own = find_geoid(name, context) if _is_town_name(name, context) else ""
    towns = {geoid for geoid in (own, place.geoid if place else "") if geoid}
    hints.zips[code] |= towns
    if name and not own:
        hints.villages[name] |= towns


def _is_town_name(name: str, context: Context) -> bool:
    """True when a town itself is called so; a village that was loaded before is not a town."""
    found = context.places.get(find_geoid(name, context))
    return found is not None and set(spellings(name)) & set(spellings(found.name)) != set()


def _notes(hints: Hints) -> list[str]:
    several = sorted(name for name, towns in hints.villages.items() if len(towns) > 1)
    nowhere = sorted(name for name, towns in hints.villages.items() if not towns)
    lost = [code for code, towns in hints.zips.items() if not towns]
    split = [code for code, towns in hints.zips.items() if len(towns) > 1]
    sentences = (
        (several, "villages lie in more than one town and are not used"),
        (nowhere, "villages have a point in no town and are not used"),
        (split, "ZIP codes carry one town's name but lie in another and are not used"),
        (lost, "ZIP codes lie in no town and are not used"),
    )
    notes = [f"{len(names)} {words}: {', '.join(names[:30])}." for names, words in sentences if names]
    return [*notes, "Villages and ZIP codes are hints: a town's own name always wins."]


SOURCE = Source(
    id="ma_place_names",
    title="Massachusetts villages and ZIP codes",
    publisher="public ZIP code points, placed in the 2020 Census towns",
    licence="public record",
    url="",
    description="The town that a village's name or a ZIP code probably means, from one point for each ZIP code.",
    measures=(),
    read=read,
    columns=("zip", "place_name", "town_by_point", "town_geoid"),
    stage=Stage.CROSSWALK,
    state=STATE,
)
