"""Clusters in a list: each with its letter on the map, its numbers, its two tests and its towns."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.views.cluster_card import ClusterCard

MOST_CARDS = 5
"""Clusters that stand open beside the map; more are folded away."""


def cluster_cards(title: str, meaning: str, cards: Sequence[ClusterCard]) -> list[Component]:
    """Clusters of one verdict; beyond the first few the rest is folded away."""
    if not cards:
        return []
    shown, rest = [_card(card) for card in cards[:MOST_CARDS]], [_card(card) for card in cards[MOST_CARDS:]]
    more = html.Details([html.Summary(f"{len(rest)} more"), html.Ul(rest, className="clusters")], className="twin")
    return [
        html.H2(title),
        html.P(meaning, className="quiet"),
        html.Ul(shown, className="clusters"),
        *([more] if rest else []),
    ]


def _card(card: ClusterCard) -> Component:
    links = [html.Li(html.A(name, href=address)) for name, address in card.towns]
    many = "The two tests and its town" if len(links) == 1 else f"The two tests and its {len(links)} towns"
    return html.Li(
        [
            html.P([html.Span(card.letter, className="cluster-letter"), " ", html.Strong(card.title)]),
            html.P(f"{card.counted}."),
            html.Details(
                [
                    html.Summary([many, html.Span(f" of {card.letter}", className="visually-hidden")]),
                    *(html.P(test, className="quiet") for test in card.tests),
                    html.Ul(links, className="inline-list"),
                ],
                className="twin",
            ),
        ]
    )
