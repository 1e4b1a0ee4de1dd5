"""The naloxone map: what share of the modelled need was handed out, town by town."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboard.domain import State
from dashboard.figures.palette import FILLS
from dashboard.views.deserts import column_of, site_mark
from dashboard.views.naloxone_kits import Saturation

LIMITS = (25, 50, 75, 100)
LABELS = ("under 25% of the need", "25 to 49%", "50 to 74%", "75 to 99%", "100% and more")
SMALL, HIDDEN, UNKNOWN = "c", "s", "n"
OTHER_WORDS = {
    SMALL: "under 10,000 people: kits and minutes only",
    HIDDEN: "hidden to protect people",
    UNKNOWN: "kits not reported",
}


def classify(found: Saturation) -> list[str]:
    """One class a town: a share of need in five steps, or why there is none."""
    return [_class(found, row) for row in range(len(found.kits))]


def _class(found: Saturation, row: int) -> str:
    if not np.isfinite(found.kits[row]):
        return HIDDEN if found.state[row] == State.SUPPRESSED else UNKNOWN
    if not found.large[row]:
        return SMALL
    return str(1 + int(np.searchsorted(LIMITS, 100 * found.kits[row] / found.need[row], side="right")))


def paint(found: Saturation, drawn: tuple[str, ...], selected: str) -> dict[str, Any]:
    """What the map's script paints, on shapes in the order `drawn`."""
    ground = found.access.ground
    row_of = {geoid: row for row, geoid in enumerate(ground.geoid)}
    rows = [row_of.get(geoid, -1) for geoid in drawn]
    classes = classify(found)
    columns = town_columns(found)
    words = {str(at + 1): label for at, label in enumerate(LABELS)} | OTHER_WORDS
    return {
        "title": "Naloxone kits as a share of the modelled need",
        "classes": "".join(classes[row] if row >= 0 else " " for row in rows),
        "states": "".join(_state(classes[row]) if row >= 0 else "n" for row in rows),
        "legend": [
            {"key": key, "label": label, "fill": FILLS[key].colour, "texture": FILLS[key].texture}
            for key, label in words.items()
            if key in classes or (key.isdigit() and set(classes) & set("12345"))
        ],
        "columns": {name: [values[row] if row >= 0 else None for row in rows] for name, values in columns.items()},
        "sentence": _sentences(),
        "sites": [site_mark(found.access, at) for at in range(len(found.access.sites))],
        "selected": selected,
        "table": {
            "caption": "Kits, modelled need and minutes to a free point, town by town",
            "head": ["Town", "Kits", "Needed", "At least", "At most", "Percent of need", "Kits per death",
                     "Minutes to a free point"],
            "columns": ["place", "kits", "need", "least", "most", "share", "ratio", "minutes"],
        },
    }  # fmt: skip


def _state(key: str) -> str:
    return "v" if key.isdigit() else key


def town_columns(found: Saturation) -> dict[str, list[Any]]:
    """The columns of the table twin, a row a town; None where there is no number."""
    own = np.where(found.large, 1.0, np.nan)  # smaller towns have no need of their own
    share = np.divide(100 * found.kits, found.need, out=np.full(len(found.kits), np.nan), where=found.need > 0)
    return {
        "kits": column_of(found.kits), "need": column_of(found.need * own), "least": column_of(found.least * own),
        "most": column_of(found.most * own), "share": column_of(share * own),
        "ratio": [None if value != value else round(value, 1) for value in found.ratio.tolist()],
        "minutes": column_of(found.access.minutes),
    }  # fmt: skip


def _sentences() -> dict[str, str]:
    near = " {minutes} minutes to a free naloxone point."
    return {
        "value": "{place}: {kits} kits handed out, {share}% of the {need} needed ({least} to {most})." + near,
        "counts_only": "{place}: {kits} kits handed out; too few people for a need of its own." + near,
        "suppressed": "{place}: its kits are hidden to protect people." + near,
        "not_reported": "{place}: nobody reports its kits." + near,
    }
