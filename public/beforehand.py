"""Pages made before anybody asks, in one process of its own: a worker's readers never wait for it."""

from __future__ import annotations

import atexit
import logging
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, count, product, takewhile
from pathlib import Path
from shutil import rmtree

from flask import Flask

from public.addresses import LANGUAGES
from public.everything import addresses
from public.kept import Kept
from public.library import Library
from public.render import DOORS
from public.snapshot import Snapshot

PAUSE_SECONDS = 1.0
LAST = 19
"""Of niceness: this process takes only the time that readers leave."""
log = logging.getLogger(__name__)


def make_beforehand(create: Callable[[], Flask], own: Sequence[Path] = ()) -> int:
    """Make the pages of each new release in a process of its own, whose id is told.

    It ends with this process; where that was killed it sees so before its next page, and removes the folders that
    were its `own`. To be called before there are threads, as every fork must be.
    """
    parent = os.getpid()
    child = os.fork()
    if child:
        atexit.register(_end, child, parent)
        return child
    try:
        os.nice(LAST)
        warm(create(), takewhile(lambda _: os.getppid() == parent, count()))
        for folder in own:
            rmtree(folder, ignore_errors=True)
    except Exception as error:  # pages are made when they are asked for
        log.error("pages are not made beforehand: %s", error, exc_info=error)
    finally:
        os._exit(0)  # without the server's own clearing up, and without printing a second time what it had not yet


def _end(child: int, parent: int) -> None:
    if os.getpid() == parent:  # workers are forked later, and end while the others go on
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def warm(server: Flask, looks: Iterable[int]) -> None:
    """Make the pages of each new release, what most people open first. `looks` ends when this shall end: one is taken
    before each page."""
    library: Library = server.extensions["library"]
    kept: Kept = server.extensions["kept"]
    waiting: Iterator[str] = iter(())
    made = None
    for _ in looks:
        newest = library.newest()
        snapshot = library.snapshot(newest) if newest is not None and newest != made else None
        if newest is not None and snapshot is not None:
            made, waiting = newest, _paths(snapshot)
            kept.forget_but(newest)
        path = next(waiting, "")
        if path:
            open_page(server, path)
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
