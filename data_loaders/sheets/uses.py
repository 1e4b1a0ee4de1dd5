"""From layouts and answers to what is remembered: the role of every column, and what every number counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from data_loaders.sheets import unclear
from data_loaders.sheets.asking import LEAVE_OUT
from data_loaders.sheets.columns import Column
from data_loaders.sheets.known import Known
from data_loaders.sheets.layout import Layout
from data_loaders.sheets.mapping import ColumnUse, Role, TableUse


def measures_of(layouts: Sequence[Layout], known: Known, answers: Mapping[str, str]) -> set[str]:
    """Every measure that the columns count, as far as it is known or answered."""
    uses = [use for table in uses_of(layouts, known, answers) for use in table.columns]
    found = {id_ for use in uses for id_ in (use.measure, *use.names.values())}
    return {id_ for id_ in found if id_ in known.measures}


def uses_of(layouts: Sequence[Layout], known: Known, answers: Mapping[str, str]) -> tuple[TableUse, ...]:
    """How each shape of table is read; tables of one shape share it."""
    asked = {(one.key, one.shape): f"measure-{at}" for at, one in enumerate(unclear.unclear(layouts), 1)}
    tables: dict[str, dict[str, ColumnUse]] = {}
    first: dict[str, Layout] = {}
    for layout in layouts:
        first.setdefault(layout.key, layout)
        columns = tables.setdefault(layout.key, {})
        for column in layout.columns:
            use = _use(layout, column, known, partial(_answered, asked, answers, layout.key))
            if use.shape not in columns or _richer(use, columns[use.shape]):
                columns[use.shape] = use
    return tuple(
        TableUse(key, tuple(columns.values()), _level(first[key]), first[key].basis) for key, columns in tables.items()
    )


def _answered(asked: Mapping[tuple[str, str], str], answers: Mapping[str, str], key: str, shape: str) -> str:
    """What was answered about columns or cells of a shape, or about all of a table that say nothing themselves."""
    return answers.get(asked.get((key, shape)) or asked.get((key, ""), ""), "")


def _richer(use: ColumnUse, than: ColumnUse) -> bool:
    """Whether a use says more: of two columns of one shape an empty one decides nothing."""
    return than.role == Role.IGNORED != use.role or (than.role == use.role and not than.measure and bool(use.measure))


def _use(layout: Layout, column: Column, known: Known, answered: Callable[[str], str]) -> ColumnUse:
    head, role = column.head, column.role
    measure, names = "", dict[str, str]()
    if role in (Role.NUMBER, Role.TOTAL):
        measure = unclear.measure_of(layout, column)
        if not measure and role == Role.NUMBER and not layout.of(Role.MEASURE):
            said = answered(head.shape)
            role = Role.IGNORED if said in ("", LEAVE_OUT) else role
            measure = said if role == Role.NUMBER else ""
    elif role == Role.MEASURE:
        names = _measure_names(layout, column, answered)
    elif role == Role.GROUP:
        names = _group_names(layout, column, known.dimensions.get(column.dimension, ()))
    elif role == Role.PARTNER:
        names = _partner_names(layout, column, known)
        role = role if names else Role.PART
    return ColumnUse(head.shape, role, measure, column.dimension, names)


def _measure_names(layout: Layout, column: Column, answered: Callable[[str], str]) -> dict[str, str]:
    texts = unclear.texts_of(layout, column)
    found = {text: unclear.named_measure(text) or answered(unclear.shape_of(text)) for text in texts}
    return {text: id_ for text, id_ in found.items() if id_}


def _group_names(layout: Layout, column: Column, known: Sequence[str]) -> dict[str, str]:
    """Groups as they are spelled already, where only the case differs."""
    spelled = {value.casefold(): value for value in known}
    texts = unclear.texts_of(layout, column)
    return {text: spelled[text.casefold()] for text in texts if spelled.get(text.casefold(), text) != text}


def _partner_names(layout: Layout, column: Column, known: Known) -> dict[str, str]:
    """The ids of the partners a column names; {} where it names others, such as programmes of one partner."""
    ids = {name.casefold(): id_ for id_, name in known.partners.items()}
    ids |= {id_.casefold(): id_ for id_ in (*known.partners, known.partner) if id_}
    texts = {text for _, text in layout.table.cells(column.head.column) if text}
    found = {text: ids[text.casefold()] for text in texts if text.casefold() in ids}
    return found if len(found) == len(texts) else {}


def _level(layout: Layout) -> str:
    if layout.of(Role.PLACE) or any(one.head.place for one in layout.of(Role.NUMBER)):
        return "town"
    placed = layout.of(Role.COUNTY, Role.CODE)
    return placed[0].level or "town" if placed else "town"


def renewed(tables: Sequence[TableUse], layouts: Sequence[Layout], answers: Mapping[str, str]) -> tuple[TableUse, ...]:
    """The uses with names that are new in a column of measures, as they were answered."""
    new: dict[str, dict[str, str]] = {}
    for at, asked in enumerate(unclear.unclear(layouts), 1):
        if f"measure-{at}" in answers:
            new.setdefault(asked.key, {})[asked.name] = answers[f"measure-{at}"]
    return tuple(
        replace(table, columns=tuple(
            replace(use, names={**use.names, **new.get(table.key, {})}) if use.role == Role.MEASURE else use
            for use in table.columns
        ))
        for table in tables
    )  # fmt: skip
