"""Exports outside the web request: a process of its own each, its progress in a folder that every worker reads."""

from __future__ import annotations

import fcntl
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

import orjson

from callbacks.private_folder import PrivateFolder
from dashboard.errors import CoalitionError, InvalidQuery
from dashboard.exports.desk import AskedPaper, Stopped
from dashboard.people import Person, act_as
from dashboard.settings import Settings

KEPT_SECONDS = 3600
STARTING_SECONDS = 120
AT_ONCE = 2
MOST_CPU_SECONDS = 300
GONE = "This export is no longer here: an hour has passed, or it was stopped. Make it again."
FAILED = "The export ended before it was finished. Nothing was kept; try again, or take another form."


@dataclass(frozen=True)
class Job:
    """An export that somebody asked for; `seen` names what agreements let them see when they asked."""

    token: str
    account: str
    form: str
    within: str = ""
    as_of: str = ""
    meeting: str = ""
    seen: str = ""

    @property
    def asked(self) -> AskedPaper:
        """The paper that was asked for."""
        return AskedPaper(self.within, self.as_of, self.meeting)


@dataclass(frozen=True)
class Progress:
    """How far an export is: what is done just now and the share of all, the size when it is there, or the fault."""

    said: str = "Starting"
    share: float = 0.0
    size: int = 0
    fault: str = ""


class Jobs:
    """The folder of exports of a home; each under a token that cannot be guessed, for one account, for an hour."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.entries = PrivateFolder(settings.home_path / "exports", KEPT_SECONDS, GONE)

    def start(self, job: Job, person: Person) -> bool:
        """Start an export in a process of its own; False where too many are being made."""
        self.entries.tidy()
        if sum(is_held(entry) or _starts(entry) for entry in self.entries.path.iterdir()) >= AT_ONCE:
            return False
        entry = self.entries.make(job.token)
        (entry / "job.json").write_bytes(orjson.dumps(asdict(job)))
        get_context("spawn").Process(target=work, args=(self.settings, entry, job, person)).start()
        return True

    def job(self, token: str, account: str) -> Job:
        """The export under a token, for the account that asked for it; InvalidQuery otherwise."""
        try:
            found = Job(**orjson.loads((self.entries.entry(token) / "job.json").read_bytes()))
        except OSError as error:
            raise InvalidQuery(GONE) from error
        if found.account != account:
            raise InvalidQuery(GONE)
        return found

    def progress(self, job: Job) -> Progress:
        """How far an export is."""
        entry = self.entries.entry(job.token)
        try:
            told = Progress(**orjson.loads((entry / "progress.json").read_bytes()))
        except FileNotFoundError:
            told = Progress()
        if told.size or told.fault or is_held(entry) or _starts(entry):
            return told
        return Progress(fault=FAILED)

    def file(self, job: Job) -> Path:
        """The finished file; InvalidQuery while there is none."""
        path = self.entries.entry(job.token) / "file"
        if not path.is_file():
            raise InvalidQuery(GONE)
        return path

    def stop(self, job: Job) -> None:
        """Forget an export; its process finds its folder gone at the next step and ends."""
        self.entries.remove(job.token)


def work(settings: Settings, entry: Path, job: Job, person: Person) -> None:
    """Make an export; runs in a process of its own, as the person who asked."""
    from callbacks.exporting import open_desk
    from dashboard.exports.forms import export, form_of
    from dashboard.store.workspace import Workspace

    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    with suppress(Stopped), _held(entry), act_as(person):
        workspace = Workspace(settings)
        try:
            export(open_desk(workspace, job.asked), form_of(job.form), job.asked, entry / "file",
                   lambda said, share: _tell(entry, Progress(said, share)))  # fmt: skip
            _tell(entry, Progress("Done", 1.0, size=(entry / "file").stat().st_size))
        except CoalitionError as refused:
            _tell(entry, Progress(fault=str(refused)))
        finally:
            workspace.engine.dispose()


def _tell(entry: Path, progress: Progress) -> None:
    """Write how far it is; Stopped where the folder is gone."""
    try:
        (entry / "progress.new").write_bytes(orjson.dumps(asdict(progress)))
        (entry / "progress.new").replace(entry / "progress.json")
    except FileNotFoundError as gone:
        raise Stopped from gone


@contextmanager
def _held(entry: Path) -> Iterator[None]:
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
    """Whether the process of an export is alive."""
    try:
        descriptor = os.open(entry / "alive", os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
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
