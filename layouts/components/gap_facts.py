"""What is known of the gaps of a place, fact by fact."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.views.gap_fact import GapFact


def gap_facts(facts: Sequence[GapFact], heading: Callable[[str], Component] = html.H4) -> list[Component]:
    """Each fact under a heading, with its reason and its links; nothing where there is no fact."""
    return [
        html.Div([heading(fact.title), html.P(fact.sentence), *_links(fact)], className="gap-fact") for fact in facts
    ]


def _links(fact: GapFact) -> list[Component]:
    return [html.P(html.A(words, href=address)) for words, address in fact.links]
