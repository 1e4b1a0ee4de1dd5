"""A file as it lies on disk: bytes first, text only after it is known to be text."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dashboard.errors import LoadRefused

BYTE_ORDER_MARKS = (  # UTF-32 before UTF-16: its mark begins with the other's
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
HTML_STARTS = ("<!doctype html", "<html", "<head", "<body", "<table", "<script", "<meta")


class Unreadable(LoadRefused):
    """The bytes are not the text of a table; says the rule that is broken, what to do, and the line where known."""

    def __init__(self, rule: str, fix: str, row: int | None = None) -> None:
        super().__init__(f"{rule} {fix}")
        self.rule = rule
        self.fix = fix
        self.row = row


@dataclass(frozen=True)
class RawFile:
    """One file: its name, its bytes untouched, and its path where it has one (shapefiles need their neighbours)."""

    name: str
    content: bytes
    path: Path | None = None

    @classmethod
    def open(cls, path: Path | str) -> RawFile:
        """Read a file from disk; OSError when it cannot be read."""
        path = Path(path)
        return cls(path.name, path.read_bytes(), path)

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot; "" without one."""
        return Path(self.name).suffix.lower()

    @cached_property
    def sha256(self) -> str:
        """What identifies the content: the same bytes again change nothing."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def encoding(self) -> str:
        """How the bytes spell text: by byte-order mark, else UTF-8, else cp1252; Unreadable when they are no text."""
        if not self.content.strip():
            raise Unreadable("The file is empty.", "Ask the sender for it again, or export it again.")
        encoding = next((name for mark, name in BYTE_ORDER_MARKS if self.content.startswith(mark)), None)
        if encoding is None:
            _refuse_binary(self.content)
            encoding = "utf-8" if _decodes(self.content, "utf-8") else "cp1252"
        if not _decodes(self.content, encoding):
            raise Unreadable(
                f"The bytes are neither UTF-8 nor {encoding}.", "Save the file as 'CSV UTF-8' and load it again."
            )
        _refuse_page(self.content[:4000].decode(encoding, errors="ignore"))
        return encoding

    @cached_property
    def text(self) -> str:
        """The whole file as text without a byte-order mark; Unreadable for HTML, binary and empty files."""
        return self.content.decode(self.encoding)

    def lines(self) -> io.TextIOWrapper:
        """The text as a stream that decodes as it goes, line ends untouched, so that a big file is held once."""
        return io.TextIOWrapper(io.BytesIO(self.content), encoding=self.encoding, newline="")

    def cells(self) -> Iterator[list[str]]:
        """The records of a CSV, strictly quoted."""
        return csv.reader(self.lines(), delimiter=self.delimiter, strict=True)

    @cached_property
    def delimiter(self) -> str:
        """What stands between cells: a comma, unless the first line has none but has tabs or semicolons."""
        first = self.lines().readline()
        return next((mark for mark in ",\t;" if mark in first), ",")

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The cells of the first record, stripped; () when the file is not a table."""
        try:
            first = next(self.cells(), [])
        except (Unreadable, csv.Error):
            return ()
        cells = tuple(cell.strip() for cell in first)
        return () if cells and cells[0].startswith(("{", "[", "<")) else cells


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_binary(content: bytes) -> None:
    position = content.find(b"\x00")
    if position >= 0:
        line = content.count(b"\n", 0, position) + 1
        raise Unreadable(
            f"The file holds NUL bytes (the first on line {line}), so it is not a text table or is damaged.",
            "Open it in the program it came from and save it as 'CSV UTF-8'.",
        )


def _refuse_page(beginning: str) -> None:
    if beginning.lstrip("\ufeff \t\r\n").lower().startswith(HTML_STARTS):
        raise Unreadable(
            "The file is a web page, not a table.",
            "The download was probably a sign-in or error page: open the address in a browser and save the data file.",
        )
    if not beginning.strip("\ufeff \t\r\n"):
        raise Unreadable("The file is empty.", "Ask the sender for it again, or export it again.")
