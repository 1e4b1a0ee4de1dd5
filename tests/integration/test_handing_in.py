"""Commands hand long work in, wait for it and say what came of it; here by a process of this machine."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from surroundings import Coalition

from commands.jobs import KINDS
from dashboard.domain import SourceCard
from dashboard.errors import StoreError
from dashboard.services import services
from dashboard.settings import Settings
from dashboard.store.engine import connect
from dashboard.store.writer import write
from data_loaders.register import built_in

NAMES = {"as_of": "", "made_by": "Ann", "approved_by": "Ben", "dry_run": ""}


@pytest.mark.long
def test_a_command_says_what_came_of_what_it_handed_in(coalition: Coalition, tmp_path: Path):
    refused = coalition("analyse", "--queued")
    assert (refused.code, "The store knows no towns yet" in refused.err) == (1, True)
    engine = connect(f"sqlite:///{tmp_path / 'home' / 'coalition.db'}")
    write(engine, built_in("25"), SourceCard("gazetteer", "Towns", "us", "public domain"), datetime(2026, 1, 1))
    engine.dispose()
    done = coalition("analyse", "--queued")
    assert (done.code, done.out.splitlines()[0]) == (
        0, f"Stored: 0 answers on hotspots, {len(services())} on service deserts."
    )  # fmt: skip


def test_a_worker_does_not_publish_into_a_folder_that_nobody_reads(tmp_path: Path):
    settings = Settings(home=tmp_path, database_url="", public_database_url="", broker_url="redis://127.0.0.1:1/0")
    with pytest.raises(StoreError, match="COALITION_PUBLIC_DATABASE_URL"):
        KINDS["publish"].work(settings, NAMES, lambda *_: None, tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


def test_publishing_alone_is_never_begun_twice():
    assert {name for name, kind in KINDS.items() if kind.tries == 1} == {"publish", "publish-looked-at"}


def test_coalition_work_says_what_it_needs(coalition: Coalition):
    ran = coalition("work")
    assert (ran.code, "COALITION_BROKER_URL names no Redis" in ran.err) == (1, True)
