"""The town map in smoothed rates, with every town's own count, rate and interval beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from dashboard.domain import Cells, Indicator, Query
from dashboard.figures.classes import classify
from dashboard.figures.words import digits_for
from dashboard.views.asking import finest_level
from dashboard.views.smoothed import MEANING, smoothed_rates
from dashboard.views.source import ViewReader
from dashboard.views.town_map import TownMap, column, legend, rows_of
from dashboard.views.words import per_words

TOWNS_ONLY = "Only the rates of towns are smoothed: areas are shown as counted."


def smooth_map(reader: ViewReader, query: Query, geoids: Sequence[str], drawn: TownMap) -> TownMap:
    """The same map, `drawn` from `query` on shapes in the order `geoids`, coloured by smoothed rates.

    A map of larger areas stays as it is and says so.
    """
    if query.level is not finest_level(reader, query.within):
        return replace(drawn, notes=(*drawn.notes, TOWNS_ONLY))
    indicator = reader.registry.indicator(query.indicator)
    cells = reader.read(query)
    rates = smoothed_rates(reader, query, cells).rate
    classes = classify(rates, cells.state)
    rows = rows_of(reader, cells, geoids)
    digits = digits_for(rates[~np.isnan(rates)].tolist())
    paint = drawn.paint | {
        "classes": "".join(classes.codes[row] if row >= 0 else " " for row in rows),
        "legend": legend(indicator, classes),
        "columns": drawn.paint["columns"] | {"smoothed": column(rates, rows, digits)},
        "sentence": drawn.paint["sentence"] | _sentences(indicator),
        "table": _table(drawn.paint["table"], geoids),
        "title": f"{drawn.title}, smoothed",
    }
    return replace(drawn, notes=(*drawn.notes, MEANING), paint=paint)


def smoothed_rows(reader: ViewReader, query: Query, cells: Cells) -> list[dict[str, object]]:
    """The rows of `cells` with the smoothed rate and its interval beside each: what the CSV of such a map holds."""
    found = smoothed_rates(reader, query, cells)
    columns = {"smoothed": found.rate, "smoothed_lower": found.lower, "smoothed_upper": found.upper}
    return [
        row | {name: None if np.isnan(values[at]) else round(float(values[at]), 4) for name, values in columns.items()}
        for at, row in enumerate(cells.rows())
    ]


def _sentences(indicator: Indicator) -> dict[str, str]:
    """Templates the browser fills; the states without a count keep theirs."""
    said = f"{{place}}: {{smoothed}} {per_words(indicator)}, smoothed"
    counted = f"{{numerator}} {indicator.unit}"
    own = f"own rate {{rate}} ({{lower}} to {{upper}}), {counted}"
    return {
        "value": f"{said}; {own}",
        "flagged": f"{said}; {own}; unstable, because of few events",
        "unstable": f"{said}; {counted}, too few for a rate of its own",
        "zero": f"{said}; no {indicator.unit}",
    }


def _table(table: dict[str, Any], geoids: Sequence[str]) -> dict[str, Any]:
    """The table twin with one more column; rows that came as texts stay as they are, for there is no map to smooth."""
    if not geoids:
        return table
    head, columns = [*table["head"], "Smoothed"], [*table["columns"], "smoothed"]
    return table | {"caption": f"{table['caption']}, smoothed", "head": head, "columns": columns}
