"""The terms of an agreement in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from dashboard.agreements import Agreement, Audience, OnExpiry, Standing
from dashboard.agreements.agreement import EVERYTHING, UNTIL_ENDED
from dashboard.agreements.decide import PERIODS, PLACES
from dashboard.views.words import DIMENSION_WORDS, day_words

OPEN = "not agreed yet: nothing is shown until it is"
AFTERWARDS = {
    OnExpiry.HIDE: "After that nothing is shown to anybody",
    OnExpiry.KEEP: "After that the periods that ended before stay, and later ones are not shown",
    OnExpiry.KEEP_PUBLIC: "After that what was made public stays in the releases, and nothing is shown live",
}
READERS = {
    Audience.PUBLIC: "the public", Audience.MEMBER: "members of the coalition",
    Audience.LAW_ENFORCEMENT: "law-enforcement members", Audience.STEWARD: "stewards",
    Audience.PUBLISHER: "publishers", Audience.ADMINISTRATOR: "administrators", Audience.AUDITOR: "auditors",
}  # fmt: skip
PART2 = "42 CFR Part 2: records of treatment. Law-enforcement members never read them live."


def words_of(agreement: Agreement, today: date) -> list[tuple[str, str]]:
    """Name and words of every term; open terms say so."""
    return [
        ("Purpose", agreement.purpose or OPEN),
        ("Never used for", _list(agreement.excluded_uses)),
        ("Indicators", _known(agreement.indicators, lambda names: _all_or(names, names))),
        ("Finest place", PLACES[agreement.finest_place] if agreement.finest_place else OPEN),
        ("Finest period", PERIODS[agreement.finest_period] if agreement.finest_period else OPEN),
        ("Groups", _known(agreement.groups, lambda names: _all_or(names, map(_dimension, sorted(names))))),
        ("Who reads", readers(agreement)),
        ("Embargo", _embargo(agreement.embargo_days)),
        ("Holds", _holds(agreement)),
        ("When it ends", AFTERWARDS[agreement.on_expiry] if agreement.on_expiry else OPEN),
        ("Legal basis", f"{agreement.legal_basis or OPEN}{f'. {PART2}' if agreement.part2 else ''}"),
        ("Citation", agreement.citation or OPEN),
        ("Signatures", _signatures(agreement, today)),
    ]


def readers(agreement: Agreement) -> str:
    """Who reads what: every number, or releases that hide small counts."""
    if agreement.audiences is None:
        return OPEN
    live = [READERS[one] for one in Audience if agreement.audiences.get(one) == 0]
    said = [f"{_list(live)}: every number"] if live else []
    for cell in sorted({cell for cell in agreement.audiences.values() if cell}):
        who = _list(READERS[one] for one in Audience if agreement.audiences.get(one) == cell)
        said.append(f"{who}: releases that hide counts under {cell}")
    return "; ".join(said) or "nobody"


def _holds(agreement: Agreement) -> str:
    if agreement.valid_from is None or agreement.valid_to is None:
        return OPEN
    first = day_words(agreement.valid_from)
    return f"from {first} until it is ended" if agreement.valid_to == UNTIL_ENDED else (
        f"from {first} to {day_words(agreement.valid_to)}"
    )  # fmt: skip


def _signatures(agreement: Agreement, today: date) -> str:
    told = [
        f"{one.who}, {day_words(one.on)}" if one.on and one.on <= today else f"{one.who}: still to sign"
        for one in agreement.signatures
    ]
    return "; ".join(told) or "nobody is named who signs"


def _embargo(days: int | None) -> str:
    if days is None:
        return OPEN
    return f"a period is shown {days} days after its end" if days else "none"


def _known(names: frozenset[str] | None, told: Callable[[frozenset[str]], str]) -> str:
    return OPEN if names is None else told(names)


def _all_or(names: frozenset[str], words: Iterable[str]) -> str:
    return "all" if names == EVERYTHING else _list(sorted(words)) or "none"


def _dimension(name: str) -> str:
    return DIMENSION_WORDS.get(name, name).lower()


def _list(words: Iterable[str]) -> str:
    told = list(words)
    return " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]]))


def standing_sentence(agreement: Agreement, today: date) -> str:
    """Where it stands, in a sentence."""
    standing, left = agreement.standing(today), agreement.days_left(today)
    if standing is Standing.IN_FORCE:
        until = "until it is ended" if left is None else f"for {left:,} more days" if left != 1 else "for one more day"
        return f"The agreement with {agreement.name} holds {until}."
    return {
        Standing.UNFINISHED: f"The agreement with {agreement.name} is not finished: nothing is shown.",
        Standing.UNSIGNED: f"The agreement with {agreement.name} is not signed: nothing is shown.",
        Standing.NOT_YET: f"The agreement with {agreement.name} has not begun: nothing is shown.",
        Standing.EXPIRED: f"The agreement with {agreement.name} has ended.",
    }[standing]
