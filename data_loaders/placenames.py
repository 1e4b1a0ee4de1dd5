"""The same name written in different ways becomes one spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dashboard.gazetteer.states import state_code

WORDS = {
    "st": "saint", "mt": "mount", "ft": "fort", "hts": "heights", "ctr": "center", "centre": "center",
    "spgs": "springs", "&": "and",
}  # fmt: skip
FIRST_WORDS = {
    "n": "north", "no": "north", "s": "south", "so": "south", "e": "east", "w": "west", "gt": "great", "pt": "point",
}  # fmt: skip
PREFIXES = ("town of ", "city of ", "county of ", "village of ", "borough of ")
SUFFIXES = (
    " town city", " city balance", " consolidated government", " township", " town", " city", " borough",
    " cdp", " county", " planning region", " plantation", " village",
)  # fmt: skip


@lru_cache(maxsize=100_000)
def spellings(name: str) -> tuple[str, ...]:
    """The spellings to look a name up by, the most exact first; never empty.

    Case, accents, punctuation, "St." and "Saint", "N." and "North", "-borough" and "-boro", ", MA" and a bracketed
    remark make no difference; "Town of X" and "X town" give X as a second spelling.
    """
    whole = _plain(name)
    short = _without_kind(whole)
    return (whole,) if short in ("", whole) else (whole, short)


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    text = re.sub(r"\([^)]*\)", " ", text)
    before, comma, after = text.rpartition(",")
    if comma and state_code(after.strip(" .")):
        text = before
    text = re.sub(r"['`]", "", text)
    words = _without_prefix(" ".join(re.sub(r"[^a-z0-9&]+", " ", text).split())).split()
    if len(words) > 1:
        words[0] = FIRST_WORDS.get(words[0], words[0])
    return " ".join(_word(word) for word in words)


def _without_prefix(text: str) -> str:
    for prefix in PREFIXES:
        text = text.removeprefix(prefix)
    return text


def _word(word: str) -> str:
    word = WORDS.get(word, word)
    return word.removesuffix("ugh") if word.endswith("borough") and word != "borough" else word


def _without_kind(whole: str) -> str:
    for suffix in SUFFIXES:
        if whole.endswith(suffix):
            return whole.removesuffix(suffix)
    return whole
