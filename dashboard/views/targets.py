"""All targets on one screen: grouped by where they stand, what needs the coalition most first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import isfinite
from urllib.parse import urlencode

from dashboard.domain import Target
from dashboard.errors import InvalidQuery
from dashboard.figures.words import number
from dashboard.targets.status import Status
from dashboard.views.choices import Choice
from dashboard.views.source import ViewReader
from dashboard.views.target_standing import Assessed, assess
from dashboard.views.target_words import (
    STATUS_WORDS,
    pace_words,
    progress_words,
    standing_words,
    sure_words,
    wanted_words,
    whom_words,
)
from dashboard.views.words import group_words


@dataclass(frozen=True)
class AskedTargets:
    """What the page of targets is asked: `target` opens one, "new" a form; `edit` opens its form."""

    coalition: str = ""
    partner: str = ""
    group: str = ""
    status: str = ""
    target: str = ""
    edit: str = ""
    indicator: str = ""
    place: str = ""
    as_of: str = ""

    def address(self, path: str) -> str:
        """The address of this request under a path."""
        named = {name: value for name, value in asdict(self).items() if value}
        return f"{path}?{urlencode(named)}" if named else path


EVERYTHING = AskedTargets()
EVERY = "every"
"""How an address asks for the targets of all coalitions; without it the home coalition's are shown."""


@dataclass(frozen=True)
class TargetCard:
    """One target in words; `key` opens its page, `asked` tells of partners' questions about its number."""

    key: str
    status: Status
    name: str
    whom: str
    wanted: str
    standing: str
    sure: str
    pace: str
    progress: str
    owner: str
    partners: str
    strategy: str
    due: date
    asked: str = ""


@dataclass(frozen=True)
class TargetsPage:
    """Everything the page says, and what can be chosen on it."""

    headline: str
    asked: AskedTargets
    groups: tuple[tuple[Status, tuple[TargetCard, ...]], ...]
    coalitions: tuple[Choice, ...]
    partners: tuple[Choice, ...]
    populations: tuple[Choice, ...]


def targets_page(reader: ViewReader, asked: AskedTargets, today: date) -> TargetsPage:
    """All targets that a request asks for, grouped by where they stand."""
    found = asked_targets(reader, asked, today)
    groups = tuple(
        (status, tuple(card_of(reader, one) for one in found if one.status is status))
        for status in STATUS_WORDS
        if any(one.status is status for one in found)
    )
    every = [target for target in reader.targets() if asked.coalition in ("", EVERY, target.coalition)]
    return TargetsPage(
        headline([one.status for one in found]), asked, groups, _coalitions(reader), _partners(reader, every),
        _populations(every),
    )  # fmt: skip


def asked_targets(reader: ViewReader, asked: AskedTargets, today: date) -> list[Assessed]:
    """The targets of a request: those of a coalition, that a partner owns or helps with, for a group."""
    found = assessed_targets(reader, today, asked.coalition)
    return [
        one
        for one in found
        if asked.partner in ("", one.target.partner, *one.target.contributors)
        and asked.group in ("", one.target.stratum)
    ]


def home_coalition(reader: ViewReader) -> str:
    """The coalition whose targets a page opens on: the store's first, where it has any."""
    having = {target.coalition for target in reader.targets()}
    home = next((str(row["id"]) for row in reader.coalitions if row["catchment"] == reader.home), "")
    return home if home in having else ""


def _coalitions(reader: ViewReader) -> tuple[Choice, ...]:
    having = {target.coalition for target in reader.targets()}
    named = [Choice(str(row["id"]), str(row["name"])) for row in reader.coalitions if row["id"] in having]
    return (Choice(EVERY, "All coalitions"), *named)


def _partners(reader: ViewReader, targets: Sequence[Target]) -> tuple[Choice, ...]:
    ids = {id_ for target in targets for id_ in (target.partner, *target.contributors) if id_}
    named = sorted((str(reader.partners.get(id_, {}).get("name", id_)), id_) for id_ in ids)
    return (Choice("", "All partners"), *(Choice(id_, name) for name, id_ in named))


