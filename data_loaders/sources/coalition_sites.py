"""A coalition's own list of sites: what each offers, where it is, when it opens, and when somebody last checked."""

from __future__ import annotations

from dashboard.intake import Intake
from data_loaders import table
from data_loaders.contract import Context, Report, Source
from data_loaders.own_sites import OwnSites
from data_loaders.rawfile import RawFile
from data_loaders.site_words import columns_of

PLACED = ({"town"}, {"latitude", "longitude"})
TELLING = {"street", "hours", "hours_a_week", "capacity", "accepting", "verified_on", "mobile_days", "latitude"}


def recognises(file: RawFile) -> bool:
    """True when the header names sites, their services, where they are, and anything about their address or opening."""
    found = set(columns_of(file.header))
    return {"name", "services"} <= found and any(place <= found for place in PLACED) and bool(found & TELLING)


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Sites as facilities; every fault of every row is in the report, and what is only odd is in the notes."""
    intake = Intake(SOURCE.id, file.name, file.sha256, context.today)
    columns = columns_of(file.header)
    sites = OwnSites(SOURCE.id, context, report, columns)
    for row, record in table.records(file, report):
        sites.add(row, {field: record[column] for field, column in columns.items()})
    sites.finish(intake)
    return intake


SOURCE = Source(
    id="coalition_sites",
    title="The coalition's own list of sites",
    publisher="the coalition",
    licence="the coalition's own",
    url="",
    description="Sites with services, address or point, hours, capacity, whether they accept people, and the day on"
    " which somebody last checked that they are open.",
    measures=(),
    read=read,
    recognises=recognises,
)
