"""The town map: one class and one sentence a town, for whatever is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.domain import Cells, FloatArray, Indicator, Query, State
from dashboard.figures.classes import Classes, LegendEntry, classify
from dashboard.figures.palette import FILLS
from dashboard.figures.words import STATE_WORDS, absent_words, capital, digits_for, number
from dashboard.views.asking import finest_level
from dashboard.views.source import ViewReader
from dashboard.views.words import BASIS_WORDS, day_words, headline_words, one_of, per_words, period_words, unit_words

COLUMNS = ("numerator", "denominator", "rate", "lower", "upper")
STATE_CODES = {State.VALUE: "v", State.UNSTABLE: "u", State.SUPPRESSED: "s", State.NOT_REPORTED: "n"}
FEW_TOWNS = 1 / 3
FEW_EVENTS = "Most towns have fewer than 10 events here: colour by planning area, or pool more months."


@dataclass(frozen=True)
class TownMap:
    """What a map shows: the question, its cells (one a drawn town or area) and the sentences around them."""

    title: str
    headline: str
    notes: tuple[str, ...]
    paint: dict[str, Any]


def town_map(reader: ViewReader, query: Query, geoids: Sequence[str], within: str, selected: str) -> TownMap:
    """The map of `query` (towns, or areas whose number every town of theirs takes) on shapes in the order `geoids`."""
    indicator = reader.registry.indicator(query.indicator)
    cells = reader.read(query)
    shown = cells.numerator if np.isnan(cells.rate).all() and indicator.denominator is None else cells.rate
    classes = classify(shown, cells.state)
    title = f"{indicator.name}, {period_words(query.periods[0])}"
    rows = rows_of(reader, cells, geoids)
    own = all(row < 0 or cells.geoid[row] == geoid for row, geoid in zip(rows, geoids, strict=True))
    paint = _paint(indicator, cells, classes, rows, own=own)
    table = _table(indicator, title)
    if query.level is not finest_level(reader, within) or not geoids:
        table["rows"] = _area_rows(cells, table["columns"])
    paint |= {"title": title, "selected": selected, "table": table}
    notes = _notes(reader, query, indicator, cells, within, drawn=bool(geoids))
    return TownMap(title, _headline(reader, query, indicator, within), notes, paint)


def rows_of(reader: ViewReader, cells: Cells, geoids: Sequence[str]) -> list[int]:
    """For each drawn place the row of its own or its area's cell; -1 outside.

    Where areas overlap the first one counts.
    """
    row_of = {id_: row for row, id_ in enumerate(cells.geoid)}
    drawn = set(geoids)
    for id_ in reversed([id_ for id_ in cells.geoid if id_ not in drawn]):
        row_of |= dict.fromkeys(reader.gazetteer.towns_of(id_), row_of[id_])
    return [row_of.get(geoid, -1) for geoid in geoids]


def _paint(indicator: Indicator, cells: Cells, classes: Classes, rows: list[int], *, own: bool) -> dict[str, Any]:
    """What is painted; names go out only where a place does not show its `own` number: the shapes have theirs."""
    digits = digits_for([None if np.isnan(rate) else rate for rate in cells.rate.tolist()])
    return {
        "classes": _of_places(np.array(list(classes.codes), dtype="U1"), rows, " "),
        "states": _of_places(_state_codes(cells), rows, "n"),
        "legend": legend(indicator, classes),
        "columns": {name: column(getattr(cells, name), rows, 0 if name[0] in "nd" else digits) for name in COLUMNS},
        "names": None if own else [cells.place[row] if row >= 0 else "" for row in rows],
        "sentence": _sentences(indicator),
    }  # fmt: skip


def legend(indicator: Indicator, classes: Classes) -> list[dict[str, str]]:
    """The classes that occur, as the map's script takes them."""
    return [
        {
            "key": entry.code,
            "label": _class_words(indicator, entry),
            "fill": FILLS[entry.code].colour,
            "texture": FILLS[entry.code].texture,
        }
        for entry in classes.legend
        if entry.areas
    ]


def _class_words(indicator: Indicator, entry: LegendEntry) -> str:
    """A class in words; a proportion without a rate has nothing to be a part of."""
    return "nothing to count" if entry.code == "c" and indicator.kind == "proportion" else entry.label


def _of_places(codes: NDArray[np.str_], rows: Sequence[int], outside: str) -> str:
    """A character for each drawn place; -1, a place outside, takes the one that is put last."""
    return "".join(np.append(codes, outside)[rows].tolist())


def _state_codes(cells: Cells) -> NDArray[np.str_]:
    """A character a cell: its state, and of values zero and counts without a rate, of the unstable those with one."""
    codes = np.array([STATE_CODES[State(state)] for state in cells.state], dtype="U1")
    value, rated = codes == STATE_CODES[State.VALUE], ~np.isnan(cells.rate)
    codes[(codes == STATE_CODES[State.UNSTABLE]) & rated] = "f"
    codes[value & (cells.numerator == 0)] = "z"
    codes[value & ~rated] = "c"
    return codes


