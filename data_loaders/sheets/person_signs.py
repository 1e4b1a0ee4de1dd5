"""What tells that a column speaks of single people: words of headers, forms of values, and how days are spread."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from data_loaders.sheets.grid import Cell

COMMON = """
james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph
jessica thomas sarah christopher karen charles lisa daniel nancy matthew betty anthony margaret mark sandra
donald ashley steven kimberly paul emily andrew donna joshua michelle kenneth carol kevin amanda brian melissa
george deborah timothy stephanie ronald rebecca jason laura edward sharon jeffrey cynthia ryan kathleen jacob
amy gary angela nicholas shirley eric anna jonathan brenda stephen pamela larry emma justin nicole scott helen
brandon samantha benjamin katherine samuel christine gregory debra alexander rachel frank carolyn patrick
janet raymond catherine jack maria dennis heather jerry diane tyler ruth aaron julie jose olivia adam joyce
nathan virginia henry victoria zachary kelly douglas lauren peter christina kyle joan noah evelyn ethan judith
jeremy megan walter andrea christian cheryl keith hannah luis jacqueline carlos martha juan gloria miguel
teresa ana sofia rosa carmen
"""
GIVEN_NAMES = frozenset(COMMON.split())
PLACE_WORDS = frozenset(
    {"town", "city", "village", "county", "port", "falls", "beach", "east", "west", "north", "south"}
)
STREET = re.compile(
    r"\d{1,6}[a-z]?\s+(?:[\w.'-]+\s+){0,4}(?:st|street|ave|avenue|rd|road|ln|lane|dr|drive|way|ct|court|blvd|boulevard|"
    r"ter|terrace|cir|circle|pl|place|hwy|highway|pike|turnpike)\b\.?.*",
    re.IGNORECASE,
)
SOCIAL = re.compile(r"\d{3}-\d{2}-\d{4}")
PHONE = re.compile(r"(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?:\s*(?:x|ext)\.?\s*\d+)?")
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})|(\d{4})-(\d{1,2})-(\d{1,2})")
DEGREES = re.compile(r"[-+]?\d{1,3}\.\d{3,}")
BIRTH_YEARS = 15
"""Days that lie this many years apart and are almost all different are no reporting dates."""


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [str(cell).strip() for cell in cells if cell is not None]


def _differ(cells: Sequence[Cell]) -> bool:
    """Almost every cell different, as ids are and counts are not."""
    texts = _texts(cells)
    return len(set(texts)) >= 0.8 * len(texts) and sum(any(c.isdigit() for c in text) for text in texts) >= 3


def _names(cells: Sequence[Cell]) -> bool:
    """Words that are somebody's name: at least three of them, and three in ten, hold a given name."""
    texts = _texts(cells)
    found = sum(_is_name(text) for text in texts)
    return found >= 3 and found >= 0.3 * len(texts)


def _is_name(text: str) -> bool:
    words = re.findall(r"[a-z]+", text.lower())
    return 1 <= len(words) <= 4 and bool(GIVEN_NAMES & set(words)) and not PLACE_WORDS & set(words)


def _words(cells: Sequence[Cell]) -> bool:
    """Texts without digits, as names are."""
    texts = _texts(cells)
    return sum(not any(c.isdigit() for c in text) for text in texts) >= max(3, 0.7 * len(texts))


def _days(cells: Sequence[Cell]) -> bool:
    return sum(as_day(cell) is not None for cell in cells) >= 3


def _any(_cells: Sequence[Cell]) -> bool:
    return True


