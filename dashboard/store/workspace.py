"""What commands and servers work on: the store, its readers and the settings, put together once."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.periods import parse_day
from dashboard.settings import Settings
from dashboard.store.analyses import Shelf, analysis_version
from dashboard.store.cube import current_version, is_built, open_cube
from dashboard.store.engine import connect, open_engine
from dashboard.store.reader import CubeReader
from dashboard.store.targets import TargetBoard, targets_version

POLL_SECONDS = 1.0
KEPT_AS_OF = 2


class Workspace:
    """A store and the readers of its newest and of earlier versions; safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home = settings.home_path
        self.engine: Engine = connect(settings.store_url)
        self._lock = threading.Lock()
        self._newest: CubeReader | None = None
        self._earlier: OrderedDict[tuple[str, str], CubeReader] = OrderedDict()
        self._looked_at = 0.0

    def reader(self, as_of: str = "") -> CubeReader:
        """The reader of the newest data version, or of what was known on a day; InvalidQuery for no day."""
        with self._lock:
            newest = self._poll()
            return self._as_of(newest, parse_day(as_of)) if as_of else newest

    def refresh(self) -> None:
        """Look for a newer version at the next question: what was just saved is to be seen at once."""
        with self._lock:
            self._looked_at = 0.0

    def _poll(self) -> CubeReader:
        """Look for a newer version at most once a second; keep serving the last one when the store is away."""
        if self._newest is None or time.monotonic() - self._looked_at > POLL_SECONDS:
            try:
                version = current_version(self.engine)
                beside = f"{analysis_version(self.engine)}/{targets_version(self.engine)}"
                if self._newest is None or self._newest.version != f"{version}/{beside}":
                    self._newest = self._open(version)
            except SQLAlchemyError:
                if self._newest is None:
                    raise
            self._looked_at = time.monotonic()
        return self._newest

    def _as_of(self, newest: CubeReader, day: date) -> CubeReader:
        key = (newest.version, day.isoformat())
        if key not in self._earlier:
            self._earlier[key] = self._open(f"{newest.cube.version}-asof-{day}", day)
            if len(self._earlier) > KEPT_AS_OF:
                self._earlier.popitem(last=False)
        return self._earlier[key]

    def _open(self, version: str, day: date | None = None) -> CubeReader:
        """Map the cube; a missing one is built in a process of its own, so that a worker stays small."""
        if not is_built(self.home, version):
            child = get_context("spawn").Process(target=_build, args=(self.settings.store_url, self.home, day))
            child.start()
            child.join()
        cube = open_cube(self.engine, self.home, as_of=day)
        shelf = Shelf(self.engine, cube.version, day.isoformat() if day else "")
        return CubeReader(cube, shelf=shelf, board=TargetBoard(self.engine, day))


def _build(url: str, home: Path, day: date | None) -> None:
    open_cube(open_engine(url), home, as_of=day)


@contextmanager
def open_workspace() -> Iterator[Workspace]:
    """The workspace that the environment names, closed afterwards."""
    workspace = Workspace(Settings())
    try:
        yield workspace
    finally:
        workspace.engine.dispose()
