"""My agency: one partner's numbers as the meeting sees them, beside what only its steward sees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from dash import Dash
from dash.development.base_component import Component

from callbacks.partner_desks import desks_of, mine
from callbacks.permissions import Permission, may, needs, require
from callbacks.query import short_text
from dashboard.agreements import Audience
from dashboard.errors import InvalidQuery
from dashboard.funders import funders
from dashboard.periods import Period
from dashboard.store.comments import Comment, comments
from dashboard.store.gated import GatedReader
from dashboard.store.partner_files import history
from dashboard.store.workspace import Workspace
from dashboard.views.bring_numbers_check import recent_months
from dashboard.views.choices import Choice
from dashboard.views.funder_tables import FunderTable, funder_table, newest_period
from dashboard.views.my_agency import CommentRow, MyAgency, Said, about_choices
from dashboard.views.my_agency_numbers import AgencyNumber, agency_numbers, area_of
from dashboard.views.referrals import flows
from dashboard.views.words import day_words, period_words
from layouts.staff.my_agency import build_agencies, build_agency

DONE = {
    "said": "Said: the coalition reads it here.", "answered": "Answered: the partner reads it here.",
    "settled": "Settled: no question is shown beside the numbers any more.",
}  # fmt: skip
MOST_LOADS = 12


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page; its address names the partner, a funder's table, and what was just done."""
    partner = short_text("partner", values.get("partner"))
    if not partner:
        return build_agencies(mine(workspace) or mine(workspace, Permission.SEE))
    coalition = desks_of(workspace).coalition_of(partner)
    require(Permission.SEE, coalition=coalition)
    return build_agency(page(workspace, partner, coalition, values))


def register(app: Dash, workspace: Workspace) -> None:
    """This page has no callbacks."""


def page(workspace: Workspace, partner: str, coalition: str, values: Mapping[str, str]) -> MyAgency:
    """What the page says to whoever asks: all of it to the partner's steward, to members what the meeting sees."""
    steward = may(Permission.BRING, coalition=coalition, partner=partner)
    answers = may(Permission.PUBLISH, coalition=coalition)
    meeting = workspace.reader(audience=Audience.MEMBER, coalition=coalition)
    mine = workspace.reader()
    numbers = agency_numbers(meeting if steward else mine, mine, partner)
    told = comments(workspace.engine, partner, coalition=coalition) if steward or answers else ()
    names = {id_: one.name for id_, one in mine.registry.indicators.items()}
    tables = tuple(Choice(id_, one.title) for id_, one in sorted(funders().items()))
    chosen = short_text("table", values.get("table")) or (tables[0].value if tables else "")
    return MyAgency(
        partner, desks_of(workspace).name_of(partner), numbers, tuple(_row(one, names) for one in told),
        _about(workspace, partner, coalition, numbers) if steward else (),
        flows(mine, coalition=coalition).of(partner), tables, filled(mine, chosen, partner), chosen,
        steward, answers, DONE.get(values.get("done", ""), ""),
    )  # fmt: skip


def filled(reader: GatedReader, table: str, partner: str) -> FunderTable | None:
    """A funder's table for the newest period, as the partner reports; None where nothing that it asks for is known."""
    _, area = area_of(reader, partner)
    try:
        period = newest_period(reader, table, area)
    except InvalidQuery:
        if table not in funders():
            raise
        return None
    return funder_table(reader, table, period, partner=partner, place=area)


def _about(workspace: Workspace, partner: str, coalition: str, numbers: tuple[AgencyNumber, ...]) -> tuple[Choice, ...]:
    loads = [
        (load.load_id, f"Load {load.load_id} of {day_words(load.loaded_at.date())}")
        for load in history(workspace.engine, partner, coalition=coalition)[:MOST_LOADS] if load.undone_at is None
    ]  # fmt: skip
    months = recent_months(datetime.now(UTC).date(), 1, many=12)
    return about_choices(numbers, loads, months)


def _row(one: Comment, names: Mapping[str, str]) -> CommentRow:
    assert one.made_at is not None
    when = period_words(Period.parse(one.period)) if one.period else ""
    what = names.get(one.indicator, one.indicator) or (f"Load {one.load}" if one.load else "Everything")
    answers = tuple(Said(each.words, each.who, each.made_at) for each in one.answers)
    about = f"{what}, {when}" if when else what
    return CommentRow(one.id, about, Said(one.words, one.who, one.made_at), one.hold, one.status.value, answers)
