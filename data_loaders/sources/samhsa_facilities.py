"""SAMHSA's treatment locator: facilities for substance use and mental health treatment, with their service codes."""

from __future__ import annotations

from dashboard.intake import Intake
from data_loaders import table
from data_loaders.contract import Context, Report, Source
from data_loaders.rawfile import RawFile
from data_loaders.sites import Listing, Site

SERVICE_CODES = {
    "opioid_treatment_program": ("otp",),
    "methadone": ("mu", "mm", "dm"),
    "buprenorphine": ("bu", "bum", "ub"),
    "naltrexone": ("nu", "nxn", "vtrl"),
}
ALL_CODES = {code for codes in SERVICE_CODES.values() for code in codes}
YES = {"1", "1.0", "y", "yes", "x", "true"}
NO = {"", "0", "0.0", "n", "no", "false"}


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Facilities with what the file says they offer; without service codes only that they treat substance use."""
    intake = Intake(SOURCE.id, file.name, file.sha256, context.today)
    listing = Listing(SOURCE.id, context, report)
    for row, record in table.records(file, report, columns=SOURCE.columns):
        listing.add(_site(row, record, report))
    intake.notes.append("The file has no date: its as-of date is the day on which it was loaded.")
    if not ALL_CODES & {name.casefold() for name in file.header}:
        intake.notes.append("This extract has no service codes: it does not say who offers which medicine.")
    listing.finish(intake)
    return intake


def _site(row: int, record: dict[str, str], report: Report) -> Site:
    zip_code, extra = record["zip"].partition("-")[0], record.get("zip4", "")
    return Site(
        row=row,
        name=", ".join(name for name in (record["name1"], record.get("name2", "")) if name),
        street=record["street1"],
        rooms=record.get("street2", ""),
        city=record["city"],
        state=record["state"],
        zip=f"{zip_code.zfill(5)}{extra.zfill(4) if extra else ''}" if zip_code else "",
        county=record.get("county", ""),
        latitude=record["latitude"],
        longitude=record["longitude"],
        services=_services(row, {name.casefold(): cell for name, cell in record.items()}, report),
    )


def _services(row: int, record: dict[str, str], report: Report) -> tuple[str, ...]:
    """What a row says is offered: its kind of facility, and a service for each code that is marked."""
    kind = "mental_health_treatment" if record.get("type_facility", "").upper() == "MH" else "substance_use_treatment"
    for code in sorted(ALL_CODES & set(record)):
        if record[code].casefold() not in YES | NO:
            rule = "A service code is 1 or blank."
            report.problem(rule, "Write 1 where the service is offered.", row=row, column=code, value=record[code])
    offered = [
        service
        for service, codes in SERVICE_CODES.items()
        if any(record.get(code, "").casefold() in YES for code in codes)
    ]
    return (kind, *offered)


SOURCE = Source(
    id="samhsa_facilities",
    title="Treatment facilities (FindTreatment.gov)",
    publisher="Substance Abuse and Mental Health Services Administration",
    licence="public domain (work of the U.S. government)",
    url="https://findtreatment.gov",
    description="Facilities that treat substance use, with address and point; services where the export lists them.",
    measures=(),
    read=read,
    columns=("name1", "street1", "city", "state", "zip", "latitude", "longitude"),
)
