"""What people write in meetings: plain text with emphasis and lists. All else stays the letters that it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Letters that turn the direction of what follows them: they can make a text read as another."""
TAGS = {"paragraph": "p", "strong": "strong", "em": "em", "bullet_list": "ul", "ordered_list": "ol",
        "list_item": "li", "hardbreak": "br", "softbreak": "br"}  # fmt: skip

INSIDE_A_WORD = ("", "strong", "em")


@dataclass(frozen=True)
class Piece:
    """A part of a text: letters (`tag` is ""), or one of TAGS around its parts."""

    tag: str
    letters: str = ""
    parts: tuple[Piece, ...] = ()


def cleaned(text: str) -> str:
    """A text as it is kept: without control characters and letters that turn its direction, blanks at its ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter for letter in lines
        if letter == "\n" or (unicodedata.category(letter) not in ("Cc", "Cs") and letter not in TURNING)
    ).strip()  # fmt: skip


def pieces(text: str) -> tuple[Piece, ...]:
    """A text as paragraphs, lists and emphasis; markup and script in it are letters like any other."""
    return tuple(_pieces(SyntaxTreeNode(_reader().parse(text))))


def as_html(text: str) -> str:
    """The same as HTML: nothing but p, strong, em, ul, ol, li and br, everything else escaped."""
    return _reader().render(text)


def in_one_line(text: str) -> str:
    """Its letters alone, on one line."""
    return " ".join("".join(_letters(pieces(text))).split())


@cache
def _reader() -> MarkdownIt:
    """`zero` knows paragraphs only; links, pictures, HTML, headings and code are never read as such."""
    return MarkdownIt("zero", {"html": False, "breaks": True}).enable(["emphasis", "list", "newline", "escape"])


def _pieces(node: SyntaxTreeNode) -> Iterator[Piece]:
    for child in node.children:
        if child.type == "inline" or (child.type == "paragraph" and child.hidden):
            yield from _pieces(child)
        elif child.type in TAGS:
            yield Piece(TAGS[child.type], parts=tuple(_pieces(child)))
        else:
            yield Piece("", child.content)


def _letters(parts: tuple[Piece, ...]) -> Iterator[str]:
    for part in parts:
        yield part.letters
        yield from _letters(part.parts)
        yield "" if part.tag in INSIDE_A_WORD else " "
