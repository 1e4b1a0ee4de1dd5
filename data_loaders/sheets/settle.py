"""Columns seen together: what is a total of the others, which of two places counts, what names the measure."""

from __future__ import annotations

from data_loaders.sheets.columns import Column, body_of, judge, renamed
from data_loaders.sheets.finder import Finder
from data_loaders.sheets.heads import Head, heads_of
from data_loaders.sheets.mapping import Role
from data_loaders.sheets.tables import Table


def columns_of(table: Table, finder: Finder) -> list[Column]:
    """Every column of a table with its role."""
    heads = heads_of(table, finder)
    left = table.columns[0]
    columns = [judge(body_of(table, head, finder, left)) for head in heads]
    for settle in (_nameless, _totals, _places, _measures, _codes, _together):
        columns = settle(columns)
    return columns


def _nameless(columns: list[Column]) -> list[Column]:
    """Beside numbers with a header, numbers without one are row numbers or remainders."""
    if not any(column.role == Role.NUMBER and column.head.texts for column in columns):
        return columns
    return [
        renamed(column, Role.IGNORED, "Numbers without a header, beside others that have one: left out.")
        if column.role == Role.NUMBER and not column.head.texts
        else column
        for column in columns
    ]


def _together(columns: list[Column]) -> list[Column]:
    """Says of a column that counts what one before it counts, for the same group and period, that the two are added."""
    first: dict[tuple[object, ...], Column] = {}
    found = []
    for column in columns:
        head = column.head
        if column.role == Role.NUMBER and column.meant.measure:
            part = (head.part.year, head.part.quarter, head.part.month, head.part.span)
            before = first.setdefault((column.meant.measure, part, head.place, head.group), column)
            if before is not column and before.head.rest != head.rest:
                said = f"{column.evidence} Added to '{before.head.name[:60]}', which counts the same."
                column = renamed(column, Role.NUMBER, said)
        found.append(column)
    return found


def _totals(columns: list[Column]) -> list[Column]:
    """A total is one only beside its parts; beside groups it counts everyone."""
    numbers = [column for column in columns if column.role == Role.NUMBER]
    return [_total(column, numbers) if column.role == Role.TOTAL else column for column in columns]


def _total(column: Column, numbers: list[Column]) -> Column:
    parts = [one for one in numbers if not column.meant.measure or one.meant.measure in ("", column.meant.measure)]
    if not parts:
        return renamed(column, Role.NUMBER, column.evidence)
    if any(one.head.group[0] and one.head.part == column.head.part for one in parts):
        return renamed(column, Role.NUMBER, "The groups beside it together: everyone.")
    return renamed(column, Role.TOTAL, "The sum of the columns beside it: left out, and checked against them.")


def _places(columns: list[Column]) -> list[Column]:
    """Of a village and its town the town counts; a county beside towns decides between towns of one name."""
    towns = [column for column in columns if column.role == Role.PLACE]
    if len(towns) > 1:
        best = next((one for one in towns if _is_town(one.head)), towns[0])
        columns = [
            renamed(one, Role.IGNORED, f"'{best.head.name[:60]}' names the town: left out.")
            if one.role == Role.PLACE and one is not best
            else one
            for one in columns
        ]
    return columns


def _is_town(head: Head) -> bool:
    return any(word in head.name.lower() for word in ("town", "city", "municipality"))


def _codes(columns: list[Column]) -> list[Column]:
    named = any(column.role == Role.PLACE for column in columns)
    return [
        renamed(one, Role.IGNORED, "The names of the towns are read instead.")
        if named and one.role == Role.CODE
        else one
        for one in columns
    ]


def _measures(columns: list[Column]) -> list[Column]:
    """Texts name the measure only where a column of numbers does not."""
    unnamed = [one for one in columns if one.role == Role.NUMBER and not one.meant.measure]
    named = [one for one in columns if one.role == Role.MEASURE]
    keep = named[:1] if unnamed else []
    return [
        renamed(one, Role.PART, "Rows of different texts here are added up.")
        if one.role == Role.MEASURE and one not in keep
        else one
        for one in columns
    ]
