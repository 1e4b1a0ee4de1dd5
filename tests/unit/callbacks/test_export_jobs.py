"""Exports on their way: whose they are, how far, stopped, dead, forgotten. No process is started here."""

import fcntl
import os
import time
from pathlib import Path

import orjson
import pytest

from callbacks.export_jobs import FAILED, Job, Jobs, Progress, _held, _tell
from callbacks.private_folder import new_token
from dashboard.errors import InvalidQuery
from dashboard.exports.desk import Stopped
from dashboard.people import AT_THIS_COMPUTER
from dashboard.settings import Settings


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    return Jobs(Settings(home=tmp_path, database_url=""))


def waiting(jobs: Jobs, account: str = "ann") -> Job:
    """An export as `start` leaves it, without its process."""
    job = Job(new_token(), account, "brief")
    entry = jobs.entries.make(job.token)
    (entry / "job.json").write_bytes(orjson.dumps({"token": job.token, "account": account, "form": "brief"}))
    return job


def test_an_export_belongs_to_whoever_asked_for_it_alone(jobs: Jobs):
    job = waiting(jobs)
    assert jobs.job(job.token, "ann") == job
    with pytest.raises(InvalidQuery, match="no longer here"):
        jobs.job(job.token, "bob")


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "x" * 23])
def test_a_token_that_is_none_of_ours_leads_nowhere(jobs: Jobs, token: str):
    with pytest.raises(InvalidQuery):
        jobs.job(token, "ann")


def test_progress_is_what_its_process_told(jobs: Jobs):
    job = waiting(jobs)
    entry = jobs.entries.entry(job.token)
    with _held(entry):
        _tell(entry, Progress("Targets", 0.25))
        assert jobs.progress(job) == Progress("Targets", 0.25)


def test_an_export_that_has_not_begun_yet_is_no_failure(jobs: Jobs):
    assert jobs.progress(waiting(jobs)) == Progress()


def test_an_export_whose_process_died_says_so(jobs: Jobs):
    job = waiting(jobs)
    entry = jobs.entries.entry(job.token)
    with _held(entry):
        _tell(entry, Progress("Targets", 0.25))
    assert jobs.progress(job).fault == FAILED


def test_a_stopped_export_ends_at_its_next_step_and_leaves_nothing(jobs: Jobs):
    job = waiting(jobs)
    jobs.stop(job)
    with pytest.raises(Stopped):
        _tell(jobs.entries.entry(job.token), Progress("Targets", 0.25))
    assert list(jobs.entries.path.iterdir()) == []


def test_two_exports_at_once_do_not_hurt_each_other(jobs: Jobs):
    first, second = waiting(jobs), waiting(jobs, "bob")
    _tell(jobs.entries.entry(first.token), Progress("Done", 1.0, size=3))
    jobs.stop(second)
    assert jobs.progress(first).size == 3


def test_a_third_export_waits_while_two_are_being_made(jobs: Jobs):
    for _ in range(2):
        entry = jobs.entries.entry(waiting(jobs).token)
        descriptor = os.open(entry / "alive", os.O_CREAT | os.O_RDWR)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    assert jobs.start(Job(new_token(), "ann", "brief"), AT_THIS_COMPUTER) is False


def test_an_export_is_forgotten_after_an_hour(jobs: Jobs):
    old, new = waiting(jobs), waiting(jobs)
    hours_ago = time.time() - 2 * 3600
    os.utime(jobs.entries.entry(old.token), (hours_ago, hours_ago))
    jobs.entries.tidy()
    assert [entry.name for entry in jobs.entries.path.iterdir()] == [new.token]
