"""Minutes between places read from a table that somebody worked out beforehand."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geo.distance import Array
from geo.travel import Ids, Points, TravelError, TravelTime

COLUMNS = ("origin", "destination", "minutes")
MOST_MINUTES = 1440.0
"""Nobody drives a day to a service: larger numbers are seconds or metres."""
NAMED = 5
CODE_DIGITS = (5, 10)
"""Lengths of the Census codes whose leading zero spreadsheets drop."""


@dataclass(frozen=True)
class MatrixTimes:
    """Minutes by pairs of ids, (origins, destinations); a pair that the table leaves out is inf: no way worth listing.

    `otherwise` answers for points the table does not know at all (a new site); without it they are an error.
    """

    origins: dict[str, int]
    destinations: dict[str, int]
    table: Array
    otherwise: TravelTime | None = None

    def minutes(self, origins: Points, destinations: Points) -> Array:
        """Minutes from each origin to each destination, (n, m). TravelError names the points the table does not know.

        A site is looked up by its own id, then by the place it lies in.
        """
        rows, columns = _positions(origins, self.origins), _positions(destinations, self.destinations)
        unknown = (rows < 0)[:, None] | (columns < 0)[None, :]
        found = np.full(unknown.shape, np.inf)
        if self.table.size:
            found = np.where(unknown, np.inf, self.table[np.ix_(rows, columns)])
        if unknown.any():
            if self.otherwise is None:
                raise TravelError(self._told(origins, destinations))
            found = np.where(unknown, self.otherwise.minutes(origins, destinations), found)
        return found

    def unknown(self, origins: Points, destinations: Points) -> tuple[Ids, Ids]:
        """The ids of the origins and of the destinations of which the table has no row."""
        return (
            _names(origins, _positions(origins, self.origins) < 0),
            _names(destinations, _positions(destinations, self.destinations) < 0),
        )

    def describe(self) -> str:
        """The sentence printed beside the map."""
        sentence = f"Minutes from a table of {len(self.origins):,} origins and {len(self.destinations):,} destinations."
        return sentence if self.otherwise is None else f"{sentence} Where it has none: {self.otherwise.describe()}"

    def _told(self, origins: Points, destinations: Points) -> str:
        parts = []
        for side, ids, known in zip(
            ("origin", "destination"), self.unknown(origins, destinations), (self.origins, self.destinations),
            strict=True,
        ):  # fmt: skip
            if ids:
                parts.append(f"no {side} {', '.join(ids[:NAMED])}{_more(len(ids))}{_zero_lost(ids, known)}")
        return f"The table of minutes has {' and '.join(parts)}. Add them, or let the straight line answer for them."


def read_minutes(path: Path | str, *, otherwise: TravelTime | None = None) -> MatrixTimes:
    """Read a CSV file with the columns origin, destination and minutes (inf: no road).

    TravelError lists the rows (numbered as in a spreadsheet, the header is row 1) that cannot be understood.
    """
    with Path(path).open(newline="", encoding="utf-8-sig") as file:
        try:
            reader = csv.DictReader(file)
            missing = [one for one in COLUMNS if one not in (reader.fieldnames or ())]
            if missing:
                header = ", ".join(reader.fieldnames or ()) or "nothing"
                raise TravelError(f"{Path(path).name}: no column {', '.join(missing)}; its first row says: {header}.")
            pairs = _pairs(Path(path).name, reader)
        except (UnicodeDecodeError, csv.Error) as error:
            raise TravelError(f"{Path(path).name} is not a CSV file in UTF-8 ({type(error).__name__}).") from error
    if not pairs:
        raise TravelError(f"{Path(path).name} has a header but no row.")
    return _dense(pairs, otherwise)


def _pairs(name: str, rows: Iterable[dict[str, str]]) -> dict[tuple[str, str], float]:
    pairs: dict[tuple[str, str], float] = {}
    faults = []
    for number, row in enumerate(rows, start=2):
        origin, destination, text = ((row[column] or "").strip() for column in COLUMNS)
        minutes, fault = _number(text)
        if not origin or not destination:
            fault = "no origin or no destination"
        elif pairs.get((origin, destination), minutes) != minutes:
            fault = f"{origin} to {destination} stands in an earlier row with other minutes"
        if fault:
            faults.append(f"row {number}: {fault}")
        else:
            pairs[origin, destination] = minutes
    if faults:
        raise TravelError(f"{name}: {'; '.join(faults[:NAMED])}{_more(len(faults))}. Nothing was read.")
    return pairs


def _number(text: str) -> tuple[float, str]:
    """The minutes and what is wrong with them, if anything."""
    try:
        minutes = float(text)
    except ValueError:
        return 0.0, f"'{text[:20]}' is not a number of minutes"
    if math.isnan(minutes) or minutes < 0:
        return 0.0, f"{text[:20]} minutes cannot be"
    if MOST_MINUTES < minutes < math.inf:
        return 0.0, f"{text[:20]} minutes are more than a day; are these seconds?"
    return minutes, ""


def _dense(pairs: dict[tuple[str, str], float], otherwise: TravelTime | None) -> MatrixTimes:
    origins = {one: at for at, one in enumerate(dict.fromkeys(origin for origin, _ in pairs))}
    destinations = {one: at for at, one in enumerate(dict.fromkeys(destination for _, destination in pairs))}
    table = np.full((len(origins), len(destinations)), np.inf)
    for (origin, destination), minutes in pairs.items():
        table[origins[origin], destinations[destination]] = minutes
    return MatrixTimes(origins, destinations, table, otherwise)


def _positions(points: Points, known: dict[str, int]) -> np.ndarray:
    """Where each point stands in the table, -1 where it does not."""
    names = zip(points.ids or points.places, points.places, strict=True)
    found = [known.get(own, known.get(place, -1)) for own, place in names]
    return np.array(found if found else [-1] * len(points), dtype=np.int64)


def _names(points: Points, chosen: np.ndarray) -> Ids:
    names = points.ids or points.places or tuple(f"{at + 1} (without an id)" for at in range(len(points)))
    return tuple(names[at] for at in np.flatnonzero(chosen))


def _more(count: int) -> str:
    return f" and {count - NAMED} more" if count > NAMED else ""


def _zero_lost(ids: Ids, known: dict[str, int]) -> str:
    lost = any(len(one) in CODE_DIGITS and one.startswith("0") and one[1:] in known for one in ids)
    return " (its codes seem to have lost their leading zero)" if lost else ""
