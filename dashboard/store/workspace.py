"""What commands and servers work on: the store, its readers and the settings, put together once."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.agreements import Agreement, Asker, Audience, Question
from dashboard.people import acting
from dashboard.periods import parse_day
from dashboard.settings import Settings
from dashboard.store.agreements import agreements, agreements_version
from dashboard.store.analyses import Shelf, analysis_version
from dashboard.store.audit_log import keep_head
from dashboard.store.comments import comments_version, open_questions
from dashboard.store.cube import Cube, current_version, is_built, is_quick, open_cube, version_as_of
from dashboard.store.engine import connect, open_engine
from dashboard.store.gate import Asking
from dashboard.store.gated import GatedReader
from dashboard.store.meetings import memory_version
from dashboard.store.targets import TargetBoard, targets_version

POLL_SECONDS = 1.0
AWAY_SECONDS = 4.0
"""How long a store that did not answer is left alone: whoever waits for it in vain waits seconds."""
KEPT_AS_OF = 2
KEPT_READERS = 8


def who_acts() -> Asker:
    """Whoever acts here and now; the public where nobody does."""
    person = acting()
    within = {grant.coalition: Audience(person.audience_in(grant.coalition)) for grant in person.grants}
    return Asker(Audience(person.audience), tuple(sorted(within.items())), person.own)


@dataclass(frozen=True)
class Opened:
    """What was known at one time: a cube, results of analyses and targets, before any agreement is asked."""

    cube: Cube
    shelf: Shelf
    board: TargetBoard

    @property
    def version(self) -> str:
        """Changes with the data, with results and with targets."""
        return f"{self.cube.version}/{self.shelf.version}/{self.board.version}"


@dataclass(frozen=True)
class Agreed:
    """The agreements that hold, and what partners want to talk about first."""

    version: str
    agreements: tuple[Agreement, ...]
    questions: tuple[Question, ...] = ()


class Workspace:
    """A store and its readers, each behind the gate of agreements; safe to share between threads.

    `asks` says who asks at the moment of a question, `today` which day it is: an agreement ends on its last day.
    """

    def __init__(
        self, settings: Settings, *, asks: Callable[[], Asker] = who_acts, today: Callable[[], date] = date.today
    ) -> None:
        self.settings = settings
        self.home = settings.home_path
        self.engine: Engine = connect(settings.store_url)
        self._asks, self._today = asks, today
        self._lock, self._looking, self._opening = threading.Lock(), threading.Lock(), threading.Lock()
        self._known: tuple[Opened, Agreed] | None = None
        self._earlier: OrderedDict[tuple[str, str], Opened] = OrderedDict()
        self._readers: OrderedDict[tuple[str, str], GatedReader] = OrderedDict()
        self._looked_at = 0.0
        self._wanted = self._seen = 0
        self._is_away = False

    @property
    def is_away(self) -> bool:
        """Whether the store did not answer when it was asked last; what was read before serves on."""
        return self._is_away

    def reader(self, as_of: str = "", *, audience: Audience | None = None, coalition: str = "") -> GatedReader:
        """What agreements let whoever asks (or an audience) see, of the newest data or of what was known on a day.

        `coalition` is the only one that the audience belongs to; "" is all of them. InvalidQuery for no day.
        """
        if audience is None:
            return self._gated(as_of, self._asks())
        return self._gated(as_of, Asker(audience, ((coalition, audience),)))

    def release_reader(self, smallest: Mapping[str, int], *, audience: Audience = Audience.PUBLIC) -> GatedReader:
        """What agreements let enter a release for an audience; `smallest` is the smallest count shown, by indicator."""
        return self._gated("", Asker(audience), smallest)

    def agreements(self) -> tuple[Agreement, ...]:
        """The agreements that are kept, the newest version of each."""
        return self._poll()[1].agreements

    def refresh(self) -> None:
        """Look for a newer version at the next question: what was just saved is to be seen at once."""
        with self._lock:
            self._wanted += 1

    def _gated(self, as_of: str, asker: Asker, release: Mapping[str, int] | None = None) -> GatedReader:
        newest, agreed = self._poll()
        known = self._as_of(newest, parse_day(as_of)) if as_of else newest
        asking = Asking(asker, self._today(), agreed.agreements, agreed.version, release, agreed.questions)
        key = known.version, asking.name
        with self._lock:
            if key not in self._readers:
                self._readers[key] = GatedReader(known.cube, asking, shelf=known.shelf, board=known.board)
                if len(self._readers) > KEPT_READERS:
                    self._readers.popitem(last=False)
            self._readers.move_to_end(key)
            return self._readers[key]

    def _poll(self) -> tuple[Opened, Agreed]:
        """Look for newer data and agreements at most once a second.

        One looks; the others are served meanwhile with what is known, unless something was just saved here.
        """
        must = self._known is None or self._seen < self._wanted
        if (must or self._is_due()) and self._looking.acquire(blocking=must):
            try:
                if self._known is None or self._seen < self._wanted or self._is_due():
                    self._known = self._look(self._known)
            finally:
                self._looking.release()
        assert self._known is not None
        return self._known

    def _is_due(self) -> bool:
        return time.monotonic() - self._looked_at > (AWAY_SECONDS if self._is_away else POLL_SECONDS)

    def _look(self, known: tuple[Opened, Agreed] | None) -> tuple[Opened, Agreed]:
        """What is known now; while the store is away, what was known last."""
        wanted = self._wanted
        try:
            found = self._newer(known and known[0]), self._agreed_now(known and known[1])
            self._is_away = False
        except (SQLAlchemyError, OSError) as error:  # the store is away, or the disk has no room for a newer cube
            if known is None:
                raise
            found = known
            self._is_away = isinstance(error, SQLAlchemyError)
        self._looked_at, self._seen = time.monotonic(), wanted
        if known is None or found[0] is not known[0] or found[1] is not known[1]:
            with self._lock:
                self._readers.clear()
        return found

    def _newer(self, known: Opened | None) -> Opened:
        version = current_version(self.engine)
        beside = f"{analysis_version(self.engine)}/{targets_version(self.engine)}"
        return known if known and known.version == f"{version}/{beside}" else self._open(version)

    def _agreed_now(self, known: Agreed | None) -> Agreed:
        said = f"{comments_version(self.engine)}.{memory_version(self.engine)}"  # both are shown beside numbers
        version = f"{agreements_version(self.engine)}.{said}"
        if known and known.version == version:
            return known
        return Agreed(version, agreements(self.engine), open_questions(self.engine))

    def _as_of(self, newest: Opened, day: date) -> Opened:
        key = (newest.version, day.isoformat())
        with self._opening:
            if key not in self._earlier:
                self._earlier[key] = self._open(version_as_of(self.engine, day), day)
                if len(self._earlier) > KEPT_AS_OF:
                    self._earlier.popitem(last=False)
            return self._earlier[key]

    def _open(self, version: str, day: date | None = None) -> Opened:
        """Map the cube; one that takes long to build is built in a process of its own, so that a worker stays small."""
        if not is_built(self.home, version) and not is_quick(self.engine, self.home, day):
            child = get_context("spawn").Process(target=_build, args=(self.settings.store_url, self.home, day))
            child.start()
            child.join()
        cube = open_cube(self.engine, self.home, as_of=day)
        return Opened(cube, Shelf(self.engine, cube.version, day.isoformat() if day else ""),
                      TargetBoard(self.engine, day))  # fmt: skip


def _build(url: str, home: Path, day: date | None) -> None:
    engine = open_engine(url)
    try:
        open_cube(engine, home, as_of=day)
    finally:
        engine.dispose()


@contextmanager
def open_workspace() -> Iterator[Workspace]:
    """The workspace that the environment names, closed afterwards."""
    workspace = Workspace(Settings())
    try:
        yield workspace
        keep_head(workspace.engine, workspace.home)
    finally:
        workspace.engine.dispose()
