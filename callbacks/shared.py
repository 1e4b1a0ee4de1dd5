"""What several machines share beside the store: a Redis, asked for what may be lost. It may be away at any time."""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
from collections.abc import Callable
from logging import getLogger
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from dashboard.errors import StoreError
from dashboard.settings import Settings
from dashboard.store.sign_in import signing_secret
from dashboard.store.workspace import Workspace

if TYPE_CHECKING:
    from redis import Redis

CONNECT_SECONDS, ANSWER_SECONDS = 1.0, 3.0
QUIET_SECONDS = 5.0
"""After Redis did not answer it is left alone for so long: nobody waits for it at every request."""
SEAL_BYTES = 32
Got = TypeVar("Got")
log = getLogger(__name__)


class Shared:
    """A Redis with a corner for one store; `secret` is the store's own, so that whatever others write is not believed.

    Nothing in it is believed without the seal, and two stores behind one Redis never meet.
    """

    def __init__(self, client: Redis, secret: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.client: Any = client  # its types leave open whether it answers in bytes; ours does
        self.secret, self._key, self._clock = secret, secret.encode(), clock
        self.corner = f"coalition:{hmac.digest(self._key, b'corner', 'sha256').hex()[:16]}"
        self._left_until = -QUIET_SECONDS
        self._said = False

    def key(self, *parts: str) -> str:
        """The name of something in this store's corner."""
        return ":".join((self.corner, *parts))

    def seal(self, name: str, body: bytes) -> bytes:
        """A body with the seal of this store for what is kept under a name."""
        return self._mark(name, body) + body

    def unseal(self, name: str, sealed: bytes | None) -> bytes | None:
        """The body; None where there is none or its seal is not this store's."""
        if sealed is None or not hmac.compare_digest(sealed[:SEAL_BYTES], self._mark(name, sealed[SEAL_BYTES:])):
            return None
        return sealed[SEAL_BYTES:]

    def try_(self, ask: Callable[[Any], Got]) -> Got | None:
        """What Redis says; None while it is away, which is said once in the log."""
        from redis.exceptions import RedisError

        if self._clock() < self._left_until:
            return None
        try:
            got = ask(self.client)
        except RedisError as error:
            self._left_until = self._clock() + QUIET_SECONDS
            if not self._said:
                log.warning("Redis does not answer (%s): everything goes on without it", type(error).__name__)
            self._said = True
            return None
        if self._said:
            log.warning("Redis answers again")
        self._said = False
        return got

    def _mark(self, name: str, body: bytes) -> bytes:
        return hmac.digest(self._key, name.encode() + b"\0" + hashlib.sha256(body).digest(), "sha256")


_known: WeakKeyDictionary[Workspace, Shared] = WeakKeyDictionary()
_lock = threading.Lock()


def shared_of(workspace: Workspace) -> Shared | None:
    """What this workspace shares; None where COALITION_BROKER_URL names no Redis."""
    if not workspace.settings.broker_url:
        return None
    with _lock:
        if workspace not in _known:
            _known[workspace] = Shared(open_redis(workspace.settings), signing_secret(workspace.engine))
        return _known[workspace]


def open_redis(settings: Settings, **named: Any) -> Redis:
    """A client of the Redis of COALITION_BROKER_URL, which connects when asked; StoreError for what is no address."""
    try:
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry
    except ImportError as error:
        raise StoreError("COALITION_BROKER_URL needs the extra `queue` (celery and redis).") from error
    try:
        return Redis.from_url(
            settings.broker_url, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 1), **named,
        )  # fmt: skip
    except ValueError as error:
        raise StoreError(f"COALITION_BROKER_URL: {error} Write redis://:PASSWORD@host:6379/0.") from None
