"""What the demonstration's partners agreed: most without a hitch, and one of each case that a coalition meets."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dashboard.agreements import Agreement
from dashboard.agreements.written import from_terms
from dashboard.domain import Partner

AGREEMENTS_FILE = Path(__file__).with_name("agreements.toml")
IN_FORCE_DAYS = 400
"""Days before the demonstration is made on which the agreements began."""


def partner_agreements(partners: list[Partner], today: date) -> list[Agreement]:
    """One agreement a partner, signed by the partner and the coalition except where the file says otherwise."""
    told = tomllib.loads(AGREEMENTS_FILE.read_text("utf-8"))
    return [_agreement(partner, told, today) for partner in partners]


def _agreement(partner: Partner, told: dict[str, Any], today: date) -> Agreement:
    own = told["partner"].get(partner.id, {})
    terms = told["everybody"] | told["sector"].get(partner.sector, {}) | own
    last, unsigned = today + timedelta(days=terms.pop("last_day_in")), terms.pop("unsigned", False)
    first = today - timedelta(days=IN_FORCE_DAYS)
    signatures = [{"who": "Director of the coalition", "on": first}, {"who": f"Director, {partner.name}", "on": first}]
    if unsigned:
        del signatures[1]["on"]
    named = {"id": partner.id, "name": partner.name, "coalition": partner.coalition, "partner": partner.id}
    return from_terms(named | terms | {"valid_from": first, "valid_to": last, "signatures": signatures}, "the file")
