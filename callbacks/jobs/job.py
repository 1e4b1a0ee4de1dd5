"""What a job is: a name, plain arguments and whoever asked; how far it is; and what does it."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from callbacks.private_folder import new_token
from dashboard.errors import CoalitionError
from dashboard.exports.desk import Say, Stopped
from dashboard.people import Person
from dashboard.settings import Settings

__all__ = ["FAILED", "GONE", "KEPT_SECONDS", "Asked", "Job", "JobsAway", "Kind", "Kinds", "Progress", "Say", "Stopped",
           "as_job", "as_text", "new_job"]  # fmt: skip

KEPT_SECONDS = 3600
"""How long a job is known, and its file is there."""
GONE = "This is no longer here: an hour has passed, or it was stopped. Make it again."
FAILED = "It ended before it was finished. Nothing was kept; try again, or ask for something else."
AWAY = "The queue of long work does not answer just now. Nothing was changed; try again in a minute."
Asked = Mapping[str, str]


class JobsAway(CoalitionError):
    """What long work goes through does not answer; nothing was changed."""


@dataclass(frozen=True)
class Job:
    """Something that somebody asked for; `name` is its kind, `token` cannot be guessed and is its only address."""

    token: str
    name: str
    person: Person
    arguments: Asked

    def is_same(self, other: Job) -> bool:
        """Whether the same person asked for the same: it is done once."""
        return (self.name, self.person, self.arguments) == (other.name, other.person, other.arguments)


@dataclass(frozen=True)
class Progress:
    """How far a job is: what is done just now and the share of all, the size of its file when it is there, or a fault.

    At its end `said` is what came of it.
    """

    said: str = "Starting"
    share: float = 0.0
    size: int = 0
    fault: str = ""
    ended: bool = False


Work = Callable[[Settings, Asked, Say, Path], str]
"""Does a job as whoever acts: may write a file at the path, tells how far it is, and says in the end what came of it.

It may be done again after it was broken off, and stops with Stopped when Say raises it.
"""


@dataclass(frozen=True)
class Kind:
    """What does jobs of a name, its minutes of the processor, and how often it may begin: once where twice did harm."""

    work: Work
    minutes: int
    tries: int = 2

    def limit(self) -> None:
        """End this process when a job has used its minutes of the processor."""
        seconds = 60 * self.minutes + round(time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


Kinds = Mapping[str, Kind]
_JOB = TypeAdapter(Job)


def new_job(name: str, person: Person, arguments: Asked) -> Job:
    """A job under a token of its own."""
    return Job(new_token(), name, person, dict(arguments))


def as_text(job: Job) -> bytes:
    """A job as JSON."""
    return _JOB.dump_json(job)


def as_job(text: bytes) -> Job:
    """A job that was written as JSON."""
    return _JOB.validate_json(text)
