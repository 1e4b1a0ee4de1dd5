"""Service deserts: which towns lie beyond a threshold in minutes of a service, and who lives there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.domain import FloatArray
from dashboard.figures.palette import FILLS
from dashboard.figures.words import capital, number
from dashboard.views.access_answer import AccessAnswer
from dashboard.views.access_words import service_words, threshold_words
from dashboard.views.desert_words import headline, notes
from dashboard.views.words import day_words

WITHIN, ONE_SITE, NEAR_WITHIN, NEAR_BEYOND, BEYOND, UNKNOWN = "1", "2", "3", "4", "5", "n"
CLASS_WORDS = {
    WITHIN: "within the threshold",
    ONE_SITE: "within, but hangs on one site",
    NEAR_WITHIN: "within, borderline",
    NEAR_BEYOND: "beyond, borderline",
    BEYOND: "desert: beyond the threshold",
    UNKNOWN: "no site is known",
}
COLUMNS = ("place", "minutes", "nearest", "next", "residents", "overdoses", "reading")


@dataclass(frozen=True)
class DesertMap:
    """The sentence, the notes beside the map, and what the map's script paints."""

    headline: str
    notes: tuple[str, ...]
    paint: dict[str, Any]


def desert_map(answer: AccessAnswer, drawn: tuple[str, ...], selected: str) -> DesertMap:
    """The map of a reach on shapes in the order `drawn`; towns outside it stay blank."""
    row_of = {geoid: row for row, geoid in enumerate(answer.ground.geoid)}
    rows = [row_of.get(geoid, -1) for geoid in drawn]
    classes = classify(answer)
    paint = {
        "title": f"Minutes to the nearest {service_words(answer)}",
        "classes": "".join(classes[row] if row >= 0 else " " for row in rows),
        "states": "".join(_state(answer, row) if row >= 0 else "n" for row in rows),
        "legend": _legend(classes),
        "columns": _columns(answer, rows),
        "sentence": _sentences(answer),
        "sites": [site_mark(answer, at) for at in range(len(answer.sites))],
        "selected": selected,
        "table": _table(answer, drawn=bool(drawn)),
    }
    return DesertMap(headline(answer), notes(answer), paint)


def classify(answer: AccessAnswer) -> list[str]:
    """One class a town: from within the threshold to beyond it, those in doubt between."""
    if not answer.sites:
        return [UNKNOWN] * len(answer.ground.geoid)
    columns = zip(
        answer.desert.tolist(), answer.access.borderline.tolist(), answer.access.fragile.tolist(), strict=True
    )
    return [_class(desert, borderline, fragile) for desert, borderline, fragile in columns]


def _class(desert: bool, borderline: bool, fragile: bool) -> str:
    if desert:
        return NEAR_BEYOND if borderline else BEYOND
    if borderline:
        return NEAR_WITHIN
    return ONE_SITE if fragile else WITHIN


def site_name(answer: AccessAnswer, row: int, *, second: bool = False) -> str:
    """The nearest site of a town (or the next) by name; that there is none by road."""
    site = answer.site_of(row, second=second)
    return site.name if site else "no site by road"


def _state(answer: AccessAnswer, row: int) -> str:
    if not answer.sites:
        return "n"
    return "v" if answer.minutes[row] < float("inf") else "c"


def _legend(classes: list[str]) -> list[dict[str, str]]:
    return [
        {"key": key, "label": words, "fill": FILLS[key].colour, "texture": FILLS[key].texture}
        for key, words in CLASS_WORDS.items()
        if key in classes
    ]


def _sentences(answer: AccessAnswer) -> dict[str, str]:
    """Templates the browser fills with a town's numbers."""
    people = f" {{residents}} residents, {{overdoses}} {answer.overdose_unit}." if answer.overdose_unit else (
        " {residents} residents."
    )  # fmt: skip
    return {
        "value": f"{{place}}: {{reading}}. {{minutes}} minutes to {{nearest}}.{people}",
        "counts_only": f"{{place}}: {{reading}}. No road leads to any {service_words(answer)}.{people}",
        "not_reported": f"{{place}}: no {service_words(answer)} is known, so nothing can be said.",
    }


def readings(answer: AccessAnswer) -> list[str]:
    """What each town's class says, fragile and borderline both where both hold."""
    said = []
    for row in range(len(answer.ground.geoid)):
        words = "desert" if answer.desert[row] else "within reach"
        if answer.access.borderline[row]:
            words += ", borderline"
        if answer.access.fragile[row] and not answer.desert[row]:
            words += ", hangs on one site"
        said.append(words if answer.sites else "nothing known")
    return said


def _columns(answer: AccessAnswer, rows: list[int]) -> dict[str, list[Any]]:
    columns = town_columns(answer)
    return {name: [values[row] if row >= 0 else None for row in rows] for name, values in columns.items()}


def town_columns(answer: AccessAnswer) -> dict[str, list[Any]]:
    """The columns of the table twin, a row a town; None where there is no number."""
    return {
        "minutes": column_of(answer.minutes),
        "nearest": [site_name(answer, row) for row in range(len(answer.ground.geoid))],
        "next": column_of(answer.second_minutes),
        "residents": column_of(answer.ground.residents),
        "overdoses": column_of(answer.ground.overdoses),
        "reading": readings(answer),
    }


def column_of(values: FloatArray) -> list[int | None]:
    """Whole numbers for the map's script; None where there is none."""
    return [round(value) if abs(value) < float("inf") else None for value in values.tolist()]


def _table(answer: AccessAnswer, *, drawn: bool) -> dict[str, Any]:
    head = ["Town", "Minutes", "Nearest site", "Minutes to the next", "Residents", capital(answer.overdose_unit), ""]
    head[-1] = "Reading"
    shown = [at for at, name in enumerate(COLUMNS) if name != "overdoses" or answer.overdose_unit]
    table: dict[str, Any] = {
        "caption": f"{capital(service_words(answer))}: every town, {threshold_words(answer)}",
        "head": [head[at] for at in shown],
        "columns": [COLUMNS[at] for at in shown],
    }
    if not drawn:
        columns = town_columns(answer) | {"place": list(answer.ground.name)}
        by_name = sorted(range(len(answer.ground.name)), key=lambda row: answer.ground.name[row])
        table["rows"] = [[_text(columns[COLUMNS[at]][row]) for at in shown] for row in by_name]
    return table


def _text(value: object) -> str:
    return "not known" if value is None else number(value) if isinstance(value, int) else str(value)


def site_mark(answer: AccessAnswer, at: int) -> dict[str, Any]:
    """A site as the map draws it."""
    site = answer.sites[at]
    kind = "mobile" if "mobile" in site.services else "verified" if site.verified_on else "listed"
    verified = f"verified on {day_words(site.verified_on)}" if site.verified_on else "listed, not verified"
    said = ", ".join(filter(None, (site.name, verified, site.hours)))
    return {"lon": site.longitude, "lat": site.latitude, "label": said, "kind": kind, "geoid": site.town}
