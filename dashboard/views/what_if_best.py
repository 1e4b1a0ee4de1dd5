"""The best new sites for a question, and the solver's certificate; worked out on demand and kept."""

from __future__ import annotations

from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from dashboard.access.siting import Wish, site_next
from dashboard.figures.words import capital, number
from dashboard.views.access_answer import AccessAnswer, access_answer
from dashboard.views.listing import Listing
from dashboard.views.source import ViewReader
from dashboard.views.what_if_asked import AskedWhatIf
from geo.siting import Goal

SECONDS = 10.0
"""Longest that a person is kept waiting; the best found by then is shown, and how much better it might be."""
MOST_KEPT = 100
UNITS: dict[Goal, str] = {"mean": "minutes off the mean", "farthest": "minutes off the farthest"}
_found: WeakKeyDictionary[ViewReader, dict[tuple[str, date], dict[str, Any]]] = WeakKeyDictionary()


def best_sites(reader: ViewReader, asked: AskedWhatIf, today: date) -> dict[str, Any]:
    """The answer of the solver to a completed request; InvalidQuery where no need is known."""
    kept, key = _found.setdefault(reader, {}), (asked.question, today)
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        answer = access_answer(reader, asked.access, today)
        wish = Wish(asked.sites_wanted, asked.goal, asked.need, answer.urban, answer.rural, SECONDS)  # type: ignore[arg-type]
        kept[key] = site_next(answer.reach, wish)
    return kept[key]


def placed_by(found: dict[str, Any]) -> str:
    """The towns of an answer as the address holds them."""
    return ",".join(site["geoid"] for site in found["sites"])


def certificate(found: dict[str, Any], answer: AccessAnswer) -> Listing:
    """What each best site adds, and how sure it is that no other choice is better."""
    goal: Goal = found["goal"]
    people = answer.overdose_unit if found["need"] == "overdoses" else "residents"
    unit = UNITS.get(goal, f"{people} brought within reach")
    digits = 1 if goal == "mean" else 0
    rows = tuple(
        (f"{place}. {site['name']}", number(site["gain"], digits)) for place, site in enumerate(found["sites"], start=1)
    )
    out = found["out_of_reach"]
    islands = f" No candidate reaches {_some(out)}." if out else ""
    weighed = f" Weighed by {people}." if goal != "farthest" else ""
    chosen = f"Candidates: the centres of all {number(found['candidates'])} towns.{weighed}"
    return Listing("The best sites", f"{found['certificate']} {chosen}{islands}", ("Town", capital(unit)), rows)


def _some(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 6 else f"{', '.join(names[:5])} and {len(names) - 5} more towns"
