"""What a partner's file seems to be: its tables, the role of each column with evidence, and what has to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from data_loaders.sheets import asking, timing, unclear
from data_loaders.sheets.asking import MOST, Question
from data_loaders.sheets.columns import Column
from data_loaders.sheets.grid import Grid, address
from data_loaders.sheets.known import Known
from data_loaders.sheets.layout import Layout, fingerprint, layouts_of
from data_loaders.sheets.mapping import Role, SheetMapping
from data_loaders.sheets.uses import measures_of, renewed, uses_of

__all__ = ["Proposal", "ProposedColumn", "ProposedTable", "Question", "answer", "propose"]


@dataclass(frozen=True)
class ProposedColumn:
    """One column: the cell of its header, what it is, what it counts or groups by, and why we think so."""

    cell: str
    header: str
    role: Role
    counts: str
    evidence: str


@dataclass(frozen=True)
class ProposedTable:
    """One table: where it stands ("A3:N46"), a sentence on how it is laid out, and its columns."""

    sheet: str
    title: str
    span: str
    sentence: str
    columns: tuple[ProposedColumn, ...]


@dataclass(frozen=True)
class Proposal:
    """What is proposed; `mapping` is complete when `questions` is empty, else None."""

    tables: tuple[ProposedTable, ...]
    questions: tuple[Question, ...]
    mapping: SheetMapping | None
    fingerprint: str
    remembered: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    grids: tuple[Grid, ...] = field(default=(), repr=False)
    known: Known | None = field(default=None, repr=False)


def propose(grids: Sequence[Grid], known: Known) -> Proposal:
    """Understand a file; a layout seen before needs no question. A file without tables gives no mapping."""
    return _proposal(tuple(grids), known, {})


def answer(proposal: Proposal, answers: Mapping[str, str]) -> Proposal:
    """The proposal with these answers (question id -> value) as well; an unknown id or value is left unanswered."""
    assert proposal.known is not None
    return _proposal(proposal.grids, proposal.known, {**proposal.answers, **answers})


def _proposal(grids: tuple[Grid, ...], known: Known, answers: Mapping[str, str]) -> Proposal:
    layouts = layouts_of(grids, known.places, file=known.file, home=known.state)
    print_ = fingerprint(layouts)
    before = known.remembered.get(print_)
    if before and before.state:
        layouts = layouts_of(grids, known.places, before.state, file=known.file)
    questions = _remaining(layouts, known, before) if before else _questions(layouts, known, answers)
    given = {one.id: answers[one.id] for one in questions if answers.get(one.id) in dict(one.options)}
    open_ = tuple(one for one in questions if one.id not in given)
    mapping = None
    if layouts and not open_:
        mapping = _again(before, layouts, known, given) if before else _mapping(layouts, known, {**answers, **given})
    shown = tuple(_shown(layout, known, before) for layout in layouts)
    return Proposal(shown, open_, mapping, print_, before is not None, dict(answers), grids, known)


def _questions(layouts: Sequence[Layout], known: Known, answers: Mapping[str, str]) -> list[Question]:
    """All that is to be decided, the weightiest first, three at most."""
    counted = list(asking.measure_questions(layouts, known.measures))[:MOST]
    measures = measures_of(layouts, known, answers)
    others = (
        *asking.place_question(layouts, known.places),
        *asking.period_question(layouts, known.today),
        *asking.year_question(layouts, known.today),
        *asking.fiscal_question(layouts),
        *asking.basis_question(layouts, sorted(measures)),
        *asking.blank_question(layouts),
        *asking.dash_question(layouts),
    )
    return [*counted, *others][:MOST]


def _remaining(layouts: Sequence[Layout], known: Known, before: SheetMapping) -> list[Question]:
    """What a layout seen before still has to ask.

    The period of a file that never names it, a turn of the year, and names and marks that were not in it before.
    """
    found = [*asking.measure_questions(layouts, known.measures, unclear.new_texts(layouts, before))]
    found += asking.period_question(layouts, known.today) if before.period else ()
    found += asking.dash_question(layouts) if not before.dash else ()
    if before.guess and timing.guessed_year(layouts, known.today) != before.guess:
        found += asking.year_question(layouts, known.today)
    return found[:MOST]


def _again(before: SheetMapping, layouts: Sequence[Layout], known: Known, given: Mapping[str, str]) -> SheetMapping:
    if "year" in given:
        guess = timing.guessed_year(layouts, known.today)
        before = replace(before, year=int(given["year"]), guess=guess, first_month=timing.first_month(layouts))
    if any(id_.startswith("measure-") for id_ in given):
        before = replace(before, tables=renewed(before.tables, layouts, given))
    return replace(before, period=given.get("period", before.period), dash=given.get("dash", before.dash))


def _mapping(layouts: Sequence[Layout], known: Known, answers: Mapping[str, str]) -> SheetMapping:
    guess, first = timing.guessed_year(layouts, known.today), timing.first_month(layouts)
    return SheetMapping(
        fingerprint=fingerprint(layouts),
        partner=known.partner,
        state=layouts[0].finder.state,
        tables=uses_of(layouts, known, answers),
        basis=answers.get("basis", ""),
        blank=answers.get("blank", "not_reported"),
        dash=answers.get("dash", "not_reported" if asking.dashes(layouts) else ""),
        fiscal_start=int(answers.get("fiscal_start", first if first > 1 else 7)),
        first_month=first,
        year=int(answers.get("year", guess)),
        guess=guess,
        period=answers.get("period", ""),
        place=answers.get("place", ""),
    )


def _shown(layout: Layout, known: Known, before: SheetMapping | None) -> ProposedTable:
    table, columns = layout.table, layout.columns
    rows = (*table.heads, *table.rows)
    span = f"{address(rows[0], table.columns[0])}:{address(rows[-1], table.columns[-1])}"
    title = layout.lines[0] if table.titles else ""
    proposed = tuple(_column(layout, column, known, before) for column in columns)
    return ProposedTable(table.sheet.name, title, span, _sentence(layout), proposed)


def _column(layout: Layout, column: Column, known: Known, before: SheetMapping | None) -> ProposedColumn:
    head = column.head
    use = before.table(layout.key) if before else None
    kept = use.column(head.shape) if use else None
    role = kept.role if kept else column.role
    measure = (kept.measure if kept else unclear.measure_of(layout, column)) if role == Role.NUMBER else ""
    counts = known.measures[measure].label if measure in known.measures else column.dimension
    evidence = "As it was decided before." if kept else column.evidence
    return ProposedColumn(address(head.row, head.column), head.name, role, counts, evidence)


def _sentence(layout: Layout) -> str:
    numbers = layout.of(Role.NUMBER)
    across = [
        word
        for word, fits in (
            ("periods", any(one.head.part.said for one in numbers)),
            ("places", any(one.head.place for one in numbers)),
            ("groups", any(one.head.group[0] for one in numbers)),
        )
        if fits
    ]
    names = {Role.PLACE: "places", Role.CODE: "places", Role.COUNTY: "places", Role.PERIOD: "periods",
             Role.YEAR: "periods", Role.MONTH: "periods", Role.QUARTER: "periods", Role.GROUP: "groups",
             Role.MEASURE: "what is counted", Role.PARTNER: "partners"}  # fmt: skip
    down = list(dict.fromkeys(names[one.role] for one in layout.columns if one.role in names))
    if not down:
        return f"{len(layout.table.rows)} rows; {' and '.join(across) or 'numbers'} across."
    return f"{' and '.join(down)} down, {' and '.join(across) or 'numbers'} across.".capitalize()
