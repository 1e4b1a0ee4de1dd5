"""The map of a what-if: towns within the threshold already, brought within it, and still beyond."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboard.figures.palette import FILLS
from dashboard.figures.words import capital
from dashboard.views.access_words import service_words, threshold_words
from dashboard.views.deserts import column_of, site_mark, site_name
from dashboard.views.what_if import WhatIf

ALREADY, GAINED, STILL, UNKNOWN = "1", "3", "5", "n"
CLASS_WORDS = {
    ALREADY: "within the threshold already",
    GAINED: "within it with the new sites",
    STILL: "still beyond it",
    UNKNOWN: "no site is known or placed",
}


def paint(what: WhatIf, drawn: tuple[str, ...]) -> dict[str, Any]:
    """What the map's script paints, on shapes in the order `drawn`."""
    now, then = what.now, what.then
    row_of = {geoid: row for row, geoid in enumerate(now.ground.geoid)}
    rows = [row_of.get(geoid, -1) for geoid in drawn]
    classes = classify(what)
    columns = town_columns(what)
    return {
        "title": f"Minutes to the nearest {service_words(now)}, with the new sites",
        "classes": "".join(classes[row] if row >= 0 else " " for row in rows),
        "states": "".join(_state(what, row) if row >= 0 else "n" for row in rows),
        "legend": [
            {"key": key, "label": words, "fill": FILLS[key].colour, "texture": FILLS[key].texture}
            for key, words in CLASS_WORDS.items()
            if key in classes
        ],
        "columns": {name: [values[row] if row >= 0 else None for row in rows] for name, values in columns.items()},
        "sentence": _sentences(what),
        "sites": [site_mark(then, at) for at in range(len(now.sites))] + [_new_mark(what, row) for row in what.rows],
        "selected": "",
        "table": _table(what),
    }


def town_columns(what: WhatIf) -> dict[str, list[Any]]:
    """The columns of the table twin, a row a town; None where there is no number."""
    now, then, classes = what.now, what.then, classify(what)
    return {
        "before": column_of(now.minutes), "after": column_of(then.minutes),
        "nearest": [site_name(then, row) for row in range(len(classes))],
        "residents": column_of(now.ground.residents), "overdoses": column_of(now.ground.overdoses),
        "reading": [CLASS_WORDS[key] for key in classes],
    }  # fmt: skip


def classify(what: WhatIf) -> list[str]:
    """One class a town: within already, gained, still beyond."""
    if not what.then.sites:
        return [UNKNOWN] * len(what.now.ground.geoid)
    before = what.now.desert if what.now.sites else np.ones(len(what.then.desert), dtype=bool)
    pairs = zip(before.tolist(), what.then.desert.tolist(), strict=True)
    return [STILL if then else GAINED if now else ALREADY for now, then in pairs]


def _table(what: WhatIf) -> dict[str, Any]:
    unit = what.now.overdose_unit
    shown = [
        ("place", "Town"), ("before", "Minutes now"), ("after", "With the new sites"), ("nearest", "Nearest site then"),
        ("residents", "Residents"), *([("overdoses", capital(unit))] if unit else []), ("reading", "Reading"),
    ]  # fmt: skip
    return {
        "caption": f"Every town, now and with the new sites; {threshold_words(what.now)}",
        "head": [head for _, head in shown],
        "columns": [name for name, _ in shown],
    }


def _sentences(what: WhatIf) -> dict[str, str]:
    unit = what.now.overdose_unit
    people = f" {{residents}} residents, {{overdoses}} {unit}." if unit else " {residents} residents."
    return {
        "value": f"{{place}}: {{reading}}. {{before}} minutes now, {{after}} with the new sites.{people}",
        "flagged": f"{{place}}: {{reading}}. {{after}} minutes with the new sites.{people}",
        "counts_only": f"{{place}}: {{reading}}. No road leads to a site.{people}",
        "not_reported": "{place}: no site is known, so nothing can be said until one is placed.",
    }


def _state(what: WhatIf, row: int) -> str:
    if not what.then.sites:
        return "n"
    if not np.isfinite(what.then.minutes[row]):
        return "c"
    return "v" if np.isfinite(what.now.minutes[row]) else "f"


def _new_mark(what: WhatIf, row: int) -> dict[str, Any]:
    ground = what.now.ground
    return {"lon": float(ground.longitude[row]), "lat": float(ground.latitude[row]), "kind": "chosen",
            "label": f"New site in {ground.name[row]}", "geoid": ground.geoid[row]}  # fmt: skip
