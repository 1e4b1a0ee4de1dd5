"""A release as plain files: every page of it in every language, every figure's frame, its downloads and oEmbed answer.

Links are relative: the folder works anywhere. A later release goes beside the earlier ones (export_beside.py).
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dashboard.releases.reading import ReleaseReader
from public import assets
from public.addresses import FIGURES, LANGUAGES, LATEST, Asked
from public.embedding import told
from public.everything import addresses
from public.language import language
from public.scene import Around
from public.site import Moved, answer
from public.snapshot import Snapshot

INDEX = "index.html"
EVERY = 100
"""Pages after which a process says how far it is."""
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Written:
    """How many files were written and how many bytes they hold."""

    files: int = 0
    size: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(self.files + other.files, self.size + other.size)


@dataclass(frozen=True)
class Site:
    """Where plain files go, the address at which they will be reached, and whom to write to."""

    folder: Path
    address: str = ""
    contact: str = ""

    def around(self, newest: int) -> Around:
        """What pages need to know of the site."""
        return Around(newest, self.address.rstrip("/"), assets.addresses(), self.contact, INDEX)

    def write(self, path: str, body: str) -> Written:
        """One file for an address."""
        file = self.folder / (path.lstrip("/") + (INDEX if path.endswith("/") else ""))
        try:
            return Written(1, file.write_bytes(body.encode()))
        except FileNotFoundError:
            file.parent.mkdir(parents=True, exist_ok=True)
            return Written(1, file.write_bytes(body.encode()))


def export(release: Path, site: Site, *, done: Callable[[int], None] = lambda _: None) -> Written:
    """Write every page of a release file, each language in a process of its own; `done` hears how many pages are."""
    processes = multiprocessing.get_context("spawn")
    counter = processes.Value("i", 0)
    with ProcessPoolExecutor(len(LANGUAGES), processes, _count_in, (counter,)) as pool:
        parts = [pool.submit(write_language, release, site, code) for code in LANGUAGES]
        while wait(parts, LOOK_SECONDS).not_done:
            done(counter.value)
        return sum((part.result() for part in parts), Written())


def write_language(release: Path, site: Site, code: str) -> Written:
    """Write the pages of a release in one language."""
    snapshot = Snapshot(ReleaseReader(release))
    around = site.around(snapshot.number)
    written = Written()
    for at, asked in enumerate(addresses(snapshot, code)):
        page = answer(snapshot, asked, around)
        if isinstance(page, Moved):
            continue
        written += site.write(asked.path, page.body)
        if around.address and asked.page in FIGURES and not asked.embed and not asked.form:
            written += site.write(f"{asked.path}oembed.json", _oembed(around, asked))
        if at % EVERY == EVERY - 1:
            _count(EVERY)
    return written


def _oembed(around: Around, asked: Asked) -> str:
    """What oEmbed answers for a page; the frame is that of the newest release."""
    newest = replace(asked, release=LATEST)
    return json.dumps(told(around, newest, language(asked.language).say("site_long")))


_counters: list[Any] = []


def _count_in(counter: Any) -> None:
    """In each process: where to count."""
    _counters.append(counter)


def _count(pages: int) -> None:
    for counter in _counters:
        with counter.get_lock():
            counter.value += pages
