"""What the flows between partners say: the sentence, the matrix, and who has not reported."""

from __future__ import annotations

from dashboard.domain import State
from dashboard.figures.matrix import MatrixCell, MatrixChart
from dashboard.figures.words import absent_words, number
from dashboard.views.referrals import Flow, Flows
from dashboard.views.words import period_words

NOBODY = "Nobody reports referrals between partners yet, or no agreement lets them be seen."
STEPS = (20, 40, 60, 80)
"""Percent completed at which the next darker shade begins."""


def headline(found: Flows) -> str:
    """How many referrals are known, and how many of them ended with a completed warm handoff."""
    known = found.known
    if found.period is None or not known:
        return NOBODY
    when = period_words(found.period)
    made = sum(row.made or 0 for row in known)
    both = [row for row in known if row.completed is not None]
    of, done = sum(row.made or 0 for row in both), sum(row.completed or 0 for row in both)
    said = f"{_counted(made)} between partners are known for {when}"
    if not of:
        return f"{said}; how many ended with a completed warm handoff is not."
    whole = "" if of == made else f"of {number(of)} of them "
    return f"{said}; {whole}{number(done)} ({number(100 * done / of)}%) ended with a completed warm handoff."


def missing(found: Flows) -> list[str]:
    """Names of partners that report referrals, but not for all of this period."""
    told = {row.sender_name for row in found.known}
    return sorted({row.sender_name for row in found.rows} - told)


def missing_sentence(found: Flows) -> str:
    """Who has not reported for the whole period; "" where everybody has."""
    names = missing(found)
    if not names or not found.known:
        return ""
    listed = ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
    return f"{listed} {'has' if len(names) == 1 else 'have'} not reported all of this period."


def matrix(found: Flows) -> MatrixChart | None:
    """Senders down, receivers across: `41 of 66`, the darker the more were completed; None where nothing is known."""
    if not found.known:
        return None
    senders = tuple(dict.fromkeys(row.sender_name for row in found.rows))
    receivers = tuple(sorted({row.receiver_name for row in found.rows}))
    cells = {(row.sender_name, row.receiver_name): _cell(row) for row in found.rows}
    reading = "Each cell: completed handoffs of referrals. The darker, the larger the part completed; "
    reading += "outlined: too few for a percentage."
    return MatrixChart("Referrals and completed handoffs", headline(found), "From", senders, receivers, cells, reading)


def _cell(row: Flow) -> MatrixCell:
    pair, state = f"{row.sender_name} to {row.receiver_name}", State(row.state)
    if row.made is None:
        why = absent_words(State.NOT_REPORTED if state is State.VALUE else state, None)
        return MatrixCell(why, None, State.NOT_REPORTED if state is State.VALUE else state, f"{pair}: {why}")
    if row.completed is None:
        why = absent_words(state, None)
        return MatrixCell(number(row.made), None, state, f"{pair}: {_counted(row.made)}, completed handoffs {why}")
    said = f"{number(row.completed)} of {number(row.made)}"
    if not row.made:
        return MatrixCell("none", None, state, f"{pair}: no referral")
    if row.share is None:
        return MatrixCell(said, None, state, f"{pair}: {said} handoffs completed, too few for a percentage")
    shade = sum(row.share >= step for step in STEPS)
    return MatrixCell(said, shade, state, f"{pair}: {said} handoffs completed, {number(row.share)}%")


def _counted(made: float) -> str:
    return f"{number(made)} referral{'' if made == 1 else 's'}"
