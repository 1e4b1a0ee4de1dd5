"""Agreements: which hold, which end soon, who has to sign, and what is not shown for want of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from dashboard.agreements import Agreement, Standing
from dashboard.views.agreement_words import AFTERWARDS
from dashboard.views.words import day_words, many

SOON_DAYS = 60
EVERY = "all"
"""The word in an address for every coalition."""
PATH = "/our-coalition/agreements"
STANDING_WORDS = {
    Standing.UNFINISHED: "not finished", Standing.UNSIGNED: "to be signed", Standing.NOT_YET: "not begun",
    Standing.IN_FORCE: "holds", Standing.EXPIRED: "ended",
}  # fmt: skip
COLUMNS = ("With whom", "Stands", "Days left", "Last day", "Who needs to sign")


@dataclass(frozen=True)
class NotShown:
    """A partner or source whose numbers are here and not shown, and why, in a sentence."""

    name: str
    reason: str


@dataclass(frozen=True)
class AgreementRow:
    """One agreement on the list; `address` leads to all its terms."""

    name: str
    stands: str
    days_left: str
    last_day: str
    to_sign: str
    address: str
    urgent: str = ""
    """What somebody has to do, and what happens otherwise; "" where nothing."""


@dataclass(frozen=True)
class AgreementsPage:
    """The list: a sentence, what needs somebody, what is not shown, and every agreement of a coalition."""

    headline: str
    rows: Sequence[AgreementRow]
    not_shown: Sequence[NotShown]
    coalition: str = "All"
    coalitions: Mapping[str, str] = field(default_factory=dict)
    """Addresses of the lists of the coalitions by their names, where there are several."""

    @property
    def urgent(self) -> list[AgreementRow]:
        """Agreements somebody has to do something about."""
        return [row for row in self.rows if row.urgent]


def agreements_page(
    agreements: Sequence[Agreement], today: date, *, not_shown: Sequence[NotShown] = (),
    names: Mapping[str, str] | None = None, coalition: str = "",
) -> AgreementsPage:  # fmt: skip
    """What the page says. `names` are coalitions by id; `coalition` limits the list to its own and nobody's; "" is all.

    `not_shown` are partners and sources whose numbers nobody may see today; those that the list tells of already are
    not told again.
    """
    ours = [one for one in agreements if not coalition or one.coalition in ("", coalition)]
    rows = [_row(one, today) for one in sorted(ours, key=lambda one: (*_urgency(one, today), one.name))]
    told = {row.name for row in rows if row.urgent}
    rest = [each for each in not_shown if each.name not in told]
    named = {name: f"{PATH}?coalition={quote(id_)}" for id_, name in ({EVERY: "All"} | dict(names or {})).items()}
    return AgreementsPage(
        headline(ours, today, len(rest)), rows, rest,
        (names or {}).get(coalition, "All"), named if len(named) > 2 else {},
    )  # fmt: skip


def headline(agreements: Sequence[Agreement], today: date, not_shown: int) -> str:
    """How many hold, and what needs somebody."""
    if not agreements:
        return "No agreement is kept yet." + (f" {not_shown_sentence(not_shown)}" if not_shown else "")
    standing = [one.standing(today) for one in agreements]
    hold = sum(one is Standing.IN_FORCE for one in standing)
    found = f"{hold} of {many(len(agreements), 'agreement')} {'holds' if hold == 1 else 'hold'} today"
    wait = sum(one is Standing.UNSIGNED for one in standing)
    soon = sum(_ends_soon(one, today) for one in agreements)
    needs = [f"{wait} {'waits' if wait == 1 else 'wait'} for a signature"] if wait else []
    needs += [f"{soon} {'ends' if soon == 1 else 'end'} within {SOON_DAYS} days"] if soon else []
    ended = sum(one is Standing.EXPIRED for one in standing)
    needs += [f"{ended} {'has' if ended == 1 else 'have'} ended"] if ended else []
    said = f"{found}: {' and '.join(filter(None, [', '.join(needs[:-1]), needs[-1]]))}." if needs else f"{found}."
    return f"{said} {not_shown_sentence(not_shown)}" if not_shown else said


def not_shown_sentence(count: int) -> str:
    """How many partners and sources are not shown."""
    if count == 1:
        return "1 partner or source reports numbers that are not shown."
    return f"{count} partners or sources report numbers that are not shown."


def _row(agreement: Agreement, today: date) -> AgreementRow:
    standing, last = agreement.standing(today), agreement.valid_to
    left = agreement.days_left(today) if standing is Standing.IN_FORCE else None
    until = "until it is ended" if last == date.max else day_words(last) if last else "not agreed"
    return AgreementRow(
        agreement.name, STANDING_WORDS[standing], "" if left is None else f"{left:,}", until,
        ", ".join(agreement.unsigned), address_of(agreement), _urgent(agreement, today),
    )  # fmt: skip


def address_of(agreement: Agreement) -> str:
    """The address of the page with all its terms."""
    return f"{PATH}?agreement={quote(agreement.id)}&coalition={quote(agreement.coalition)}"


def _urgent(agreement: Agreement, today: date) -> str:
    standing = agreement.standing(today)
    if standing is Standing.UNFINISHED:
        return f"Still open: {', '.join(agreement.open_terms)}. Until they are agreed nothing is shown."
    if standing is Standing.UNSIGNED:
        who = " and ".join(agreement.unsigned) or "Somebody"
        return f"{who} {'have' if len(agreement.unsigned) > 1 else 'has'} to sign. Until then nothing is shown."
    if standing is Standing.EXPIRED:
        return f"Ended on {day_words(agreement.valid_to or today)}. {_afterwards(agreement)}"
    if _ends_soon(agreement, today):
        left = agreement.days_left(today)
        when = "today" if not left else "tomorrow" if left == 1 else f"in {left} days"
        return f"Ends {when}, on {day_words(agreement.valid_to or today)}. {_afterwards(agreement)}"
    return ""


def _afterwards(agreement: Agreement) -> str:
    return f"{AFTERWARDS[agreement.on_expiry]}." if agreement.on_expiry else ""


def _ends_soon(agreement: Agreement, today: date) -> bool:
    left = agreement.days_left(today)
    return agreement.standing(today) is Standing.IN_FORCE and left is not None and left <= SOON_DAYS


def _urgency(agreement: Agreement, today: date) -> tuple[int, int]:
    """What nobody may see first, then what ends soonest; what has no end last."""
    order = [Standing.UNFINISHED, Standing.UNSIGNED, Standing.EXPIRED, Standing.IN_FORCE, Standing.NOT_YET]
    left = agreement.days_left(today)
    return order.index(agreement.standing(today)), left if left is not None else 10**6
