"""What was posted of each kind of entry, as the values of its class; InvalidQuery for what cannot be read."""

from __future__ import annotations

from datetime import date
from typing import Any

from callbacks.meeting_fields import SCREENS, Told
from dashboard.errors import InvalidQuery
from dashboard.meetings import ActionStatus, AgendaItem, Outcome, ScreenKind
from dashboard.meetings.going_out import LANGUAGES
from dashboard.periods import parse_day


def _day(text: str, what: str) -> date:
    try:
        return parse_day(text)
    except InvalidQuery:
        raise InvalidQuery(f"Say {what} as a day, such as 2026-11-30.") from None


def decision(told: Told, today: date) -> dict[str, Any]:
    """What was decided."""
    return {"text": told.get("text", ""), "on": today, "meeting": told.get("meeting", "")}


def action(told: Told, today: date) -> dict[str, Any]:
    """An action; new ones are open."""
    if not told.get("owner"):
        raise InvalidQuery("The action has no owner: say who does it, a person's role or a partner.")
    return decision(told, today) | {
        "owner": told["owner"], "due": _day(told.get("due", ""), "until when it will be done"),
        "status": _one_of(ActionStatus, told.get("status", "")), "outcome": told.get("outcome", ""),
    }  # fmt: skip


def note(told: Told, today: date) -> dict[str, Any]:
    """What was said, and by which role."""
    return decision(told, today) | {"role": told.get("role", "")}


def story(told: Told, today: date) -> dict[str, Any]:
    """The story, what it speaks of, and the consent."""
    consent = told.get("consent_on", "")
    return {"text": told.get("text", ""), "role": told.get("role", ""), "on": today,
            "consent_on": _day(consent, "when consent was given") if consent else None,
            "consent_by": told.get("consent_by", ""), "exported": told.get("exported") == "yes"}  # fmt: skip


def request(told: Told, today: date) -> dict[str, Any]:
    """What the community said, and what we did."""
    return {"text": told.get("text", ""), "role": told.get("role", ""), "on": today, "answer": told.get("answer", ""),
            "answered_on": today if told.get("answer") else None,
            "outcome": _one_of(Outcome, told.get("outcome", "")), **_looked_at_again(told)}  # fmt: skip


def conduct(told: Told, today: date) -> dict[str, Any]:  # noqa: ARG001
    """The code of conduct."""
    return {"text": told.get("text", ""), **_looked_at_again(told)}


def _looked_at_again(told: Told) -> dict[str, Any]:
    """The language; whatever is written here becomes public only when somebody who publishes has looked at it."""
    language = told.get("language", "") or "en"
    if language not in LANGUAGES:
        raise InvalidQuery(f"'{language[:40]}' is not one of the languages {', '.join(LANGUAGES.values())}.")
    return {"language": language, "public": False}


def meeting(told: Told, today: date) -> dict[str, Any]:  # noqa: ARG001
    """A meeting and its agenda; screens of no kind are left out."""
    as_of = told.get("as_of", "")
    rows = (n for n in range(1, SCREENS + 1) if told.get(f"kind{n}"))
    return {"title": told.get("title", ""), "held_on": _day(told.get("held_on", ""), "when the meeting is"),
            "as_of": _day(as_of, "from which day the numbers are") if as_of else None,
            "agenda": tuple(_item(told, n) for n in rows)}  # fmt: skip


def _item(told: Told, n: int) -> AgendaItem:
    minutes = told.get(f"minutes{n}", "") or "0"
    number = int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 4 else -1
    return AgendaItem(_one_of(ScreenKind, told[f"kind{n}"]), told.get(f"question{n}", ""),
                      told.get(f"address{n}", "")[:300], told.get(f"partner{n}", "")[:64], number)  # fmt: skip


def _one_of(words: Any, text: str) -> Any:
    """The member that a menu posted; the first where nothing was."""
    if not text:
        return next(iter(words))
    if text not in set(words):
        raise InvalidQuery(f"'{text[:40]}' is not one of {', '.join(words)}.")
    return words(text)
