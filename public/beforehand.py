"""Pages made before anybody asks."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import chain, islice, product

from flask import Flask

from public.addresses import LANGUAGES
from public.everything import addresses
from public.kept import Kept, Share
from public.library import Library
from public.render import DOORS
from public.snapshot import Snapshot

PAUSE_SECONDS = 1.0


def warm(server: Flask, looks: Iterable[int], share: Share = (0, 1)) -> None:
    """Make a share of the pages of each new release, what most people open first. `looks` ends when this shall end:
    one is taken before each page. Pages of the release before it stay: they are read until all of these are made."""
    library: Library = server.extensions["library"]
    kept: Kept = server.extensions["kept"]
    waiting: Iterator[str] = iter(())
    made, is_finished = None, False
    for _ in looks:
        newest = library.newest()
        snapshot = library.snapshot(newest) if newest is not None and newest != made else None
        if newest is not None and snapshot is not None:
            made, waiting = newest, islice(_paths(snapshot), share[0], None, share[1])
            is_finished = False
            kept.forget_but(*library.last(2))
        path = next(waiting, "")
        if path:
            open_page(server, path)
        elif made and not is_finished:
            is_finished = True
            kept.finish(made, share)
        else:
            time.sleep(PAUSE_SECONDS)


def open_page(server: Flask, path: str) -> None:
    """Ask for a page as browsers do, and so have it made and remembered."""
    server.test_client().get(path, headers={"Accept-Encoding": "br"}, follow_redirects=True)


def _paths(snapshot: Snapshot) -> Iterator[str]:
    """Pages of a release: those that doors lead to, then all."""
    for before, page in product(("/r/latest", "/es/r/latest", "/embed/r/latest"), DOORS):
        yield f"{before}/{page}/" if page else f"{before}/"
    for asked in chain.from_iterable(addresses(snapshot, code) for code in LANGUAGES):
        if not asked.form:
            yield asked.path
