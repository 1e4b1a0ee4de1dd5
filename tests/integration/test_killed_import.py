"""`kill -9` while a partner's numbers are saved: the store is as before or as after, never between."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dashboard.store import schema
from dashboard.store.engine import connect
from dashboard.store.schema_partner_files import partner_load, sheet_mapping
from dashboard.store.schema_people import audit_record

ROOT = Path(__file__).parents[2]
ROWS = 351 * 12
IMPORT = """
import sys
from datetime import date, datetime
from dashboard.domain import Level, SourceCard
from dashboard.intake import Coverage, Intake
from dashboard.periods import Period
from dashboard.store.engine import connect
from dashboard.store.partner_files import Brought, save
from data_loaders.register import CARD, built_in
from dashboard.store.writer import write

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
print("ready", flush=True)
sys.stdin.readline()
save(engine, brought, SourceCard("partner-p", "P", "P", "ours"), datetime(2026, 6, 1))
print("saved", flush=True)
"""


def killed(url: str, delay: float) -> None:
    """Begin an import and end its process after so many seconds, wherever it then is."""
    child = subprocess.Popen([sys.executable, "-c", IMPORT, url], cwd=ROOT, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, text=True, env=os.environ)  # fmt: skip
    assert child.stdin
    assert child.stdout
    assert child.stdout.readline() == "ready\n"
    child.stdin.write("\n")
    child.stdin.flush()
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdin.close()
    child.stdout.close()


def found(url: str) -> tuple[int, ...]:
    """How many of each there are: observations, coverage, partner's loads, mappings, records of the log, version."""
    engine = connect(url)
    with engine.connect() as connection:
        kits = select(schema.series.c.id).where(schema.series.c.measure == "naloxone_kits")
        counts = [
            select(func.count()).select_from(schema.observation).where(schema.observation.c.series_id.in_(kits)),
            select(func.count()).select_from(schema.coverage).where(schema.coverage.c.measure == "naloxone_kits"),
            select(func.count()).select_from(partner_load),
            select(func.count()).select_from(sheet_mapping),
            select(func.count()).select_from(audit_record),
            select(schema.setting.c.value).where(schema.setting.c.key == "data_version"),
        ]
        result = tuple(int(connection.scalar(query) or 0) for query in counts)
    engine.dispose()
    return result


BEFORE, AFTER = (0, 0, 0, 0, 1, 1), (ROWS, 12, 1, 1, 2, 2)


@pytest.mark.parametrize("seed", range(3))
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
