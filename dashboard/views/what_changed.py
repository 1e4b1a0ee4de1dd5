"""What changed since a day: targets that moved, changes beyond chance, new numbers, revisions, what is overdue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from dashboard.domain import Period, Query, add_months
from dashboard.periods import parse_day
from dashboard.views import choices
from dashboard.views.asking import find_partner, find_place, state_of
from dashboard.views.cascade_asking import serving
from dashboard.views.changes_known import new_loads, overdue, revisions
from dashboard.views.choices import Choice
from dashboard.views.signal_words import Found, Signal, find_signals
from dashboard.views.source import ViewReader
from dashboard.views.target_changes import moved_targets
from dashboard.views.this_month import home_area
from dashboard.views.words import day_words

MONTHS = (Choice("12", "12 months with the 12 before"), Choice("3", "3 months with the same a year before"))
FIRST_GROUPS = ("identified", "opioid_overdose_death_rate")


@dataclass(frozen=True)
class AskedChanges:
    """A request in words; `since` and `as_of` are ISO days (defaults: a month ago, today)."""

    place: str = ""
    since: str = ""
    months: str = ""
    group: str = ""
    partner: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class Item:
    """One sentence and the links that show it: (words, address)."""

    words: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading, its sentences, and what to say where there is none; `note` says how they were found."""

    title: str
    items: tuple[Item, ...]
    nothing: str
    note: str = ""


@dataclass(frozen=True)
class WhatChanged:
    """The page's answer, most important first; `meetings` are days to compare with: what to call them, and ISO days."""

    asked: AskedChanges
    headline: str
    sections: tuple[Section, ...]
    meetings: tuple[tuple[str, str], ...] = ()


def complete(reader: ViewReader, asked: AskedChanges, today: date) -> AskedChanges:
    """A request with its defaults and ids; InvalidQuery for what is unknown or not a day."""
    now = parse_day(asked.as_of) if asked.as_of else today
    since = parse_day(asked.since) if asked.since else add_months(now.replace(day=1), -1)
    asked = replace(
        asked, since=min(since, now).isoformat(), months=choices.kept(asked.months, MONTHS),
        place=find_place(reader, asked.place) if asked.place else home_area(reader),
        partner=find_partner(reader, asked.partner),
    )  # fmt: skip
    return replace(
        asked, group=choices.kept(asked.group, groups(reader, asked)),
        partner=choices.kept(asked.partner, partners(reader, asked)),
    )  # fmt: skip


def groups(reader: ViewReader, asked: AskedChanges) -> list[Choice]:
    """Everyone and the groups of the indicator that has most of them."""
    state = state_of(reader, asked.place)
    known = [reader.registry.indicators[id_] for id_ in FIRST_GROUPS if id_ in reader.registry.indicators]
    found = (choices.groups(reader, indicator, state) for indicator in known)
    return max(found, key=len, default=[Choice("", "Everyone")])


def partners(reader: ViewReader, asked: AskedChanges) -> list[Choice]:
    """Partners that serve the place, and all of them."""
    named = sorted((str(row["name"]), id_) for id_, row in reader.partners.items())
    offered = [Choice("", "All partners"), *(Choice(id_, name) for name, id_ in named)]
    return serving(reader, offered, asked.place)


def known_before(reader: ViewReader, since: date) -> bool:
    """Whether anything was loaded by the end of a day."""
    return any(date.fromisoformat(str(load["loaded_at"])[:10]) <= since for load in reader.loads)


