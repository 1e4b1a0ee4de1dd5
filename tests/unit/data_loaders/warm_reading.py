"""Thousands of files a test: each is read in a process of its own, forked from one that has its imports behind it.

The process, its limits and its locks are those of `data_loaders.sheets.child`; only the start of Python, nine tenths
of the time that a small file takes, happens once. The program itself starts a new Python for each file: see the
decision on how a partner's file is read apart.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from data_loaders.sheets import safe

FORKING = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from data_loaders.sheets.child import main
for line in sys.stdin:
    path, out, seconds, memory = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT), 1)
        os.close(0)
        signal.alarm(int(seconds) + 1)
        main(path, int(seconds), int(memory))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class WarmReader:
    """One process that forks for each file it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "answer.json"
        self.process = subprocess.Popen([sys.executable, "-I", "-c", FORKING, str(safe.ROOT)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # fmt: skip

    def ask(self, path: Path, seconds: int, memory: int) -> dict[str, Any]:
        """As `data_loaders.sheets.safe` asks."""
        assert self.process.stdin
        assert self.process.stdout
        self.out.write_bytes(b"")
        self.process.stdin.write(f"{path}\t{self.out}\t{seconds}\t{memory}\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        return safe._understood(-signal.SIGXCPU if code == -signal.SIGALRM else code, self.out.read_bytes())

    def close(self) -> None:
        """End it."""
        self.process.communicate()


@contextmanager
def warm_reading() -> Iterator[WarmReader]:
    """A warm reader, ended afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        reader = WarmReader(Path(folder))
        try:
            yield reader
        finally:
            reader.close()
