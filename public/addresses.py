"""Addresses: the whole state of a public page is its path, so that a link, a frame and a plain file say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

LANGUAGES = ("en", "es")
LATEST = "latest"
NEWEST = "newest"
PAGES = {"": 0, "map": 3, "trend": 3, "town": 1, "targets": 0, "gaps": 1, "said": 0, "help": 0}
"""Pages of a release, and how many parts the address of each has."""
FIGURES = ("map", "trend", "gaps", "targets")
"""Pages that have a picture, which other sites may show in a frame."""
PROSE = ("about", "method", "accessibility")
FORMS = ("csv", "json", "svg")
LONGEST_PATH = 400
LONGEST_QUERY = 400
PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+~-]*", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """A page that somebody asks for. `release` is a number or LATEST; `form` is "" (a page), csv, json or svg."""

    page: str = ""
    parts: tuple[str, ...] = ()
    release: str = LATEST
    language: str = "en"
    embed: bool = False
    form: str = ""

    @cached_property
    def path(self) -> str:
        """The address, from the root of the site."""
        before = ("" if self.language == LANGUAGES[0] else f"/{self.language}") + ("/embed" if self.embed else "")
        if self.page in PROSE:
            return f"{before}/{self.page}/"
        words = [word for word in (self.page, *self.parts) if word]
        whole = f"{before}/r/{self.release}/" + "".join(f"{word}/" for word in words)
        return f"{whole[:-1]}.{self.form}" if self.form else whole

    def at(self, page: str, *parts: str) -> Asked:
        """Another page of the same release, language and frame."""
        return replace(self, page=page, parts=parts, form="")


Key = tuple[int, Asked, str, int, str]
"""Of a remembered page: release, address, notice, the newest release when it was made, and the encoding."""


@lru_cache(maxsize=16_384)
def parse(path: str) -> Asked | None:
    """What an address asks for; None for one that no page has. Parts are only checked for their letters."""
    whole, form = _split_form(path)
    words = whole.strip("/").split("/") if whole.strip("/") else []
    language = words.pop(0) if words and words[0] in LANGUAGES[1:] else LANGUAGES[0]
    embed = bool(words) and words[0] == "embed"
    words = words[1:] if embed else words
    if not words or any(not PART.fullmatch(word) for word in words):
        return Asked(language=language) if not words and not embed and not form else None
    asked = _page_of(words)
    if asked is None or (form and not _has_form(asked, form)):
        return None
    return replace(asked, language=language, embed=embed, form=form)


def _has_form(asked: Asked, form: str) -> bool:
    return asked.page in FIGURES or (asked.page == "town" and form != "svg")


def _split_form(path: str) -> tuple[str, str]:
    """`/r/1/targets.csv` is the page `/r/1/targets` as csv."""
    stem, dot, form = path.rpartition(".")
    return (stem, form) if dot and form in FORMS else (path, "")


def _page_of(words: list[str]) -> Asked | None:
    if words[0] in PROSE:
        return Asked(words[0]) if len(words) == 1 else None
    if words[0] != "r" or len(words) < 2 or not (words[1] == LATEST or re.fullmatch(r"[0-9]{1,6}", words[1])):
        return None
    page = words[2] if len(words) > 2 else ""
    parts = tuple(words[3:])
    if page not in PAGES or len(parts) > PAGES[page]:
        return None
    return Asked(page, parts, release=words[1])


@dataclass(frozen=True)
class Links:
    """Links from one page to others, always relative: they work below any folder, on a server and as plain files.

    `index` is the name of a page's file; a server needs none.
    """

    here: str
    index: str = ""

    def to(self, path: str) -> str:
        """From the page at `here` to an address from the root of the site (posixpath.relpath takes four times as long,
        and a map has hundreds of links)."""
        *folders, name = path.split("/")
        here = self._folders
        common = 0
        for one, other in zip(here, folders, strict=False):
            if one != other:
                break
            common += 1
        steps = [".."] * (len(here) - common) + folders[common:]
        return "/".join((*steps, name or self.index)) or "./"

    @cached_property
    def _folders(self) -> list[str]:
        return self.here.split("/")[:-1]
