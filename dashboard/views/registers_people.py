"""Seats, evaluation cycles, training and deputies: a sentence each, from what the registers hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.figures.words import number
from dashboard.registers import Entry
from dashboard.views.words import day_words, many

LIVED = "by somebody with lived experience"


def seats_sentence(entries: Sequence[Entry]) -> str:
    """How many voting seats are held by people with lived experience."""
    voting = [entry for entry in entries if entry.text("votes") == "yes"]
    if not voting:
        return "Who holds the voting seats is not kept yet."
    lived = sum(entry.text("held") == LIVED for entry in voting)
    vacant = sum(entry.text("held") == "vacant" for entry in voting)
    paid = sum(entry.text("held") == LIVED and entry.text("paid") == "yes" for entry in voting)
    said = (
        f"{lived} of {many(len(voting), 'voting seat')} {_is(lived, 'is', 'are')} held by people with lived experience"
    )
    said += f" ({paid} of them paid for their time)" if paid else ""
    return f"{said}; {vacant} {_is(vacant, 'is', 'are')} vacant." if vacant else f"{said}."


def evaluation_sentence(entries: Sequence[Entry], today: date) -> str:
    """How many evaluation cycles are finished on time, late, or still to come."""
    if not entries:
        return "No evaluation cycle is kept yet."
    finished = [entry for entry in entries if entry.text("finished") and entry.text("finished") <= today.isoformat()]
    on_time = sum(entry.text("finished") <= entry.text("due") for entry in finished)
    overdue = [entry for entry in entries if entry not in finished and entry.text("due") < today.isoformat()]
    coming = sorted(entry.text("due") for entry in entries if entry not in finished and entry not in overdue)
    said = f"{len(finished)} of {many(len(entries), 'evaluation cycle')} finished, {on_time} of them on time"
    said += f"; {len(overdue)} overdue" if overdue else ""
    return f"{said}; the next is due on {day_words(coming[0])}." if coming else f"{said}."


def training_sentence(entries: Sequence[Entry]) -> str:
    """How many of the people who need a training have done it, over all trainings."""
    asked = sum(entry.number("asked") for entry in entries)
    if not asked:
        return "No training is kept yet."
    done = sum(entry.number("done") for entry in entries)
    share = f" ({number(100 * done / asked)}%)"
    return f"{number(done)} of {number(asked)} places in required trainings are done{share}."


def deputies_sentence(entries: Sequence[Entry]) -> str:
    """How many key roles have a deputy, and which stand open."""
    if not entries:
        return "Key roles and their deputies are not kept yet."
    deputy = sum(entry.text("deputy") == "yes" for entry in entries)
    vacant = sorted(entry.text("role") for entry in entries if entry.text("filled") == "no")
    said = f"{deputy} of {many(len(entries), 'key role')} {_is(deputy, 'has', 'have')} a deputy"
    return f"{said}; not filled: {', '.join(vacant)}." if vacant else f"{said}."


def _is(count: int, one: str, more: str) -> str:
    return one if count == 1 else more
