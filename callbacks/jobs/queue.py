"""The queue between web workers and the workers of long work: Celery on Redis, JSON alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callbacks.jobs.board import do
from callbacks.jobs.job import AWAY, JobsAway, Kind, Kinds
from callbacks.jobs.redis_board import ENDED, HELD, HELD_SECONDS, RedisBoard, Send
from dashboard.errors import InvalidQuery
from dashboard.settings import Settings

if TYPE_CHECKING:
    from celery import Celery

TASK = "coalition.work"
AGAIN_SECONDS = 600
"""What a worker took and did not end goes back into the queue after so long. Taken twice it is not: see `take`."""
GRACE_SECONDS = 30
"""Between being told that the time is over and being ended."""
JOBS_A_CHILD = 20
MOST_KILOBYTES = 1_500_000
"""A child that has grown larger is replaced after its job."""


def queue_of(settings: Settings, corner: str) -> Celery:
    """The queue of a store's corner. A message is kept until its job ended, and never holds more than a token."""
    from celery import Celery

    queue = Celery("coalition", broker=settings.broker_url, set_as_current=False)
    queue.conf.update(
        accept_content=["json"], task_serializer="json", result_serializer="json", task_ignore_result=True,
        task_default_queue=corner, task_acks_late=True, task_reject_on_worker_lost=True, worker_prefetch_multiplier=1,
        worker_max_tasks_per_child=JOBS_A_CHILD, worker_max_memory_per_child=MOST_KILOBYTES,
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

    def send(token: str, kind: Kind) -> None:
        from kombu.exceptions import OperationalError

        if not opened:
            opened.append(queue_of(settings, corner))
        seconds = 60 * kind.minutes
        try:
            opened[0].send_task(TASK, [token], retry=False, ignore_result=True, soft_time_limit=seconds,
                                time_limit=seconds + GRACE_SECONDS)  # fmt: skip
        except (OperationalError, OSError) as error:
            raise JobsAway(AWAY) from error

    return send


def add_work(queue: Celery, board: RedisBoard, kinds: Kinds, settings: Settings) -> None:
    """Have the workers of a queue do jobs of these kinds."""

    @queue.task(name=TASK, bind=True, max_retries=None)
    def work(task: Any, token: str) -> None:
        if work_on(board, token, kinds, settings) == HELD:
            raise task.retry(countdown=HELD_SECONDS + 1)


def work_on(board: RedisBoard, token: str, kinds: Kinds, settings: Settings) -> int:
    """Do the job of a token unless it has ended (ENDED) or somebody works on it (HELD); else the number of the try."""
    try:
        job = board.job(token)
    except InvalidQuery:  # stopped, forgotten, or never written by this store
        return ENDED
    try_ = board.take(token)
    if try_ in (ENDED, HELD):
        return try_
    with board.hold(token, try_) as held:
        do(held, job, kinds, settings)
    return try_
