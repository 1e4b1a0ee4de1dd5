"""One polite visitor: it waits between requests to a host, tries again what may pass, and takes no more than it can."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from dashboard.errors import LoadRefused

if TYPE_CHECKING:
    import httpx

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
MOST_BYTES = 300 * 1024 * 1024
LEAST_SECONDS = 1.0
"""Between two requests to one host: the portals ask for restraint without naming a number."""
LONGEST_WAIT = 120.0
"""Seconds; a host that asks for a longer pause is left for the next time."""
LONGEST_FETCH = 1800.0
"""Seconds; a host that sends ever so slowly must not hold up the others."""


class NotFetched(LoadRefused):
    """Nothing usable came; `offline` when the host could not even be reached."""

    def __init__(self, sentence: str, *, offline: bool = False) -> None:
        super().__init__(sentence)
        self.offline = offline


@dataclass(frozen=True)
class Validators:
    """What a host told of its last answer, so that it need not send the same again."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """The headers that ask for a newer answer only."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


@dataclass
class Visitor:
    """Fetches over one client; `sleep` and `clock` are arguments so that tests need not wait."""

    client: httpx.Client
    attempts: int = 4
    least_seconds: float = LEAST_SECONDS
    most_bytes: int = MOST_BYTES
    longest_seconds: float = LONGEST_FETCH
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _last: dict[str, float] = field(default_factory=dict)

    def fetch(
        self, address: str, into: BinaryIO, *, params: Mapping[str, str] | None = None, known: Validators | None = None
    ) -> Validators | None:
        """Write the answer of an address into a file; None when it is the one that is `known`.

        NotFetched when the host is away, keeps refusing, or sends more than `most_bytes`.
        """
        import httpx
        import stamina

        host = urlsplit(address).hostname or ""
        try:
            for attempt in stamina.retry_context(on=_again, attempts=self.attempts, wait_initial=0.5, wait_max=20.0):
                with attempt:
                    self._wait(host)
                    into.seek(0)
                    into.truncate()
                    return self._take(address, into, params, known or Validators())
        except httpx.HTTPStatusError as error:
            raise NotFetched(f"{host} answers with {error.response.status_code}: {_advice(error.response)}") from error
        except httpx.HTTPError as error:
            raise NotFetched(
                f"{host} cannot be reached ({type(error).__name__}): is there a network?", offline=True
            ) from error
        raise AssertionError("the last attempt returns or raises")

    def _wait(self, host: str) -> None:
        since = self.clock() - self._last.get(host, -self.least_seconds)
        if since < self.least_seconds:
            self.sleep(self.least_seconds - since)
        self._last[host] = self.clock()

    def _take(
        self, address: str, into: BinaryIO, params: Mapping[str, str] | None, known: Validators
    ) -> Validators | None:
        with self.client.stream("GET", address, params=params or None, headers=known.headers()) as answer:
            if answer.status_code == 304 and known.headers():
                return None
            answer.raise_for_status()
            taken, began, host = 0, self.clock(), urlsplit(address).hostname
            for part in answer.iter_bytes():
                taken += len(part)
                if taken > self.most_bytes:
                    raise NotFetched(f"The answer of {host} is larger than {self.most_bytes:,} bytes.")
                if self.clock() - began > self.longest_seconds:
                    raise NotFetched(f"{host} sends too slowly; the next pull tries again.")
                into.write(part)
            return Validators(answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))


@contextmanager
def visitor() -> Iterator[Visitor]:
    """A visitor with time limits and few redirects; LoadRefused names the packages that it lacks."""
    try:
        import httpx
        import stamina
    except ImportError as error:
        raise LoadRefused("Fetching needs two more packages: pip install 'coalition-dashboard[pull]'.") from error
    stamina.instrumentation.set_on_retry_hooks([])  # what remains of a fault is told in words
    with httpx.Client(timeout=60.0, follow_redirects=True, max_redirects=3) as client:
        yield Visitor(client)


def pause_asked(told: str, now: datetime) -> float | None:
    """Seconds that a host asks for in `Retry-After`, a number or a date (RFC 9110); None where it names neither."""
    if told.isascii() and told.isdecimal():
        return float(told)
    try:
        return max((parsedate_to_datetime(told).astimezone(UTC) - now).total_seconds(), 0.0)
    except (ValueError, OverflowError):
        return None


def _again(error: Exception) -> bool | float:
    """Whether an error may pass, or after how many seconds its host asks to come back."""
    import httpx

    if isinstance(error, httpx.HTTPStatusError):
        if error.response.status_code not in PASSING:
            return False
        asked = pause_asked(error.response.headers.get("Retry-After", ""), datetime.now(UTC))
        return True if asked is None else asked if asked <= LONGEST_WAIT else False
    return isinstance(error, httpx.TransportError)


def _advice(answer: httpx.Response) -> str:
    if answer.status_code in PASSING:
        return "it is busy or broken; the next pull tries again."
    return "its address may have changed; compare it with the publisher's page and name a new one in COALITION_FEEDS."
