"""Jobs written down in Redis, done by workers of any machine; a job that loses its worker begins once more."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import orjson

from callbacks.jobs.job import AWAY, FAILED, GONE, KEPT_SECONDS, Job, JobsAway, Kind, Progress, Stopped, as_job, as_text
from callbacks.private_folder import TOKEN
from callbacks.shared import Shared
from dashboard.errors import InvalidQuery

HELD_SECONDS = 20
"""After so long without a word from its worker, a job is taken to have lost it."""
RENEWED_SECONDS = 4.0
FINISH_SECONDS = 60.0
"""A worker with a finished job waits so long for a Redis that is away."""
WAITING = Progress("Waiting for its turn")
AGAIN = Progress("The computer that worked on it is gone; another begins again")
UNSEEN = Progress("The queue does not answer just now; this goes on once it does")
ENDED, HELD = 0, -1
TAKE = """
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'ended') == 1 then return 0 end
if redis.call('EXISTS', KEYS[2]) == 1 then return -1 end
local try = tonumber(redis.call('HGET', KEYS[1], 'try') or '0') + 1
if try > tonumber(redis.call('HGET', KEYS[1], 'tries')) then return 0 end
redis.call('HSET', KEYS[1], 'try', try)
redis.call('SET', KEYS[2], try, 'EX', ARGV[1])
return try
"""
"""Take a job: the number of this try, 0 where there is nothing to do, -1 where somebody else holds it."""
TELL = """
if redis.call('HGET', KEYS[1], 'try') ~= ARGV[1] or redis.call('HEXISTS', KEYS[1], 'ended') == 1 then return 0 end
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'told', ARGV[4]) end
if ARGV[5] == 'ended' then
  redis.call('HSET', KEYS[1], 'ended', 1)
  if ARGV[6] ~= '' then redis.call('SET', KEYS[3], ARGV[6], 'EX', ARGV[3]) end
  redis.call('DEL', KEYS[2])
end
return 1
"""
"""Say how far a job is, as its present try alone may: 0 where it was stopped, has ended or is another's now."""
Send = Callable[[str, Kind], None]
"""Puts a token into the queue; JobsAway where it cannot."""


class RedisBoard:
    """Jobs in the corner of a store; `send` has them done."""

    def __init__(self, shared: Shared, send: Send, kinds: Any) -> None:
        self._shared, self._send, self._kinds = shared, send, kinds
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
            self._send(job.token, kind)
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

    @contextmanager
    def hold(self, token: str, try_: int) -> Iterator[InRedis]:
        """A job that was taken, held by a thread that says so every few seconds."""
        over = threading.Event()
        with TemporaryDirectory(prefix="coalition-job-") as folder:
            held = InRedis(self, token, try_, Path(folder) / "made")
            renewing = threading.Thread(target=held.renew, args=(over,), daemon=True)
            renewing.start()
            try:
                yield held
            finally:
                over.set()
                renewing.join()

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
                self._send(token, self._kinds[self.job(token).name])
            except JobsAway:
                self._shared.try_(lambda client: client.delete(again))

    def _keys(self, token: str) -> tuple[str, str, str]:
        """Where a job is written down, its hold and its file."""
        if not TOKEN.fullmatch(token):
            raise InvalidQuery(GONE)
        return self._shared.key("job", token), self._shared.key("held", token), self._shared.key("file", token)

    def _of(self, account: str) -> str:
        return self._shared.key("jobs-of", account)


@dataclass(frozen=True)
class InRedis:
    """A job in the hands of a worker."""

    board: RedisBoard
    token: str
    try_: int
    scratch: Path

    def tell(self, progress: Progress) -> None:
        """Say how far it is; while Redis is away the work goes on unseen."""
        try:
            if not self.board.say(self.token, self.try_, progress):
                raise Stopped
        except JobsAway:
            return

    def finish(self, progress: Progress) -> None:
        """Say how it ended and hand over its file, in one step; waits a while for a Redis that is away."""
        file = self.scratch.read_bytes() if progress.size else b""
        until = time.monotonic() + FINISH_SECONDS
        while True:
            try:
                self.board.say(self.token, self.try_, progress, file=file)
                return
            except JobsAway:
                if time.monotonic() > until:
                    raise
                time.sleep(1.0)

    def renew(self, over: threading.Event) -> None:
        """Say every few seconds that somebody works on it, until it is over."""
        while not over.wait(RENEWED_SECONDS):
            try:
                self.board.say(self.token, self.try_, None)
            except JobsAway:
                continue


@contextmanager
def _answering() -> Iterator[None]:
    """JobsAway where Redis does not answer."""
    from redis.exceptions import RedisError

    try:
        yield
    except RedisError as error:
        raise JobsAway(AWAY) from error
