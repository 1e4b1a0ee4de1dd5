"""The public server on a folder of releases. Composition root; nothing imports it but commands."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from itertools import chain, count, product
from pathlib import Path

from flask import Flask

from dashboard.errors import StoreError
from dashboard.releases.database import fetch
from public.addresses import LANGUAGES
from public.everything import addresses
from public.library import Library
from public.render import DOORS
from public.server import build_server
from public.shelf import FolderShelf

FOLLOW_SECONDS = 5.0
REST = 10.0
"""How many times as long as a page took rests who makes pages beforehand: readers go first."""
log = logging.getLogger(__name__)


def create_public_app(
    folder: Path, *, address: str = "", frame_ancestors: str = "", contact: str = "", database: str = ""
) -> Flask:
    """The server of the releases in a folder, its first page made; the pages it leads to are made meanwhile.

    `address` is where the public reaches it; `frame_ancestors` are origins that may show a figure in a frame;
    `database` is the PostgreSQL that the folder follows, if any.
    """
    if database:
        threading.Thread(target=follow, args=(database, folder), daemon=True, name="follow").start()
    server = build_server(FolderShelf(folder), address=address, frame_ancestors=frame_ancestors, contact=contact)
    _open(server, "/r/latest/")
    threading.Thread(target=warm, args=(server,), daemon=True, name="warm").start()
    return server


def warm(server: Flask, *, rest: float = REST, looks: Iterable[int] = count()) -> None:
    """Make the pages of each new release before anybody asks, what most people open first, while the server answers."""
    library: Library = server.extensions["library"]
    made = None
    for _ in looks:
        newest = library.newest()
        snapshot = library.snapshot(newest) if newest is not None and newest != made else None
        if snapshot is not None:
            made = newest
            for before, page in product(("/r/latest", "/es/r/latest", "/embed/r/latest"), DOORS):
                _open(server, f"{before}/{page}/" if page else f"{before}/")
            for asked in chain.from_iterable(addresses(snapshot, code) for code in LANGUAGES):
                if not asked.form:
                    start = time.perf_counter()
                    _open(server, asked.path)
                    time.sleep(rest * (time.perf_counter() - start))
        time.sleep(FOLLOW_SECONDS)


def _open(server: Flask, path: str) -> None:
    """As a browser does."""
    server.test_client().get(path, headers={"Accept-Encoding": "br"}, follow_redirects=True)


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
