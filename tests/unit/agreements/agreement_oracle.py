"""What agreements allow, worked out again from their words alone: plain dictionaries, days counted one by one.

Shares no code with the program; slow and simple on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

Terms = Mapping[str, Any]
ONE_DAY = timedelta(days=1)
SIZE = {"town": 1, "planning_area": 2, "catchment": 3, "county": 4, "region": 5, "state": 6}
HAS_TO_BE_AGREED = (
    "purpose", "indicators", "finest_place", "finest_period", "groups", "audiences", "embargo_days", "valid_from",
    "valid_to", "on_expiry", "legal_basis", "citation",
)  # fmt: skip
WIDEST_FIRST = ("law_enforcement", "administrator", "publisher", "auditor", "steward", "member", "public")
MEMBERS_TOO = ("steward", "publisher", "administrator", "auditor")


def allowed(agreements: Iterable[Terms], asked: Mapping[str, Any]) -> bool:
    """Whether any agreement of one partner or source lets a number be shown.

    `asked` has roles, indicator, group, level, first and last day of the period, today, the smallest count that the
    release being made shows (None for a live question), and the coalition of the partner ("" for a source). `roles`
    are pairs of a coalition ("" is every one) and what somebody is there.
    """
    return any(all(rule(terms, asked) for rule in RULES) for terms in agreements)


def _everything_is_agreed(terms: Terms, _asked: Mapping[str, Any]) -> bool:
    return all(name in terms for name in HAS_TO_BE_AGREED)


def _everybody_signed(terms: Terms, asked: Mapping[str, Any]) -> bool:
    days = [signature.get("on") for signature in terms.get("signatures", [])]
    return len(days) > 0 and None not in days and max(days) <= asked["today"]


def _it_holds_today(terms: Terms, asked: Mapping[str, Any]) -> bool:
    if asked["today"] < terms["valid_from"]:
        return False
    if terms["valid_to"] == "until ended" or not asked["today"] > terms["valid_to"]:
        return True
    within = asked["last"] <= terms["valid_to"]
    if terms["on_expiry"] == "keep":
        return within
    return terms["on_expiry"] == "keep_public" and within and asked["release"] is not None


def _the_indicator_is_named(terms: Terms, asked: Mapping[str, Any]) -> bool:
    return terms["indicators"] == "all" or asked["indicator"] in terms["indicators"]


def _the_group_is_named(terms: Terms, asked: Mapping[str, Any]) -> bool:
    pairs = [pair for pair in asked["group"].split(";") if pair]
    return terms["groups"] == "all" or not [pair for pair in pairs if pair.split("=")[0] not in terms["groups"]]


def _the_place_is_large_enough(terms: Terms, asked: Mapping[str, Any]) -> bool:
    return SIZE[asked["level"]] >= SIZE[terms["finest_place"]]


def _the_period_is_made_of_whole_ones(terms: Terms, asked: Mapping[str, Any]) -> bool:
    """Walks from the first to the last day, a whole day, month, quarter or year at a time."""
    steps = {"day": 0, "month": 1, "quarter": 3, "year": 12, "fiscal_year": 12}[terms["finest_period"]]
    day = asked["first"]
    if steps:
        begins = {"month": range(1, 13), "quarter": (1, 4, 7, 10), "year": [1], "fiscal_year": [7]}
        if day.day != 1 or day.month not in begins[terms["finest_period"]]:
            return False
    while day <= asked["last"]:
        months = day.year * 12 + day.month - 1 + steps
        day = date(months // 12, months % 12 + 1, 1) if steps else day + ONE_DAY
    return day == asked["last"] + ONE_DAY


def _the_embargo_is_over(terms: Terms, asked: Mapping[str, Any]) -> bool:
    """The day after the last day is day 0; without an embargo a period that still runs is shown too."""
    return terms["embargo_days"] == 0 or (asked["today"] - asked["last"]).days - 1 >= terms["embargo_days"]


def _they_may_read(terms: Terms, asked: Mapping[str, Any]) -> bool:
    named = terms["audiences"]
    coalition = terms.get("coalition") or asked["coalition"]
    held = [role for where, role in asked["roles"] if where == "" or coalition in ("", where)]
    audience = min(held, key=WIDEST_FIRST.index, default="public")
    smallest = [named[name] for name in (audience, "public") if name in named]
    if audience in MEMBERS_TOO and "member" in named:
        smallest.append(named["member"])
    if not smallest:
        return False
    cell = min(smallest)
    if terms.get("part2") and audience == "law_enforcement" and cell == 0:
        cell = 1
    if asked["release"] is None:
        return cell == 0
    return cell <= 1 or cell <= asked["release"]


RULES = (
    _everything_is_agreed, _everybody_signed, _it_holds_today, _the_indicator_is_named, _the_group_is_named,
    _the_place_is_large_enough, _the_period_is_made_of_whole_ones, _the_embargo_is_over, _they_may_read,
)  # fmt: skip
