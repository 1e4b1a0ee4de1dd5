"""`kill -9` while a partner's numbers are saved: the store is as before or as after, never between."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
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
IMPORT = """
import os
import signal
import sys
from datetime import date, datetime
from dashboard.domain import Level, SourceCard
from dashboard.intake import Coverage, Intake
from dashboard.periods import Period
from dashboard.store.engine import connect
from dashboard.store.partner_files import Brought, save, undo
from data_loaders.register import CARD, built_in
from dashboard.store.writer import write
from sqlalchemy import event

engine = connect(sys.argv[1])
towns = built_in("25")
write(engine, towns, CARD, datetime(2026, 1, 1))
intake = Intake("partner-p", "kits.csv", "0" * 64, date(2026, 6, 1))
for number in range(12):
    period = Period.of_months(2025, number + 1, 1)
    for place in towns.places:
        if place.level is Level.TOWN:
            intake.observations.add("naloxone_kits", place.geoid, (period.start, period.end), 1.0, partner="p")
    intake.coverage.append(Coverage("naloxone_kits", period.start, period.end, Level.TOWN, partner="p"))
brought = Brought(intake, "c", "p", "file", "Ann", "layout", {"column": "B"})
card, now = SourceCard("partner-p", "P", "P", "ours"), datetime(2026, 6, 1)


def act(what):
    if what == "save":
        return save(engine, brought, card, now).load_id
    return undo(engine, 2, who="Ann", why="wrong", now=now).load_id


if sys.argv[2] == "undo":
    assert act("save") == 2
count = 0


def counted(*_):
    global count
    count += 1
    if count == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)


for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
    event.listen(engine, name, counted)
print("ready", flush=True)
sys.stdin.readline()
act(sys.argv[2])
print("done", count, flush=True)
"""


def begun(url: str, what: str = "save", at: int = 0) -> subprocess.Popen[str]:
    """A process that is about to save or to undo, and ends itself by SIGKILL before or after a statement."""
    child = subprocess.Popen([sys.executable, "-c", IMPORT, url, what, str(at)], cwd=ROOT, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, text=True, env=os.environ)  # fmt: skip
    assert child.stdout
    assert child.stdout.readline() == "ready\n"
    return child


def told_to_go_on(child: subprocess.Popen[str]) -> None:
    assert child.stdin
    child.stdin.write("\n")
    child.stdin.flush()


def killed(url: str, delay: float) -> None:
    """Begin an import and end its process after so many seconds, wherever it then is."""
    child = begun(url)
    told_to_go_on(child)
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    child.communicate()


def killed_at(url: str, what: str, at: int) -> bool:
    """Let it end itself at a point; False where it was done before that point came."""
    child = begun(url, what, at)
    told_to_go_on(child)
    said, _ = child.communicate()
    return "done" not in said


def points(url: str, what: str) -> int:
    """How many points there are: before and after each statement, and before the commit."""
    child = begun(url, what)
    said, _ = child.communicate("\n")
    return int(said.split()[1])


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


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Makes the address of one empty database of a kind after the other."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            names = count()
            yield lambda: f"sqlite:///{tmp_path / f'{next(names)}.db'}"
        else:
            server = request.getfixturevalue("postgresql_server")
            yield lambda: stack.enter_context(fresh_database(server))


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_import_leaves_the_store_as_before_or_as_after(seed: int, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'coalition.db'}"
    killed(url, random.Random(seed).uniform(0, 0.15))
    assert found(url) in (BEFORE, AFTER)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100))
def test_an_import_killed_at_a_hundred_points_is_whole_or_not_there(seed: int, store_url: str) -> None:
    killed(store_url, random.Random(1000 + seed).uniform(0, 0.4))
    assert found(store_url) in (BEFORE, AFTER)


@pytest.mark.long
def test_an_import_that_is_not_killed_is_after(store_url: str) -> None:
    killed(store_url, 8)
    assert found(store_url) == AFTER


@pytest.mark.parametrize(("what", "at", "before"), [("save", 20, BEFORE), ("undo", 6, AFTER)])
def test_killed_in_the_middle_it_has_done_nothing(what: str, at: int, before: tuple[int, ...], tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'coalition.db'}"
    assert killed_at(url, what, at)
    assert found(url) == before


@pytest.mark.long
@pytest.mark.parametrize("what", ["save", "undo"])
def test_killed_at_any_statement_it_is_whole_or_not_there(what: str, new_url: Callable[[], str]) -> None:
    before, after = {"save": (BEFORE, AFTER), "undo": (AFTER, UNDONE)}[what]
    url = new_url()
    last = points(url, what)
    assert found(url) == after
    for at in range(1, last + 1):
        url = new_url()
        assert killed_at(url, what, at)
        assert found(url) == before, at


@pytest.mark.long
def test_two_importers_at_once_write_the_same_file_once(store_url: str) -> None:
    both = [begun(store_url), begun(store_url)]
    for child in both:
        told_to_go_on(child)
    assert ["done" in child.communicate()[0] for child in both] == [True, True]
    assert found(store_url) == AFTER
