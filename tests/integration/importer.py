"""A process that saves or undoes a partner's numbers and is killed in the middle; it forks, which costs little.

It reads one line of JSON a death: the store, what to do, at which statement to end itself (0 for none), and after how
many seconds to be killed (null for never). It answers with how many statements there were; 0 where it was killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import event

from dashboard.domain import Level, SourceCard
from dashboard.intake import Coverage, Intake
from dashboard.periods import Period
from dashboard.store.engine import connect
from dashboard.store.partner_files import Brought, save, undo
from dashboard.store.writer import write
from data_loaders.register import CARD, built_in

SAVED_AS = 2
"""The id of the load that a save makes: the towns were the first."""


@cache
def brought() -> Brought:
    """A year of kits in every town of Massachusetts."""
    intake = Intake("partner-p", "kits.csv", "0" * 64, date(2026, 6, 1))
    towns = [place.geoid for place in built_in("25").places if place.level is Level.TOWN]
    for number in range(12):
        period = Period.of_months(2025, number + 1, 1)
        for geoid in towns:
            intake.observations.add("naloxone_kits", geoid, (period.start, period.end), 1.0, partner="p")
        intake.coverage.append(Coverage("naloxone_kits", period.start, period.end, Level.TOWN, partner="p"))
    return Brought(intake, "c", "p", "file", "Ann", "layout", {"column": "B"})


def act(engine: Any, what: str) -> None:
    """Save, undo what was saved, or write the towns that come first."""
    now = datetime(2026, 6, 1)
    if what == "towns":
        write(engine, built_in("25"), CARD, datetime(2026, 1, 1))
    elif what == "save":
        save(engine, brought(), SourceCard("partner-p", "P", "P", "ours"), now)
    else:
        undo(engine, SAVED_AS, who="Ann", why="wrong", now=now)


def child(url: str, what: str, at: int, pipe: int) -> None:
    """Do it, and end at a statement: before it, after it, or before the commit."""
    engine, count = connect(url), 0

    def counted(*_: Any) -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(engine, name, counted)
    os.write(pipe, b"!")
    act(engine, what)
    os.write(pipe, str(count).encode())
    engine.dispose()


def death(url: str, what: str, at: int, seconds: float | None) -> int:
    """Fork, let it go on, kill it in time; how many statements it came to, 0 where it was killed."""
    brought()
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            child(url, what, at, writing)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read(1) == b"!", "the importer did not begin"
        if seconds is not None:
            time.sleep(seconds)
            os.kill(pid, signal.SIGKILL)
        told = pipe.read()
    os.waitpid(pid, 0)
    return int(told or 0)


if __name__ == "__main__":
    for line in sys.stdin:
        print(death(*json.loads(line)), flush=True)
