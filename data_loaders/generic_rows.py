"""Rows of a generic table become observations; every distinct text is given its meaning once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from dashboard.domain import State
from dashboard.indicators import registry
from dashboard.intake import Observations
from data_loaders import dates, values
from data_loaders.contract import Context, Report
from data_loaders.dates import Span
from data_loaders.generic_columns import Columns, ValueColumn
from data_loaders.mapping import TableMapping
from data_loaders.values import BadValue, Reading

LONGEST_STRATUM = 200
READERS: dict[str, Callable[[str], Reading]] = {"count": values.count, "stock": values.count, "money": values.money}
SKIPPED = ""
"""Stands where a geoid would for a row that the mapping says is no place."""

Record = dict[str, str]
Text = TypeVar("Text", bound=Hashable)
Meaning = TypeVar("Meaning")


class Memo(Generic[Text, Meaning]):
    """What distinct texts mean, each found out once; a text without meaning is a problem on every row it stands."""

    def __init__(self, read: Callable[[Text], Meaning], column: str, report: Report) -> None:
        self._read, self._column, self._report = read, column, report
        self._known: dict[Text, Meaning | BadValue] = {}

    def of(self, text: Text, row: int) -> Meaning | None:
        """The meaning, None when there is none, which is reported."""
        found = self._known.get(text)
        if found is None:
            try:
                found = self._read(text)
            except BadValue as error:
                found = error
            self._known[text] = found
        if isinstance(found, BadValue):
            shown = ", ".join(part for part in text if part) if isinstance(text, tuple) else str(text)
            self._report.problem(found.rule, found.fix, row=row, column=self._column, value=shown)
            return None
        return found


class Rows:
    """Gives meaning to the rows of one table; `skipped` counts those the mapping says are no places."""

    def __init__(self, mapping: TableMapping, columns: Columns, context: Context, report: Report) -> None:
        self.mapping, self.columns, self.context, self.report = mapping, columns, context, report
        self.skipped = 0
        self._place_columns = [
            name or ""
            for name in (mapping.place_column or mapping.code_column, mapping.state_column, mapping.county_column)
        ]
        self._strata_columns = list(mapping.strata.values())
        self._places = Memo(self._place, self._place_columns[0], report)
        self._spans = Memo(self._span, mapping.period_column, report)
        self._partners = Memo(self._partner, mapping.partner_column, report)
        self._strata = Memo(self._stratum, ", ".join(self._strata_columns), report)
        self._readers = [
            (column, READERS.get(registry().measures[column.measure].kind, values.number)) for column in columns.values
        ]

    def add(self, row: int, record: Record, into: Observations) -> bool:
        """Add the observations of one row; False when it is skipped or has a problem, which is reported."""
        geoid = self._places.of(tuple(record[name] if name else "" for name in self._place_columns), row)
        if geoid == SKIPPED:
            self.skipped += 1
            return False
        partner = self._partners.of(record.get(self.mapping.partner_column, ""), row)
        stratum = self._strata.of(tuple(record[name] for name in self._strata_columns), row)
        span = self._spans.of(record.get(self.mapping.period_column, ""), row)
        complete = True
        for column, read in self._readers:
            reading = self._reading(column, read, row, record)
            if reading is None or geoid is None or partner is None or stratum is None or span is None:
                complete = False
                continue
            into.add(
                column.measure, geoid, column.span or span, reading[0], basis=self.mapping.basis, partner=partner,
                stratum=stratum, state=reading[1], provisional=self.mapping.provisional,
            )  # fmt: skip
            self.report.origin(row, column.name)
        return complete

    def _reading(self, column: ValueColumn, read: Callable[[str], Reading], row: int, record: Record) -> Reading | None:
        text = record[column.name]
        kind = self.mapping.markers.get(text.lower()) if self.mapping.markers else None
        if kind is not None:
            return (0.0, State.VALUE) if kind == "zero" else (None, State(kind))
        try:
            return read(text)
        except BadValue as error:
            self.report.problem(error.rule, error.fix, row=row, column=column.name, value=text)
            return None

    def _place(self, texts: tuple[str, ...]) -> str:
        text, state, county = texts
        mapping, places = self.mapping, self.context.places
        if text.lower() in mapping.skip:
            return SKIPPED
        if mapping.code_column:
            found = places.by_code(text)
            if found is None or found.level != mapping.level:
                raise BadValue(f"No {mapping.level} has this code.", "Write the geoid as text, like 2500107000.")
            return found.geoid
        found = places.find(text, state=state or mapping.state, level=mapping.level, county=county)
        if found is None:
            near = places.suggest(text, state=state or mapping.state, level=mapping.level) if text else []
            raise BadValue(
                f"No {mapping.level} goes by this name, or more than one does.",
                (f"Did you mean {', '.join(near)}? " if near else "")
                + "Correct it, or leave the row out when it is no place (in a mapping: list it under skip).",
            )
        return found.geoid

    def _span(self, text: str) -> Span:
        if self.mapping.period_columns:
            return dates.ALWAYS
        return dates.period(self.mapping.period_constant or text, self.columns.order)

    def _partner(self, text: str) -> str:
        mapping = self.mapping
        if not mapping.partner_column:
            return mapping.partner
        if mapping.partner_names and text not in mapping.partner_names:
            raise BadValue("The mapping does not name this partner.", "Add it to [partner.names], or correct it.")
        return mapping.partner_names.get(text, text)

    def _stratum(self, texts: tuple[str, ...]) -> str:
        parts = []
        for dimension, text in zip(self.mapping.strata, texts, strict=True):
            if not text or ";" in text or "=" in text:
                raise BadValue(
                    "A group is a text without ';' and '='.", "Fill it in; write 'All' for everyone together."
                )
            if text.lower() not in self.mapping.totals:
                parts.append(f"{dimension}={text}")
        stratum = ";".join(parts)
        if len(stratum) > LONGEST_STRATUM:
            raise BadValue(f"The group is longer than {LONGEST_STRATUM} letters.", "Shorten its name.")
        return stratum
