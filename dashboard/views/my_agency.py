"""My agency: a partner's numbers before the meeting sees them, what was said of them, and what became of referrals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.views.choices import Choice
from dashboard.views.funder_tables import FunderTable
from dashboard.views.my_agency_numbers import AgencyNumber
from dashboard.views.referrals import Flows
from dashboard.views.words import day_words, period_words

NUMBER, MONTH, LOAD = "number", "month", "load"
STATUS_WORDS = {"open": "not answered yet", "answered": "answered", "settled": "settled"}


@dataclass(frozen=True)
class Said:
    """A comment or an answer: its words, who said them and when."""

    words: str
    who: str
    made_at: datetime

    @property
    def byline(self) -> str:
        """Who and when."""
        return f"{self.who}, {day_words(self.made_at.date())}"


@dataclass(frozen=True)
class CommentRow:
    """A comment with its answers, the oldest first. `about` is what it speaks of, in words."""

    number: int
    about: str
    said: Said
    hold: bool
    status: str
    answers: tuple[Said, ...]

    @property
    def standing(self) -> str:
        """Where it stands, and what the meeting sees of it."""
        held = self.hold and self.status != "settled"
        return f"{STATUS_WORDS[self.status]}{'; the meeting sees that you have a question about this' if held else ''}"


@dataclass(frozen=True)
class MyAgency:
    """Everything the page shows. `steward`: whoever looks may comment; `answers`: they may answer for the coalition."""

    partner: str
    name: str
    numbers: tuple[AgencyNumber, ...]
    comments: tuple[CommentRow, ...] = ()
    about: tuple[Choice, ...] = ()
    flows: Flows | None = None
    tables: tuple[Choice, ...] = ()
    table: FunderTable | None = None
    chosen: str = ""
    steward: bool = False
    answers: bool = False
    said: str = ""

    @property
    def headline(self) -> str:
        """The first sentence."""
        if self.said:
            return self.said
        if not self.numbers:
            return f"{self.name} reports no numbers that you may see yet."
        many = len(self.numbers)
        shown = sum(each.shown for each in self.numbers)
        asked = sum(one.hold and one.status != "settled" for one in self.comments)
        every = "all" if shown == many else f"{shown} of"
        some = f"The meeting sees {every} {many} numbers of {self.name}"
        if many == 1:
            some = f"The meeting {'sees' if shown else 'does not see'} the one number of {self.name}"
        questions = {0: "", 1: "; about one of them there is a question"}.get(asked, f"; there are {asked} questions")
        return f"{some}{questions}."

    @property
    def referrals(self) -> str:
        """What became of the referrals, in a sentence."""
        known = self.flows.known if self.flows else []
        made = [flow for flow in known if flow.sender == self.partner]
        if not self.flows or not self.flows.period or not made:
            return f"Nobody reports yet to whom {self.name} refers people."
        sent = sum(flow.made or 0 for flow in made)
        done = sum(flow.completed or 0 for flow in made if flow.completed is not None)
        open_ = sum(flow.completed is None for flow in made)
        some = f"; of {open_} of the receivers it is not known" if open_ else ""
        when = period_words(self.flows.period)
        return f"Of {sent:,.0f} referrals in {when}, {done:,.0f} ended with a completed warm handoff{some}."


def about_choices(
    numbers: Sequence[AgencyNumber], loads: Sequence[tuple[int, str]], months: Sequence[tuple[str, str]]
) -> tuple[Choice, ...]:
    """What a comment may be about. `loads` are pairs of number and words, `months` of period and words."""
    found = [Choice("", "A number", heading=True)] if numbers else []
    found += [Choice(f"{NUMBER}:{each.key}", f"{each.name}, {period_words(each.period)}") for each in numbers]
    found += [Choice("", "A whole month", heading=True)] if months else []
    found += [Choice(f"{MONTH}:{period}", words) for period, words in months]
    found += [Choice("", "Something that was brought", heading=True)] if loads else []
    return tuple(found + [Choice(f"{LOAD}:{load}", words) for load, words in loads])
