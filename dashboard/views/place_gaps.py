"""What a place's page says of its gaps: small facts, each with its reason and a way further.

Each fact comes from one function of FACTS; a function answers with no fact where it has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.domain import Query
from dashboard.views.access_fact import access_facts
from dashboard.views.gap_fact import GapFact
from dashboard.views.hotspot_fact import hotspot_facts
from dashboard.views.source import ViewReader

FACTS: tuple[Callable[[ViewReader, Query, str], Sequence[GapFact]], ...] = (hotspot_facts, access_facts)
"""Functions of a reader, the map's query and a place's geoid, in the order in which their facts are read."""


def place_gaps(reader: ViewReader, query: Query, place: str) -> tuple[GapFact, ...]:
    """Everything that is known of the gaps of a place, for the question a map asks."""
    return tuple(fact for of in FACTS for fact in of(reader, query, place))
