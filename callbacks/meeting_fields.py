"""The fields of each kind of entry, with what is known or was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dashboard.domain import Level
from dashboard.meetings import ActionStatus, Outcome
from dashboard.meetings.going_out import LANGUAGES
from dashboard.meetings.rules import LONGEST, LONGEST_CONDUCT, ROLES
from dashboard.periods import Period, add_months
from dashboard.views.choices import told_apart
from dashboard.views.meeting_agenda import OPENING, SCREEN_WORDS
from dashboard.views.source import ViewReader
from dashboard.views.words import period_words
from layouts.staff.meeting_form import Field

SAFE = "Plain text. **Two stars** make words strong, a dash begins a line of a list; nothing else is read as markup."
SCREENS, QUARTERS, YEARS = 10, 8, 10
Told = Mapping[str, str]


def written(value: object) -> str:
    """A value as a form would post it."""
    return "" if value is None or value is False else "yes" if value is True else str(value)


def _role(told: Told) -> Field:
    roles = (("", "Choose a role"), *((role, role) for role in ROLES))
    return Field("role", "Who said it, by role", "choice", told.get("role", ""), roles, required=True)


def _words(told: Told, label: str, name: str = "text", most: int = LONGEST) -> Field:
    return Field(name, label, "text", told.get(name, ""), hint=SAFE if name == "text" else "", required=name == "text",
                 most=most)  # fmt: skip


def decision(reader: ViewReader, told: Told, known: bool) -> list[Field]:  # noqa: ARG001
    """What was decided."""
    return [_words(told, "What was decided")]


def action(reader: ViewReader, told: Told, known: bool) -> list[Field]:  # noqa: ARG001
    """What will be done, by whom, until when; of a known one also what became of it."""
    fields = [_words(told, "What will be done"),
              Field("owner", "Who does it", value=told.get("owner", ""), hint="A role or a partner.", required=True),
              Field("due", "Until when", "day", told.get("due", ""), required=True)]  # fmt: skip
    if known:
        statuses = tuple((one.value, one.value.capitalize()) for one in ActionStatus)
        fields += [Field("status", "How it stands", "choice", told.get("status", ""), statuses),
                   _words(told, "What became of it", "outcome")]  # fmt: skip
    return fields


def note(reader: ViewReader, told: Told, known: bool) -> list[Field]:  # noqa: ARG001
    """What was said, and by which role."""
    return [_words(told, "What was said"), _role(told)]


def story(reader: ViewReader, told: Told, known: bool) -> list[Field]:  # noqa: ARG001
    """The story, what it speaks of, and the consent."""
    return [
        _words(told, "The story"), _role(told),
        Field("place", "Which area it speaks of", "choice", told.get("place", ""), _areas(reader), required=True),
        Field("period", "Which time it speaks of", "choice", told.get("period", ""), _quarters(), required=True),
        Field("consent_on", "Consent was given on", "day", told.get("consent_on", ""), required=True),
        Field("consent_by", "Who keeps the consent, by role", value=told.get("consent_by", ""), required=True),
        Field("exported", "Whoever told it agrees that it may leave the house in exports", "tick",
              told.get("exported", "")),
    ]  # fmt: skip


def request(reader: ViewReader, told: Told, known: bool) -> list[Field]:  # noqa: ARG001
    """What the community said, and what we did."""
    outcomes = tuple((one.value, one.value.capitalize()) for one in Outcome)
    return [_words(told, "You said"), _role(told), _words(told, "We did", "answer"),
            Field("outcome", "What became of it", "choice", told.get("outcome", ""), outcomes),
            _language(told)]  # fmt: skip


def conduct(reader: ViewReader, told: Told, known: bool) -> list[Field]:  # noqa: ARG001
    """The code of conduct."""
    return [_words(told, "Code of conduct", most=LONGEST_CONDUCT), _language(told)]


def _language(told: Told) -> Field:
    return Field("language", "Language of these words", "choice", told.get("language", ""), tuple(LANGUAGES.items()))


def meeting(reader: ViewReader, told: Told, known: bool) -> list[Field]:  # noqa: ARG001
    """Title, day, and the day of its numbers."""
    hint = "Left empty: the day before the meeting, so that nothing changes while people talk."
    return [Field("title", "Title", value=told.get("title", ""), required=True),
            Field("held_on", "Day", "day", told.get("held_on", ""), required=True),
            Field("as_of", "Numbers as known on", "day", told.get("as_of", ""), hint=hint)]  # fmt: skip


def screen_rows(reader: ViewReader, coalition: str, told: Told) -> tuple[tuple[Field, ...], ...]:
    """The agenda's screens; a new meeting begins with the usual seven."""
    if "agenda" not in told and "kind1" not in told:
        usual = ({f"{name}{n}": written(value) for name, value in vars(item).items()} for n, item in
                 enumerate(OPENING, 1))  # fmt: skip
        told = dict(told) | {name: value for one in usual for name, value in one.items()}
    kinds = (("", "No screen"), *((kind.value, words) for kind, words in SCREEN_WORDS.items()))
    ours = [(id_, str(row["name"])) for id_, row in reader.partners.items() if row["coalition_id"] == coalition]
    partners = (("", "–"), *sorted(ours, key=lambda one: one[1]))
    return tuple(
        (
            Field(f"kind{n}", "What it shows", "choice", told.get(f"kind{n}", ""), kinds),
            Field(f"question{n}", "Question", value=told.get(f"question{n}", "")),
            Field(f"minutes{n}", "Minutes", "number", told.get(f"minutes{n}", "") or "0"),
            Field(f"partner{n}", "Whose slot", "choice", told.get(f"partner{n}", ""), partners),
            Field(f"address{n}", "View (address of a page, may be empty)", value=told.get(f"address{n}", ""), most=300),
        )
        for n in range(1, SCREENS + 1)
    )


def _areas(reader: ViewReader) -> tuple[tuple[str, str], ...]:
    """Planning areas first, then what is larger."""
    gazetteer = reader.gazetteer
    levels = [[one.id for one in gazetteer.sets if one.level is level]
              for level in (Level.PLANNING_AREA, Level.CATCHMENT, Level.REGION)]  # fmt: skip
    levels.append([one.geoid for one in gazetteer.places if one.level is Level.COUNTY])
    named = (choice for ids in levels for choice in told_apart(reader, ids))
    return (("", "Choose an area"), *((choice.value, choice.label) for choice in named))


def when(told: Told) -> Field:
    """Which time an entry speaks of: its flag stands there."""
    known = told.get("period", "")
    times = (("", "The day on which it is written down"), *_quarters()[1:], *_years())
    more = ((known, known),) if known not in dict(times) else ()
    return Field("period", "Which time it speaks of", "choice", known, (*times, *more))


def _years() -> tuple[tuple[str, str], ...]:
    this = date.today().year
    return tuple((str(year), str(year)) for year in range(this, this - YEARS, -1))


def _quarters() -> tuple[tuple[str, str], ...]:
    today = date.today()
    first = Period.ending(add_months(today.replace(day=1), 3 - (today.month - 1) % 3), 3)
    found = [Period.ending(add_months(first.end, -3 * n), 3) for n in range(QUARTERS)]
    return (("", "Choose a quarter"), *((str(one), period_words(one)) for one in found))
