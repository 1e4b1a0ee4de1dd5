"""A process beside a server's workers, which ends with the server."""

from __future__ import annotations

import atexit
import logging
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

IsServed = Callable[[], bool]
log = logging.getLogger(__name__)


def beside(work: Callable[[IsServed], object], *, own: Sequence[Path] = ()) -> int:
    """Do `work` in a process of its own, whose id is told; it asks its argument now and then whether the server stands.

    The server ends it. Where the server was killed it sees so itself, and removes the folders that were the server's
    `own`. To be called before there are threads, as every fork must be.
    """
    server = os.getpid()
    child = os.fork()
    if child:
        atexit.register(_end, child, server)
        return child
    try:
        work(lambda: os.getppid() == server)
        for folder in own:
            rmtree(folder, ignore_errors=True)
    except Exception as error:  # the server goes on without
        log.error("what works beside the server has ended: %s", error, exc_info=error)
    finally:
        os._exit(0)  # without the server's own clearing up, and without printing a second time what it had not yet


def _end(child: int, server: int) -> None:
    if os.getpid() == server:  # workers are forked later, and end while the others go on
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)  # it may be writing into a folder that is about to go


def own_folder(name: str) -> Path:
    """A folder for this process and its workers alone, gone when it ends."""
    folder, owner = Path(mkdtemp(prefix=f"coalition-{name}-")), os.getpid()
    atexit.register(lambda: rmtree(folder, ignore_errors=True) if os.getpid() == owner else None)
    return folder
