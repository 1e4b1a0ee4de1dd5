"""Need and access together: nine classes of towns, and the map of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.domain import Basis, Cells, FloatArray, Query, State
from dashboard.figures.palette import BIVARIATE, FILLS
from dashboard.figures.words import capital, lower
from dashboard.views.access_answer import AccessAnswer
from dashboard.views.access_words import service_words
from dashboard.views.asking import finest_level
from dashboard.views.deserts import column_of, site_mark, site_name
from dashboard.views.smoothed import smoothed_rates
from dashboard.views.source import ViewReader
from dashboard.views.words import per_words

RATE, EVENTS = "rate", "events"
THIRDS = ("lowest third", "middle third", "highest third")
REACHES = ("within half the threshold", "within the threshold", "beyond it")
HIGH, BEYOND = 2, 2
UNKNOWN, HIDDEN = "n", "s"


@dataclass(frozen=True)
class Need:
    """How much need each town of an answer has, (n,): NaN where it is not known. `digits` for showing it."""

    value: FloatArray
    label: str
    state: tuple[str, ...]
    digits: int
    same: bool
    """Whether no town differs from another beyond chance, so that thirds would say nothing."""

    @property
    def third(self) -> NDArray[np.int64]:
        """0 to 2 from low to high, (n,); -1 where need is not known. All in the middle where none differs."""
        known = np.isfinite(self.value)
        if self.same or not known.any():
            return np.where(known, 1, -1)
        limits = np.quantile(self.value[known], (1 / 3, 2 / 3))
        return np.where(known, np.searchsorted(limits, np.nan_to_num(self.value), side="left"), -1)


def need_of(reader: ViewReader, answer: AccessAnswer, kind: str) -> Need | None:
    """The need of every town: smoothed rates, or the events themselves; None where no overdoses are reported."""
    ground = answer.ground
    if not ground.need or not ground.period:
        return None
    indicator = reader.registry.indicator(ground.need)
    query = Query(
        ground.need, (ground.period,), finest_level(reader, ground.within), within=ground.within,
        basis=Basis(ground.basis) if ground.basis else None,
    )  # fmt: skip
    cells = reader.read(query)
    state = tuple(_aligned(cells, list(cells.state), ground.geoid, State.NOT_REPORTED.value))
    if kind == EVENTS or indicator.kind != "rate":
        return Need(ground.overdoses, lower(indicator.name), state, 0, same=False)
    rates = smoothed_rates(reader, query, cells).rate
    value = np.array(_aligned(cells, rates.tolist(), ground.geoid, float("nan")), dtype=float)
    known = value[np.isfinite(value)]
    return Need(value, f"{indicator.unit} {per_words(indicator)}, smoothed", state, 1,
                same=bool(len(known)) and float(np.ptp(known)) < 1e-9)  # fmt: skip


def reach_class(answer: AccessAnswer) -> NDArray[np.int64]:
    """0 to 2 from near to beyond the threshold, (n,)."""
    near = answer.minutes <= answer.access.threshold / 2
    return np.where(answer.desert, BEYOND, np.where(near, 0, 1))


def classify(answer: AccessAnswer, need: Need | None) -> list[str]:
    """The key of each town's class: 1 + 3 x need + reach, or why there is none."""
    if need is None or not answer.sites:
        return [UNKNOWN] * len(answer.ground.geoid)
    pairs = zip(need.third.tolist(), reach_class(answer).tolist(), need.state, strict=True)
    return [
        str(1 + 3 * third + reach) if third >= 0 else HIDDEN if state == State.SUPPRESSED else UNKNOWN
        for third, reach, state in pairs
    ]


def paint(answer: AccessAnswer, need: Need | None, drawn: tuple[str, ...], selected: str) -> dict[str, Any]:
    """What the map's script paints, on shapes in the order `drawn`."""
    row_of = {geoid: row for row, geoid in enumerate(answer.ground.geoid)}
    rows = [row_of.get(geoid, -1) for geoid in drawn]
    classes = classify(answer, need)
    columns = town_columns(answer, need, classes)
    unknown = {UNKNOWN: "need or access not known", HIDDEN: "hidden to protect people"}
    return {
        "title": f"Need and access: {service_words(answer)}",
        "classes": "".join(classes[row] if row >= 0 else " " for row in rows),
        "states": "".join(_state(classes[row]) if row >= 0 else "n" for row in rows),
        "legend": [
            {"key": key, "label": words, "fill": FILLS[key].colour, "texture": FILLS[key].texture}
            for key, words in unknown.items()
            if key in classes
        ],
        **({"bivariate": _legend()} if set(classes) - {UNKNOWN, HIDDEN} else {}),
        "columns": {name: [values[row] if row >= 0 else None for row in rows] for name, values in columns.items()},
        "sentence": _sentences(answer, need),
        "sites": [site_mark(answer, at) for at in range(len(answer.sites))],
        "selected": selected,
        "table": _table(answer, need),
    }


def _legend() -> dict[str, Any]:
    return {
        "across": "Minutes", "down": "Need", "fills": [list(row) for row in BIVARIATE],
        "labels": {"across": list(REACHES), "down": list(THIRDS)},
    }  # fmt: skip


def town_columns(answer: AccessAnswer, need: Need | None, classes: list[str]) -> dict[str, list[Any]]:
    """The columns of the table twin, a row a town; None where there is no number."""
    values = need.value.tolist() if need else [float("nan")] * len(classes)
    digits = need.digits if need else 0
    return {
        "minutes": column_of(answer.minutes),
        "nearest": [site_name(answer, row) for row in range(len(classes))],
        "need": [None if value != value else round(value, digits) if digits else round(value) for value in values],
        "overdoses": column_of(answer.ground.overdoses),
        "residents": column_of(answer.ground.residents),
        "reading": [reading(key) for key in classes],
    }


def reading(key: str) -> str:
    """A class in words: `highest third of need, beyond it`."""
    if not key.isdigit():
        return "not known"
    need, reach = divmod(int(key) - 1, 3)
    return f"need in the {THIRDS[need]}, {('near', 'within the threshold', 'beyond the threshold')[reach]}"


def _state(key: str) -> str:
    return "v" if key.isdigit() else key


def _sentences(answer: AccessAnswer, need: Need | None) -> dict[str, str]:
    rate = f" {{need}} {need.label}." if need and need.digits else ""
    people = f" {{overdoses}} {answer.overdose_unit}, {{residents}} residents."
    return {
        "value": f"{{place}}: {{reading}}. {{minutes}} minutes to {{nearest}}.{rate}{people}",
        "suppressed": "{place}: its overdoses are hidden to protect people. {minutes} minutes to {nearest}.",
        "not_reported": "{place}: its need or its access is not known.",
    }


def _table(answer: AccessAnswer, need: Need | None) -> dict[str, Any]:
    shown = [
        ("place", "Town"), ("reading", "Reading"), ("minutes", "Minutes"), ("nearest", "Nearest site"),
        *([("need", capital(need.label))] if need and need.digits else []),
        ("overdoses", capital(answer.overdose_unit or "Overdoses")), ("residents", "Residents"),
    ]  # fmt: skip
    return {
        "caption": f"Need and access in every town; {service_words(answer)}",
        "head": [head for _, head in shown],
        "columns": [name for name, _ in shown],
    }


def _aligned(cells: Cells, values: list[Any], geoids: tuple[str, ...], absent: object) -> list[Any]:
    at = dict(zip(cells.geoid, values, strict=True))
    return [at.get(geoid, absent) for geoid in geoids]
