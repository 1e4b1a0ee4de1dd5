"""What a single text of a sheet is: a number, a mark that stands for one, a period, a place or just words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from dashboard.domain import Jurisdiction, Level
from data_loaders import values
from data_loaders.places import PlaceIndex
from data_loaders.sheets import words
from data_loaders.sheets.period_forms import part_of

LONGEST_NAME = 60
LONGEST_PERIOD = 40
VOTERS = 3_000
"""Distinct texts asked for the state a file speaks of."""
DASHES = frozenset(("-", "–", "—", "--", "---", "- -"))
_NUMBER = re.compile(r"[-+(]?\s*\$?\s*-?(\d[\d,]*)?(\.\d+)?\s*\)?(e[-+]?\d+)?\s*%?", re.IGNORECASE)
_GLUED = re.compile(r"[\d,.]+\s*[^\w\s.,]{1,3}|[^\w\s.,]{1,3}\s*[\d,.]+")
_YEAR = re.compile(r"(19|20)\d\d")


class Kind(StrEnum):
    """What a text is."""

    BLANK = "blank"
    NUMBER = "number"
    YEAR = "year"
    MARK = "mark"
    PERIOD = "period"
    PLACE = "place"
    TOTAL = "total"
    TEXT = "text"


class Finder:
    """Finds places among texts, within the one state that a file speaks of ("" when none can be told)."""

    def __init__(self, places: PlaceIndex, state: str = "") -> None:
        self.places, self.state = places, state
        self._kinds: dict[str, Kind] = {}

    @classmethod
    def of(cls, places: PlaceIndex, texts: Iterable[str], home: str = "") -> Finder:
        """The finder for the state in which most of the texts are towns; `home` where that is not clear."""
        states = sorted({place.state for place in places if place.level == Level.TOWN})
        if len(states) < 2:
            return cls(places, states[0] if states else "")
        named = list(dict.fromkeys(text for text in texts if _may_be_name(text)))[:VOTERS]
        votes = Counter({state: sum(places.find(text, state=state) is not None for text in named) for state in states})
        (first, most), (_, second) = votes.most_common(2)
        return cls(places, first if most > second else home)

    def town(self, text: str) -> Jurisdiction | None:
        """The one town of that name; a text that ends in "County" is none."""
        if not _may_be_name(text) or text.lower().rstrip(". ").endswith((" county", " co")):
            return None
        if words.is_total(text) or words.is_no_place(text):
            return None
        return self.places.find(text, state=self.state, level=Level.TOWN)

    def county(self, text: str) -> Jurisdiction | None:
        """The one county of that name, with or without the word."""
        return self.places.find(text, state=self.state, level=Level.COUNTY) if _may_be_name(text) else None

    def kind(self, text: str) -> Kind:
        """What a text is; remembered."""
        if text not in self._kinds:
            self._kinds[text] = self._kind(text)
        return self._kinds[text]

    def _kind(self, text: str) -> Kind:
        if not text:
            return Kind.BLANK
        if _YEAR.fullmatch(text):
            return Kind.YEAR
        if is_number(text):
            return Kind.NUMBER
        if len(text) <= LONGEST_PERIOD and part_of(text).whole:
            return Kind.PERIOD
        if is_mark(text):
            return Kind.MARK
        if words.is_total(text):
            return Kind.TOTAL
        return Kind.PLACE if self.town(text) else Kind.TEXT


def is_number(text: str) -> bool:
    """Whether it is digits, perhaps with commas, a sign, dollars or percent; or digits with a mark glued on."""
    if not any(letter.isdigit() for letter in text) or "/" in text or len(text) > LONGEST_NAME:
        return False
    return bool(_NUMBER.fullmatch(text) or _GLUED.fullmatch(text))


def is_mark(text: str) -> bool:
    """Whether it stands where a number would: hidden, not reported, a dash, or an error of the spreadsheet."""
    return (
        text in DASHES or values.marker(text) is not None or (text.startswith("#") and text.endswith(("!", "?", "A")))
    )


def _may_be_name(text: str) -> bool:
    return 1 < len(text) <= LONGEST_NAME and any(letter.isalpha() for letter in text)
