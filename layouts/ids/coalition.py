"""Ids of the pages behind the door Our coalition."""

from enum import StrEnum


class Publish(StrEnum):
    """Ids of the publish page."""

    PREVIEW = "publish-preview"
    SHOWN = "publish-shown"
    LOOKED_AT = "publish-looked-at"
    JOB = "publish-job"
    CLOCK = "publish-clock"
    STOP = "publish-stop"
    MADE_BY = "publish-made-by"
    APPROVED_BY = "publish-approved-by"
    WRITE = "publish-write"
    SAID = "publish-said"
    NOW = "publish-now"
    RELEASES = "publish-releases"
    GONE = "publish-gone"
    REASON = "publish-reason"
    WITHDRAW = "publish-withdraw"
    WITHDRAWN = "publish-withdrawn"


class Memory(StrEnum):
    """Ids of what was said about what a page shows. Its answers are never remembered: somebody may write meanwhile."""

    PLACES = "memory-places"
    TRENDS = "memory-trends"
    TARGET = "memory-target"
    MONTH = "memory-month"
    AFTER = "memory-after"
    ABOUT = "memory-about"
    TEXT = "memory-text"
    ROLE = "memory-role"
    PERIOD = "memory-period"


class People(StrEnum):
    """Ids of the page of people and of the audit log."""

    ACCOUNT = "people-account"
    KNOWN = "people-known"
    NAME = "people-name"
    ROLE = "people-role"
    COALITION = "people-coalition"
    PARTNER = "people-partner"
    LOG = "log"
    LOG_PERSON = "people-log-person"
    LOG_KIND = "people-log-kind"
    LOG_FIRST = "people-log-first"
    LOG_LAST = "people-log-last"


class TakeHome(StrEnum):
    """Ids of the page Take it home. Its progress is never remembered."""

    SHOWN = "takehome-shown"
    CLOCK = "takehome-clock"
    TOKEN = "takehome-token"
    WITHIN = "takehome-within"
    AS_OF = "takehome-as-of"
    MEETING = "takehome-meeting"


class Strategies(StrEnum):
    """Ids of the map of strategies. Its answers are never remembered: the register changes without new numbers."""

    COALITION = "strategies-coalition"
    STRATEGY = "strategies-strategy"
    PLACE = "strategies-place"
    AS_OF = "strategies-as-of"
    MAP = "strategies-map"
    TABLE = "strategies-table"
    GEOMETRY = "strategies-geometry"
    PAINT = "strategies-paint"
    PAINTED = "strategies-painted"
    STATE = "strategies-state"
    WRITTEN = "strategies-written"
    HEADLINE = "strategies-headline"
    NOTES = "strategies-notes"
    PANEL = "strategies-panel"
    MORE = "strategies-more"
    CSV = "strategies-csv"
