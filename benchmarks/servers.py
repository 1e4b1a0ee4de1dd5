"""Starting a page's server as a process of its own, and asking the system how large its worker is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 900


@dataclass(frozen=True)
class Server:
    """A page that answers at `address`; `pid` is gunicorn's own process, its largest child the worker."""

    address: str
    pid: int
    seconds: float = 0.0
    """From its start to its first answer."""

    @property
    def worker_mb(self) -> float:
        """Resident memory of the worker, mapped pages included, in MB."""
        return max(memory_mb(child, "VmRSS") for child in self._workers())

    @property
    def own_mb(self) -> float:
        """Of that what is no mapped file: what a second worker would need again."""
        return max(memory_mb(child, "RssAnon") for child in self._workers())

    @property
    def cpu_seconds(self) -> float:
        """Seconds of the processors that the workers have used until now."""
        ticks = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13] for child in self._workers()]
        return sum(int(part) for both in ticks for part in both) / os.sysconf("SC_CLK_TCK")

    def _workers(self) -> list[int]:
        return [int(child) for child in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]


def memory_mb(pid: int, name: str) -> float:
    """One line of the system's account of a process (VmRSS now, VmHWM at its peak), in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


@contextmanager
def ours(home: Path, *, workers: int = 1, first: str = "/places") -> Iterator[Server]:
    """`coalition serve` on the store in a folder, once it has answered `first`; at once where that is ""."""
    port = _free_port()
    command = [sys.executable, "-c", "from commands.main import run; run()", "serve", "--port", str(port),
               "--workers", str(workers)]  # fmt: skip
    with _running(command, port, {"COALITION_HOME": str(home), "COALITION_DATABASE_URL": ""}, first) as server:
        yield server


@contextmanager
def public(home: Path, workers: int, pages: Path, *, ready: bool = True) -> Iterator[Server]:
    """`coalition serve --public` on the releases in a folder; finished pages are kept in another. Given when it says
    that it is ready, or without `ready` as soon as it answers."""
    port = _free_port()
    command = [sys.executable, "-c", "from commands.main import run; run()", "serve", "--public", "--port", str(port),
               "--workers", str(workers)]  # fmt: skip
    settings = {"COALITION_HOME": str(home), "COALITION_PUBLIC_DATABASE_URL": "",
                "COALITION_PUBLIC_ADDRESS": "https://data.example.org",
                "COALITION_PUBLIC_PAGES": str(pages)}  # fmt: skip
    with _running(command, port, settings, "/readyz" if ready else "/healthz") as server:
        yield server


@contextmanager
def plain(workers: int) -> Iterator[Server]:
    """One page that costs nothing to make, under the settings of the public server."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", "8",
        "--worker-class", "gthread", "--keep-alive", "15", "--log-level", "warning",
        "benchmarks.plain_page:application",
    ]  # fmt: skip
    with _running(command, port, {}, "/") as server:
        yield server


@contextmanager
def naive(folder: Path) -> Iterator[Server]:
    """The naive page under the same server settings as ours: one process, eight threads."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "8",
        "--worker-class", "gthread", "--keep-alive", "15", "--timeout", "120", "--log-level", "warning",
        "benchmarks.naive:create_server()",
    ]  # fmt: skip
    with _running(command, port, {"NAIVE_FOLDER": str(folder)}, "/_dash-layout") as server:
        yield server


@contextmanager
def _running(command: list[str], port: int, environment: Mapping[str, str], first: str) -> Iterator[Server]:
    start = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        if first:
            _wait(process, address + first)
        yield Server(address, process.pid, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode} before it answered.")
        try:
            with urllib.request.urlopen(address, timeout=START_SECONDS):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError("The server did not answer in time.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
