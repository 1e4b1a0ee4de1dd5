"""The page of what-ifs: a request in words becomes a map, a comparison and the best sites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from dashboard.domain import Scenario
from dashboard.errors import InvalidQuery
from dashboard.views.access_answer import access_answer
from dashboard.views.access_words import counted_words, overdose_words
from dashboard.views.asking import write_address
from dashboard.views.blank_map import blank_paint
from dashboard.views.choices import Choice
from dashboard.views.listing import Listing
from dashboard.views.shapes import shapes_for
from dashboard.views.source import ViewReader
from dashboard.views.what_if import comparison, gains, headline, what_if
from dashboard.views.what_if_asked import AskedWhatIf, complete
from dashboard.views.what_if_best import best_sites, certificate, placed_by
from dashboard.views.what_if_map import paint

PATH = "/places/what-if"
CSV = "/csv/what-if.csv"
KEPT = ("service", "within", "urban", "rural", "sites", "placed", "goal", "need", "count", "best")
"""What a saved scenario holds of a request."""


@dataclass(frozen=True)
class WhatIfPage:
    """Everything the page says, in the order it is read."""

    asked: AskedWhatIf
    headline: str
    notes: tuple[str, ...]
    paint: dict[str, Any]
    comparison: Listing | None = None
    gains: Listing | None = None
    best: Listing | None = None
    geometry: str = ""
    csv: str = ""


def what_if_page(reader: ViewReader, asked: AskedWhatIf, today: date) -> WhatIfPage:
    """The page for a request; InvalidQuery names what is unknown or out of bounds."""
    asked = complete(reader, asked, today)
    answer = access_answer(reader, asked.access, today)
    what = what_if(answer, asked.towns)
    shapes = shapes_for(reader, asked.within)
    found = best_sites(reader, asked, today) if asked.best else None
    if found is None or placed_by(found) != asked.placed:  # somebody moved a site since
        found, asked = None, replace(asked, best="")
    notes = (answer.reach.travel, counted_words(answer) if answer.sites else "", overdose_words(answer))
    return WhatIfPage(
        asked, headline(what), tuple(filter(None, notes)), paint(what, shapes.geoids if shapes else ()),
        comparison=comparison(what) if what.rows else None,
        gains=gains(what) if what.rows else None,
        best=certificate(found, answer) if found else None,
        geometry=f"/geo/{shapes.sha}.json" if shapes else "",
        csv=write_address(CSV, replace(asked, best="", first="", second="")),
    )  # fmt: skip


def refused_page(reader: ViewReader, asked: AskedWhatIf, error: InvalidQuery) -> WhatIfPage:
    """The page for a request that cannot be answered: the reason in words, and a map that claims nothing."""
    try:
        shapes = shapes_for(reader, asked.within)
    except InvalidQuery:
        shapes = None
    return WhatIfPage(asked, str(error), (), blank_paint(shapes), geometry=f"/geo/{shapes.sha}.json" if shapes else "")


def body_of(asked: AskedWhatIf) -> dict[str, str]:
    """What is kept of a completed request in a scenario."""
    return {name: value for name in KEPT if (value := getattr(asked, name))}


def asked_of(scenario: Scenario, beside: AskedWhatIf) -> AskedWhatIf:
    """The request that a scenario keeps; what is compared stays as it is."""
    known = {field.name for field in fields(AskedWhatIf)} & set(KEPT)
    kept = {name: str(value) for name, value in scenario.body.items() if name in known}
    return AskedWhatIf(**kept, first=beside.first, second=beside.second)


def offered(scenarios: Sequence[Scenario]) -> list[Choice]:
    """Saved scenarios as choices, the newest first."""
    return [Choice("", "None"), *(Choice(each.id, each.title) for each in scenarios)]


def compared(reader: ViewReader, scenarios: Sequence[Scenario], today: date) -> Listing:
    """Scenarios side by side, each worked out on the numbers of today."""
    told = [_told(reader, scenario, today) for scenario in scenarios]
    labels = list(dict.fromkeys(label for column in told for label in column))
    rows = tuple((label, *(column.get(label, "–") for column in told)) for label in labels)
    sentence = "Each on the numbers of today: before, then with its sites." if told else "Choose two saved scenarios."
    return Listing("Compare", sentence, ("Scenario", *(scenario.title for scenario in scenarios)), rows if told else ())


def _told(reader: ViewReader, scenario: Scenario, today: date) -> dict[str, str]:
    try:
        asked = complete(reader, asked_of(scenario, AskedWhatIf()), today)
        what = what_if(access_answer(reader, asked.access, today), asked.towns)
    except InvalidQuery as error:
        return {"Cannot be shown": str(error)}
    names = ", ".join(what.now.ground.name[row] for row in what.rows) or "none"
    head = {"Service": what.now.service.name, "Area": what.now.place, "New sites in": names}
    return head | {label: f"{now} → {then} ({change})" for label, now, then, change in comparison(what).rows}


def address_of(scenario: Scenario) -> str:
    """The link that opens a scenario."""
    return write_address(PATH, asked_of(scenario, AskedWhatIf()))
