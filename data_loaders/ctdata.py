"""The long tables of the Connecticut data collaborative: Town, FIPS, Year, ..., Measure Type, Variable, Value."""

from __future__ import annotations

from dashboard.domain import Level
from data_loaders.cells import no_town, suggestion
from data_loaders.contract import Context, Report
from data_loaders.placenames import spellings

STATE = "09"


def fips_place(record: dict[str, str], context: Context, report: Report, *, row: int) -> str | None:
    """The geoid of a row: "09" for the state's own row, else the town's; None after a problem.

    A lost leading zero is restored; a code whose town has another name is a problem, not a guess.
    """
    code, name = record["FIPS"], record["Town"]
    if code.zfill(2) == STATE and name.lower() == "connecticut":
        return STATE
    found = context.places.by_code(code)
    if found is None or found.state != STATE:
        rule = f"No Connecticut town has the code '{code[:20]}'."
        report.problem(rule, suggestion(name, context, state=STATE), row=row, column="FIPS", value=code)
        return None
    if set(spellings(name)).isdisjoint(spellings(found.name)):
        rule = f"The code is that of {found.name}, the name is '{name[:60]}'."
        report.problem(rule, "Correct the name or the code.", row=row, column="Town", value=name)
        return None
    return found.geoid


def town(name: str, context: Context, report: Report, *, row: int, column: str) -> str | None:
    """The geoid of the town of that name; None when there is none, which is reported with the nearest names."""
    found = context.places.find(name, state=STATE, level=Level.TOWN)
    if found is None:
        no_town(name, context, report, state=STATE, row=row, column=column)
    return found.geoid if found else None


def whole_year(record: dict[str, str], report: Report, *, row: int, column: str = "Year") -> int | None:
    """The year of a row, 1900 to 2100; None after a problem."""
    text = record[column]
    if text.isascii() and text.isdigit() and 1900 <= int(text) <= 2100:
        return int(text)
    report.problem("A year of four digits is expected.", "Correct the year.", row=row, column=column, value=text)
    return None


class Unrepeated:
    """Refuses a second row for the same key."""

    def __init__(self) -> None:
        self._rows: dict[tuple[object, ...], int] = {}

    def first(self, key: tuple[object, ...], report: Report, *, row: int) -> bool:
        """True for the first row of a key; later ones are a problem that names the first."""
        earlier = self._rows.setdefault(key, row)
        if earlier != row:
            report.problem(f"The row repeats row {earlier}.", "Remove one of the two.", row=row)
        return earlier == row
