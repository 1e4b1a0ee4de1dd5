"""A store in which an ambulance service handed out 120 kits, which members may see and law enforcement may not."""

from __future__ import annotations

from datetime import date, datetime

from dashboard.agreements.written import from_terms
from dashboard.domain import Basis, Level, Partner, Period, PlaceSet, SourceCard
from dashboard.intake import Coverage, Intake
from dashboard.store.agreements import save_agreement
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write
from data_loaders.register import built_in

GREENFIELD, YEAR = "2501127060", Period.parse("2025")
TERMS = {
    "id": "ems", "name": "Tamarack Ambulance", "coalition": "ours", "partner": "ems", "purpose": "To learn",
    "indicators": "all", "finest_place": "town", "finest_period": "month", "groups": "all", "audiences": {"member": 0},
    "embargo_days": 0, "valid_from": "2025-01-01", "valid_to": "2099-12-31", "on_expiry": "hide",
    "legal_basis": "Counts", "citation": "none", "signatures": [{"who": "them", "on": "2025-01-01"}],
}  # fmt: skip


def hand_out_kits(workspace: Workspace) -> None:
    """Write the towns, the coalition, a year of kits and their agreement."""
    load_kits(workspace)
    save_agreement(workspace.engine, from_terms(TERMS), who="Ann", why="Agreed", now=datetime(2026, 1, 7))


def load_kits(workspace: Workspace) -> None:
    """Write the towns, the coalition and a year of kits, of which no agreement speaks yet."""
    towns = SourceCard("gazetteer", "Towns", "us", "public domain")
    write(workspace.engine, built_in("25"), towns, datetime(2026, 1, 1))
    kits = Intake("partner_sheet", "kits.csv", "1", date(2026, 1, 5))
    kits.coalitions = [("ours", "Our coalition", "ours-towns")]
    kits.place_sets = [PlaceSet("ours-towns", "Our towns", Level.CATCHMENT, (GREENFIELD,))]
    kits.partners = [Partner("ems", "Tamarack Ambulance", "EMS", "ours", "ours-towns")]
    for month in range(1, 13):
        span = Period.of_months(2025, month, 1)
        kits.observations.add("naloxone_kits", GREENFIELD, (span.start, span.end), 10.0, partner="ems")
    kits.coverage = [Coverage("naloxone_kits", YEAR.start, YEAR.end, Level.TOWN, Basis.NONE, "ems")]
    write(workspace.engine, kits, SourceCard("partner_sheet", "Kits", "us", "by agreement"), datetime(2026, 1, 6))
