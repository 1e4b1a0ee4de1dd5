"""What most readers open is made before anybody asks, as browsers want it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from release_maker import DEATHS

from public import beforehand
from public.addresses import parse
from public.beforehand import warm
from public.kept import Kept
from public.server import build_server
from public.shelf import FolderShelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pages"
    made.mkdir()
    return made


def test_every_page_of_a_release_is_remembered_before_anybody_asks(shelf: Path, folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(beforehand, "PAUSE_SECONDS", 0.0)
    kept = Kept(folder)
    server = build_server(FolderShelf(shelf), kept=kept)
    warm(server, range(10_000))
    for path in ("/r/1/", "/es/r/1/help/", f"/embed/r/1/map/{DEATHS}/2022-2024/all/", "/r/1/town/2502100005/"):
        key = (1, parse(path), "", 1, "br")
        assert server.extensions["library"].remembered(key), path
        assert kept.find(key), path


def test_making_pages_stops_when_it_shall(shelf: Path, folder: Path) -> None:
    def looks() -> Iterator[int]:
        yield from range(3)

    warm(build_server(FolderShelf(shelf), kept=Kept(folder)), looks())
    assert len(list(folder.glob("*/*"))) <= 3
