"""The folder of release files as a shelf: what its index lists, read again whenever the index changes."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Collection, Sequence
from pathlib import Path

from dashboard.errors import StoreError
from dashboard.releases.reading import ReleaseReader
from dashboard.releases.shelf import INDEX, Listed, listed

PUBLIC = "public"
log = logging.getLogger(__name__)


class FolderShelf:
    """Releases for the public in a folder. A damaged file is passed over: the one before it is served."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._index = folder, str(folder / INDEX)
        self._seen: tuple[int, int] | None = None
        self._standing: dict[int, Listed] = {}
        self._withdrawn: frozenset[int] = frozenset()
        self._whole: dict[tuple[int, str], bool] = {}
        self._lock = threading.Lock()

    def numbers(self) -> Sequence[int]:
        """Releases that stand and are whole, oldest first."""
        self._look()
        return list(self._standing)

    def withdrawn(self) -> Collection[int]:
        """Releases that were taken back."""
        self._look()
        return self._withdrawn

    def checksum(self, number: int) -> str:
        """What stands for the content of a release; "" where none with this number stands."""
        self._look()
        each = self._standing.get(number)
        return each.sha256 if each else ""

    def since(self, number: int) -> float:
        """When the file of a release came into the folder, in seconds of the machine's clock (a copy's own moment, not
        that of the original); long ago for one that is not there."""
        each = self._standing.get(number)
        try:
            return (self._folder / each.file).stat().st_ctime if each else 0.0
        except OSError:
            return 0.0

    def open(self, number: int) -> ReleaseReader:
        """The release with this number, its checksum proved."""
        each = self._standing[number]
        return ReleaseReader(self._folder / each.file, sha256=each.sha256)

    def _look(self) -> None:
        try:
            told = os.stat(self._index)  # for every request: a Path takes ten times as long
            seen = (told.st_mtime_ns, told.st_ino)
        except FileNotFoundError:
            seen = (0, 0)
        if seen == self._seen:
            return
        with self._lock:
            try:
                every = [each for each in listed(self._folder) if each.audience == PUBLIC]
            except StoreError as error:
                log.error("%s", error)  # what was served before stays
                return
            standing = [each for each in every if not each.withdrawn_on and self._is_whole(each)]
            self._withdrawn = frozenset(each.number for each in every if each.withdrawn_on)
            self._standing = {each.number: each for each in sorted(standing, key=lambda each: each.number)}
            self._seen = seen

    def _is_whole(self, each: Listed) -> bool:
        """Whether the file is what was written; told once a file, since files never change."""
        key = (each.number, each.sha256)
        if key not in self._whole:
            try:
                ReleaseReader(self._folder / each.file, sha256=each.sha256)
                self._whole[key] = True
            except StoreError as error:
                log.error("release %s is not served: %s", each.number, error)
                self._whole[key] = False
        return self._whole[key]
