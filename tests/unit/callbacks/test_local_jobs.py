"""Jobs of one machine on their way: whose they are, how far, stopped, dead, forgotten. No process is started here."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from callbacks.jobs import FAILED, Job, Jobs, Kind, Progress, Say, Stopped, new_job
from callbacks.jobs.board import do
from callbacks.jobs.local import InFolder, LocalBoard, held
from dashboard.errors import InvalidQuery
from dashboard.people import Grant, Person, Role, acting
from dashboard.settings import Settings

ANN = Person("ann", "Ann", (Grant(Role.MEMBER, "ours"), Grant(Role.STEWARD, "ours", "ems")), law_enforcement=True)
BOB = Person("bob", "Bob", (Grant(Role.MEMBER),))


def write_words(_settings: Settings, arguments: Mapping[str, str], say: Say, into: Path) -> str:
    """Write who acts and what was asked for, unless something is wrong with it."""
    say("Writing", 0.5)
    if "wrong" in arguments:
        raise InvalidQuery(arguments["wrong"])
    if "broken" in arguments:
        raise ZeroDivisionError(arguments["broken"])
    into.write_text(f"{acting().account} {arguments['words']}", "utf-8")
    return "Written"


KINDS = {"words": Kind(write_words, minutes=1)}


@pytest.fixture
def board(tmp_path: Path) -> LocalBoard:
    return LocalBoard(Settings(home=tmp_path, database_url=""), KINDS)


@pytest.fixture
def jobs(board: LocalBoard) -> Jobs:
    return Jobs(board, KINDS)


@pytest.fixture
def alive() -> Iterator[ExitStack]:
    """Holds jobs as their processes do."""
    with ExitStack() as stack:
        yield stack


def waiting(board: LocalBoard, person: Person = ANN, **arguments: str) -> Job:
    """A job as `start` leaves it, without its process."""
    job = new_job("words", person, arguments)
    board.write(job)
    return job


def in_hand(board: LocalBoard, job: Job) -> InFolder:
    return InFolder(board.entries.entry(job.token))


def test_a_job_belongs_to_whoever_asked_for_it_alone(board: LocalBoard, jobs: Jobs):
    job = waiting(board, words="seven")
    assert jobs.job(job.token, "ann") == job
    with pytest.raises(InvalidQuery, match="no longer here"):
        jobs.job(job.token, "bob")


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "x" * 23])
def test_a_token_that_is_none_of_ours_leads_nowhere(jobs: Jobs, token: str):
    with pytest.raises(InvalidQuery):
        jobs.job(token, "ann")


def test_progress_is_what_its_process_told(board: LocalBoard, jobs: Jobs):
    job = waiting(board)
    with held(board.entries.entry(job.token)):
        in_hand(board, job).tell(Progress("Targets", 0.25))
        assert jobs.progress(job) == Progress("Targets", 0.25)


def test_a_job_that_has_not_begun_yet_is_no_failure(board: LocalBoard, jobs: Jobs):
    assert jobs.progress(waiting(board)) == Progress()


def test_a_job_whose_process_died_says_so(board: LocalBoard, jobs: Jobs):
    job = waiting(board)
    with held(board.entries.entry(job.token)):
        in_hand(board, job).tell(Progress("Targets", 0.25))
    assert jobs.progress(job).fault == FAILED


def test_a_finished_job_has_its_file_and_says_what_came_of_it(board: LocalBoard, jobs: Jobs):
    job = waiting(board, words="seven")
    do(in_hand(board, job), job, KINDS, board.settings)
    assert jobs.progress(job) == Progress("Written", 1.0, len("ann seven"), ended=True)
    with jobs.file(job) as file:
        assert file.read() == b"ann seven"


def test_a_refused_job_says_why_and_has_no_file(board: LocalBoard, jobs: Jobs):
    job = waiting(board, wrong="There is no such day.")
    do(in_hand(board, job), job, KINDS, board.settings)
    assert jobs.progress(job).fault == "There is no such day."
    with pytest.raises(InvalidQuery):
        jobs.file(job)


def test_a_fault_of_the_program_tells_nothing_of_what_was_typed(
    board: LocalBoard, jobs: Jobs, caplog: pytest.LogCaptureFixture
):
    job = waiting(board, broken="a secret")
    do(in_hand(board, job), job, KINDS, board.settings)
    assert jobs.progress(job).fault == FAILED
    assert [record.getMessage() for record in caplog.records] == ["a job failed: words"]


def test_a_stopped_job_ends_at_its_next_step_and_leaves_nothing(board: LocalBoard, jobs: Jobs):
    job = waiting(board, words="seven")
    jobs.stop(job)
    with pytest.raises(Stopped):
        in_hand(board, job).tell(Progress("Targets", 0.25))
    do(in_hand(board, job), job, KINDS, board.settings)
    assert list(board.entries.path.iterdir()) == []


def test_two_jobs_at_once_do_not_hurt_each_other(board: LocalBoard, jobs: Jobs):
    first, second = waiting(board, words="one"), waiting(board, BOB, words="two")
    do(in_hand(board, first), first, KINDS, board.settings)
    jobs.stop(second)
    assert jobs.progress(first).size == len("ann one")


def test_a_third_job_waits_while_two_are_being_done(board: LocalBoard, jobs: Jobs, alive: ExitStack):
    for words in ("one", "two"):
        alive.enter_context(held(board.entries.entry(waiting(board, words=words).token)))
    assert jobs.start(new_job("words", ANN, {"words": "three"})) is None


def test_what_is_asked_for_twice_is_done_once(board: LocalBoard, jobs: Jobs):
    first = waiting(board, words="one")
    assert jobs.start(new_job("words", ANN, {"words": "one"})) == first
    assert len(list(board.entries.path.iterdir())) == 1


def test_somebody_else_who_asks_for_the_same_gets_a_job_of_their_own(board: LocalBoard):
    mine = waiting(board, words="one")
    assert not mine.is_same(new_job("words", BOB, {"words": "one"}))


def test_a_job_is_forgotten_after_an_hour(board: LocalBoard):
    old, new = waiting(board), waiting(board)
    hours_ago = time.time() - 2 * 3600
    os.utime(board.entries.entry(old.token), (hours_ago, hours_ago))
    board.entries.tidy()
    assert [entry.name for entry in board.entries.path.iterdir()] == [new.token]
