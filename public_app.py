"""The public server: pages from released snapshots. Composition root; nothing imports it but commands."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flask import Flask

from dashboard.errors import StoreError
from dashboard.releases.database import fetch
from public.beforehand import open_page
from public.changeover import Changeover
from public.kept import Kept
from public.library import Library
from public.server import build_server
from public.shelf import FolderShelf

FOLLOW_SECONDS = 5.0
ROOT = Path(__file__).parent
WORDING = (".py", ".toml", ".html", ".js", ".css")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pages:
    """A folder of pages that the workers of a machine share; how many processes make them beforehand, and since when
    (seconds of the machine's clock). A new release is shown once all of them are done; with 0 at once."""

    folder: Path
    makers: int = 0
    started: float = 0.0


def create_public_app(
    folder: Path, *, address: str = "", frame_ancestors: str = "", contact: str = "", pages: Pages | None = None
) -> Flask:
    """The server of the releases in a folder, its first page made.

    `address` is where the public reaches it; `frame_ancestors` are origins that may show a figure in a frame.
    """
    shelf = FolderShelf(folder)
    kept = Kept(pages.folder, _mark(shelf, f"{address} {contact}")) if pages else Kept()
    library = Library(shelf, _changeover(shelf, kept, pages) if pages and pages.makers else None)
    server = build_server(library, address=address, frame_ancestors=frame_ancestors, contact=contact, kept=kept)
    open_page(server, "/r/latest/")
    return server


def _changeover(shelf: FolderShelf, kept: Kept, pages: Pages) -> Changeover:
    return Changeover(shelf, lambda number: kept.is_made(number, pages.makers), started=pages.started)


def _mark(shelf: FolderShelf, told: str) -> Callable[[int], str]:
    """What a page depends on: the release's content, every file of this program that words or draws it, and what the
    program is told."""
    every = (each for name in ("public", "dashboard") for each in (ROOT / name).rglob("*") if each.suffix in WORDING)
    program = sha256(b"".join(each.read_bytes() for each in sorted(every))).hexdigest()

    def mark(number: int) -> str:
        checksum = shelf.checksum(number)
        return f"{checksum} {program} {told}" if checksum else ""

    return mark


def follow_beside(database: str, folder: Path) -> None:
    """Keep a folder up to date with the database, in a thread."""
    threading.Thread(target=follow, args=(database, folder), daemon=True, name="follow").start()


def follow(database: str, folder: Path, *, every: float = FOLLOW_SECONDS) -> None:
    """Keep a folder up to date with the database; while that does not answer, what is there is served."""
    said = ""
    while True:
        time.sleep(every)
        try:
            fetch(database, folder)
            said = ""
        except StoreError as error:
            if str(error) != said:
                log.error("%s", error)
            said = str(error)
