"""How often somebody may do what costs the server most, counted in Redis for all workers or, without one, by each."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from flask import Flask, abort, request

from callbacks.guard import is_loopback
from callbacks.permissions import who
from callbacks.shared import Shared
from dashboard.people import AT_THIS_COMPUTER, NOBODY

MOST_COUNTED = 10_000
A_WHOLE_PROXY = 10
"""So many times as much may come from one address that passes on what others send."""


@dataclass(frozen=True)
class Limit:
    """So often within so many seconds may one account, or one address, ask for paths of a form."""

    name: str
    path: re.Pattern[str]
    most: int
    seconds: int
    methods: frozenset[str] = frozenset({"POST"})


LIMITS = (
    Limit("sign-in", re.compile("/sign-in/.+"), 30, 60, frozenset({"GET", "POST"})),
    Limit("upload", re.compile("/upload/.+"), 120, 600),
    Limit("export", re.compile("/take-home/start"), 30, 600),
)
TOO_OFTEN = "This was asked for too often within a short time. Nothing was done; try again in {} minutes."


class Counts:
    """How often something was done within the present stretch of time."""

    def __init__(self, shared: Shared | None, clock: Callable[[], float] = time.time) -> None:
        self._shared, self._clock = shared, clock
        self._lock = threading.Lock()
        self._own: dict[str, int] = {}

    def add(self, name: str, whose: str, *, seconds: int) -> int:
        """Count one more; how many that makes. Of whom, is kept as a hash."""
        stretch = int(self._clock() // seconds)
        key = f"{name}:{sha256(whose.encode()).hexdigest()[:32]}:{stretch}"
        return self._everywhere(key, seconds) or self._here(key)

    def _everywhere(self, key: str, seconds: int) -> int:
        """0 where there is no Redis, or it is away."""
        if self._shared is None:
            return 0
        pipe = self._shared.client.pipeline()
        pipe.incr(self._shared.key("limit", key))
        pipe.expire(self._shared.key("limit", key), seconds)
        counted = self._shared.try_(lambda _client: pipe.execute())
        return int(counted[0]) if counted else 0

    def _here(self, key: str) -> int:
        with self._lock:
            if len(self._own) >= MOST_COUNTED:
                self._own.clear()
            self._own[key] = self._own.get(key, 0) + 1
            return self._own[key]


def register_limits(server: Flask, counts: Counts) -> None:
    """Refuse with 429 what is asked for too often. Registered after admission, which says who asks.

    Whoever sits at this computer is not counted.
    """

    @server.before_request
    def _count() -> None:
        limit = next((each for each in LIMITS if each.path.fullmatch(request.path)), None)
        if limit is None or request.method not in limit.methods or who() == AT_THIS_COMPUTER or is_loopback():
            return
        for whose, times in _askers():
            if counts.add(limit.name, whose, seconds=limit.seconds) > limit.most * times:
                abort(429, TOO_OFTEN.format(max(1, limit.seconds // 60)))


def _askers() -> list[tuple[str, int]]:
    """The account that asks; of somebody unknown the address, and that which passes it on, which can make others up."""
    if who() != NOBODY:
        return [(f"account {who().account}", 1)]
    near = request.remote_addr or ""
    far = request.headers.get("X-Forwarded-For", near).rpartition(",")[2].strip()
    return [(f"address {far}", 1), (f"through {near}", A_WHOLE_PROXY)]
