"""`kill -9` while a partner's numbers are saved: the store is as before or as after, never between."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select
from surroundings import fresh_database

from dashboard.store import schema
from dashboard.store.engine import connect
from dashboard.store.schema_partner_files import partner_load, sheet_mapping, undone_load
from dashboard.store.schema_people import audit_record

ROOT = Path(__file__).parents[2]
ROWS = 351 * 12
POINTS = 200
Stores = Callable[[str], str]


class Importer:
    """A process whose children save and undo, one after the other; some of them are killed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def begin(self, url: str, what: str, at: int = 0, seconds: float | None = None) -> None:
        """Let a child do it, end itself at a statement, or be killed after so many seconds."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps([url, what, at, seconds]) + "\n")
        self.process.stdin.flush()

    def ended(self) -> int:
        """How many statements the child came to; 0 where it was killed."""
        assert self.process.stdout
        return int(self.process.stdout.readline())

    def does(self, url: str, what: str, at: int = 0, seconds: float | None = None) -> int:
        """Begin, and wait for the end."""
        self.begin(url, what, at, seconds)
        return self.ended()


@contextmanager
def started() -> Iterator[Importer]:
    """An importer that lives as long as the block."""
    command = [sys.executable, str(Path(__file__).with_name("importer.py"))]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:  # fmt: skip
        try:
            yield Importer(process)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def importer() -> Iterator[Importer]:
    with started() as one:
        yield one


def found(url: str) -> tuple[int, ...]:
    """How many of each: observations, coverage, partner's loads, mappings, undone loads, log, version."""
    engine = connect(url)
    with engine.connect() as connection:
        kits = select(schema.series.c.id).where(schema.series.c.measure == "naloxone_kits")
        counts = [
            select(func.count()).select_from(schema.observation).where(schema.observation.c.series_id.in_(kits)),
            select(func.count()).select_from(schema.coverage).where(schema.coverage.c.measure == "naloxone_kits"),
            select(func.count()).select_from(partner_load),
            select(func.count()).select_from(sheet_mapping),
            select(func.count()).select_from(undone_load),
            select(func.count()).select_from(audit_record),
            select(schema.setting.c.value).where(schema.setting.c.key == "data_version"),
        ]
        result = tuple(int(connection.scalar(query) or 0) for query in counts)
    engine.dispose()
    return result


BEFORE, AFTER, UNDONE = (0, 0, 0, 0, 0, 1, 1), (ROWS, 12, 1, 1, 0, 2, 2), (ROWS, 12, 1, 1, 1, 3, 3)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stores(
    request: pytest.FixtureRequest, importer: Importer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stores]:
    """Makes stores of a kind: with the towns alone, or with what was saved too."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            yield copies(importer, tmp_path_factory.mktemp("killed"))
        else:
            yield databases(importer, request.getfixturevalue("postgresql_server"), stack)


def copies(importer: Importer, folder: Path) -> Stores:
    """SQLite files, copied from ones that were filled once."""
    made: dict[str, Path] = {}
    numbers = count()

    def new(what: str) -> str:
        if not made:
            made["save"], made["undo"] = (folder / f"{name}.db" for name in ("towns", "saved"))
            assert importer.does(f"sqlite:///{made['save']}", "towns")
            shutil.copy(made["save"], made["undo"])
            assert importer.does(f"sqlite:///{made['undo']}", "save")
        copy = folder / f"copy-{next(numbers) % 2}.db"
        for left in folder.glob(f"{copy.name}*"):
            left.unlink()
        return f"sqlite:///{shutil.copy(made[what], copy)}"

    return new


def databases(importer: Importer, server: str, stack: ExitStack) -> Stores:
    """PostgreSQL databases, copied from ones that were filled once."""
    made: dict[str, str] = {}
    last = stack.enter_context(ExitStack())

    def new(what: str) -> str:
        if not made:
            made["save"] = stack.enter_context(fresh_database(server))
            assert importer.does(made["save"], "towns")
            made["undo"] = stack.enter_context(fresh_database(server, like=made["save"]))
            assert importer.does(made["undo"], "save")
        last.close()
        return last.enter_context(fresh_database(server, like=made[what]))

    return new


@pytest.fixture(scope="module")
def files(importer: Importer, tmp_path_factory: pytest.TempPathFactory) -> Stores:
    """Makes SQLite stores alone."""
    return copies(importer, tmp_path_factory.mktemp("files"))


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_import_leaves_the_store_as_before_or_as_after(seed: int, files: Stores, importer: Importer) -> None:
    url = files("save")
    importer.does(url, "save", seconds=random.Random(seed).uniform(0, 0.15))
    assert found(url) in (BEFORE, AFTER)


@pytest.mark.parametrize(("what", "at", "before"), [("save", 20, BEFORE), ("undo", 6, AFTER)])
def test_killed_in_the_middle_it_has_done_nothing(
    what: str, at: int, before: tuple[int, ...], files: Stores, importer: Importer
) -> None:
    url = files(what)
    assert importer.does(url, what, at) == 0
    assert found(url) == before


@pytest.mark.long
def test_an_import_killed_at_200_random_points_is_whole_or_not_there(stores: Stores, importer: Importer) -> None:
    url, began = stores("save"), time.monotonic()
    assert importer.does(url, "save")
    longest = 1.2 * (time.monotonic() - began)
    assert found(url) == AFTER
    chance = random.Random(20)
    for point in range(POINTS):
        url, seconds = stores("save"), chance.uniform(0, longest)
        importer.does(url, "save", seconds=seconds)
        assert found(url) in (BEFORE, AFTER), (point, seconds)


@pytest.mark.long
@pytest.mark.parametrize("what", ["save", "undo"])
def test_killed_at_any_statement_it_is_whole_or_not_there(what: str, stores: Stores, importer: Importer) -> None:
    before, after = {"save": (BEFORE, AFTER), "undo": (AFTER, UNDONE)}[what]
    url = stores(what)
    last = importer.does(url, what)
    assert found(url) == after
    for at in range(1, last + 1):
        url = stores(what)
        assert importer.does(url, what, at) == 0
        assert found(url) == before, at


@pytest.mark.long
def test_two_importers_at_once_write_the_same_file_once(stores: Stores, importer: Importer) -> None:
    url = stores("save")
    with started() as other:
        for one in (importer, other):
            one.begin(url, "save")
        assert min(one.ended() for one in (importer, other)) > 0
    assert found(url) == AFTER
