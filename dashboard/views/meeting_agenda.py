"""The screens that an agenda can have, in words, and those that a new meeting begins with."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.meetings import AgendaItem, ScreenKind

SCREEN_WORDS: Mapping[ScreenKind, str] = {
    ScreenKind.REMEMBERED: "What was decided, and what became of it", ScreenKind.TARGETS: "Targets",
    ScreenKind.CHANGED: "What changed", ScreenKind.MAP: "A map of an indicator",
    ScreenKind.TWO_WAY: "A map of need and access together", ScreenKind.STRATEGIES: "A map of our strategies",
    ScreenKind.TREND: "A trend",
    ScreenKind.PARTNER: "A partner's slot", ScreenKind.CONTINUITY: "After an overdose",
    ScreenKind.DECISIONS: "Decisions",
}  # fmt: skip
OPENING = (
    AgendaItem(ScreenKind.REMEMBERED, "What did we decide, and what became of it?", minutes=5),
    AgendaItem(ScreenKind.TARGETS, "Are we on track?", minutes=10),
    AgendaItem(ScreenKind.CHANGED, "What changed since we last met?", minutes=10),
    AgendaItem(ScreenKind.MAP, "Where is the need greatest?", minutes=10),
    AgendaItem(ScreenKind.CONTINUITY, "After an overdose, whom do we lose on the way?", minutes=10),
    AgendaItem(ScreenKind.DECISIONS, "What do we decide today?", minutes=10),
)
