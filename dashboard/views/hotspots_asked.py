"""What the hotspots page is asked, and what it opens on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.domain import Level
from dashboard.errors import InvalidQuery
from dashboard.views import choices
from dashboard.views.asking import Asked, find_place, resolve_period, state_of, write_address
from dashboard.views.choices import Choice
from dashboard.views.shapes import home_state
from dashboard.views.smoothed import SMOOTHED
from dashboard.views.source import ViewReader

PATH = "/places/hotspots"
KINDS = (Choice("spatial", "The whole period"), Choice("emerging", "What is emerging now"))


@dataclass(frozen=True)
class AskedHotspots:
    """What the hotspots page is asked; `within` is the area whose towns are compared with each other."""

    indicator: str = ""
    period: str = ""
    basis: str = ""
    within: str = ""
    kind: str = ""
    place: str = ""
    as_of: str = ""


def complete(reader: ViewReader, asked: AskedHotspots) -> AskedHotspots:
    """A request with its defaults filled in and its names made ids; it opens on what was analysed last."""
    within = find_place(reader, asked.within) if asked.within else home_state(reader)
    state = state_of(reader, within)
    found = {} if asked.indicator else _first_analysis(reader, within, state)
    wanted = asked.indicator or found.get("indicator") or choices.kept("", events(reader, state))
    indicator = reader.registry.indicator(wanted or choices.first_indicator(reader, state))
    if indicator.kind != "rate":
        raise InvalidQuery(f"'{indicator.name}' does not count events among residents: hotspots are of events only.")
    if asked.kind and asked.kind not in [choice.value for choice in KINDS]:
        raise InvalidQuery(f"The kind '{asked.kind[:40]}' is not one of spatial, emerging.")
    usual = choices.kept(f"{indicator.months}m", choices.periods(reader, indicator, state))
    if found and str(resolve_period(reader, indicator, usual, state)) != found["period"]:
        usual = found["period"]
    return replace(
        asked, within=within, indicator=indicator.id, kind=asked.kind or KINDS[0].value,
        period=asked.period or usual,
        basis=choices.kept(asked.basis or found.get("basis") or "", choices.bases(reader, indicator, state)),
        place=find_place(reader, asked.place) if asked.place else "",
    )  # fmt: skip


def in_words(asked: AskedHotspots) -> Asked:
    """The same question as the map and the command line ask it, towns by town."""
    return Asked(
        asked.indicator,
        within=asked.within,
        period=asked.period,
        basis=asked.basis,
        as_of=asked.as_of,
        rates=SMOOTHED,
    )


def trail(reader: ViewReader, asked: AskedHotspots) -> tuple[tuple[str, str], ...]:
    """From the state to the area to the town that is shown: words and address, "" for the last one."""
    gazetteer, town = reader.gazetteer, asked.place if asked.place in reader.gazetteer.number else ""
    county = gazetteer.place(town).county if town else ""
    areas = dict.fromkeys(filter(None, [state_of(reader, asked.within), asked.within, county]))
    steps = [(id_, replace(asked, within=id_, place="")) for id_ in areas if gazetteer_knows(reader, id_)]
    steps += [(town, asked)] if town else []
    return tuple(
        (gazetteer.name(id_), "" if at == len(steps) - 1 else write_address(PATH, step))
        for at, (id_, step) in enumerate(steps)
    )


def smaller_areas(reader: ViewReader, asked: AskedHotspots) -> tuple[tuple[str, str], ...]:
    """The counties and regions of the state that is shown, each with its address; none where it is one of them."""
    gazetteer, state = reader.gazetteer, state_of(reader, asked.within)
    if asked.within != state:
        return ()
    counties = [place.geoid for place in gazetteer.places if place.level is Level.COUNTY and place.state == state]
    sets = [
        one.id for one in gazetteer.sets if one.level is not Level.PLANNING_AREA and state_of(reader, one.id) == state
    ]
    named = sorted((gazetteer.name(id_), id_) for id_ in counties) + [(gazetteer.name(id_), id_) for id_ in sets]
    return tuple((name, write_address(PATH, replace(asked, within=id_, place=""))) for name, id_ in named)


def gazetteer_knows(reader: ViewReader, id_: str) -> bool:
    """Whether a place or set is in the store: a town's county may not be."""
    return id_ in reader.gazetteer.number or id_ in reader.gazetteer.set_by_id


def events(reader: ViewReader, state: str) -> list[Choice]:
    """Indicators of events among residents, the only ones that have hotspots, under their themes."""
    known = reader.registry.indicators
    offered = [c for c in choices.indicators(reader, state) if c.heading or known[c.value].kind == "rate"]
    followed = zip(offered, [*offered[1:], Choice("", "", heading=True)], strict=False)  # none offered: none followed
    return [choice for choice, after in followed if not (choice.heading and after.heading)]


def _first_analysis(reader: ViewReader, within: str, state: str) -> Mapping[str, Any]:
    """What the page opens on: the stored analysis of the indicator that every page opens on, else the newest one.

    One of the area itself comes before one of its state. Empty where nothing was analysed.
    """
    first = choices.first_indicator(reader, state)
    found = [
        row for area in dict.fromkeys((within, state)) for row in reader.analyses()
        if row["kind"] == "hotspots" and row["within"] == area and not (row["stratum"] or row["partner"])
    ]  # fmt: skip
    usual = choices.kept("", choices.bases(reader, reader.registry.indicator(first), state))
    found.sort(key=lambda row: (row["indicator"] != first, row["basis"] != usual))
    return found[0] if found else {}