def column(values: FloatArray, rows: Sequence[int], digits: int) -> list[float | int | None]:
    """A number for each drawn place, rounded; None where there is none or the place is outside."""
    rounded = np.round(values, digits).tolist()
    plain = [None if value != value else int(value) if digits == 0 else value for value in rounded]
    return [plain[row] if row >= 0 else None for row in rows]


def _sentences(indicator: Indicator) -> dict[str, str]:
    """Templates the browser fills with a town's numbers."""
    below = f" among {{denominator}} {indicator.denominator.label}" if indicator.denominator else ""
    counted = "${numerator}" if indicator.kind == "money" else f"{{numerator}} {indicator.unit}"
    of = "{numerator} of {denominator}" if indicator.kind == "proportion" else counted
    percent = "%" if indicator.kind == "proportion" else ""
    between = " ({lower} to {upper})" if indicator.kind in ("rate", "proportion") else ""
    few = ", too few for a rate" if indicator.denominator else ""
    rate = f"{{rate}}{percent} {per_words(indicator)}{between}; {of}"
    return {
        "value": f"{{place}}: {rate if indicator.denominator else counted}",
        "zero": f"{{place}}: no {indicator.unit}{below if indicator.kind == 'proportion' else ''}",
        "unstable": f"{{place}}: {of}{few}",
        "unstable_one": f"{{place}}: {of.replace(indicator.unit, one_of(indicator.unit))}{few}",
        "flagged": f"{{place}}: {rate}; unstable, because of few events",
        "counts_only": f"{{place}}: {of}",
        "suppressed": f"{{place}}: {STATE_WORDS[State.SUPPRESSED]}",
        "not_reported": f"{{place}}: {STATE_WORDS[State.NOT_REPORTED]}",
    }


def _table(indicator: Indicator, title: str) -> dict[str, Any]:
    """Caption, heads and columns of the table twin: only columns that the indicator has."""
    if indicator.denominator is None:
        return {"caption": title, "head": ["Place", capital(unit_words(indicator))], "columns": ["place", "numerator"]}
    head = ["Place", capital(indicator.unit), capital(indicator.denominator.label), capital(per_words(indicator))]
    columns = ["place", "numerator", "denominator", "rate"]
    if indicator.kind in ("rate", "proportion"):
        return {"caption": title, "head": [*head, "From", "To (95%)"], "columns": [*columns, "lower", "upper"]}
    return {"caption": title, "head": head, "columns": columns}


def _area_rows(cells: Cells, columns: Sequence[str]) -> list[list[str]]:
    """Areas as rows of texts, by name: the shapes on the map are their towns."""
    digits = {
        name: 0 if name[0] in "nd" else digits_for(cells.rate[~np.isnan(cells.rate)].tolist()) for name in columns
    }
    order = sorted(range(len(cells)), key=lambda row: cells.place[row])
    return [[_cell_text(cells, row, name, digits[name]) for name in columns] for row in order]


def _cell_text(cells: Cells, row: int, column: str, digits: int) -> str:
    if column == "place":
        return cells.place[row]
    value = float(getattr(cells, column)[row])
    return absent_words(cells.state[row], None) if value != value else number(value, digits)


def _headline(reader: ViewReader, query: Query, indicator: Indicator, within: str) -> str:
    """One sentence about the whole of what is drawn."""
    level = reader.gazetteer.level_of(within)
    whole = reader.read(replace(query, level=level, geoids=(within,), within=""))
    name = reader.gazetteer.name(within)
    return headline_words(indicator, whole, 0, name, query.periods[0], query.stratum)


def _notes(
    reader: ViewReader, query: Query, indicator: Indicator, cells: Cells, within: str, *, drawn: bool
) -> tuple[str, ...]:
    notes = [
        f"Counted {BASIS_WORDS[basis]}." for basis in BASIS_WORDS if basis.value == cells.basis and BASIS_WORDS[basis]
    ]
    if drawn:
        notes.insert(0, f"Colours: {f'{unit_words(indicator)} {per_words(indicator)}'.strip()}.")
    else:
        notes.append("No shapes are loaded for this state. Bring them with: coalition load boundaries FILE.")
    if query.partner:
        notes.append(f"As reported by {reader.partners[query.partner]['name']}.")
    if query.as_of:
        notes.append(f"As known on {day_words(query.as_of)}.")
    if cells.provisional.any():
        notes.append("Provisional: the newest months may still change.")
    if query.level is not finest_level(reader, within):
        notes.append("Every town is coloured by the number of its whole area.")
    elif indicator.kind == "rate" and few_rates(cells):
        notes.append(FEW_EVENTS)
    return (*cells.notes, *notes)


def few_rates(cells: Cells) -> bool:
    """Whether under a third of the reported places reach 10 events: a map of their rates would be mostly empty."""
    reported = [state for state in cells.state if state not in (State.SUPPRESSED, State.NOT_REPORTED)]
    return bool(reported) and float((cells.numerator >= 10).sum()) < FEW_TOWNS * len(reported)
