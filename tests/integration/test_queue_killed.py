"""A Celery worker is killed in the middle of a job: the job ends once, or is said to have ended."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from queue_worker import KINDS, end_worker, start_worker, until
from redis_at_work import RedisServer

from callbacks.jobs import FAILED, Job, Jobs, jobs_of, new_job
from dashboard.people import AT_THE_COMMAND_LINE
from dashboard.settings import Settings
from dashboard.store.workspace import Workspace

Start = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def jobs(tmp_path: Path, redis_server: RedisServer) -> Iterator[Jobs]:
    workspace = Workspace(Settings(home=tmp_path / "home", database_url="", broker_url=redis_server.url))
    yield jobs_of(workspace, KINDS)
    workspace.engine.dispose()


@pytest.fixture
def start(tmp_path: Path, redis_server: RedisServer, jobs: Jobs) -> Iterator[Start]:  # noqa: ARG001 -- makes the store
    started: list[subprocess.Popen[str]] = []

    def worker() -> subprocess.Popen[str]:
        started.append(start_worker(tmp_path / "home", redis_server.url))
        return started[-1]

    yield worker
    for each in started:
        end_worker(each)


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    (tmp_path / "diary").touch()
    return tmp_path / "diary"


def handed_in(jobs: Jobs, name: str, diary: Path) -> Job:
    job = jobs.start(new_job(name, AT_THE_COMMAND_LINE, {"diary": str(diary), "words": "seven"}))
    assert job is not None
    return job


def words(diary: Path) -> list[str]:
    return [line.split()[0] for line in diary.read_text("utf-8").splitlines()]


def test_a_celery_worker_does_what_is_handed_in_and_ends_it_before_it_stops(jobs: Jobs, start: Start, diary: Path):
    job = handed_in(jobs, "wait", diary)
    worker = start()
    until(lambda: words(diary) == ["began"])
    worker.terminate()
    diary.with_name("go").touch()
    assert worker.wait(120) == 0
    assert jobs.progress(job).said == "Written"
    assert jobs.file(job).read() == b"seven"
    assert words(diary) == ["began", "ended"]


@pytest.mark.long
def test_a_job_whose_process_is_killed_begins_again_and_ends_once(jobs: Jobs, start: Start, diary: Path):
    job = handed_in(jobs, "wait", diary)
    start()
    until(lambda: words(diary) == ["began"])
    os.kill(int(diary.read_text("utf-8").split()[1]), signal.SIGKILL)
    until(lambda: jobs.progress(job).ended or words(diary) == ["began", "began"])
    diary.with_name("go").touch()
    until(lambda: jobs.progress(job).ended)
    assert jobs.progress(job).said == "Written"
    assert jobs.file(job).read() == b"seven"
    assert words(diary) == ["began", "began", "ended"]


@pytest.mark.long
def test_a_job_whose_whole_machine_is_gone_is_done_by_another(jobs: Jobs, start: Start, diary: Path):
    job = handed_in(jobs, "wait", diary)
    first = start()
    until(lambda: words(diary) == ["began"])
    end_worker(first)
    diary.with_name("go").touch()
    start()
    until(lambda: jobs.progress(job).ended)
    assert jobs.file(job).read() == b"seven"
    assert words(diary) == ["began", "began", "ended"]


@pytest.mark.long
def test_what_must_not_begin_twice_is_said_to_have_failed(jobs: Jobs, start: Start, diary: Path):
    job = handed_in(jobs, "once", diary)
    start()
    until(lambda: words(diary) == ["began"])
    os.kill(int(diary.read_text("utf-8").split()[1]), signal.SIGKILL)
    diary.with_name("go").touch()
    until(lambda: jobs.progress(job).ended)
    assert jobs.progress(job).fault == FAILED
    other = handed_in(jobs, "wait", diary)
    until(lambda: jobs.progress(other).ended)
    assert words(diary) == ["began", "began", "ended"]
