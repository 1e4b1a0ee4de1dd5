"""The rows of a load are read from the database once a machine, and never believed where they are not whole."""

from pathlib import Path

import pytest
from sqlalchemy import delete

from dashboard.store import load_rows, schema
from dashboard.store.cube import LOADS, is_quick

FIRST = [("deaths", "Ash", 2018, 12), ("deaths", "Birch", 2018, "suppressed")]
TOLD = {"Ash": 12, "Birch": "suppressed", "Cedar": "not_reported", "Dogwood": "not_reported"}


def kept(home: Path) -> Path:
    """What is kept of the load that has rows."""
    return max((home / "cube" / LOADS).rglob("*.npy"), key=lambda path: path.stat().st_size)


def test_a_later_load_does_not_read_the_earlier_one_again(ledger):
    ledger.load(FIRST)
    assert ledger.told("death_rate", "2018") == TOLD
    with ledger.engine.begin() as connection:
        connection.execute(delete(schema.observation))
    ledger.load([("deaths", "Cedar", 2018, 7)])
    assert ledger.told("death_rate", "2018") == TOLD | {"Cedar": 7}


@pytest.mark.parametrize("left", [b"", b"\x93NUMPY\x01\x00", b"no columns at all"])
def test_what_is_not_whole_is_read_from_the_database_again(ledger, left):
    ledger.load(FIRST)
    ledger.told("death_rate", "2018")
    path = kept(ledger.home)
    whole = path.read_bytes()
    path.write_bytes(left)
    ledger.load([("deaths", "Cedar", 2018, 7)])
    assert ledger.told("death_rate", "2018") == TOLD | {"Cedar": 7}
    assert path.read_bytes() == whole


def test_a_file_cut_short_is_read_from_the_database_again(ledger):
    ledger.load(FIRST)
    ledger.told("death_rate", "2018")
    path = kept(ledger.home)
    path.write_bytes(path.read_bytes()[:-20])
    ledger.load([("deaths", "Cedar", 2018, 7)])
    assert ledger.told("death_rate", "2018") == TOLD | {"Cedar": 7}
    assert not list(path.parent.glob("*.unfinished"))


def test_an_earlier_day_is_built_within_a_request_once_the_rows_are_here(ledger):
    ledger.load(FIRST)
    assert not is_quick(ledger.engine, ledger.home)
    ledger.told("death_rate", "2018")
    assert is_quick(ledger.engine, ledger.home)
    kept(ledger.home).unlink()
    assert not is_quick(ledger.engine, ledger.home)


def test_many_rows_are_put_together_in_a_process_of_their_own(ledger, monkeypatch):
    ledger.load(FIRST)
    ledger.told("death_rate", "2018")
    monkeypatch.setattr(load_rows, "QUICK_BYTES", 10)
    assert not is_quick(ledger.engine, ledger.home)
