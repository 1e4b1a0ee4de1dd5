"""Access to a service in words: what is looked for, how far, which sites count, and whose overdoses."""

from __future__ import annotations

import numpy as np

from dashboard.figures.words import capital, lower, number
from dashboard.views.access_answer import AccessAnswer
from dashboard.views.words import period_words


def service_words(answer: AccessAnswer) -> str:
    """`opioid treatment programme`, as in a sentence; `verified` before it where only those count."""
    name = answer.service.name.removeprefix("Any ")
    return f"{'' if answer.reach.listed else 'verified '}{lower(name)}"


def threshold_words(answer: AccessAnswer) -> str:
    """`30 minutes`, or `30 minutes (60 from rural towns)`."""
    rural = "" if answer.rural == answer.urban else f" ({number(answer.rural)} from rural towns)"
    return f"{number(answer.urban)} minutes{rural}"


def counted_words(answer: AccessAnswer) -> str:
    """Which sites count, and how many."""
    sites, plural = len(answer.sites), answer.service.plural
    if answer.reach.listed:
        return f"All {number(sites)} listed {plural} in and near it count. Listed is not verified: some may be closed."
    return f"{number(sites)} {plural} in and near it are verified open; those only listed do not count."


def overdose_words(answer: AccessAnswer) -> str:
    """When the overdoses happened, and how many towns' are not known."""
    if not answer.overdose_unit or not answer.ground.period:
        return "No overdoses are reported by town here, so only residents are counted."
    unknown = int(np.isnan(answer.ground.overdoses).sum())
    said = f"{capital(answer.overdose_unit)}: {period_words(answer.ground.period)}."
    towns = "1 town" if unknown == 1 else f"{number(unknown)} towns"
    return said + (f" Those of {towns} are not known, so not counted." if unknown else "")


def nothing_words(answer: AccessAnswer) -> str:
    """Why nothing can be said: no site is known, or none is verified."""
    chosen = answer.service
    if answer.reach.listed or not answer.listed:
        return (
            f"No site of this service is known here ({lower(chosen.name)}), so nothing can be "
            "said about deserts. Bring a list of sites under Bring numbers."
        )
    return (
        f"None of the {number(answer.listed)} listed {chosen.plural} has been verified open in the last year, so "
        "nothing can be said about deserts. Count all that are listed, or have somebody call them."
    )
