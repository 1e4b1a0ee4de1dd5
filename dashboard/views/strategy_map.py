"""The map of strategies: each town painted by how far a strategy is there, with pattern as well as colour."""

from __future__ import annotations

from typing import Any

from dashboard.figures.palette import FILLS, MUTED, RAMP, Fill
from dashboard.figures.words import capital
from dashboard.views.source import ViewReader
from dashboard.views.strategy_towns import NOBODY_SAID, HighestRates, StrategyTowns
from dashboard.views.strategy_words import status_words, told_words

STATUS_FILLS = {
    NOBODY_SAID: ("n", FILLS["n"]),
    "not started": ("1", Fill("#eceff0", "outline", MUTED)),
    "planned": ("2", Fill(RAMP[1], "stripes")),
    "running": ("3", Fill(RAMP[3])),
    "sustained": ("4", Fill(RAMP[4], "grid")),
}
"""Status -> its class character and fill: each with a pattern, or none, of its own, and darker than the one before."""
LEGEND_ORDER = ("sustained", "running", "planned", "not started", NOBODY_SAID)
AMONG, NOT_AMONG, NOT_KNOWN = "yes", "no", "not known"


def paint(
    reader: ViewReader, towns: StrategyTowns, rates: HighestRates | None, drawn: tuple[str, ...], *, strategy: str,
    selected: str,
) -> dict[str, Any]:  # fmt: skip
    """What the map's script paints, on shapes in the order `drawn`."""
    ours = set(towns.geoids)
    status = {geoid: towns.status(geoid, strategy) for geoid in towns.geoids}
    columns = {geoid: _columns(reader, towns, rates, geoid, strategy) for geoid in towns.geoids}
    highest = sorted(rates.geoids & ours) if rates else []
    one = f"one of the {len(highest)} highest rates"
    return {
        "title": title(towns, strategy),
        "classes": "".join(STATUS_FILLS[status[geoid]][0] if geoid in ours else " " for geoid in drawn),
        "states": "".join("v" if status.get(geoid) else "n" for geoid in drawn),
        "legend": [_entry(each) for each in LEGEND_ORDER],
        "columns": {
            name: [columns[geoid][name] if geoid in ours else None for geoid in drawn]
            for name in ("status", "told", "highest")
        },
        "sentence": {
            "value": "{place}: {status}. {told}",
            "not_reported": f"{{place}}: {status_words(NOBODY_SAID)}.",
        },
        "mark": [{"geoid": geoid, "label": capital(one)} for geoid in highest],
        "mark_label": one,
        "sites": [], "outlines": [], "selected": selected,
        "table": {
            "caption": title(towns, strategy),
            "head": ["Town", "How far", "What is told", "Among the highest rates"],
            "columns": ["place", "status", "told", "highest"],
            **({} if drawn else {"rows": _text_rows(reader, columns)}),
        },
    }  # fmt: skip


def title(towns: StrategyTowns, strategy: str) -> str:
    """What the picture shows, in a few words."""
    return f"{towns.names[strategy]}, town by town" if strategy else "Strategies, town by town"


def among(rates: HighestRates | None, geoid: str) -> str:
    """Whether a town is one of those with the highest rates."""
    if rates is None or geoid not in rates.known:
        return NOT_KNOWN
    return AMONG if geoid in rates.geoids else NOT_AMONG


def _columns(
    reader: ViewReader, towns: StrategyTowns, rates: HighestRates | None, geoid: str, strategy: str
) -> dict[str, str]:
    told = " ".join(told_words(reader, towns, entry, geoid) for entry in towns.entries(geoid, strategy))
    status = status_words(towns.status(geoid, strategy))
    return {"status": status, "told": told, "highest": among(rates, geoid)}


def _text_rows(reader: ViewReader, columns: dict[str, dict[str, str]]) -> list[list[str]]:
    """The table in words where there are no shapes to draw."""
    return sorted([reader.gazetteer.name(geoid), *told.values()] for geoid, told in columns.items())


def _entry(status: str) -> dict[str, str]:
    key, fill = STATUS_FILLS[status]
    return {"key": key, "label": status_words(status), "fill": fill.colour, "texture": fill.texture}
