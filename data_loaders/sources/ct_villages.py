"""Connecticut villages, boroughs and cities, and the town each lies in."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from dashboard.domain import Level
from dashboard.intake import Intake
from data_loaders import table, values
from data_loaders.cells import reading
from data_loaders.contract import Context, Report, Source, Stage
from data_loaders.ctdata import STATE, town
from data_loaders.rawfile import RawFile

KINDS = re.compile(r" (CDP|borough|city|town)$")
MORE_THAN_HALF = 0.5
Shares = dict[tuple[str, str], list[tuple[float, str]]]
"""(code, name) of a village -> its share and town; two villages may bear one name (Long Hill in Groton, Trumbull)."""


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Each village as another name of its town; one split over several belongs where over half its residents live."""
    intake = Intake(SOURCE.id, file.name, file.sha256, date(2020, 4, 1))
    shares: Shares = defaultdict(list)
    for row, record in table.records(file, report, columns=SOURCE.columns):
        home = town(record["town"], context, report, row=row, column="town")
        weight = reading(record["place_wt"], values.number, report, row=row, column="place_wt")
        if not record["place"]:
            report.problem("The name of the village is missing.", "Add it.", row=row, column="place")
        elif weight is not None and weight[0] is None:
            report.problem("The share of the village is missing.", "Add it.", row=row, column="place_wt")
        elif home is not None and weight is not None:
            shares[record["place_geoid"], record["place"]].append((weight[0] or 0.0, home))
            intake.rows_accepted += 1
    for (_, village), parts in shares.items():
        _add(intake, village, parts, context)
    return intake


def _add(intake: Intake, village: str, parts: list[tuple[float, str]], context: Context) -> None:
    weight, geoid = max(parts)
    short = KINDS.sub("", village)
    if weight <= MORE_THAN_HALF:
        intake.notes.append(f"{village} is split and no town holds over half of its residents: not placed.")
        return
    namesake = context.places.find(short, state=STATE, level=Level.TOWN)
    if namesake and namesake.geoid != geoid and namesake.name == short:
        intake.notes.append(f"{village} lies in another town than {namesake.name}; the bare name means the town.")
    intake.aliases += [(geoid, name) for name in dict.fromkeys((village, short))]
    if weight < 1:
        home = context.places.get(geoid)
        intake.notes.append(
            f"{village} is split; {weight:.0%} of its residents live in {home.name if home else geoid}."
        )


SOURCE = Source(
    id="ct_villages",
    title="Connecticut villages and the towns they lie in",
    publisher="CT Data Collaborative, from the 2020 Census",
    licence="public domain",
    url="https://github.com/CT-Data-Haven",
    description="Census places (villages, boroughs, cities) with the share of their residents in each town.",
    measures=(),
    read=read,
    columns=("town", "place", "place_geoid", "place_wt"),
    stage=Stage.CROSSWALK,
    state=STATE,
)
