"""A disk without room: told in a sentence, nothing half done, and all is well again once there is room."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from importer import act
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import OperationalError
from steward_at_work import OWN, Inline, Steward, filled_workspace, sheet
from surroundings import postgresql_in

from app import create_app
from callbacks.faults import FULL, fault_of
from callbacks.quarantine import Quarantine, Waiting
from dashboard.settings import Settings
from dashboard.store import schema
from dashboard.store.engine import connect
from dashboard.store.workspace import Workspace

PIECE = 64 * 1024


@contextmanager
def disk_of(megabytes: int, folder: Path) -> Iterator[Path]:
    """A folder on a disk of its own; only an administrator may make one."""
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)],
                          capture_output=True, check=False)  # fmt: skip
    if made.returncode:
        pytest.skip("only an administrator may mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 megabytes."""
    with disk_of(24, tmp_path) as folder:
        yield folder


def fill(folder: Path) -> Path:
    """Take all the room that is left, to the last page."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (PIECE, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError as error:
                full = error.errno == errno.ENOSPC
            assert full
    return filler


def test_nothing_of_a_file_stays_where_there_was_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    quarantine = Quarantine(tmp_path)
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space") as told:
        quarantine.keep(Waiting("p1", "ann"))
    assert fault_of(told.value) == (FULL, 507)
    assert os.listdir(quarantine.entries.path) == []


@pytest.mark.long
def test_a_full_disk_is_told_and_all_is_well_once_there_is_room(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.store.workspace.get_context", lambda _how: SimpleNamespace(Process=Inline))
    workspace = Workspace(Settings(home=small_disk, database_url=""))
    filled_workspace(workspace)
    steward = Steward(workspace, create_app(workspace).server.test_client(), "p1")
    assert steward.bring(sheet((3, 1))) == 303
    token, seen, at = steward.token, steward.seen(), steward.at
    filler = fill(small_disk)
    waiting = sorted(os.listdir(small_disk / "quarantine"))

    body = {"file": (io.BytesIO(sheet((7, 7)) + b"\n" * 100_000), "kits.csv")}
    answer = steward.client.post("/upload/p1", data=body, headers=OWN, content_type="multipart/form-data")
    assert (answer.status_code, answer.text) == (507, FULL)
    answer = steward.client.post(f"/upload/p1/{token}/save", data={"here": "1", "seen": seen}, headers=OWN)
    assert (answer.status_code, answer.text) == (507, FULL)
    assert sorted(os.listdir(small_disk / "quarantine")) == waiting
    assert steward.loads() == 0
    assert steward.client.get("/", headers=OWN).status_code == 200
    assert steward.client.get("/_dash-layout", headers=OWN).status_code == 200

    filler.unlink()
    steward.at = at
    assert steward.save() == 303
    assert steward.loads() == 1
    assert set(steward.held().values()) == {3, 1}
    workspace.engine.dispose()


@pytest.mark.long
def test_a_full_disk_under_postgresql_is_told_and_nothing_is_half_saved() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="pg-") as name,
        disk_of(160, Path(name)) as disk,
        postgresql_in(disk) as one,
    ):
        engine = connect(one.url)
        act(engine, "towns")
        before = rows(engine)
        filler = fill(disk)
        with pytest.raises(OperationalError) as told:
            act(engine, "save")
        assert fault_of(told.value) == (FULL, 507)
        assert rows(engine) == before
        filler.unlink()
        act(engine, "save")
        assert rows(engine) == before + 351 * 12
        engine.dispose()


def rows(engine: Engine) -> int:
    """How many observations there are."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(schema.observation)) or 0
