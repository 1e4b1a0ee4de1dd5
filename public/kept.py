"""Pages of the newest release as they are sent, in a folder that all workers of a server share: each is made once."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from public.addresses import Key
from public.library import Packed

ENCODING = "br"
"""What browsers want. Others' pages, notices, downloads and earlier releases are made by each worker when asked for."""
PREFIX = "pages-"
"""Of the folders that are ours: whatever else stands beside them is left alone."""
Share = tuple[int, int]
"""Which of how many makers, the first being 0."""


class Kept:
    """Pages in files, each written at once or not at all. Without a folder nothing is kept.

    `mark` tells for a release's number what its pages depend on: its checksum, the program, the site's settings; ""
    for a release that does not stand. Pages made under another mark are never found.
    """

    def __init__(self, folder: Path | None = None, mark: Callable[[int], str] = str) -> None:
        self._folder, self._mark = folder, mark

    def find(self, key: Key) -> Packed | None:
        """A page that any worker made; None where there is none, or where its file is not what was written."""
        file = self._file(key)
        if file is None:
            return None
        try:
            head, _, body = file.read_bytes().partition(b"\n")
            mimetype, tag, proof = json.loads(head)
        except (OSError, ValueError):
            return None
        return Packed(mimetype, tag, ENCODING, body) if proof == _proof(body) else None

    def keep(self, key: Key, page: Packed) -> None:
        """Write a page for the other workers; where that fails they make it themselves."""
        file = self._file(key)
        if file is None or page.encoding != ENCODING:
            return
        part = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            file.parent.mkdir(mode=0o700, exist_ok=True)
            part.write_bytes(json.dumps([page.mimetype, page.tag, _proof(page.body)]).encode() + b"\n" + page.body)
            part.replace(file)
        except OSError:
            part.unlink(missing_ok=True)

    def finish(self, number: int, share: Share) -> None:
        """Write down that a maker's share of a release's pages is made."""
        folder = self._of(number)
        with suppress(OSError):  # a full disk: readers see the release after a while all the same
            if folder:
                folder.mkdir(mode=0o700, exist_ok=True)
                (folder / _done(share)).touch()

    def is_made(self, number: int, makers: int) -> bool:
        """Whether all makers have finished the pages of a release."""
        folder = self._of(number)
        return folder is not None and all((folder / _done((each, makers))).exists() for each in range(makers))

    def forget_but(self, *numbers: int) -> None:
        """Remove pages of other releases, and those made under another mark."""
        stay = {self._of(number) for number in numbers}
        for each in self._folder.glob(f"{PREFIX}*") if self._folder else ():
            if each not in stay:
                rmtree(each, ignore_errors=True)

    def _of(self, number: int) -> Path | None:
        mark = self._mark(number)
        if self._folder is None or not mark:
            return None
        return self._folder / f"{PREFIX}{sha256(f'{number} {mark}'.encode()).hexdigest()}"

    def _file(self, key: Key) -> Path | None:
        number, asked, instead, newest, encoding = key
        if self._folder is None or asked.form or instead or number != newest or encoding != ENCODING:
            return None
        folder = self._of(number)
        return folder / sha256(asked.path.encode()).hexdigest() if folder else None


def _done(share: Share) -> str:
    return f"made-{share[0]}-of-{share[1]}"


def _proof(body: bytes) -> str:
    return sha256(body).hexdigest()
