"""The public server on a folder of releases. Composition root; nothing imports it but commands."""

from __future__ import annotations

import logging
import threading
import time
from itertools import product
from pathlib import Path

from flask import Flask

from dashboard.errors import StoreError
from dashboard.releases.database import fetch
from public.render import DOORS
from public.server import build_server
from public.shelf import FolderShelf

FOLLOW_SECONDS = 5.0
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
    client = server.test_client()
    client.get("/", follow_redirects=True)
    threading.Thread(target=warm, args=(server,), daemon=True, name="warm").start()
    return server


def warm(server: Flask) -> None:
    """Make what most people open, and what it leads to first, while the server already answers."""
    client = server.test_client()
    for before, page in product(("/r/latest", "/es/r/latest", "/embed/r/latest"), DOORS):
        client.get(f"{before}/{page}/" if page else f"{before}/", follow_redirects=True)


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
