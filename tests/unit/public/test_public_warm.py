"""What most readers open is made before anybody asks, as browsers want it, by a process that ends with the server."""

import os
import signal
import subprocess
import sys
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

SERVE = """
import os, signal, sys, time
from pathlib import Path
from public import beforehand
from public_app import create_public_app

folder, own, made = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
child = beforehand.make_beforehand(lambda: create_public_app(folder, pages=made), [own])
print(child, flush=True)
{end}
"""
KILLED = "os.kill(os.getpid(), signal.SIGKILL)"
ENDED = "sys.exit(0)"


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


@pytest.mark.parametrize("end", [KILLED, ENDED])
def test_the_process_that_makes_pages_ends_with_the_server(shelf: Path, tmp_path: Path, end: str) -> None:
    own, made = tmp_path / "own", tmp_path / "made"
    own.mkdir(), made.mkdir()
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE.format(end=end), str(shelf), str(own), str(made)],
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        child = int(server.communicate(timeout=120)[0])  # ends when the last process that holds its output has ended
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
    assert not Path(f"/proc/{child}/exe").exists()
    assert own.exists() == (end == ENDED)  # a server that ends itself removes them itself
