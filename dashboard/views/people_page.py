"""People: who has an account and which roles, when they last signed in, and what the audit log says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from dashboard.people import Grant, Person, Role
from dashboard.people.chain import REFUSED, Record
from dashboard.views.choices import Choice
from dashboard.views.words import day_words

PATH = "/our-coalition/people"
LOG_COLUMNS = ("Record", "When (UTC)", "Who", "What", "To what", "Facts")
ROWS_A_PAGE = 50
ROLE_WORDS = {
    Role.MEMBER: "member", Role.STEWARD: "steward", Role.PUBLISHER: "publisher", Role.ADMINISTRATOR: "administrator",
    Role.AUDITOR: "auditor",
}  # fmt: skip
ROLE_MEANING = {
    Role.MEMBER: "sees the dashboard and saves scenarios",
    Role.STEWARD: "brings the numbers of one partner, and sees what a member sees",
    Role.PUBLISHER: "sets targets and publishes releases",
    Role.AUDITOR: "sees the dashboard and reads the audit log",
    Role.ADMINISTRATOR: "does all of that, and says who may do what",
}
"""What each role that an account can have may do; docs/people.md has the whole table."""
OFFICER = "law_enforcement"
"""How the form writes a member from law enforcement."""
UNTOUCHED = "Nobody touched it: each record fits the one before."


@dataclass(frozen=True)
class Held:
    """One role of an account in words, and as it is given back: role, coalition and partner."""

    words: str
    role: str
    coalition: str
    partner: str
    may_take: bool


@dataclass(frozen=True)
class AccountRow:
    """One account. `may_change` says whether whoever looks may remove it or make a link for it."""

    account: str
    name: str
    roles: tuple[Held, ...]
    since: str
    signed_in: str
    removed: str = ""
    law_enforcement: bool = False
    may_change: bool = False


@dataclass(frozen=True)
class AskedLog:
    """Which records to look at, in the words of the address; "" is any. `page` counts from 1."""

    person: str = ""
    kind: str = ""
    first: str = ""
    last: str = ""
    page: str = ""
    check: str = ""

    def address(self, **changed: str) -> str:
        """The address of the page with these records."""
        named = {name: getattr(self, name) for name in ("person", "kind", "first", "last")} | changed
        told = urlencode({name: value for name, value in named.items() if value})
        return f"{PATH}?{told}#log" if told else f"{PATH}#log"


@dataclass(frozen=True)
class LogPage:
    """One page of the log: its rows, how many records there are of that kind, and whether anybody touched it.

    `checked` is "" until somebody asks: every record has to be read for it.
    """

    asked: AskedLog
    rows: tuple[tuple[str, ...], ...]
    found: int
    page: int
    kinds: tuple[Choice, ...]
    checked: str = ""
    good: bool = True

    @property
    def sentence(self) -> str:
        """How many records, and which of them are shown."""
        if not self.found:
            return "No record fits." if self.asked.address() != f"{PATH}#log" else "Nothing was changed or refused yet."
        first = (self.page - 1) * ROWS_A_PAGE + 1
        some = (
            f"Records {first:,} to {first + len(self.rows) - 1:,} of {self.found:,}" if self.rows else "No more records"
        )
        return f"{some}, the newest first."

    @property
    def older(self) -> str:
        """The address of the next page; "" on the last."""
        return self.asked.address(page=str(self.page + 1)) if self.page * ROWS_A_PAGE < self.found else ""

    @property
    def newer(self) -> str:
        """The address of the page before; "" on the first."""
        return self.asked.address(page=str(self.page - 1)) if self.page > 1 else ""


@dataclass(frozen=True)
class PeoplePage:
    """Everything the page shows; `said` is what was just done."""

    rows: tuple[AccountRow, ...]
    log: LogPage
    may_change: bool = False
    coalitions: tuple[Choice, ...] = ()
    partners: tuple[Choice, ...] = ()
    said: str = ""

    @property
    def standing(self) -> list[AccountRow]:
        """Accounts that hold rights."""
        return [row for row in self.rows if not row.removed]

    @property
    def headline(self) -> str:
        """The first sentence."""
        if self.said:
            return self.said
        if not self.standing:
            return "Nobody has an account yet: whoever sits at this computer may do everything."
        many = len(self.standing)
        manage = sum(any(held.role == Role.ADMINISTRATOR for held in row.roles) for row in self.standing)
        people = "1 person has an account" if many == 1 else f"{many:,} people have an account"
        return f"{people}; {manage or 'none'} of them may say who may do what."


def account_row(
    person: Person, made_at: datetime, removed_at: datetime | None, *, signed_in: str = "", roles: tuple[Held, ...] = ()
) -> AccountRow:
    """A row of the list; `signed_in` is UTC as the log says it, "" for never."""
    return AccountRow(
        person.account, person.name, roles, day_words(made_at.date()), _moment(signed_in),
        day_words(removed_at.date()) if removed_at else "", person.law_enforcement,
        removed_at is None and all(held.may_take for held in roles),
    )  # fmt: skip


def held_role(grant: Grant, names: Mapping[str, str], *, may_take: bool = False) -> Held:
    """A role in words, `Steward of the clinic in North`: `names` are those of coalitions and partners by id."""
    of = f" of {names.get(grant.partner, grant.partner)}" if grant.partner else ""
    where = f" in {names.get(grant.coalition, grant.coalition)}" if grant.coalition else ""
    words = ROLE_WORDS.get(grant.role, grant.role.value).capitalize()
    return Held(f"{words}{of}{where}", grant.role.value, grant.coalition, grant.partner, may_take)


def log_row(record: Record) -> tuple[str, ...]:
    """A record as a row of the table."""
    what = f"refused: {record.action}" if record.outcome == REFUSED else record.action
    return f"{record.number:,}", _moment(record.at), record.account, what, record.subject, record.told


def checked_words(faults: Sequence[str]) -> str:
    """What a check of the whole log found: the first fault in words, and how many more there are."""
    if not faults:
        return UNTOUCHED
    more = f" And {len(faults) - 1:,} more." if len(faults) > 1 else ""
    return f"The log was touched. {faults[0]}{more}"


def _moment(at: str) -> str:
    """3 November 2026, 14:05 from 2026-11-03T14:05:09.000000; "" stays ""."""
    return f"{day_words(at[:10])}, {at[11:16]}" if at else ""
