"""Hours open to the public in a week, out of what people write ("Mon-Fri 8-17"); unknown stays unknown."""

from __future__ import annotations

import re

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?s?"
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]\.?m\.?)?"
_TO = r"\s*(?:-|–|—|to|until)\s*"
_TIMES = re.compile(_CLOCK + _TO + _CLOCK)
_SPAN = re.compile(rf"({_DAY}){_TO}({_DAY})")
_EVERY = ("every day", "daily", "7 days", "seven days")
_ALWAYS = re.compile(r"24\s*/\s*7|24 hours|around the clock")
_CONNECTED = re.compile(rf"(?:{_DAY}|and|to|[\s,&/\-–—])*")


def hours_a_week(text: str) -> float | None:
    """Hours of a week that a text of opening hours adds up to; None where it cannot be read without guessing.

    Parts are separated by ";" or by a comma before a day: "Mon-Fri 8-17, Sat 9-12" is 48. "9-5" is read as 9 to 17.
    """
    plain = " ".join(text.casefold().split())
    if not plain:
        return None
    if _ALWAYS.fullmatch(plain):
        return 168.0
    parts = [part for part in re.split(r";|,\s*(?=sat|sun)|(?<=\d),\s*(?=[a-z])", plain) if part.strip()]
    hours = [_of_part(part.strip()) for part in parts]
    known = [found for found in hours if found is not None]
    return round(sum(known), 2) if known and len(known) == len(hours) else None


def _of_part(part: str) -> float | None:
    times = list(_TIMES.finditer(part))
    days = _days(part[: times[0].start()].strip(" :,")) if times else 0
    spans = [_length(found) for found in times]
    between = re.sub(r"\band\b|[,&\s]", "", _TIMES.sub("", part[times[0].start() :])) if times else "?"
    if not days or between or any(span is None for span in spans):
        return None
    return days * sum(span for span in spans if span is not None)


def _days(words: str) -> int:
    """Number of days that "mon-fri", "tue and thu" or "every day" names; 0 when it is something else."""
    if words in _EVERY:
        return len(DAYS)
    if words in ("weekdays", "weekends"):
        return 5 if words == "weekdays" else 2
    if not words or not _CONNECTED.fullmatch(words):
        return 0
    found: set[int] = set()
    for first, last in _SPAN.findall(words):
        start, end = (DAYS.index(day[:3]) for day in (first, last))
        found |= {(start + step) % len(DAYS) for step in range((end - start) % len(DAYS) + 1)}
    return len(found | {DAYS.index(day[:3]) for day in re.findall(_DAY, words)})


def _length(found: re.Match[str]) -> float | None:
    """Hours between two clock times; None for times that do not exist."""
    start_hour, start_minute, start_half, end_hour, end_minute, end_half = found.groups()
    start = _clock(start_hour, start_minute, start_half)
    end = _clock(end_hour, end_minute, end_half)
    if start is None or end is None:
        return None
    if end <= start <= 12 and not end_half:
        end += 12  # "9-5" ends in the afternoon
    length = end - start if end > start else end + 24 - start
    return length if length <= 24 else None


def _clock(hour: str, minute: str | None, half: str | None) -> float | None:
    value = int(hour) + int(minute or 0) / 60
    if half:
        if not 1 <= int(hour) <= 12:
            return None
        value = value % 12 + (12 if half[0] == "p" else 0)
    return value if value <= 24 and int(minute or 0) < 60 else None
