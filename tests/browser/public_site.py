"""The public server as a person reaches it, and two other sites, of which one may frame its figures."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

START_SECONDS = 90
COALITION = [sys.executable, "-c", "from commands.main import run; run()"]


@dataclass(frozen=True)
class PublicSite:
    """Addresses: the public server's, an allowed site's and a refused one's; `pages` is the folder both serve."""

    address: str
    allowed: str
    refused: str
    pages: Path


@contextmanager
def public_site(home: Path) -> Iterator[PublicSite]:
    """`coalition serve --public` on the releases of a folder, and the two other sites."""
    pages = home / "other-sites"
    pages.mkdir()
    with ExitStack() as stack:
        allowed, refused = (stack.enter_context(_files(pages)) for _ in range(2))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        stack.enter_context(_served(home, port, allowed))
        yield PublicSite(f"http://127.0.0.1:{port}", allowed, refused, pages)


@contextmanager
def _files(folder: Path) -> Iterator[str]:
    """Any site: the files of a folder, at an origin of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *told: object) -> None:
        """Say nothing on the test's output."""


@contextmanager
def _served(home: Path, port: int, allowed: str) -> Iterator[None]:
    settings = {"COALITION_HOME": str(home), "COALITION_PUBLIC_DATABASE_URL": "", "COALITION_FRAME_ANCESTORS": allowed}
    log = home / "public.log"
    with log.open("wb") as said:
        server = subprocess.Popen(
            [*COALITION, "serve", "--public", "--port", str(port)],
            env=os.environ | settings, stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _await(server, f"http://127.0.0.1:{port}/", log)
            yield
        finally:
            server.terminate()
            server.wait(timeout=30)


def _await(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=START_SECONDS):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"the public server does not answer: {log.read_text()[-2000:]}")
