"""Jobs written down in Redis, done by workers of any machine; a job that loses its worker begins once more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from io import BytesIO
from typing import BinaryIO

import orjson

from callbacks.jobs.job import AWAY, FAILED, GONE, KEPT_SECONDS, Job, JobsAway, Kind, Progress, as_job, as_text
from callbacks.jobs.redis_held import InRedis, holding
from callbacks.jobs.redis_scripts import TAKE, TELL
from callbacks.private_folder import TOKEN
from callbacks.shared import Shared
from dashboard.errors import InvalidQuery

HELD_SECONDS = 20
"""After so long without a word from its worker, a job is taken to have lost it."""
WAITING = Progress("Waiting for its turn")
AGAIN = Progress("The computer that worked on it is gone; another begins again")
UNSEEN = Progress("The queue does not answer just now; this goes on once it does")
ENDED, HELD = 0, -1
Send = Callable[[str], None]
"""Puts a token into the queue; JobsAway where it cannot."""


class RedisBoard:
    """Jobs in the corner of a store; `send` has them done."""

    def __init__(self, shared: Shared, send: Send) -> None:
        self._shared, self._send = shared, send
        self._take, self._tell = (shared.client.register_script(text) for text in (TAKE, TELL))

    def start(self, job: Job, kind: Kind) -> None:
        """Write a job down, then put it into the queue."""
        name, mine = self._keys(job.token)[0], self._of(job.person.account)
        body = self._shared.seal(job.token, as_text(job))
        with _answering():
            pipe = self._shared.client.pipeline()
            pipe.hset(name, mapping={"job": body, "tries": kind.tries})
            pipe.expire(name, KEPT_SECONDS)
            pipe.sadd(mine, job.token)
            pipe.expire(mine, KEPT_SECONDS)
            pipe.execute()
        try:
            self._send(job.token)
        except JobsAway:
            self.remove(job.token)
            raise

    def job(self, token: str) -> Job:
        """The job under a token; nothing that this store did not write is one."""
        name = self._keys(token)[0]
        with _answering():
            body = self._shared.unseal(token, self._shared.client.hget(name, "job"))
        if body is None:
            raise InvalidQuery(GONE)
        return as_job(body)

    def progress(self, token: str) -> Progress:
        """How far a job is. One that lost its worker is put into the queue again by whoever notices first."""
        name, held, _ = self._keys(token)
        pipe = self._shared.client.pipeline()
        pipe.hmget(name, "tries", "try", "told", "ended")
        pipe.exists(held)
        try:
            with _answering():
                (tries, began, told, ended), is_held = pipe.execute()
        except JobsAway:
            return UNSEEN
        if tries is None:
            return Progress(fault=GONE, ended=True)
        if began is None:
            return WAITING
        if ended or is_held:
            return Progress(**orjson.loads(told)) if told else Progress()
        if int(began) >= int(tries):
            return Progress(fault=FAILED, ended=True)
        self._send_again(token, int(began))
        return AGAIN

    def going(self, account: str) -> list[Job]:
        """This account's jobs that have not ended: each account has its own places in the queue."""
        with _answering():
            tokens = [bytes(token).decode() for token in self._shared.client.smembers(self._of(account))]
        over = [token for token in tokens if self.progress(token).ended]
        if over:
            self._shared.try_(lambda client: client.srem(self._of(account), *over))
        return [self.job(token) for token in tokens if token not in over]

    def file(self, token: str) -> BinaryIO:
        """The finished file."""
        with _answering():
            body = self._shared.unseal(token, self._shared.client.get(self._keys(token)[2]))
        if body is None:
            raise InvalidQuery(GONE)
        return BytesIO(body)

    def remove(self, token: str) -> None:
        """Forget a job; its worker finds out at the next step."""
        self._shared.try_(lambda client: client.delete(*self._keys(token)))

    def take(self, token: str) -> int:
        """Take a job to do it: the number of this try, or ENDED or HELD."""
        with _answering():
            return int(self._take(keys=list(self._keys(token)[:2]), args=[HELD_SECONDS]))

    def hold(self, token: str, try_: int) -> AbstractContextManager[InRedis]:
        """A job that was taken, in the hands of this process."""
        return holding(lambda progress, file: self.say(token, try_, progress, file=file))

    def say(self, token: str, try_: int, progress: Progress | None, *, file: bytes = b"") -> bool:
        """Say how far a try is (None: only that it goes on); False where the job is not in its hands any more."""
        told = orjson.dumps(asdict(progress)) if progress else b""
        ended = "ended" if progress and progress.ended else ""
        body = self._shared.seal(token, file) if file else b""
        with _answering():
            return bool(self._tell(
                keys=list(self._keys(token)), args=[try_, HELD_SECONDS, KEPT_SECONDS, told, ended, body]
            ))  # fmt: skip

    def _send_again(self, token: str, began: int) -> None:
        again = self._shared.key("again", token, str(began))
        if self._shared.try_(lambda client: client.set(again, 1, nx=True, ex=KEPT_SECONDS)):
            try:
                self._send(token)
            except JobsAway:
                self._shared.try_(lambda client: client.delete(again))

    def _keys(self, token: str) -> tuple[str, str, str]:
        """Where a job is written down, its hold and its file."""
        if not TOKEN.fullmatch(token):
            raise InvalidQuery(GONE)
        return self._shared.key("job", token), self._shared.key("held", token), self._shared.key("file", token)

    def _of(self, account: str) -> str:
        return self._shared.key("jobs-of", account)


@contextmanager
def _answering() -> Iterator[None]:
    """JobsAway where Redis does not answer."""
    from redis.exceptions import RedisError

    try:
        yield
    except RedisError as error:
        raise JobsAway(AWAY) from error
