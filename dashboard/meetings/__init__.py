"""What a coalition's meetings leave behind, as pure values: decisions, actions, notes, stories, requests."""

from dashboard.meetings.entries import (
    About,
    Action,
    ActionStatus,
    AgendaItem,
    Conduct,
    Decision,
    Entry,
    Meeting,
    Note,
    Outcome,
    Request,
    ScreenKind,
    Story,
)
from dashboard.meetings.memory import Memory

__all__ = ["About", "Action", "ActionStatus", "AgendaItem", "Conduct", "Decision", "Entry", "Meeting", "Memory",
           "Note", "Outcome", "Request", "ScreenKind", "Story"]  # fmt: skip