def _header(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


WHO = r"(?:patients?'?s?|clients?'?s?|persons?'?s?|participants?'?s?|victims?'?s?|consumers?'?s?|decedents?'?s?)"
HEADERS: tuple[tuple[re.Pattern[str], str, Callable[[Sequence[Cell]], bool]], ...] = (
    (_header(r"(?:first|last|given|family|middle|maiden)[ _-]?names?|f[ _]?name|l[ _]?name|surname|forename"),
     "people's names", _words),
    (_header(rf"{WHO}[ _-]?(?:full[ _-]?)?names?|{WHO}|(?:full )?name|initials"), "people's names", _names),
    (_header(rf"{WHO}[ _-]?initials"), "people's initials", _words),
    (_header(r"d\.?o\.?b\.?|(?:date[ _-]?of[ _-]?)?birth[ _-]?(?:date|day)?|born"), "dates of birth", _days),
    (_header(r"ssn|social[ _-]?security.*"), "social security numbers", _any),
    (_header(r"mrn|medical[ _-]?record.*|chart[ _-]?(?:no\.?|number|#)|medicaid.*(?:id|no\.?|number)"),
     "medical record numbers", _differ),
    (_header(rf"(?:{WHO}|run|incident|pcr|cad|case|call|dispatch|event|encounter|record)[ _-]?"
             r"(?:id|no\.?|num(?:ber)?|#|identifier)"), "numbers of single people or calls", _differ),
    (_header(r"(?:street|home|incident|patient|client|scene|pickup)?[ _-]?address|street|scene"), "addresses",
     lambda cells: sum(bool(STREET.fullmatch(text)) for text in _texts(cells)) >= 3),
    (_header(r"(?:home |cell |mobile )?(?:tele)?phone.*|mobile|cell"), "telephone numbers",
     lambda cells: sum(len(re.sub(r"\D", "", text)) >= 10 for text in _texts(cells)) >= 3),
    (_header(r"narratives?|(?:case|clinical|patient|client)[ _-]?notes?"), "accounts of single events", _words),
)  # fmt: skip
"""Words of a header, what the column then holds, and what its cells must look like for that to be true."""


def _is_text(pattern: re.Pattern[str]) -> Callable[[Cell], bool]:
    return lambda cell: isinstance(cell, str) and bool(pattern.fullmatch(cell.strip()))


VALUES: tuple[tuple[str, Callable[[Cell], bool]], ...] = (
    ("social security numbers", _is_text(SOCIAL)),
    ("telephone numbers", _is_text(PHONE)),
    ("e-mail addresses", _is_text(EMAIL)),
    ("street addresses", _is_text(STREET)),
    ("people's names", lambda cell: isinstance(cell, str) and len(cell.split()) > 1 and _is_name(cell)),
)


def is_coordinate(cell: Cell) -> bool:
    """Whether a cell is a latitude or longitude of the United States, to about a hundred metres or closer."""
    text = f"{cell}" if isinstance(cell, (str, float)) and not isinstance(cell, bool) else ""
    if not DEGREES.fullmatch(text.strip()):
        return False
    degrees = float(text)
    return 17 <= degrees <= 72 or -180 <= degrees <= -64


def as_day(cell: Cell) -> date | None:
    """The day that a cell holds; None when it holds none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = DAY.match(cell.strip()) if isinstance(cell, str) else None
    if found is None:
        return None
    parts = [int(part) for part in found.groups() if part]
    year, month, day = (parts[2], parts[0], parts[1]) if found[1] else (parts[0], parts[1], parts[2])
    year += 0 if year > 99 else 1900 if year > 40 else 2000
    month, day = (month, day) if month <= 12 else (day, month)
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= 28 else date(year, 1, 1)


def are_birth_dates(cells: Sequence[Cell]) -> bool:
    """Whether most cells are single days, spread over many years and almost all different."""
    days = [day for cell in cells if (day := as_day(cell)) is not None]
    if len(days) < 5 or len(days) < 0.6 * len(cells):
        return False
    years = [day.year for day in days]
    starts = sum(day.day == 1 for day in days)
    return max(years) - min(years) >= BIRTH_YEARS and len(set(days)) >= 0.9 * len(days) and starts < 0.5 * len(days)


AGE = _header(r"age|age in years|patient age|client age")
SEX = _header(r"sex|gender|race|ethnicity|race/ethnicity")
MOMENT = _header(r".*\b(?:date|time)\b.*")


def is_person_row(header: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> bool:
    """Whether a header row has an age in years beside a sex, a race or a moment: each row below is then a person."""
    named = {at: str(cell).strip() for at, cell in enumerate(header) if isinstance(cell, str)}
    ages = [at for at, text in named.items() if AGE.fullmatch(text)]
    if not any(SEX.fullmatch(text) or MOMENT.fullmatch(text) for text in named.values()):
        return False
    return any(_single_years([row[at] for row in below]) for at in ages)


def _single_years(cells: Sequence[Cell]) -> bool:
    held = _texts(cells)
    years = [int(text) for text in held if text.isdigit() and 0 <= int(text) <= 110]
    return len(years) >= 3 and len(years) >= 0.7 * len(held) and len(set(years)) >= 3
