"""A partner's own page: what it reports, what it may bring, and what became of what it brought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict

from dash import Dash
from dash.development.base_component import Component

from callbacks.partner_desks import PartnerDesks, desks_of, mine
from callbacks.permissions import Permission, needs, require
from callbacks.query import short_text
from dashboard.indicators import registry
from dashboard.periods import Period
from dashboard.store.partner_files import history
from dashboard.store.workspace import Workspace
from dashboard.views.bring_numbers_check import recent_months
from dashboard.views.bring_numbers_partner import LoadRow, PartnerPage, load_row
from dashboard.views.choices import Choice
from data_loaders.partner_desk import Desk
from layouts.staff.bring_numbers_partner import build_choice, build_partner

TYPED = ("count", "stock", "money")
PERIODS = 12


@needs(Permission.BRING)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page; its address names the partner and what was just done."""
    partner = short_text("partner", values.get("partner"))
    if not partner:
        return build_choice(mine(workspace))
    desks = desks_of(workspace)
    require(Permission.BRING, coalition=desks.coalition_of(partner), partner=partner)
    just = {name: _number(values.get(name)) for name in ("saved", "undone", "later")}
    return build_partner(page(desks, partner, just))


def register(app: Dash, workspace: Workspace) -> None:
    """This page has no callbacks."""


def page(desks: PartnerDesks, partner: str, just: Mapping[str, int]) -> PartnerPage:
    """What the page says; `just` are the numbers of the load just saved, undone, or held back by a later one."""
    desk, measures = desks.desk(partner), registry().measures
    loads = history(desks.workspace.engine, partner, coalition=desk.coalition)
    rows = tuple(load_row(asdict(load), measures) for load in loads)
    told = sorted({key.measure for key in desk.held}, key=lambda id_: measures[id_].label)
    others = sorted((id_ for id_ in measures if id_ not in told), key=lambda id_: measures[id_].label)
    places = {row["geoid"]: row["name"] for row in desk.cube.places}
    return PartnerPage(
        partner, desk.name, tuple(_choice(id_) for id_ in (*told, *others) if measures[id_].kind in TYPED),
        tuple(_choice(id_) for id_ in told if measures[id_].kind == "count"), tuple(_periods(desks, desk)),
        tuple(sorted(places[geoid] for geoid in desk.towns if geoid in places)), rows, _said(rows, just),
        just["saved"], just["later"], desk.cube.demonstration,
    )  # fmt: skip


def _periods(desks: PartnerDesks, desk: Desk) -> list[Choice]:
    """The newest months; for a partner that reports quarters, the newest quarters after them."""
    lengths = Counter(Period(key.start, key.end).months for key in desk.held)
    usual = lengths.most_common(1)[0][0] if lengths else 1
    longer = recent_months(desks.today(), usual, many=4) if usual in (3, 12) else []
    return [Choice(value, label) for value, label in (*recent_months(desks.today(), 1, many=PERIODS), *longer)]


def _said(rows: tuple[LoadRow, ...], just: Mapping[str, int]) -> str:
    known = {row.number: row for row in rows}
    if just["saved"] in known and not known[just["saved"]].undone:
        return f"Saved: {known[just['saved']].changed}."
    if just["undone"] in known and known[just["undone"]].undone:
        return f"Load {just['undone']} is undone: what held before it holds again."
    return ""


def _choice(measure: str) -> Choice:
    label = registry().measures[measure].label
    return Choice(measure, label[:1].upper() + label[1:])


def _number(value: object) -> int:
    text = short_text("number", value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
