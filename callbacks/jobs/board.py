"""Where jobs are written down, so that every web worker sees how far they are."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from callbacks.jobs.job import FAILED, Job, Kind, Kinds, Progress, Stopped
from dashboard.errors import CoalitionError
from dashboard.people import act_as
from dashboard.settings import Settings

log = logging.getLogger(__name__)


class Board(Protocol):
    """Jobs by token. A token that is unknown, or no token at all, is InvalidQuery."""

    def start(self, job: Job, kind: Kind) -> None:
        """Write a job down and have it begun somewhere; JobsAway where that cannot be done now."""

    def job(self, token: str) -> Job:
        """The job under a token."""

    def progress(self, token: str) -> Progress:
        """How far a job is; FAILED where whoever worked on it has died and nobody begins again."""

    def going(self, account: str) -> list[Job]:
        """Jobs not ended that take a place from another one of this account."""

    def file(self, token: str) -> BinaryIO:
        """The finished file; InvalidQuery while there is none."""

    def remove(self, token: str) -> None:
        """Forget a job; whoever works on it finds out at the next step."""


class Held(Protocol):
    """A job in the hands of whoever does it."""

    @property
    def scratch(self) -> Path:
        """Where its file may be written; nobody sees it there."""

    def tell(self, progress: Progress) -> None:
        """Say how far it is; Stopped where it is wanted no more, or is another's now."""

    def finish(self, progress: Progress) -> None:
        """Say how it ended, its file at its address in the same step."""


def do(held: Held, job: Job, kinds: Kinds, settings: Settings) -> None:
    """Do a job as whoever asked for it; whatever comes of it is told, once."""
    with suppress(Stopped):
        held.finish(_done(held, job, kinds, settings))


def _done(held: Held, job: Job, kinds: Kinds, settings: Settings) -> Progress:
    """How it ended; Stopped where it was stopped."""
    try:
        with act_as(job.person):
            said = kinds[job.name].work(settings, job.arguments, lambda said, share: held.tell(Progress(said, share)),
                                        held.scratch)  # fmt: skip
    except Stopped:
        raise
    except CoalitionError as refused:
        return Progress(fault=str(refused), ended=True)
    except Exception:  # what is told of it must not carry what somebody typed
        log.exception("a job failed: %s", job.name)
        return Progress(fault=FAILED, ended=True)
    size = held.scratch.stat().st_size if held.scratch.is_file() else 0
    return Progress(said, 1.0, size, ended=True)
