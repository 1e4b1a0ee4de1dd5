"""Ids behind the door Bring numbers."""

from enum import StrEnum


class BringCheck(StrEnum):
    """Ids of the page of a brought file."""

    QUESTION_1 = "bring-check-question-1"
    QUESTION_2 = "bring-check-question-2"
    QUESTION_3 = "bring-check-question-3"
    WORD = "bring-check-word"


class BringPartner(StrEnum):
    """Ids of a partner's own page."""

    FILE = "bring-partner-file"
    MEASURE = "bring-partner-measure"
    PERIOD = "bring-partner-period"
    BASIS = "bring-partner-basis"
    TOWNS = "bring-partner-towns"
    TOWN_1 = "bring-partner-town-1"
    TOWN_2 = "bring-partner-town-2"
    TOWN_3 = "bring-partner-town-3"
    TOWN_4 = "bring-partner-town-4"
    NUMBER_1 = "bring-partner-number-1"
    NUMBER_2 = "bring-partner-number-2"
    NUMBER_3 = "bring-partner-number-3"
    NUMBER_4 = "bring-partner-number-4"
    NONE_MEASURE = "bring-partner-none-measure"
    NONE_PERIOD = "bring-partner-none-period"


class Agency(StrEnum):
    """Ids of My agency."""

    ABOUT = "agency-about"
    HOW = "agency-how"
    WORDS = "agency-words"
