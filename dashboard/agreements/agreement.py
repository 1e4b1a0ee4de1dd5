"""An agreement: which numbers of a partner or a source may be used, how finely, by whom and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dashboard.domain import Level

EVERYTHING = frozenset({"*"})
"""All indicators, or all groups."""
UNTIL_ENDED = date.max
"""The last day of an agreement that holds until somebody ends it."""
EXCLUDED_USES = ("law enforcement", "immigration enforcement", "child-welfare decisions", "decisions on eligibility")
"""What numbers are never used for, whatever an agreement leaves unsaid."""


class Audience(StrEnum):
    """Who asks. Stewards, publishers, administrators and auditors are members with further duties."""

    PUBLIC = "public"
    MEMBER = "member"
    LAW_ENFORCEMENT = "law_enforcement"
    STEWARD = "steward"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True)
class Asker:
    """Who asks: their audience, what they are in each coalition, and whose own numbers they may see.

    `audience` holds where no coalition is named. `within` pairs coalitions with what they are there ("" is every other
    one; the public where nothing fits); None: the same everywhere. `own` pairs the coalition of a steward's role
    ("" for any) with the partner.
    """

    audience: Audience
    within: tuple[tuple[str, Audience], ...] | None = None
    own: frozenset[tuple[str, str]] = frozenset()

    def audience_in(self, coalition: str) -> Audience:
        """What they are for an agreement of a coalition."""
        if self.within is None or not coalition:
            return self.audience
        known = dict(self.within)
        return known.get(coalition, known.get("", Audience.PUBLIC))

    def is_stranger_in(self, coalition: str) -> bool:
        """Whether they have a role in other coalitions and none in this one."""
        return self.audience is not Audience.PUBLIC and self.audience_in(coalition) is Audience.PUBLIC

    def is_steward_of(self, partner: str, coalitions: Iterable[str]) -> bool:
        """Whether a partner of these coalitions is their own."""
        return any((coalition, partner) in self.own for coalition in ("", *coalitions))


PART2_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""What has to stand with numbers from treatment records wherever they are passed on (42 CFR 2.32 (a) (2))."""
WITH_DUTIES = frozenset({Audience.STEWARD, Audience.PUBLISHER, Audience.ADMINISTRATOR, Audience.AUDITOR})


class Unit(StrEnum):
    """The finest period that may be shown: a window must begin and end where such a period does."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_YEAR = "fiscal_year"

    def begins_on(self, day: date) -> bool:
        """Whether a period of this length begins on a day; fiscal years begin in July."""
        months = {Unit.MONTH: range(1, 13), Unit.QUARTER: (1, 4, 7, 10), Unit.YEAR: (1,), Unit.FISCAL_YEAR: (7,)}
        return self is Unit.DAY or (day.day == 1 and day.month in months[self])


class OnExpiry(StrEnum):
    """What becomes of numbers of periods that ended while the agreement held; later ones are never shown."""

    HIDE = "hide"
    KEEP = "keep"
    KEEP_PUBLIC = "keep_public"


class Standing(StrEnum):
    """Where an agreement stands on a day."""

    UNFINISHED = "unfinished"
    UNSIGNED = "unsigned"
    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Signature:
    """Who has to sign, and the day on which they did; None while it is awaited."""

    who: str
    on: date | None = None


@dataclass(frozen=True)
class Agreement:
    """What was agreed with a partner, or about a source that names no partner. None: the term is still open.

    `indicators` and `groups` (dimensions such as age) may be EVERYTHING. `audiences` gives each audience its smallest
    cell: 0 reads every number, more reads only releases that hide smaller counts. `valid_to` is the last day.
    `part2` marks treatment records under 42 CFR Part 2. With `hold_hides` a number its partner has a question about is
    not shown until that is settled, instead of being marked. `version` is 0 before it is saved.
    """

    id: str
    name: str
    coalition: str = ""
    partner: str = ""
    source: str = ""
    purpose: str | None = None
    indicators: frozenset[str] | None = None
    finest_place: Level | None = None
    finest_period: Unit | None = None
    groups: frozenset[str] | None = None
    audiences: Mapping[Audience, int] | None = None
    embargo_days: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    on_expiry: OnExpiry | None = None
    legal_basis: str | None = None
    citation: str | None = None
    signatures: tuple[Signature, ...] = ()
    excluded_uses: tuple[str, ...] = EXCLUDED_USES
    part2: bool = False
    hold_hides: bool = False
    version: int = 0

    @property
    def open_terms(self) -> tuple[str, ...]:
        """Terms that nobody has agreed yet, in the words of the page."""
        return tuple(words for name, words in TERMS.items() if getattr(self, name) is None)

    @property
    def unsigned(self) -> tuple[str, ...]:
        """Who still has to sign."""
        return tuple(one.who for one in self.signatures if one.on is None)

    def standing(self, today: date) -> Standing:
        """Where it stands on a day. A signature of a later day is not there yet."""
        if self.open_terms or self.valid_from is None or self.valid_to is None:
            return Standing.UNFINISHED
        if not self.signatures or any(one.on is None or one.on > today for one in self.signatures):
            return Standing.UNSIGNED
        if today < self.valid_from:
            return Standing.NOT_YET
        return Standing.IN_FORCE if today <= self.valid_to else Standing.EXPIRED

    def days_left(self, today: date) -> int | None:
        """Days until the last day, negative after it; None where there is no last day."""
        return None if self.valid_to in (None, UNTIL_ENDED) else (self.valid_to - today).days

    def smallest_cell(self, audience: Audience) -> int | None:
        """The smallest cell an audience may see; None where it may see nothing. What the public may see, all may.

        Law enforcement never reads treatment records (42 CFR Part 2) live.
        """
        named = self.audiences or {}
        readers = {audience, Audience.PUBLIC} | ({Audience.MEMBER} if audience in WITH_DUTIES else set())
        cells = [named[one] for one in readers if one in named]
        if not cells:
            return None
        return max(min(cells), 1) if self.part2 and audience is Audience.LAW_ENFORCEMENT else min(cells)


TERMS = {
    "purpose": "purpose", "indicators": "indicators", "finest_place": "finest place", "finest_period": "finest period",
    "groups": "groups", "audiences": "audiences", "embargo_days": "embargo", "valid_from": "first day",
    "valid_to": "last day", "on_expiry": "what happens on expiry", "legal_basis": "legal basis", "citation": "citation",
}  # fmt: skip
"""Every term that has to be agreed before a number is shown, by its name here."""


def day_after(day: date) -> date:
    """The next day; the end of time stays where it is."""
    return day if day == date.max else day + timedelta(days=1)
