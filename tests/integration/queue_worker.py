"""A worker of the queue as `coalition work` starts it, with jobs that a test can hold up and watch."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from callbacks.jobs import Kind, Say
from dashboard.settings import Settings

PATIENCE_SECONDS = 150
ROOT = Path(__file__).parents[2]


def wait_for_word(_settings: Settings, arguments: Mapping[str, str], say: Say, into: Path) -> str:
    """Take down that it began and in which process, wait for the file `go`, then write what was asked for."""
    diary = Path(arguments["diary"])
    with diary.open("a", encoding="utf-8") as page:
        page.write(f"began {os.getpid()}\n")
    while not diary.with_name("go").exists():
        say("Waiting for the word", 0.5)
        time.sleep(0.1)
    into.write_text(arguments["words"], "utf-8")
    with diary.open("a", encoding="utf-8") as page:
        page.write("ended\n")
    return "Written"


KINDS = {"wait": Kind(wait_for_word, minutes=5), "once": Kind(wait_for_word, minutes=5, tries=1)}


def start_worker(home: Path, url: str, *, program: tuple[str, ...] = (__file__,), **more: str) -> subprocess.Popen[str]:
    """A worker in a process group of its own; what it says goes to a file of its home."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("COALITION_")}
    settings = {"COALITION_HOME": str(home), "COALITION_BROKER_URL": url, "PYTHONPATH": str(ROOT)} | more
    home.mkdir(exist_ok=True)
    with (home / "worker.log").open("a") as said:
        return subprocess.Popen(
            [sys.executable, *program], env=surroundings | settings, cwd=home, start_new_session=True, stdout=said,
            stderr=said, text=True,
        )  # fmt: skip


def end_worker(worker: subprocess.Popen[str], how: signal.Signals = signal.SIGKILL) -> None:
    """End a worker and all of its children."""
    if worker.poll() is None:
        os.killpg(worker.pid, how)
        worker.wait(PATIENCE_SECONDS)


def until(is_so: Callable[[], bool]) -> None:
    """Wait for a condition, generously."""
    last = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < last, "it did not happen"
        time.sleep(0.2)


if __name__ == "__main__":
    from commands.work import work

    sys.modules["queue_worker"] = sys.modules["__main__"]
    work(Settings(), KINDS, 1)
