"""Agreements: the list of a coalition's, and one with all its terms. The addresses say everything; no callbacks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

from dash import Dash
from dash.development.base_component import Component

from callbacks.permissions import Permission, needs
from dashboard.errors import InvalidQuery
from dashboard.store.agreements import find_agreement, history
from dashboard.store.workspace import Workspace
from dashboard.views.agreement_words import standing_sentence, words_of
from dashboard.views.agreements import EVERY, NotShown, agreements_page
from dashboard.views.words import day_words
from layouts.staff.agreements import PATH, build_agreement, build_agreements


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page of an address: `agreement` names one of a `coalition`, which is the home coalition when left out."""
    if values.get("agreement"):
        return one(workspace, values["agreement"], values.get("coalition", ""))
    reader = workspace.reader()
    names = {str(row["id"]): str(row["name"]) for row in reader.coalitions}
    home = next((str(row["id"]) for row in reader.coalitions if row["catchment"] == reader.home), EVERY)
    coalition = values.get("coalition") or home
    if coalition not in names and coalition != EVERY:
        raise InvalidQuery(f"There is no coalition '{coalition[:60]}' in this store.")
    shown = "" if coalition == EVERY else coalition
    told = reader.not_shown()
    not_shown = [NotShown(name, reason) for of, name, reason in told if not of or shown in ("", of)]
    page = agreements_page(workspace.agreements(), date.today(), not_shown=not_shown, names=names, coalition=shown)
    return build_agreements(page)


def one(workspace: Workspace, id_: str, coalition: str) -> Component:
    """One agreement; InvalidQuery when there is none."""
    agreement, today = find_agreement(workspace.engine, id_, coalition=coalition), date.today()
    versions = [
        (str(each.agreement.version), day_words(each.saved_at.date()), each.who, each.why)
        for each in reversed(history(workspace.engine, agreement))
    ]
    back = f"{PATH}?coalition={quote(agreement.coalition)}" if agreement.coalition else PATH
    return build_agreement(standing_sentence(agreement, today), words_of(agreement, today), versions, back)


def register(app: Dash, workspace: Workspace) -> None:
    """This page has no callbacks."""
