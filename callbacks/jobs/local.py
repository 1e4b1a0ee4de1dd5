"""Jobs in processes of this machine, one each, their progress in a folder that every web worker of it reads."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

import orjson

from callbacks.jobs.board import do
from callbacks.jobs.job import FAILED, GONE, KEPT_SECONDS, Job, Kind, Kinds, Progress, Stopped, as_job, as_text
from callbacks.private_folder import PrivateFolder
from dashboard.errors import InvalidQuery
from dashboard.settings import Settings

STARTING_SECONDS = 120


class LocalBoard:
    """The folder of jobs of a home; each under a token that cannot be guessed, for an hour."""

    def __init__(self, settings: Settings, kinds: Kinds) -> None:
        self.settings, self.kinds = settings, kinds
        self.entries = PrivateFolder(settings.home_path / "jobs", KEPT_SECONDS, GONE)

    def start(self, job: Job, kind: Kind) -> None:
        """Write a job down and start its process."""
        entry = self.write(job)
        get_context("spawn").Process(target=work, args=(self.settings, entry, job, {job.name: kind})).start()

    def write(self, job: Job) -> Path:
        """Write a job down; its folder."""
        entry = self.entries.make(job.token)
        (entry / "job.json").write_bytes(as_text(job))
        return entry

    def job(self, token: str) -> Job:
        """The job under a token."""
        try:
            return as_job((self.entries.entry(token) / "job.json").read_bytes())
        except OSError as error:
            raise InvalidQuery(GONE) from error

    def progress(self, token: str) -> Progress:
        """How far a job is."""
        entry = self.entries.entry(token)
        alive = is_held(entry) or _starts(entry)  # asked first: it may end meanwhile, never begin again
        try:
            told = Progress(**orjson.loads((entry / "progress.json").read_bytes()))
        except FileNotFoundError:
            told = Progress()
        return told if told.ended or alive else Progress(fault=FAILED, ended=True)

    def going(self, account: str) -> list[Job]:  # noqa: ARG002 -- the machine is everybody's
        """Every job of this machine that is being done."""
        self.entries.tidy()
        found = []
        for entry in self.entries.path.iterdir():
            if is_held(entry) or _starts(entry):
                with suppress(InvalidQuery):  # stopped just now
                    found.append(self.job(entry.name))
        return found

    def file(self, token: str) -> BinaryIO:
        """The finished file."""
        try:
            return (self.entries.entry(token) / "file").open("rb")
        except OSError as error:
            raise InvalidQuery(GONE) from error

    def remove(self, token: str) -> None:
        """Forget a job; its process finds its folder gone at the next step and ends."""
        self.entries.remove(token)


@dataclass(frozen=True)
class InFolder:
    """A job in the hands of its process."""

    entry: Path

    @property
    def scratch(self) -> Path:
        """Beside the place of the finished file."""
        return self.entry / "made"

    def tell(self, progress: Progress) -> None:
        """Write how far it is; Stopped where the folder is gone."""
        try:
            (self.entry / "progress.new").write_bytes(orjson.dumps(asdict(progress)))
            (self.entry / "progress.new").replace(self.entry / "progress.json")
        except FileNotFoundError as gone:
            raise Stopped from gone

    def finish(self, progress: Progress) -> None:
        """The file first: whoever reads that it is there finds it."""
        if progress.size:
            with suppress(FileNotFoundError):  # the folder is gone, as `tell` finds out
                self.scratch.replace(self.entry / "file")
        self.tell(progress)


def work(settings: Settings, entry: Path, job: Job, kinds: Kinds) -> None:
    """Do a job; runs in a process of its own."""
    kinds[job.name].limit()
    with suppress(Stopped), held(entry):
        do(InFolder(entry), job, kinds, settings)


@contextmanager
def held(entry: Path) -> Iterator[None]:
    """Hold a lock that ends with this process, however it ends."""
    try:
        descriptor = os.open(entry / "alive", os.O_CREAT | os.O_RDWR, 0o600)
    except FileNotFoundError as gone:  # stopped before it began
        raise Stopped from gone
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def is_held(entry: Path) -> bool:
    """Whether the process of a job is alive."""
    try:
        descriptor = os.open(entry / "alive", os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _starts(entry: Path) -> bool:
    """Whether its process may still be starting: there is no lock yet, and not for long."""
    try:
        young = time.time() - (entry / "job.json").stat().st_mtime < STARTING_SECONDS
    except OSError:
        return False
    return young and not (entry / "alive").exists()
