"""How long after a load every worker gives the new number, at scale: on a copy, so that the store stays as it is."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import servers
from benchmarks.asking import Asker
from benchmarks.measured import Renewed
from benchmarks.rows import CARD
from benchmarks.scale_stores import Built, newer, now
from dashboard.store.engine import connect
from dashboard.store.writer import write

QUESTION = "/csv/places.csv?indicator=opioid_overdose_death_rate&period=2025&within="
IN_A_ROW = 20
"""So many new numbers, each over a connection of its own, and none old among them: every worker has it."""
PATIENCE_SECONDS = 600.0


def renewed(store: Built, workers: int) -> Renewed:
    """Load about a million newer rows while workers serve, and ask until all of them give the new number."""
    intake = newer(store)
    with TemporaryDirectory(dir=store.folder) as name:
        home = _copied(store.ours, Path(name))
        with servers.ours(home, workers=workers) as server:
            address = QUESTION + store.state
            before = _told(server.address, address)
            engine = connect(f"sqlite:///{home / 'coalition.db'}")
            start = time.perf_counter()
            write(engine, intake, CARD, now())
            written = time.perf_counter()
            engine.dispose()
            _wait(server.address, address, before)
            return Renewed(len(intake.observations), written - start, time.perf_counter() - written)


def _wait(address: str, path: str, before: bytes) -> None:
    told, until = 0, time.monotonic() + PATIENCE_SECONDS
    while told < IN_A_ROW:
        told = told + 1 if _told(address, path) != before else 0
        if time.monotonic() > until:
            raise RuntimeError("Some worker never gave the new number.")
        time.sleep(0.02)


def _told(address: str, path: str) -> bytes:
    asker = Asker(address + path)
    try:
        return asker.body(path)
    finally:
        asker.close()


def _copied(ours: Path, home: Path) -> Path:
    """A copy of a store; the columns of the read model, which never change, are the same files."""
    shutil.copytree(ours / "cube", home / "cube", copy_function=os.link)
    source, copy = sqlite3.connect(ours / "coalition.db"), sqlite3.connect(home / "coalition.db")
    source.backup(copy)
    source.close()
    copy.close()
    return home
