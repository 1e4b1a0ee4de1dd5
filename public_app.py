"""The public server on a folder of releases. Composition root; nothing imports it but commands."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from public.server import build_server
from public.shelf import FolderShelf


def create_public_app(folder: Path, *, address: str = "", frame_ancestors: str = "", contact: str = "") -> Flask:
    """The server of the releases in a folder, its first page made: the first reader waits for nothing.

    `address` is where the public reaches it; `frame_ancestors` are origins that may show a figure in a frame.
    """
    server = build_server(FolderShelf(folder), address=address, frame_ancestors=frame_ancestors, contact=contact)
    server.test_client().get("/", follow_redirects=True)
    return server
