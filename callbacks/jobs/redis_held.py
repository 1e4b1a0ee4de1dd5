"""A job of the queue in the hands of a worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from callbacks.jobs.job import JobsAway, Progress, Stopped

RENEWED_SECONDS = 4.0
FINISH_SECONDS = 60.0
"""A worker with a finished job waits so long for a Redis that is away."""
WriteDown = Callable[[Progress | None, bytes], bool]
"""Writes down how far this try is, and its file in the end (no progress: only that it goes on).

False where the job is not in its hands any more; JobsAway while Redis does not answer.
"""


@dataclass(frozen=True)
class InRedis:
    """A job in the hands of a worker."""

    write: WriteDown
    scratch: Path

    def tell(self, progress: Progress) -> None:
        """Say how far it is; while Redis is away the work goes on unseen."""
        try:
            mine = self.write(progress, b"")
        except JobsAway:
            return
        if not mine:
            raise Stopped

    def finish(self, progress: Progress) -> None:
        """Say how it ended and hand over its file, in one step; waits a while for a Redis that is away."""
        file = self.scratch.read_bytes() if progress.size else b""
        until = time.monotonic() + FINISH_SECONDS
        while True:
            try:
                self.write(progress, file)
                return
            except JobsAway:
                if time.monotonic() > until:
                    raise
                time.sleep(1.0)

    def renew(self, over: threading.Event) -> None:
        """Say every few seconds that somebody works on it, until it is over."""
        while not over.wait(RENEWED_SECONDS):
            try:
                self.write(None, b"")
            except JobsAway:
                continue


@contextmanager
def holding(write: WriteDown) -> Iterator[InRedis]:
    """A job that was taken; a thread says every few seconds that it is held."""
    over = threading.Event()
    with TemporaryDirectory(prefix="coalition-job-") as folder:
        held = InRedis(write, Path(folder) / "made")
        renewing = threading.Thread(target=held.renew, args=(over,), daemon=True)
        renewing.start()
        try:
            yield held
        finally:
            over.set()
            renewing.join()
