"""The queue between web workers and the workers of long work: Celery on Redis, JSON alone."""

from __future__ import annotations

from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from callbacks.jobs.board import do
from callbacks.jobs.job import AWAY, JobsAway, Kinds
from callbacks.jobs.redis_board import ENDED, HELD, HELD_SECONDS, RedisBoard, Send
from callbacks.shared import Shared, open_redis
from dashboard.errors import InvalidQuery
from dashboard.settings import Settings

if TYPE_CHECKING:
    from celery import Celery

TASK = "coalition.work"
AGAIN_SECONDS = 600
"""What a worker took and did not end goes back into the queue after so long. Taken twice it is not: see `take`."""
PATIENCE = 3
"""A job that waits for others may take so many times the minutes of a processor that it has."""
AGAIN = 75
"""As EX_TEMPFAIL."""


def queue_of(settings: Settings, corner: str) -> Celery:
    """The queue of a store's corner. A message is kept until its job ended, and never holds more than a token."""
    from celery import Celery

    queue = Celery("coalition", broker=settings.broker_url, set_as_current=False)
    queue.conf.update(
        accept_content=["json"], task_serializer="json", result_serializer="json", task_ignore_result=True,
        task_default_queue=corner, task_acks_late=True, task_reject_on_worker_lost=True, worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False, worker_send_task_events=False, worker_enable_remote_control=False,
        broker_connection_retry_on_startup=True, broker_connection_max_retries=None, broker_connection_timeout=2,
        broker_transport_options={
            "visibility_timeout": AGAIN_SECONDS, "socket_connect_timeout": 2, "socket_timeout": 30, "max_retries": 1,
        },
    )  # fmt: skip
    return queue


def sender(settings: Settings, corner: str) -> Send:
    """Puts tokens into the queue; Celery is imported when the first one is sent."""
    opened: list[Celery] = []

    def send(token: str) -> None:
        from kombu.exceptions import OperationalError

        if not opened:
            opened.append(queue_of(settings, corner))
        try:
            opened[0].send_task(TASK, [token], retry=False, ignore_result=True)
        except (OperationalError, OSError) as error:
            raise JobsAway(AWAY) from error

    return send


def add_work(queue: Celery, shared: Shared, kinds: Kinds, settings: Settings) -> None:
    """Have the workers of a queue do jobs of these kinds, each in a process of its own as without a queue.

    Whatever it ends with: who does not know how a job ended asks again, and takes it where nobody holds it any more.
    """

    @queue.task(name=TASK, bind=True, max_retries=None)
    def work(task: Any, token: str) -> None:
        try:
            kind = kinds[board_of(shared, settings).job(token).name]
        except InvalidQuery:  # stopped, forgotten, or never written by this store
            return
        process = get_context("spawn").Process(target=work_apart, args=(settings, shared.secret, token, kinds))
        process.start()
        process.join(PATIENCE * 60 * kind.minutes)
        if process.is_alive():
            process.kill()
            process.join()
        if process.exitcode:
            raise task.retry(countdown=HELD_SECONDS + 1)


def work_apart(settings: Settings, secret: str, token: str, kinds: Kinds) -> None:
    """Do a job in this process; it exits with AGAIN where somebody else holds it."""
    with open_redis(settings) as client:
        if work_on(board_of(Shared(client, secret), settings), token, kinds, settings) == HELD:
            raise SystemExit(AGAIN)


def board_of(shared: Shared, settings: Settings) -> RedisBoard:
    """The board of a store, its queue behind it."""
    return RedisBoard(shared, sender(settings, shared.corner))


def work_on(board: RedisBoard, token: str, kinds: Kinds, settings: Settings) -> int:
    """Do the job of a token unless it has ended (ENDED) or somebody works on it (HELD); else the number of the try."""
    try:
        job = board.job(token)
    except InvalidQuery:  # stopped meanwhile
        return ENDED
    try_ = board.take(token)
    if try_ in (ENDED, HELD):
        return try_
    kinds[job.name].limit()
    with board.hold(token, try_) as held:
        do(held, job, kinds, settings)
    return try_