def what_changed(reader: ViewReader, then: ViewReader | None, asked: AskedChanges, today: date) -> WhatChanged:
    """Everything that changed between what was known at `asked.since` (`then`, None: nothing) and what is known now.

    `asked` is complete. InvalidQuery when it names something unknown.
    """
    now = parse_day(asked.as_of) if asked.as_of else today
    since = parse_day(asked.since)
    base = _base(reader, asked)
    found = find_signals(reader, base, int(asked.months))
    targets = moved_targets(reader, then, asked.place, since, now) if then else ()
    sections = (
        Section("Targets that moved", tuple(Item(w, (("See the target", href),)) for w, href in targets),
                "No target changed its status." if then else _nothing_then(since)),
        _signals(found, asked),
        Section("Old numbers that changed", _revised(reader, then, base, asked) if then else (),
                "No number that was known then is another one now." if then else _nothing_then(since)),
        Section("New numbers", tuple(Item(words, (("Sources", "/bring-numbers"),)) for words in
                                     new_loads(reader, since)), "Nothing was loaded since."),
        Section("Overdue", tuple(map(Item, overdue(reader, base, now))), "Nothing is overdue."),
    )  # fmt: skip
    return WhatChanged(asked, _headline(sections, found, since), sections)


def _nothing_then(since: date) -> str:
    return f"Nothing was known on {day_words(since)}, so there is nothing to compare with."


def _base(reader: ViewReader, asked: AskedChanges) -> Query:
    period = Period(date(2000, 1, 1), date(2001, 1, 1))  # each indicator puts its own in
    level = reader.gazetteer.level_of(asked.place)
    return Query("", (period,), level, (asked.place,), stratum=asked.group, partner=asked.partner)


def _signals(found: Found, asked: AskedChanges) -> Section:
    note = (
        f"{found.compared} indicators were compared, only settled months. False alarms are held over all of them and "
        "over a year of monthly looks: if nothing truly changed, nine years in ten would show none at all."
    )
    items = tuple(Item(one.words, (("See the trend", _trend(one, asked)),)) for one in found.signals)
    return Section("Changes beyond chance", items, "No indicator changed beyond chance.", note)


def _trend(signal: Signal, asked: AskedChanges, as_of: str = "") -> str:
    compare = {"compare": "group", "first": asked.group} if asked.group else {}
    compare = {"compare": "partner", "first": asked.partner} if asked.partner else compare
    named = {"indicator": signal.indicator.id, "place": asked.place, **compare, "as_of": as_of or asked.as_of}
    return f"/places/trends?{urlencode({name: value for name, value in named.items() if value})}"


def _revised(reader: ViewReader, then: ViewReader, base: Query, asked: AskedChanges) -> tuple[Item, ...]:
    """Revisions, each with a link to what was shown then and one to what is known now."""
    items = []
    for words, indicator in revisions(reader, then, base):
        address = {"indicator": indicator, "place": asked.place}
        shown = f"/places/trends?{urlencode(address | {'as_of': asked.since})}"
        items.append(Item(words, (("As shown then", shown), ("As known now", f"/places/trends?{urlencode(address)}"))))
    return tuple(items)


def _headline(sections: tuple[Section, ...], found: Found, since: date) -> str:
    """Counts of what matters, most important first; a month without news says so."""
    worse = sum(one.better is False for one in found.signals)
    counts = {
        "target moved": len(sections[0].items), "change beyond chance": len(found.signals),
        "old number changed": len(sections[2].items), "source or partner overdue": len(sections[4].items),
    }  # fmt: skip
    said = [f"{count} {_plural(words) if count != 1 else words}" for words, count in counts.items() if count]
    start = f"Since {day_words(since)}"
    if not said:
        return f"{start}: nothing to tell. No target moved and no indicator changed beyond chance."
    bad = f" {worse} of the changes {'is' if worse == 1 else 'are'} for the worse." if worse else ""
    bad = bad or (" None of the changes is for the worse." if found.signals else "")
    return f"{start}: {', '.join(said)}.{bad}"


def _plural(words: str) -> str:
    head, _, tail = words.partition(" ")
    many = {"target": "targets", "change": "changes", "old": "old", "source": "sources"}[head]
    return f"{many} {'numbers changed' if head == 'old' else 'or partners overdue' if head == 'source' else tail}"
