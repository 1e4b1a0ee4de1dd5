"""The sentences of the desert map: who lives beyond, and what the minutes assume."""

from __future__ import annotations

from dashboard.domain import FloatArray
from dashboard.figures.words import number
from dashboard.views.access_answer import AccessAnswer
from dashboard.views.access_words import counted_words, nothing_words, overdose_words, service_words, threshold_words


def headline(answer: AccessAnswer) -> str:
    """One sentence on who lives beyond; where no site is known, that nothing can be said."""
    if not answer.sites:
        return nothing_words(answer)
    beyond = threshold_words(answer)
    if not answer.desert.any():
        return f"Every town of {answer.place} is within {beyond} of the nearest {service_words(answer)}."
    towns = int(answer.desert.sum())
    lie = "lies" if towns == 1 else "lie"
    return (
        f"{number(towns)} of {number(len(answer.ground.geoid))} towns of {answer.place} {lie} beyond {beyond} of the "
        f"nearest {service_words(answer)}: {people_beyond(answer)}."
    )


def people_beyond(answer: AccessAnswer) -> str:
    """`12,345 residents (1.8%) and 34 opioid overdose deaths (2.3%)`; what is not known is left out."""
    said = [
        part_of(answer.ground.residents, answer, "residents"),
        part_of(answer.ground.overdoses, answer, answer.overdose_unit),
    ]
    return " and ".join(filter(None, said)) or "how many people live there is not known"


def part_of(people: FloatArray, answer: AccessAnswer, unit: str) -> str:
    """How many of `people` (n,) are in towns beyond, with their share of all that is known; "" where none is known."""
    known = people == people
    whole = float(people[known].sum())
    if not whole:
        return ""
    beyond = float(people[known & answer.desert].sum())
    return f"{number(beyond)} {unit} ({share_words(beyond, whole)})"


def share_words(part: float, whole: float) -> str:
    """A share of a whole: 1.8%, under 0.1%, 34%."""
    percent = 100 * part / whole
    if 0 < percent < 0.1:
        return "under 0.1%"
    return f"{number(percent, 0 if percent >= 10 or percent == 0 else 1)}%"


def notes(answer: AccessAnswer) -> tuple[str, ...]:
    """What the minutes assume, which sites count, and when the overdoses happened."""
    left_out = answer.ground.left_out
    unplaced = f"Without a known position, so left out: {', '.join(left_out)}." if left_out else ""
    said = (answer.reach.travel, counted_words(answer) if answer.sites else "", overdose_words(answer), unplaced)
    return tuple(filter(None, said))
