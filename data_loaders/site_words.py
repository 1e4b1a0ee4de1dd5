"""What people write in a list of sites: names of columns and of services, yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.services import services

COLUMNS = {
    "name": ("name", "site", "site name", "program", "program name", "programme", "facility", "facility name"),
    "services": ("services", "service", "services offered", "offers", "what it offers"),
    "street": ("street", "address", "street address", "address 1", "address line 1", "street1"),
    "town": ("town", "city", "city or town", "city/town", "town or city", "municipality"),
    "state": ("state", "st"),
    "zip": ("zip", "zip code", "zipcode", "postal code", "postcode"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
    "hours": ("hours", "opening hours", "open hours", "hours open"),
    "hours_a_week": ("hours a week", "hours per week", "weekly hours", "hours/week"),
    "capacity": ("capacity", "slots", "treatment slots"),
    "accepting": ("accepting", "accepting new clients", "accepting new patients", "accepting clients"),
    "verified_on": ("verified on", "verified", "last verified", "date verified", "verified date", "checked on"),
    "mobile_days": ("mobile days", "van days", "stop days", "mobile stop days"),
}  # fmt: skip
"""Field -> how its column may be headed; case, underlines and doubled blanks do not matter."""
_SERVICE_WORDS = {
    "opioid_treatment_program": ("otp", "opioid treatment program", "methadone clinic"),
    "methadone": ("methadone",),
    "buprenorphine": ("bup", "suboxone", "office based buprenorphine", "obot", "moud office"),
    "naltrexone": ("naltrexone", "vivitrol"),
    "naloxone": ("narcan", "free naloxone", "naloxone kits", "naloxone point"),
    "naloxone_pharmacy": ("pharmacy", "pharmacy naloxone"),
    "syringe_services": ("ssp", "syringe service", "syringe service program", "syringe services program",
                         "syringe exchange", "needle exchange", "exchange"),
    "recovery_support": ("recovery", "recovery center", "recovery centre", "recovery community center",
                         "peer support"),
    "mobile": ("van", "mobile van", "mobile unit", "van stop"),
    "substance_use_treatment": ("treatment", "substance use disorder treatment", "outpatient treatment", "detox"),
}  # fmt: skip
_ANSWERS = {
    "yes": True, "y": True, "true": True, "1": True, "x": True, "open": True, "no": False, "n": False, "false": False,
    "0": False, "closed": False, "full": False, "waitlist": False, "waiting list": False,
}  # fmt: skip
UNKNOWN = ("", "unknown", "unk", "na", "n/a", "not known", "?")


def plain(text: str) -> str:
    """Text without case, underlines, hyphens and doubled blanks."""
    return " ".join(re.sub(r"[_\-]+", " ", text.casefold()).split())


def columns_of(header: Iterable[str]) -> dict[str, str]:
    """Field -> the column of this header that holds it; the first of several."""
    found: dict[str, str] = {}
    for name in header:
        field = next((field for field, words in COLUMNS.items() if plain(name) in words), None)
        if field:
            found.setdefault(field, name)
    return found


def service_of(text: str) -> str | None:
    """The service that a word means: its id, its name or what people call it; None when it is none we know."""
    word = plain(text)
    for id_, words in _SERVICE_WORDS.items():
        known = {plain(id_), *words}
        if id_ in services():
            known |= {plain(services()[id_].name), plain(services()[id_].plural)}
        if word in known:
            return id_
    return None


def known_services() -> str:
    """The services by id, for a message."""
    return ", ".join(_SERVICE_WORDS)


def yes_or_no(text: str) -> bool | str | None:
    """True, False, None for unknown, or the text itself where it is neither."""
    word = plain(text)
    return None if word in UNKNOWN else _ANSWERS.get(word, text)
