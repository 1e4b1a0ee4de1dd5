"""The words partners write for measures, groups, totals and columns (words.toml), looked up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

NEUTRAL = frozenset(
    ("count", "counts", "number", "numbers", "n", "#", "value", "values", "qty", "quantity", "total", "amount", "num",
     "of", "the", "how", "many", "no", "by", "", "data", "all", "sum", "in", "per", "for", "reported", "monthly")
)  # fmt: skip
"""Words that say nothing of what is counted."""
_BAND = re.compile(r"(?:ages?\s*)?(\d{1,2})\s*(?:-|–|to)\s*(\d{1,2})(?:\s*(?:years?|yrs?|yo))?", re.IGNORECASE)
_OLDEST = re.compile(r"(?:ages?\s*)?(\d{2})\s*(?:(?:years? )?\+|(?:and|or) (?:over|older|up))", re.IGNORECASE)
_RATE = re.compile(r"\b(rates?|percent(age)?|per (1|10|100),?000|median|average|mean)\b|%", re.IGNORECASE)
_YOUNGEST = re.compile(r"(?:ages?\s*)?(?:under|<|below|younger than)\s*(\d{2})", re.IGNORECASE)


@dataclass(frozen=True)
class Meant:
    """What a text may count: the one measure, or candidates with the likeliest first when it is not clear."""

    measure: str = ""
    candidates: tuple[str, ...] = ()


NOBODY_SAYS = Meant()


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def plain(text: str) -> str:
    """Lower case, without marks at either end."""
    return " ".join(text.lower().split()).strip(" .:*#†‡-–()[]")


@lru_cache(maxsize=20_000)
def measure_of(text: str) -> Meant:
    """The measure a header or title means: the longest phrase wins; equally long ones of several are candidates."""
    words = _words(text)
    if not words:
        return Meant()
    best: dict[str, int] = {}
    for id_, phrases in _told()["measures"].items():
        best[id_] = max((len(_words(phrase)) for phrase in phrases if _fits(phrase, words)), default=0)
    most = max(best.values())
    found = tuple(id_ for id_, score in best.items() if score == most and score)
    if len(found) == 1:
        return Meant(found[0], found)
    unsure = [id_ for phrase, ids in _told()["unsure"].items() if _fits(phrase, words) for id_ in ids]
    return Meant("", tuple(dict.fromkeys((*found, *unsure))))


def says_nothing(text: str) -> bool:
    """Whether a text consists of neutral words only, such as "Number of"."""
    return all(word in NEUTRAL for word in re.split(r"[^a-z#]+", text.lower()))


@lru_cache(maxsize=50_000)
def is_total(text: str) -> bool:
    """Whether a label means all of its parts together."""
    word = plain(text)
    return word in _listed("totals") or bool(re.fullmatch(r"(grand |sub-?)?totals?\b.*|.* (sub)?totals?", word))


def is_everyone(text: str) -> bool:
    """Whether a group is all of them together: "All", "Total", "All ages"."""
    return is_total(text) or plain(text).startswith("all ")


def is_left_out(text: str) -> bool:
    """Whether a header names numbers that are not counts: rates, goals, stock on hand."""
    word = f" {re.sub(r'[^a-z0-9%.,]+', ' ', text.lower()).strip()} "
    return any(f" {one} " in word or (one == "%" and "%" in word) for one in _listed("left_out"))


def is_rate(text: str) -> bool:
    """Whether a title speaks of rates, shares or averages, which are no counts."""
    return bool(_RATE.search(text))


@lru_cache(maxsize=50_000)
def is_no_place(text: str) -> bool:
    """Whether a label among places is none: unknown, out of state."""
    return plain(text) in _listed("no_place") or text.lower().startswith(("out of ", "outside ", "unknown"))


def head_of(text: str) -> str:
    """What a column of texts is by its header: place, county, month, partner, note ...; "" where it does not say."""
    words = _words(text)
    heads: Mapping[str, list[str]] = _told()["heads"]
    return next((kind for kind, phrases in heads.items() if any(_fits(one, words) for one in phrases)), "")


def dimension_of(text: str) -> str:
    """The dimension a header names: age, sex ...; "" for none."""
    words = _words(text)
    heads: Mapping[str, list[str]] = _told()["dimensions"]
    return next((name for name, phrases in heads.items() if any(_whole(one, words) for one in phrases)), "")


def basis_of(text: str) -> str:
    """residence or occurrence where a header or title says so, else ""."""
    word = text.lower()
    found = {basis for basis, phrases in _told()["basis"].items() if any(phrase in word for phrase in phrases)}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=20_000)
def group_of(text: str) -> tuple[str, str]:
    """(dimension, value) of a group written in a header or cell: "Female" is ("sex", "female"); ("", "") for none."""
    word = plain(text)
    band = age_band(word)
    if band:
        return "age", band
    for dimension, values in _told()["groups"].items():
        for value, phrases in values.items():
            if word in phrases:
                return dimension, value
    return "", ""


def age_band(text: str) -> str:
    """A band of ages in one form: "18 to 24" and "ages 18-24" are 18-24, "65 and over" is 65+; "" for none."""
    found = _BAND.fullmatch(text)
    if found and int(found[1]) < int(found[2]):
        return f"{int(found[1])}-{int(found[2])}"
    found = _OLDEST.fullmatch(text)
    if found:
        return f"{found[1]}+"
    found = _YOUNGEST.fullmatch(text)
    return f"0-{int(found[1]) - 1}" if found else ""


def _listed(name: str) -> list[str]:
    listed: list[str] = _told()[name]["words"]
    return listed


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z]+|\d+", text.lower().replace("non-fatal", "nonfatal").replace("'", "")))


def _fits(phrase: str, words: Iterable[str]) -> bool:
    """Whether every word of the phrase begins a word of the text; short words must be whole."""
    return all(any(_same(part, word) for word in words) for part in _words(phrase))


def _same(part: str, word: str) -> bool:
    if len(part) <= 3 or part.isdigit():
        return word in (part, part + "s")
    return word.startswith(part)


def _whole(phrase: str, words: Iterable[str]) -> bool:
    return all(any(word in (part, part + "s") for word in words) for part in _words(phrase))
