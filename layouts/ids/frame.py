"""Component ids, page first. The frame and the doors This month and Bring numbers."""

from enum import StrEnum


class Shell(StrEnum):
    """Ids of the frame around every page."""

    MAIN = "main"


class Document(StrEnum):
    """Ids outside of what Dash knows."""

    NOTICE = "notice"


class ThisMonth(StrEnum):
    """Ids of the first page."""

    AREA = "month-area"
    NUMBERS = "month-numbers"
    STATE = "month-state"
    WRITTEN = "month-written"


class WhatChanged(StrEnum):
    """Ids of what changed."""

    PLACE = "changed-place"
    SINCE = "changed-since"
    MONTHS = "changed-months"
    GROUP = "changed-group"
    PARTNER = "changed-partner"
    AS_OF = "changed-as-of"
    SHOWN = "changed-shown"
    STATE = "changed-state"
    WRITTEN = "changed-written"
