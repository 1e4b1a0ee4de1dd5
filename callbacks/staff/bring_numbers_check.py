"""The page of a brought file: what waits, understood and held against what holds now, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dash import Dash
from dash.development.base_component import Component

from callbacks.partner_desks import PartnerDesks, desks_of, mine
from callbacks.permissions import Permission, needs, require, who
from callbacks.query import short_text
from dashboard.errors import InvalidQuery
from dashboard.indicators import registry
from dashboard.store.partner_changes import Changed
from dashboard.store.workspace import Workspace
from dashboard.surprises import Surprise
from dashboard.views.bring_numbers_check import (
    AskedQuestion,
    Difference,
    FileCheck,
    TableSeen,
    Unusual,
    difference_rows,
    unusual_sentence,
)
from data_loaders.contract import Problem
from data_loaders.partner_desk import Looked
from data_loaders.sheets.problems import cell_name
from data_loaders.sheets.proposal import Proposal
from layouts.staff.bring_numbers_check import build_check
from layouts.staff.bring_numbers_partner import build_choice


@needs(Permission.BRING)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page; its address names the partner and what waits."""
    partner, token = (short_text(name, values.get(name)) for name in ("partner", "file"))
    if not token:
        return build_choice(mine(workspace))
    desks = desks_of(workspace)
    require(Permission.BRING, coalition=desks.coalition_of(partner), partner=partner)
    waiting = desks.quarantine.waiting(token, who().account)
    if waiting.partner != partner:
        raise InvalidQuery("This file was brought for another partner.")
    looked = desks.look(waiting, token)
    name = waiting.name if waiting.form is None else "What was typed in"
    check = FileCheck(
        partner=partner, partner_name=desks.name_of(partner), file_name=name or "The file", token=token,
        said=short_text("said", values.get("said")), kept=not waiting.refused,
    )  # fmt: skip
    return build_check(told(check, looked, desks, workspace))


def register(app: Dash, workspace: Workspace) -> None:
    """This page has no callbacks."""


def told(check: FileCheck, looked: Looked, desks: PartnerDesks, workspace: Workspace) -> FileCheck:
    """The page filled with what was looked at."""
    measures, places = registry().measures, {row["geoid"]: row["name"] for row in workspace.reader().cube.places}
    found = looked.found
    shown = [difference(one) for one in (*found.changed, *found.withdrawn, *found.added)]
    return replace(
        check,
        tables=tuple(_tables(looked.proposal)),
        questions=tuple(_questions(looked)),
        problems=tuple(_problem(problem) for problem in looked.problems),
        notes=looked.notes,
        counts=found.counts(),
        changes=difference_rows(shown, measures, places),
        unusual=tuple(unusual_sentence(_unusual(one), measures) for one in looked.surprising),
        savable=looked.brought is not None and found.any,
        remembered=looked.proposal is not None and looked.proposal.remembered,
        seen=desks.seen(looked),
    )


def difference(one: Changed) -> Difference:
    """One number before and after, as a view takes it."""
    key = one.key
    return Difference(key.measure, key.geoid, key.start, key.end, key.stratum, one.before, one.after)


def _unusual(one: Surprise) -> Unusual:
    return Unusual(one.measure, one.period, one.kind, one.usual, one.now, one.revised)


def _tables(proposal: Proposal | None) -> Iterator[TableSeen]:
    for table in proposal.tables if proposal else ():
        columns = tuple((one.cell, one.header, _what(one.role, one.counts), one.evidence) for one in table.columns)
        title = f"{table.sheet} {table.span}" + (f" “{table.title}”" if table.title else "")
        yield TableSeen(title, table.sentence, columns)


def _what(role: str, counts: str) -> str:
    return f"{role}: {counts}" if counts else str(role)


def _questions(looked: Looked) -> Iterator[AskedQuestion]:
    for one in looked.proposal.questions if looked.proposal and not looked.problems else ():
        yield AskedQuestion(one.id, one.text, one.options, one.why)


def _problem(problem: Problem) -> tuple[str, ...]:
    where = " ".join(part for part in (problem.sheet, _cell(problem)) if part)
    return where or "The whole file", problem.value, problem.rule, problem.fix


def _cell(problem: Problem) -> str:
    if problem.column.isalpha() and problem.column.isupper():
        return cell_name(problem)
    return f"row {problem.row} {problem.column}".strip() if problem.row else problem.column
