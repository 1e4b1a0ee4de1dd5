"""Which release readers see: the newest once its pages are made, and until then the one before it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

PATIENCE_SECONDS = 180.0
"""A new release is not waited for longer than this, however slowly its pages are made."""
GRACE_SECONDS = 300.0
"""So long whoever reads a release goes on reading it as it was: browsers may keep its pages as long (front.A_WHILE)."""


class Dated(Protocol):
    """Releases that stand, newest last, and since when each is here, in seconds of the machine's clock."""

    def numbers(self) -> Sequence[int]: ...
    def since(self, number: int) -> float: ...


class Changeover:
    """From one release to the next, in one worker. Threads may share it.

    `is_made` tells whether the pages of a release are made; without it a release is shown as soon as it stands, and
    pages of others say at once that there is a newer one. `started` is when the server did, since which time pages
    can have been made. Whatever does not stand any more is never waited for and never shown.
    """

    def __init__(
        self,
        shelf: Dated,
        is_made: Callable[[int], bool] | None = None,
        *,
        started: float = 0.0,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._shelf, self._is_made, self._started, self._now = shelf, is_made, started, now
        self._shown: int | None = None
        self._before: tuple[int, float] = (0, 0.0)  # what was shown before, and until when it is read as it was
        self._made: set[int] = set()
        self._lock = threading.Lock()

    def newest(self) -> int | None:
        """The number of the newest release that readers see; None where nothing is published."""
        numbers = self._shelf.numbers()
        if not numbers:
            return None
        shown = self._shown
        if numbers[-1] == shown or (shown in numbers and not self.is_ready(numbers[-1])):
            return shown
        with self._lock:
            chosen = next((each for each in reversed(numbers) if self.is_ready(each)), numbers[-1])
            if self._shown is not None and self._shown != chosen and self._is_made:
                self._before = self._shown, self._now() + GRACE_SECONDS
            self._shown = chosen
        return chosen

    def newest_beside(self, number: int) -> int | None:
        """The newest release as a page of release `number` tells it: for a while after a newer one came, itself."""
        before, until = self._before
        return number if number == before and self._now() < until else self.newest()

    def is_ready(self, number: int) -> bool:
        """Whether the pages of a release are made, or have been waited for long enough."""
        if self._is_made is None or number in self._made:
            return True
        if not self._is_made(number):
            return self._now() > max(self._started, self._shelf.since(number)) + PATIENCE_SECONDS
        self._made.add(number)
        return True
