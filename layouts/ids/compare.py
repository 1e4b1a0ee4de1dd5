"""Ids of the page that compares."""

from enum import StrEnum


class Compare(StrEnum):
    """Ids of the compare page; a 2 marks the second side."""

    INDICATOR = "compare-indicator"
    PLACE = "compare-place"
    GROUP = "compare-group"
    PARTNER = "compare-partner"
    PERIOD = "compare-period"
    INDICATOR2 = "compare-indicator2"
    PLACE2 = "compare-place2"
    GROUP2 = "compare-group2"
    PARTNER2 = "compare-partner2"
