"""A release file is whole, unchanging and checked, or it is not served."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from release_maker import DEATHS, release

from dashboard.errors import InvalidQuery, StoreError
from dashboard.releases.file import write_release
from dashboard.releases.reading import ReleaseReader, TableKey, current, open_release
from dashboard.releases.shelf import entry, listed, withdraw

ROOT = Path(__file__).parents[3]
TOWNS = TableKey(DEATHS, "residence", "town", "2022-2024", "")
KILLED = """
import os, sys
sys.path[:0] = {paths!r}
from pathlib import Path
import dashboard.releases.file as file
import dashboard.releases.shelf as shelf
from release_maker import release
setattr({where}, {name!r}, lambda *_: os._exit(9))
file.write_release(release(2), Path({folder!r}))
"""


def number(folder: Path) -> int | None:
    found = current(folder)
    return found.number if found else None


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    made = release()
    read = ReleaseReader(write_release(made, tmp_path))
    assert (read.number, read.made_on, read.audience) == (1, made.made_on, "public")
    assert read.meta["title"] == "Test coalition"
    assert list(read.indicators) == list(made.indicators)
    assert list(read.places) == sorted(made.places, key=lambda place: place.geoid)
    assert list(read.sets) == list(made.sets)
    assert list(read.sites) == list(made.sites)
    assert list(read.sources) == list(made.sources)
    assert list(read.notes) == list(made.notes)
    assert read.shapes["25"]["geoid"][0] == "2502100001"
    assert list(read.tables) == list(dict.fromkeys(cell.table for cell in made.cells))


def test_rates_come_from_the_released_counts_and_hidden_cells_have_none(tmp_path: Path) -> None:
    cells = ReleaseReader(write_release(release(), tmp_path)).cells(TOWNS)
    ashby, birch, cedar, dover = cells.rows()
    assert (ashby["numerator"], ashby["rate"]) == (31, round(31 / 40_500 * 100_000, 4))
    assert (birch["state"], birch["rate"]) == ("unstable", round(12 / 40_500 * 100_000, 4))
    for hidden in (cedar, dover):
        assert (hidden["state"], hidden["numerator"], hidden["rate"], hidden["lower"], hidden["upper"]) == (
            "suppressed", None, None, None, None,
        )  # fmt: skip


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidQuery, match="no table"):
        ReleaseReader(write_release(release(), tmp_path)).cells(TOWNS._replace(period="1999"))


def test_the_same_release_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (write_release(release(), tmp_path / name).read_bytes() for name in "ab")
    assert one == two


def test_a_release_file_needs_no_journal_and_cannot_be_written(tmp_path: Path) -> None:
    path = write_release(release(), tmp_path)
    assert path.read_bytes()[18:20] == b"\x01\x01", "1: rollback journal; 2 would be a write-ahead log"
    with pytest.raises(Exception, match="readonly"):
        ReleaseReader(path)._connection.execute("DELETE FROM cell")
    assert [file.name for file in tmp_path.iterdir() if "journal" in file.name] == []


def test_a_number_is_used_once(tmp_path: Path) -> None:
    write_release(release(), tmp_path)
    with pytest.raises(StoreError, match="release 1 already"):
        write_release(release(), tmp_path)


def test_the_newest_release_is_current(tmp_path: Path) -> None:
    assert current(tmp_path) is None
    for at in (1, 2, 3):
        write_release(release(at), tmp_path)
        assert number(tmp_path) == at


@pytest.mark.parametrize("harm", ["flipped", "cut", "gone"])
def test_a_damaged_release_is_refused_and_the_one_before_is_served(tmp_path: Path, harm: str) -> None:
    write_release(release(1), tmp_path)
    path = write_release(release(2), tmp_path)
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(bytes(body) if harm == "flipped" else path.read_bytes()[:-4096])
    assert number(tmp_path) == 1
    with pytest.raises(StoreError, match=r"release-0002\.db"):
        open_release(tmp_path, "2")


@pytest.mark.parametrize(
    ("where", "name"),
    [("file", "_insert"), ("file", "keep"), ("file", "checksum"), ("file", "write_index"), ("shelf", "keep")],
)
def test_whoever_is_killed_on_the_way_leaves_the_release_before_current(tmp_path: Path, where: str, name: str) -> None:
    write_release(release(1), tmp_path)
    script = KILLED.format(paths=[str(ROOT), str(ROOT / "tests")], where=where, name=name, folder=str(tmp_path))
    assert subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT).returncode == 9
    assert number(tmp_path) == 1
    write_release(release(2), tmp_path)
    assert number(tmp_path) == 2


def test_a_withdrawn_release_is_passed_over_and_keeps_its_reason(tmp_path: Path) -> None:
    for at in (1, 2):
        write_release(release(at), tmp_path, made_by="Ann", approved_by="Ben")
    with pytest.raises(InvalidQuery, match="why"):
        withdraw(tmp_path, 2, reason=" ", on="2026-12-01")
    withdraw(tmp_path, 2, reason="Wrong source", on="2026-12-01")
    assert number(tmp_path) == 1
    gone = listed(tmp_path)[1]
    assert (gone.made_by, gone.approved_by, gone.withdrawn_because) == ("Ann", "Ben", "Wrong source")
    assert open_release(tmp_path, "2").number == 2, "later releases are still audited with it"
    assert entry(tmp_path, "latest").number == 1


def test_a_release_for_another_audience_is_not_the_publics(tmp_path: Path) -> None:
    write_release(replace(release(1), audience="partners"), tmp_path)
    assert current(tmp_path) is None
    found = current(tmp_path, audience="partners")
    assert found is not None
    assert found.number == 1


def test_a_damaged_index_is_told(tmp_path: Path) -> None:
    write_release(release(), tmp_path)
    (tmp_path / "index.json").write_text(json.dumps({"releases": [{"number": 1}]}))
    with pytest.raises(StoreError, match=r"index\.json"):
        current(tmp_path)


def test_another_database_is_no_release(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(b"no database at all, only words" * 40)
    with pytest.raises(StoreError, match="not a release file"):
        ReleaseReader(other)


def test_reading_a_release_loads_no_store_and_no_solver() -> None:
    heavy = ("sqlalchemy", "highspy", "pandas", "geopandas", "dash", "flask", "dashboard.store", "scipy.sparse")
    script = f"import sys, dashboard.releases.reading\nprint([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "[]"
