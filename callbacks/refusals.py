"""What is refused goes into the audit log: the first of its kind at once, more of the same within a minute as a count.

So nobody can fill the log, or hold up the server, by being refused.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from logging import getLogger

from sqlalchemy.exc import SQLAlchemyError

from dashboard.people.chain import REFUSED, Event

QUIET_SECONDS = 60.0
MOST_KINDS = 1000
Write = Callable[[Event, str], object]
log = getLogger(__name__)


class Refusals:
    """Refusals of one process by account and subject; `write` appends an event of an account to the log.

    `keep` writes the end of the log down elsewhere.
    """

    def __init__(self, write: Write, keep: Callable[[], object], clock: Callable[[], float] = time.monotonic) -> None:
        self._write, self._keep, self._clock = write, keep, clock
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._written_at: dict[tuple[str, str], float] = {}
        self._more: dict[tuple[str, str], int] = {}

    def refused(self, account: str, subject: str, told: str) -> None:
        """Take down that an account was refused something. A busy store holds up one request at most."""
        key = account, subject
        with self._lock:
            if len(self._written_at) > MOST_KINDS:
                self._written_at.clear()
            early = self._clock() - self._written_at.get(key, -QUIET_SECONDS) < QUIET_SECONDS
            if early or not self._writing.acquire(blocking=False):
                self._more[key] = self._more.get(key, 0) + 1
                return
            self._written_at[key] = self._clock()
            more = self._more.pop(key, 0)
        try:
            words = f"{told}, {more} more before" if more else told
            self._write(Event("refuse", subject, REFUSED, words), account)
            self._keep()
        except Exception:  # the refusal stands, whatever becomes of its record
            log.exception("a refusal could not be written into the audit log: %s", subject)
        finally:
            self._writing.release()

    def changed(self) -> None:
        """Something may have been changed: keep the new end of the log."""
        try:
            self._keep()
        except (SQLAlchemyError, OSError):  # what was changed stands, and the end is kept the next time
            log.exception("the end of the audit log could not be written down")
