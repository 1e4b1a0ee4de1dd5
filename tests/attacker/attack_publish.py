"""The whole way of a release as the project goes it, from store to public server, and the reader at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import patch

import numpy as np
from attack_notebook import Notebook
from attack_reading import Reading
from attack_surface import Client, Surface, crawl, links
from attack_worlds import World, reader

from dashboard.disclosure import Protection, audit
from dashboard.releases import protected
from dashboard.releases.build import build
from dashboard.releases.declare import read_declared
from dashboard.releases.file import write_release
from dashboard.releases.reading import open_release
from dashboard.store.reader import CubeReader
from public_app import create_public_app

DAY = date(2019, 3, 1)
TOWN = re.compile(r"/\d{10}/")
FIGURE = re.compile(r"/r/\d+/(map/[^/]+/[^/]+/|trend/[^/]+/(?!\d{10}/)[^/]+/|town/(?!\d{10}/))[^/]+/$")


def publish(made: World, home: Path, *, number: int = 1, earlier: Sequence[int] = ()) -> Path:
    """Publish a world; the folder of releases."""
    folder = home / "releases"
    for staff in reader(made, home / f"store-{number}"):
        release(staff, folder, number=number, earlier=earlier)
    return folder


def release(staff: CubeReader, folder: Path, *, number: int = 1, earlier: Sequence[int] = (), on: date = DAY) -> None:
    """Write one release of a store into a folder."""
    before = [open_release(folder, str(each)) for each in earlier]
    write_release(build(staff, read_declared(), before, number=number, made_on=on).release, folder)


def site(folder: Path) -> Client:
    """The public server of a folder."""
    return Client(create_public_app(folder, address="http://site").test_client())


@contextmanager
def carelessly() -> Iterator[None]:
    """Publish with primary suppression only: small counts are hidden, and nothing else."""

    def primary_only(tables, policy, **_ignored):  # type: ignore[no-untyped-def]
        hidden = policy.primary(tables.values) & ~tables.rests
        return Protection(hidden, audit(tables, np.zeros(len(tables), dtype=bool), policy), 0)

    with patch.object(protected, "protect", primary_only):
        yield


def read_numbers(surface: Surface) -> Notebook:
    """The newest release by its files: maps, and the trends of all but towns, with a few pages that lead to them."""
    seen: set[tuple[str, ...]] = set()

    def wanted(path: str) -> bool:
        parts = path.strip("/").split("/")
        if parts[0] != "r" or len(parts) < 4 or "." in parts[-1] or TOWN.search(path):
            return False
        once = (*parts[2:4], str(len(parts[4]))) if parts[2] == "map" else (*parts[2:4],)
        return len(parts) == 4 or not (once in seen or seen.add(once))  # one page of a kind leads to all the others

    reading = Reading()
    files: set[str] = set()
    for path, body in crawl(surface, wanted=wanted):
        reading.read(path, body)
        files |= {f"{link[:-1]}.json" for link in links(path, body) if FIGURE.match(link)}
    for file in sorted(files):
        if answer := surface.get(file):
            reading.read(*answer)
    books = reading.finish()
    return books[max(books)]


def read_everything(surface: Surface) -> Notebook:
    """The newest release by every address of every kind, in both languages, in frames and out of them."""
    reading = Reading()
    for path, body in crawl(surface):
        reading.read(path, body)
    books = reading.finish()
    return books[max(books)]


def read_files(folder: Path) -> Notebook:
    """An export, every file of it."""
    reading = Reading()
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        reading.read("/" + file.relative_to(folder).as_posix().removesuffix("index.html"), file.read_bytes())
    books = reading.finish()
    return books[max(books)]
