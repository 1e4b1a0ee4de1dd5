"""What a workbook is before any spreadsheet reader sees it: a zip whose parts are looked through, within limits.

Knows the standard library alone: it runs in the process that reads one file and then ends.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from data_loaders.rawfile import Unreadable

MAX_ENTRIES = 2_000
MAX_BYTES = 200 * 1024 * 1024
"""Of all parts together, unpacked."""
MAX_RATIO = 250
"""Unpacked bytes per packed byte of a part above a megabyte; sheets of nothing but zeros reach about 100."""
MAX_AREA = 2_000_000
"""Cells between the first and the last one that holds anything."""
CHUNK = 1 << 20
OVERLAP = 400
READ_PARTS = re.compile(r"xl/(workbook|sharedStrings|styles|worksheets/[^/]+)\.xml|content\.xml", re.IGNORECASE)
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>")
REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
DECLARED = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
SAVE_PLAIN = "Copy the cells, paste them as values into a new workbook and save that as .xlsx."
REFUSED_PARTS = (
    (re.compile(r"vbaproject|macrosheets/|(^|/)basic/|(^|/)scripts/", re.IGNORECASE),
     "The workbook holds macros.", "Save it as .xlsx (a workbook without macros)."),
    (re.compile(r"xl/externallinks/|xl/connections\.xml", re.IGNORECASE),
     "The workbook takes values from other files or addresses.", SAVE_PLAIN),
    (re.compile(r"xl/embeddings/|xl/activex/", re.IGNORECASE), "The workbook holds embedded objects.", SAVE_PLAIN),
    (re.compile(r"\.bin$", re.IGNORECASE), "The workbook is stored in a binary form.", "Save it as .xlsx."),
)  # fmt: skip
HARMLESS_BINARY = re.compile(r"printersettings|customproperty", re.IGNORECASE)


def check_zip(content: bytes) -> None:
    """Look through a workbook's parts; Unreadable for a bomb, a password, macros, links, or names that lead outside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_names(entries)
            _check_sizes(entries)
            for entry in entries:
                _check_part(archive, entry)
    except (Unreadable, MemoryError):  # too little memory is told as too large, not as damage
        raise
    except Exception as error:
        # Of damage zipfile raises BadZipFile, OSError (bzip2), EOFError, ValueError (an offset below zero, a name that
        # is no text) and NotImplementedError (a method of packing), and lets through zlib.error and LZMAError, which
        # share no base but Exception. Its RuntimeError for a password cannot come: _check_sizes looks at that flag.
        raise damaged() from error


def damaged() -> Unreadable:
    """What is said of a file that ends early or contradicts itself."""
    return Unreadable("The workbook is damaged or cut short.", "Open it in your spreadsheet program and save it again.")


def locked() -> Unreadable:
    """What is said of a file with a password."""
    return Unreadable("The workbook is protected by a password.", "Save it without a password and bring it again.")


def too_large() -> Unreadable:
    """What is said of a file that unpacks to more than any partner's sheet needs."""
    return Unreadable(
        "The workbook unpacks to far more than a partner's sheet needs, or claims cells very far out.",
        "Keep the table alone in a new workbook; delete what stands far below or to the right of it.",
    )


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if not names:
        raise damaged()
    if len(names) > MAX_ENTRIES:
        raise too_large()
    strange = any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name for name in names)
    if strange or len({name.lower() for name in names}) != len(names):
        raise Unreadable("The workbook's parts have names that no spreadsheet program writes.", SAVE_PLAIN)
    for pattern, rule, fix in REFUSED_PARTS:
        if any(pattern.search(name) and not HARMLESS_BINARY.search(name) for name in names):
            raise Unreadable(rule, fix)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """By what the archive says of itself; what it really holds is counted while it is read."""
    if sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise too_large()
    for entry in entries:
        if entry.file_size > CHUNK and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise too_large()
        if entry.flag_bits & 0x1:
            raise locked()


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    if entry.filename.lower() == "meta-inf/manifest.xml" and b"encryption-data" in archive.read(entry)[:MAX_BYTES]:
        raise locked()
    if not READ_PARTS.fullmatch(entry.filename):
        return
    rows, columns = 0, 0
    for window in _windows(archive, entry):
        if any(mark in window for mark in DECLARED):
            raise Unreadable("The workbook declares entities, which no spreadsheet program writes.", SAVE_PLAIN)
        for cell in CELL.finditer(window):
            found = REFERENCE.search(cell[1])
            if found:
                rows, columns = max(rows, int(found[2])), max(columns, _column(found[1]))
        if rows * columns > MAX_AREA:
            raise too_large()


def _windows(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that overlap, so that nothing hides on a seam; too_large when it goes on and on."""
    left, read = b"", 0
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            read += len(chunk)
            if read > MAX_BYTES:
                raise too_large()
            yield left + chunk
            left = chunk[-OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