def _populations(targets: Sequence[Target]) -> tuple[Choice, ...]:
    strata = sorted({target.stratum for target in targets if target.stratum})
    return (Choice("", "All groups"), *(Choice(stratum, group_words(stratum)) for stratum in strata))


def assessed_targets(reader: ViewReader, today: date, coalition: str = "") -> list[Assessed]:
    """Every target of a coalition ("" is all) with where it stands, what needs the coalition most first."""
    wanted = [target for target in reader.targets() if coalition in ("", EVERY, target.coalition)]
    order = list(STATUS_WORDS)
    found = (assess(reader, target, today) for target in wanted)
    return sorted(found, key=lambda one: (order.index(one.status), one.target.due, one.target.id))


def counts_words(counted: Sequence[Status]) -> str:
    """`2 behind, 1 data late, 3 on track`; statuses that nobody has are left out."""
    said = [f"{counted.count(status)} {words.lower()}" for status, words in STATUS_WORDS.items() if status in counted]
    return ", ".join(said)


def headline(counted: Sequence[Status]) -> str:
    """The sentence over the page and on the first one."""
    if not counted:
        return "There are no targets yet."
    return f"{len(counted)} target{'' if len(counted) == 1 else 's'}: {counts_words(counted)}."


def targets_headline(reader: ViewReader, area: str, today: date) -> str:
    """How the targets of the coalition whose area this is stand, in counts; "" without such targets."""
    ids = {row["id"] for row in reader.coalitions if row["catchment"] == area}
    having = [target for target in reader.targets() if target.coalition in ids]
    return headline([assess(reader, target, today, seed=None).status for target in having]) if having else ""


def card_of(reader: ViewReader, one: Assessed) -> TargetCard:
    """A target in words."""
    target = one.target
    names = [str(reader.partners.get(id_, {}).get("name", id_)) for id_ in target.contributors]
    return TargetCard(
        key=key_of(target), status=one.status, name=one.indicator.name if one.indicator else target.indicator,
        whom=whom_words(reader, target), wanted=wanted_words(one), standing=standing_words(one), sure=sure_words(one),
        pace=pace_words(one), progress=progress_words(one), owner=target.owner, partners=", ".join(names),
        strategy=reader.strategies(target.coalition).get(target.strategy, target.strategy), due=target.due,
        asked=one.window.asked if one.window else "",
    )  # fmt: skip


def key_of(target: Target) -> str:
    """How an address names a target."""
    return f"{target.coalition}/{target.id}" if target.coalition else target.id


def find_target(reader: ViewReader, key: str) -> Target:
    """The target that an address names; InvalidQuery when there is none."""
    for target in reader.targets():
        if key in (key_of(target), target.id):
            return target
    raise InvalidQuery(f"There is no target '{key[:60]}' here. The page Targets lists them all.")


def target_rows(reader: ViewReader, today: date, asked: AskedTargets = EVERYTHING) -> list[dict[str, object]]:
    """Targets as plain rows: what the command prints and the CSV holds; an absent number is None."""
    return [_row(reader, one) for one in asked_targets(reader, asked, today)]


def _row(reader: ViewReader, one: Assessed) -> dict[str, object]:
    target, standing, card = one.target, one.standing, card_of(reader, one)
    events = one.window.counted.events if one.window else float("nan")
    return {
        "coalition": target.coalition, "target": target.id, "indicator": target.indicator, "for": card.whom,
        "baseline": number(target.baseline, 1), "baseline_period": target.baseline_period,
        "wanted": number(target.target, 1), "due": target.due.isoformat(), "owner": target.owner,
        "partners": card.partners, "strategy": card.strategy, "status": one.status.value,
        "period": str(one.window.period) if one.window else None, "events": _plain(events),
        "now": _plain(standing.value) if not 0 < events < 10 else None,
        "lower": _plain(standing.lower) if not 0 < events < 10 else None,
        "upper": _plain(standing.upper) if not 0 < events < 10 else None,
        "expected": _plain(standing.expected), "chance_percent": one.outlook.chance if one.outlook else None,
        "sentence": " ".join(filter(None, (card.standing, card.sure))), "pace": card.pace, "version": target.version,
    }  # fmt: skip


def _plain(value: float) -> float | None:
    return round(value, 4) if isfinite(value) else None
