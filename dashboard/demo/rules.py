"""What each measure is drawn from: its own section of rates.toml, else what its theme and way of counting say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.demo.places import PLACES_FILE
from dashboard.domain import Basis, Indicator, Measure
from dashboard.indicators import Registry

RATES_FILE = Path(__file__).with_name("rates.toml")
POPULATION = "population"
ROOT_WAYS = ("events", "level", "hub", "amount", "days", "residents", "modelled", "sectors")
KINDS_IN_ORDER = ("proportion", "rate", "ratio", "count", "stock", "money", "days")


@dataclass(frozen=True)
class Rule:
    """How one measure is drawn; the words are explained at the head of rates.toml. `dims` maps dimensions to values."""

    measure: Measure
    theme: str
    silent_with: str
    """The theme whose silences it shares: that of the measure at the root of what it is a part of."""
    way: str
    of: str
    places: str
    towns: str
    cadence: str
    bases: tuple[str, ...]
    dims: dict[str, tuple[str, ...]]
    uneven: dict[str, float]
    sectors: tuple[str, ...]
    rate: float = 50.0
    each: float = 0.0
    start: float = 0.4
    end: float = 0.6
    trend: float = 1.0
    season: float = 0.0
    spread: float = 0.3
    hidden_below: int = 0
    first: bool = False
    totals: dict[int, float] = field(default_factory=dict)
    break_on: date | None = None
    break_factor: float = 1.0
    break_note: str = ""
    break_label: str = ""
    without: str = ""
    """A part of `of` that is left out before this part is drawn."""

    @property
    def adds_groups(self) -> bool:
        """Whether its groups add up to the whole."""
        return "stratum" in self.measure.adds_over


@cache
def parameters() -> dict[str, Any]:
    """rates.toml."""
    return tomllib.loads(RATES_FILE.read_text("utf-8"))


def rules(registry: Registry) -> dict[str, Rule]:
    """A rule for every first measure of every indicator's terms but the residents, each after the one it is part of."""
    uses = _uses(registry)
    found: dict[str, Rule] = {}
    for id_ in uses:
        _resolve(id_, uses, registry, found, ())
    return found


@dataclass
class _Use:
    """Where a measure is used: the indicator that says most about it, and everything all of them ask of it."""

    indicator: Indicator
    whole: str
    bases: dict[str, None]
    dims: dict[str, None]


def _uses(registry: Registry) -> dict[str, _Use]:
    uses: dict[str, _Use] = {}
    for indicator in sorted(registry.indicators.values(), key=lambda one: KINDS_IN_ORDER.index(one.kind)):
        for id_, whole in _terms(indicator):
            known = uses.setdefault(id_, _Use(indicator, whole, {}, {}))
            if whole and not known.whole:
                known.indicator, known.whole = indicator, whole
            known.bases.update(dict.fromkeys(basis.value for basis in indicator.bases))
            known.dims.update(dict.fromkeys(indicator.strata))
    return uses


def _terms(indicator: Indicator) -> Iterator[tuple[str, str]]:
    """The indicator's measures, each with the one it is a part of (residents for a rate's, "" for none)."""
    below = indicator.denominator.measures[0] if indicator.denominator else ""
    yield indicator.numerator.measures[0], below
    if below and below != POPULATION:
        yield below, ""


def _resolve(
    id_: str, uses: dict[str, _Use], registry: Registry, found: dict[str, Rule], waiting: tuple[str, ...]
) -> Rule | None:
    """The rule of a measure, after the rules it depends on; None for a circle, whose last member stands alone."""
    if id_ in found:
        return found[id_]
    if id_ in waiting or id_ not in uses:
        return None
    own = parameters()["measure"].get(id_, {})
    roots = own.get("way") in ROOT_WAYS
    whole = "" if roots else own.get("of", uses[id_].whole)
    if "without" in own:
        _resolve(own["without"], uses, registry, found, (*waiting, id_))
    above = _resolve(whole, uses, registry, found, (*waiting, id_)) if whole not in ("", POPULATION) else None
    found[id_] = _rule(registry.measures[id_], uses[id_], own, above)
    return found[id_]


def _rule(measure: Measure, use: _Use, own: dict[str, Any], above: Rule | None) -> Rule:
    theme = parameters()["theme"][use.indicator.theme]
    natural: dict[str, Any] = {"places": _places(measure, theme), "cadence": _cadence(measure, theme)}
    if above:
        natural = {name: getattr(above, name) for name in ("places", "towns", "cadence", "hidden_below")}
        if _cadence(measure, theme) == "windows" and above.cadence != "years":
            natural["cadence"] = "windows"
    entry = {"towns": "all", **theme, **natural, **own}
    if entry["cadence"] in ("month", "windows") and entry.get("hidden_below") and "cadence" not in own and not above:
        entry["cadence"] = "quarter" if entry["cadence"] == "month" else "windows"
    settings = {key: value for key, value in entry.items() if key not in ("way", "of", "groups", "uneven", "sectors")}
    settings["totals"] = {int(year): total for year, total in entry.get("totals", {}).items()}
    return Rule(
        measure=measure,
        theme=use.indicator.theme,
        silent_with=above.silent_with if above else use.indicator.theme,
        way=own.get("way") or _way(measure, use.indicator, above),
        of=above.measure.id if above else "",
        bases=tuple(use.bases) or (Basis.NONE.value,),
        dims=_dims(use, own, above),
        uneven=parameters()["uneven"][entry["uneven"][1 if above else 0]],
        sectors=(above.sectors if above and above.sectors else tuple(entry["sectors"]))
        if "partner" in measure.adds_over
        else (),
        **settings,
    )


def _places(measure: Measure, theme: dict[str, Any]) -> str:
    return str(theme["places"]) if "place" in measure.adds_over else "catchments"


def _cadence(measure: Measure, theme: dict[str, Any]) -> str:
    if measure.kind == "days" or (measure.kind in ("count", "money") and "time" not in measure.adds_over):
        return "windows"
    return "quarter" if measure.kind in ("stock", "status", "money") else str(theme["cadence"])


def _way(measure: Measure, indicator: Indicator, above: Rule | None) -> str:
    if above:
        steady = measure.kind in ("stock", "money") or "time" not in measure.adds_over
        return "steady" if steady else "ratio" if indicator.kind == "ratio" else "share"
    if measure.kind in ("stock", "status") or "time" not in measure.adds_over:
        return "days" if measure.kind == "days" else "level"
    return "amount" if measure.kind == "money" else "events"


def _dims(use: _Use, own: dict[str, Any], above: Rule | None) -> dict[str, tuple[str, ...]]:
    groups = parameters()["groups"] | tomllib.loads(PLACES_FILE.read_text("utf-8"))["groups"]
    inherited = above.dims if above else {}
    values = {dim: inherited.get(dim) or tuple(groups.get(dim, {}).get("values", ())) for dim in use.dims}
    values |= {dim: tuple(named) for dim, named in own.get("groups", {}).items() if dim in use.dims}
    return {dim: named for dim, named in values.items() if named}
