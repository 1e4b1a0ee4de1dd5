"""Agreements: the list of a coalition's, and one with all its terms. The addresses say everything; no callbacks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

from dash import Dash
from dash.development.base_component import Component

from callbacks.own_coalitions import coalition_of, coalitions_seen
from callbacks.permissions import Permission, may, needs
from dashboard.agreements import Agreement, Audience
from dashboard.store.agreements import find_agreement, history
from dashboard.store.workspace import Workspace
from dashboard.views.agreement_words import standing_sentence, words_of
from dashboard.views.agreements import EVERY, NotShown, agreements_page
from dashboard.views.words import day_words
from layouts.staff.agreements import PATH, build_agreement, build_agreements


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page of an address: `agreement` names one of a `coalition`, which is the first of one's own when left out."""
    if values.get("agreement"):
        return one(workspace, values["agreement"], values.get("coalition", ""))
    reader, asked = workspace.reader(), values.get("coalition", "")
    shown = "" if asked == EVERY else coalition_of(reader, asked)
    names = coalitions_seen(reader)
    not_shown = [NotShown(name, reason) for of, name, reason in reader.not_shown() if not of or shown in ("", of)]
    page = agreements_page(told(workspace), date.today(), not_shown=not_shown, names=names, coalition=shown)
    return build_agreements(page)


def told(workspace: Workspace) -> list[Agreement]:
    """The agreements whose terms whoever asks may read: their own coalition's, nobody's, and what is open to all."""
    of_partner: dict[str, list[str]] = {}
    for row in workspace.reader().cube.partners:
        of_partner.setdefault(str(row["id"]), []).append(str(row["coalition_id"]))
    return [
        agreement for agreement in workspace.agreements()
        if agreement.smallest_cell(Audience.PUBLIC) == 0
        or any(may(Permission.SEE, coalition=name) for name in _whose(agreement, of_partner))
    ]  # fmt: skip


def _whose(agreement: Agreement, of_partner: Mapping[str, list[str]]) -> list[str | None]:
    """The coalitions that an agreement is for: its own, else its partner's; None, any of them, where it has neither."""
    return [agreement.coalition] if agreement.coalition else [*of_partner.get(agreement.partner, [])] or [None]


def one(workspace: Workspace, id_: str, coalition: str) -> Component:
    """One agreement; InvalidQuery when there is none that may be read."""
    agreement, today = find_agreement(told(workspace), id_, coalition=coalition), date.today()
    versions = [
        (str(each.agreement.version), day_words(each.saved_at.date()), each.who, each.why)
        for each in reversed(history(workspace.engine, agreement))
    ]
    own = agreement.coalition in coalitions_seen(workspace.reader())
    back = f"{PATH}?coalition={quote(agreement.coalition)}" if own else PATH
    return build_agreement(standing_sentence(agreement, today), words_of(agreement, today), versions, back)


def register(app: Dash, workspace: Workspace) -> None:
    """This page has no callbacks."""
