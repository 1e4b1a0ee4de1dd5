"""Which releases can be read here, and their pages, remembered: a release never changes."""

from __future__ import annotations

import gzip
import logging
import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

import brotli

from public.changeover import Changeover
from public.snapshot import Snapshot
from public.source import Released

MOST_BYTES = 96 * 2**20
"""Of remembered pages, as they are sent: the whole demonstration in brotli is two thirds of it."""
OVERHEAD = 600
"""Of a remembered page besides its body: its address, tag and places in tables."""
MOST_OPEN = 4
"""Releases held open: the newest and a few that old frames still ask for."""
SMALLEST_PACKED = 500
QUALITY = 5
"""Of brotli and gzip: half the time of 6, one part in a hundred more bytes."""
MOST_LOCKS = 1000
log = logging.getLogger(__name__)


class Shelf(Protocol):
    """Where releases stand: numbers that can be read, newest last, and those that were taken back."""

    def numbers(self) -> Sequence[int]: ...
    def withdrawn(self) -> Collection[int]: ...
    def since(self, number: int) -> float: ...
    def open(self, number: int) -> Released: ...


@dataclass(frozen=True)
class Packed:
    """A body in one encoding ("br", "gzip" or "" for none), with the tag that stands for its content."""

    mimetype: str
    tag: str
    encoding: str
    body: bytes

    @property
    def plain(self) -> bytes:
        """The body without its encoding."""
        unpacked = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.encoding, bytes)
        return bytes(unpacked(self.body))

    def encoded(self, encoding: str) -> Packed:
        """The same body in another encoding."""
        return self if encoding == self.encoding else pack(self.plain, self.mimetype, encoding)


def pack(body: str | bytes, mimetype: str, encoding: str = "") -> Packed:
    """A text in an encoding; a small one as it is."""
    raw = body.encode() if isinstance(body, str) else body
    encoding = encoding if len(raw) >= SMALLEST_PACKED else ""
    packed = {"br": _brotli, "gzip": _gzip}.get(encoding, bytes)(raw)
    return Packed(mimetype, sha256(raw).hexdigest()[:20], encoding, packed)


def _brotli(raw: bytes) -> bytes:
    return bytes(brotli.compress(raw, quality=QUALITY))


def _gzip(raw: bytes) -> bytes:
    return gzip.compress(raw, QUALITY, mtime=0)


class Library:
    """Snapshots by number, and a memory of pages that forgets the longest unused first. Threads may share it."""

    def __init__(self, shelf: Shelf, changeover: Changeover | None = None) -> None:
        self._shelf = shelf
        self.changeover = changeover or Changeover(shelf)
        self._open: OrderedDict[int, Snapshot] = OrderedDict()
        self._pages: OrderedDict[tuple[object, ...], Packed] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._making: dict[tuple[object, ...], threading.Lock] = {}

    def newest(self) -> int | None:
        """The number of the newest release that readers see; None where nothing is published."""
        return self.changeover.newest()

    def last(self, many: int) -> Sequence[int]:
        """The newest releases that stand, whether readers see them yet or not."""
        return self._shelf.numbers()[-many:]

    def is_withdrawn(self, number: int) -> bool:
        """Whether a release was taken back."""
        return number in self._shelf.withdrawn()

    def snapshot(self, number: int) -> Snapshot | None:
        """The release with this number; None where there is none, none yet, or none any more."""
        if number not in self._shelf.numbers() or number > (self.newest() or 0):
            return None
        with self._lock:
            if number not in self._open:
                self._open[number] = Snapshot(self._shelf.open(number))
            self._open.move_to_end(number)
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
            return self._open[number]

    def remembered(self, key: tuple[object, ...]) -> Packed | None:
        """A page made before."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def alone(self, key: tuple[object, ...]) -> threading.Lock:
        """A lock for making one page: a hundred readers who ask for a new page at once have it made once."""
        with self._lock:
            if len(self._making) > MOST_LOCKS:
                self._making = {each: lock for each, lock in self._making.items() if lock.locked()}
            return self._making.setdefault(key, threading.Lock())

    def remember(self, key: tuple[object, ...], page: Packed) -> Packed:
        """Keep a page; the longest unused ones make room."""
        with self._lock:
            if key not in self._pages:
                self._pages[key] = page
                self._bytes += _size(page)
            while self._bytes > MOST_BYTES:
                self._bytes -= _size(self._pages.popitem(last=False)[1])
        return page


def _size(page: Packed) -> int:
    return len(page.body) + OVERHEAD
