"""Jobs written down in a real Redis: whose they are, in whose hands, how they end, and when Redis is away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from redis import Redis
from redis_at_work import RedisServer

from callbacks.jobs import FAILED, Job, Jobs, JobsAway, Kind, Progress, Say, Stopped, new_job
from callbacks.jobs.queue import work_on
from callbacks.jobs.redis_board import AGAIN, ENDED, HELD, UNSEEN, WAITING, RedisBoard
from callbacks.shared import Shared, open_redis
from dashboard.errors import InvalidQuery
from dashboard.people import Grant, Person, Role, acting
from dashboard.settings import Settings

ANN = Person("ann", "Ann", (Grant(Role.MEMBER, "ours"),))
BOB = Person("bob", "Bob", (Grant(Role.MEMBER),))


def write_words(_settings: Settings, arguments: Mapping[str, str], say: Say, into: Path) -> str:
    """Write who acts and what was asked for."""
    say("Writing", 0.5)
    if "wrong" in arguments:
        raise InvalidQuery(arguments["wrong"])
    into.write_text(f"{acting().account} {arguments['words']}", "utf-8")
    return "Written"


class Unlimited(Kind):
    """A kind that is done in this very process."""

    def limit(self) -> None:
        """The tests go on after it."""


KINDS = {"words": Unlimited(write_words, minutes=1), "once": Unlimited(write_words, minutes=1, tries=1)}


class Desk:
    """A board whose queue is a list."""

    def __init__(self, client: Redis, secret: str = "ours") -> None:
        self.client, self.sent = client, list[str]()
        self.board = RedisBoard(Shared(client, secret), self.sent.append)
        self.jobs = Jobs(self.board, KINDS)

    def started(self, name: str = "words", person: Person = ANN, **arguments: str) -> Job:
        job = self.jobs.start(new_job(name, person, arguments))
        assert job is not None
        return job

    def work(self, job: Job) -> int:
        return work_on(self.board, job.token, KINDS, Settings(database_url=""))

    def lose_worker(self, job: Job) -> None:
        """As time does when a worker says nothing any more."""
        assert self.client.delete(self.board._keys(job.token)[1]) == 1


@pytest.fixture
def client(redis_server: RedisServer) -> Iterator[Redis]:
    with open_redis(Settings(broker_url=redis_server.url)) as opened:
        yield opened


@pytest.fixture
def desk(client: Redis) -> Desk:
    return Desk(client)


def test_a_job_waits_is_done_once_and_has_its_file_for_whoever_asked(desk: Desk):
    job = desk.started(words="seven")
    assert desk.sent == [job.token]
    assert desk.jobs.progress(job) == WAITING
    assert desk.work(job) == 1
    assert desk.work(job) == ENDED
    assert desk.jobs.progress(job) == Progress("Written", 1.0, len("ann seven"), ended=True)
    assert desk.jobs.file(job).read() == b"ann seven"
    assert desk.jobs.job(job.token, "ann") == job
    with pytest.raises(InvalidQuery, match="no longer here"):
        desk.jobs.job(job.token, "bob")


def test_a_refused_job_says_why_and_has_no_file(desk: Desk):
    job = desk.started(wrong="There is no such day.")
    desk.work(job)
    assert desk.jobs.progress(job) == Progress(fault="There is no such day.", ended=True)
    with pytest.raises(InvalidQuery):
        desk.jobs.file(job)


def test_a_job_in_the_hands_of_one_worker_is_not_taken_by_another(desk: Desk):
    job = desk.started(words="seven")
    with desk.board.hold(job.token, desk.board.take(job.token)) as held:
        held.tell(Progress("Half", 0.5))
        assert desk.work(job) == HELD
        assert desk.jobs.progress(job) == Progress("Half", 0.5)


def test_a_job_that_lost_its_worker_is_sent_once_more_and_the_first_has_no_say_any_more(desk: Desk):
    job = desk.started(words="seven")
    with desk.board.hold(job.token, desk.board.take(job.token)) as lost:
        desk.lose_worker(job)
        assert [desk.jobs.progress(job), desk.jobs.progress(job)] == [AGAIN, AGAIN]
        assert desk.sent == [job.token, job.token]
        with desk.board.hold(job.token, desk.board.take(job.token)) as second:
            lost.scratch.write_text("of the first", "utf-8")
            lost.finish(Progress("Late", 1.0, 12, ended=True))
            with pytest.raises(Stopped):
                lost.tell(Progress("Late", 0.9))
            second.scratch.write_text("of the second", "utf-8")
            second.finish(Progress("Written", 1.0, 13, ended=True))
    assert desk.jobs.progress(job).said == "Written"
    assert desk.jobs.file(job).read() == b"of the second"


def test_a_worker_that_was_only_slow_still_ends_its_job(desk: Desk):
    job = desk.started(words="seven")
    with desk.board.hold(job.token, desk.board.take(job.token)) as slow:
        desk.lose_worker(job)
        slow.finish(Progress("Slowly", 1.0, ended=True))
    assert desk.jobs.progress(job).said == "Slowly"
    assert desk.work(job) == ENDED


def test_a_job_that_loses_every_worker_has_failed(desk: Desk):
    job = desk.started(words="seven")
    for _ in range(2):
        desk.board.take(job.token)
        desk.lose_worker(job)
    assert desk.board.take(job.token) == ENDED
    assert desk.jobs.progress(job) == Progress(fault=FAILED, ended=True)


def test_what_must_not_begin_twice_has_failed_with_its_first_worker(desk: Desk):
    job = desk.started("once", words="seven")
    desk.board.take(job.token)
    desk.lose_worker(job)
    assert desk.jobs.progress(job).fault == FAILED
    assert desk.work(job) == ENDED
    assert desk.sent == [job.token]


def test_a_stopped_job_is_not_begun_and_one_on_its_way_ends_at_its_next_step(desk: Desk):
    waiting, begun = desk.started(words="one"), desk.started(words="two")
    with desk.board.hold(begun.token, desk.board.take(begun.token)) as held:
        for job in (waiting, begun):
            desk.jobs.stop(job)
        with pytest.raises(Stopped):
            held.tell(Progress("Half", 0.5))
        held.finish(Progress("Done", 1.0, ended=True))
    assert desk.work(waiting) == ENDED
    assert desk.client.keys("*:job:*") + desk.client.keys("*:file:*") == []


def test_each_account_has_two_places_in_the_queue_and_asks_for_a_thing_once(desk: Desk):
    first = desk.started(words="one")
    assert desk.started(words="one") == first
    desk.started(words="two")
    assert desk.jobs.start(new_job("words", ANN, {"words": "three"})) is None
    desk.started(person=BOB, words="three")
    desk.work(first)
    desk.started(words="three")
    assert len(desk.sent) == 4


def test_nothing_that_another_store_wrote_is_believed(desk: Desk, client: Redis):
    theirs = Desk(client, "theirs")
    job = theirs.started(words="seven")
    assert desk.work(job) == ENDED
    mine, forged = desk.board._keys(job.token)[0], theirs.board._keys(job.token)[0]
    client.hset(mine, mapping=client.hgetall(forged))
    assert desk.work(job) == ENDED
    with pytest.raises(InvalidQuery):
        desk.jobs.job(job.token, "ann")


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "x" * 23])
def test_a_token_that_is_none_of_ours_leads_nowhere_in_the_queue(desk: Desk, token: str):
    with pytest.raises(InvalidQuery):
        desk.jobs.job(token, "ann")


def test_while_redis_is_away_nothing_is_started_and_what_was_begun_goes_on_unseen(
    desk: Desk, redis_server: RedisServer
):
    job = desk.started(words="seven")
    with desk.board.hold(job.token, desk.board.take(job.token)) as held:
        redis_server.stop()
        assert desk.jobs.progress(job) == UNSEEN
        with pytest.raises(JobsAway, match="Nothing was changed"):
            desk.started(words="eight")
        held.tell(Progress("Half", 0.5))
        redis_server.start()
        held.scratch.write_text("ann seven", "utf-8")
        held.finish(Progress("Written", 1.0, 9, ended=True))
    assert desk.jobs.file(job).read() == b"ann seven"
