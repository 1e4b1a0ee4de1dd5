"""The server as `coalition serve` starts it, against senders who never end: it lives, and answers whoever reads."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hostile_bodies import CUT_HEADS, form
from steward_at_work import opened_workspace, sheet

ROOT = Path(__file__).parents[2]
LONGEST_ANSWER = 30.0
SENDERS = 10
"""More than a worker has threads."""
pytestmark = [pytest.mark.long, pytest.mark.xdist_group("hostile server")]


@dataclass
class Served:
    """A running server: its port, and its process."""

    port: int
    process: subprocess.Popen[bytes]

    def workers(self) -> list[str]:
        """The processes that answer, as the system knows them."""
        return Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()

    def get(self, path: str = "/bring-numbers") -> int:
        """Read a page as anybody does."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_ANSWER)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status

    def post(self, content: bytes, path: str = "/upload/p1") -> int:
        """Bring a file as a browser does."""
        body, kind = form(content)
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_ANSWER)) as connection:
            connection.request("POST", path, body, {"Content-Type": kind, "Origin": f"http://127.0.0.1:{self.port}"})
            return connection.getresponse().status

    def dial(self, head: bytes) -> socket.socket:
        """A connection on which this much was said and nothing more."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST_ANSWER)
        connection.sendall(head.replace(b"HOST", f"127.0.0.1:{self.port}".encode()))
        return connection


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One worker on a store with partners, on a port nobody uses, ended afterwards."""
    home = tmp_path_factory.mktemp("served")
    for workspace in opened_workspace(home):
        workspace.reader()
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from commands.main import run; run()", "serve", "--port", str(port)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COALITION_")}
    process = subprocess.Popen(command, cwd=ROOT, env=kept | {"COALITION_HOME": str(home)}, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        yield _ready(Served(port, process))
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ready(served: Served) -> Served:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert served.process.poll() is None
        with suppress(OSError):
            if served.get() == 200:
                return served
        time.sleep(0.2)
    pytest.fail("the server did not start")


def told(connection: socket.socket) -> int:
    """The status with which a connection was answered; 0 where it was only closed."""
    with closing(connection), suppress(ConnectionError):
        said = connection.recv(100)
        return int(said.split()[1]) if said else 0
    return 0


def held_off(served: Served, begin: Callable[[], socket.socket]) -> list[int]:
    """What ten such senders are answered within half a minute, while somebody reads meanwhile."""
    workers = served.workers()
    with ExitStack() as stack:
        senders = [stack.enter_context(closing(begin())) for _ in range(SENDERS)]
        began = time.monotonic()
        assert served.get() == 200
        assert time.monotonic() - began < LONGEST_ANSWER
        with ThreadPoolExecutor(SENDERS) as pool:
            answers = list(pool.map(told, senders))
        assert time.monotonic() - began < LONGEST_ANSWER + 5  # the last ones waited until the first were done
    assert served.workers() == workers
    assert served.get() == 200
    return answers


def upload_head(length: int) -> bytes:
    """How a browser begins to send a file of this length."""
    return (
        b"POST /upload/p1 HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nContent-Length: "
        + str(length).encode()
        + b"\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
        b'Content-Disposition: form-data; name="file"; filename="kits.csv"\r\n\r\nTown,'
    )


def test_files_that_stop_arriving_are_given_up_and_others_read_on(served: Served) -> None:
    assert set(held_off(served, lambda: served.dial(upload_head(5_000)))) <= {408, 503}


def test_a_file_that_trickles_in_is_given_up(served: Served) -> None:
    with closing(served.dial(upload_head(5_000))) as sender:
        sender.settimeout(2)
        began = time.monotonic()
        answer = b""
        while not answer and time.monotonic() - began < LONGEST_ANSWER:
            with suppress(TimeoutError):
                answer = sender.recv(100)
            if not answer:
                sender.sendall(b"1")
        assert answer.split()[1] in (b"408", b"400")
    assert served.get() == 200


@pytest.mark.parametrize("head", CUT_HEADS, ids=lambda head: f"{head.split()[1].decode()} {len(head)}")
def test_requests_that_never_end_are_hung_up_on_and_others_read_on(served: Served, head: bytes) -> None:
    assert set(held_off(served, lambda: served.dial(head))) <= {0, 400, 408}


def test_two_gigabytes_are_refused_before_they_arrive(served: Served) -> None:
    began, workers = time.monotonic(), served.workers()
    with closing(served.dial(upload_head(2 << 30))) as sender:
        with suppress(ConnectionError, TimeoutError):
            for _ in range(2 << 10):  # megabytes: sent on and on, as a client that does not listen does
                sender.sendall(bytes(1 << 20))
        with suppress(ConnectionError):
            assert b" 413 " in (sender.recv(100) or b" 413 ")
    assert time.monotonic() - began < LONGEST_ANSWER
    assert served.get() == 200
    assert served.workers() == workers


def test_a_body_of_unknown_length_is_refused(served: Served) -> None:
    head = upload_head(0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    assert told(served.dial(head)) in (400, 411)


def test_ten_of_the_same_file_at_once_are_all_answered(served: Served) -> None:
    workers = served.workers()
    began = time.monotonic()
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: served.post(sheet((3, 1))), range(10)))
    assert time.monotonic() - began < LONGEST_ANSWER
    assert set(answers) == {303}
    assert served.workers() == workers
