"""Opioid treatment programmes: the geocoded list, or Medicare's list of enrolled programmes (no coordinates)."""

from __future__ import annotations

from dashboard.intake import Intake
from data_loaders import table
from data_loaders.contract import Context, Report, Source
from data_loaders.rawfile import RawFile
from data_loaders.sites import Listing, Site

SERVICES = ("opioid_treatment_program", "methadone")
"""Methadone for opioid use disorder is dispensed by these programmes; which other medicines, the lists do not say."""
GEOCODED = {
    "name": "ID", "street": "ADDRESS", "city": "CITY", "state": "STATE", "zip": "POSTAL",
    "latitude": "Latitude", "longitude": "Longitude",
}  # fmt: skip
MEDICARE = {
    "key": "NPI", "name": "PROVIDER NAME", "street": "ADDRESS LINE 1", "rooms": "ADDRESS LINE 2", "city": "CITY",
    "state": "STATE", "zip": "ZIP",
}  # fmt: skip


def recognises(file: RawFile) -> bool:
    """True when the header is one of the two lists'."""
    return any(set(layout.values()) <= set(file.header) for layout in (GEOCODED, MEDICARE))


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Programmes as facilities, listed and not verified."""
    layout = MEDICARE if "NPI" in file.header else GEOCODED
    intake = Intake(SOURCE.id, file.name, file.sha256, context.today)
    listing = Listing(SOURCE.id, context, report)
    for row, record in table.records(file, report, columns=tuple(layout.values())):
        fields = {field: record[column] for field, column in layout.items()}
        listing.add(Site(row=row, services=SERVICES, **fields))
    intake.notes.append("The file has no date: its as-of date is the day on which it was loaded.")
    if layout is MEDICARE:
        intake.notes.append("Medicare's list has no coordinates: its programmes cannot be drawn or reached by minutes.")
    listing.finish(intake)
    return intake


SOURCE = Source(
    id="opioid_treatment_programs",
    title="Opioid treatment programmes",
    publisher="Substance Abuse and Mental Health Services Administration; Centers for Medicare & Medicaid Services",
    licence="public domain (work of the U.S. government)",
    url="https://dpt2.samhsa.gov/treatment/directory.aspx",
    description="Certified programmes that may dispense methadone for opioid use disorder, with address and point.",
    measures=(),
    read=read,
    recognises=recognises,
)
