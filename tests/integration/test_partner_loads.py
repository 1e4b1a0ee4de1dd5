"""What a partner brought, in both databases: saved once, undone with a trace, remembered, and never half written."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.domain import Jurisdiction, Level, Partner, Period, SourceCard
from dashboard.errors import InvalidQuery
from dashboard.intake import Coverage, Intake
from dashboard.store.cube import open_cube
from dashboard.store.partner_changes import Differences, as_held, differences, holding, source_of
from dashboard.store.partner_files import Brought, Saved, history, remembered, save, undo
from dashboard.store.writer import write

ATHOL, ORANGE = "2502702480", "2501151265"
NAMES = {ATHOL: "Athol", ORANGE: "Orange"}
LEVELS = {ATHOL: "town", ORANGE: "town"}
CARD = SourceCard("partner-stonecrop", "Stonecrop, its own numbers", "Stonecrop", "by agreement")
NOON = datetime(2026, 6, 10, 12)


@pytest.fixture
def towns(store: Engine) -> Engine:
    """A store that knows two towns and one partner."""
    intake = Intake("towns", "towns.csv", sha256(b"towns").hexdigest(), date(2026, 1, 1))
    intake.places = [Jurisdiction("25", "Massachusetts", Level.STATE, "25")]
    intake.places += [Jurisdiction(geoid, name, Level.TOWN, "25") for geoid, name in NAMES.items()]
    intake.coalitions = [("quabbin", "Quabbin", "")]
    intake.partners = [Partner("stonecrop", "Stonecrop", "harm reduction", "quabbin")]
    write(store, intake, SourceCard("towns", "Towns", "us", "public domain"), datetime(2026, 1, 2))
    return store


def brought(kits: Mapping[str, float], *, month: str = "2026-05", name: str = "kits.xlsx", word: str = "") -> Brought:
    """Kits of one month by town, as the file `name` says them."""
    period = Period.parse(month)
    digest = sha256(f"{name}{sorted(kits.items())}{month}".encode()).hexdigest()
    intake = Intake(CARD.id, name, digest, date(2026, 6, 10))
    for geoid, count in kits.items():
        intake.observations.add("naloxone_kits", geoid, (period.start, period.end), float(count), partner="stonecrop")
    intake.coverage = [Coverage("naloxone_kits", period.start, period.end, Level.TOWN, partner="stonecrop")]
    intake.rows_accepted = len(kits)
    return Brought(intake, "quabbin", "stonecrop", "file", "Ann", "layout-1", {"column": "B"}, word)


def told(store: Engine, home: Path, month: str = "2026-05", as_of: date | None = None) -> dict[str, float | None]:
    """Kits by town that count, as known at the end of a day."""
    held = holding(open_cube(store, home, as_of=as_of), CARD.id, "stonecrop")
    return {NAMES[key.geoid]: number.value for key, number in held.items() if key.start == Period.parse(month).start}


def looked_at(store: Engine, home: Path, what: Brought) -> Differences:
    cube = open_cube(store, home)
    held = holding(cube, source_of(cube, "stonecrop").id, "stonecrop")
    return differences(held, as_held(what.intake, held), LEVELS)


def test_what_was_saved_is_what_is_read(towns: Engine, tmp_path: Path) -> None:
    assert save(towns, brought({ATHOL: 3, ORANGE: 0}), CARD, NOON).new
    assert told(towns, tmp_path) == {"Athol": 3, "Orange": 0}


def test_the_same_file_again_changes_nothing(towns: Engine) -> None:
    first = save(towns, brought({ATHOL: 3}), CARD, NOON)
    assert save(towns, brought({ATHOL: 3}), CARD, NOON) == Saved(first.load_id, new=False)
    assert len(history(towns, "stonecrop")) == 1


def test_ten_at_once_leave_one_load(towns: Engine) -> None:
    with ThreadPoolExecutor(10) as pool:
        done = list(pool.map(lambda _: save(towns, brought({ATHOL: 3}), CARD, NOON), range(10)))
    assert sum(one.new for one in done) == 1
    assert len(history(towns, "stonecrop")) == 1


def test_before_saving_it_is_told_what_would_change(towns: Engine, tmp_path: Path) -> None:
    save(towns, brought({ATHOL: 3, ORANGE: 5}), CARD, NOON)
    found = looked_at(towns, tmp_path, brought({ATHOL: 4}, name="revised.xlsx"))
    assert found.counts() == {"added": 0, "changed": 1, "withdrawn": 1, "unchanged": 0}
    assert [
        (one.key.geoid, one.before and one.before.value, one.after and one.after.value) for one in found.changed
    ] == [(ATHOL, 3.0, 4.0)]
    assert looked_at(towns, tmp_path, brought({ATHOL: 1}, month="2026-06")).counts()["added"] == 1
    assert not looked_at(towns, tmp_path, brought({ATHOL: 3, ORANGE: 5}, name="again.xlsx")).any


def test_a_revision_keeps_the_old_view(towns: Engine, tmp_path: Path) -> None:
    save(towns, brought({ATHOL: 3}), CARD, NOON)
    save(towns, brought({ATHOL: 7}, name="revised.xlsx"), CARD, datetime(2026, 6, 20))
    assert told(towns, tmp_path)["Athol"] == 7
    assert told(towns, tmp_path, as_of=date(2026, 6, 15))["Athol"] == 3


def test_an_undone_load_does_not_count_and_leaves_a_trace(towns: Engine, tmp_path: Path) -> None:
    save(towns, brought({ATHOL: 3}), CARD, NOON)
    second = save(towns, brought({ATHOL: 30}, name="typo.xlsx", word="a fair"), CARD, datetime(2026, 6, 20))
    undo(towns, second.load_id, who="Ann", why="a typing error", now=datetime(2026, 6, 25))
    assert told(towns, tmp_path)["Athol"] == 3
    assert told(towns, tmp_path, as_of=date(2026, 6, 22))["Athol"] == 30
    newest = history(towns, "stonecrop")[0]
    assert (newest.word, newest.undone_by, newest.undone_why) == ("a fair", "Ann", "a typing error")


def test_an_undone_file_can_be_brought_again(towns: Engine, tmp_path: Path) -> None:
    first = save(towns, brought({ATHOL: 3}), CARD, NOON)
    undo(towns, first.load_id, who="Ann", why="", now=datetime(2026, 6, 11))
    again = save(towns, brought({ATHOL: 3}), CARD, datetime(2026, 6, 12))
    assert again.new
    assert again.load_id != first.load_id
    assert told(towns, tmp_path)["Athol"] == 3


def test_undoing_twice_or_nothing_is_refused(towns: Engine) -> None:
    first = save(towns, brought({ATHOL: 3}), CARD, NOON)
    undo(towns, first.load_id, who="Ann", why="", now=NOON)
    with pytest.raises(InvalidQuery, match="already"):
        undo(towns, first.load_id, who="Ann", why="", now=NOON)
    with pytest.raises(InvalidQuery, match="no load 1 "):
        undo(towns, 1, who="Ann", why="", now=NOON)


def test_an_older_load_is_not_undone_below_a_newer_one_unless_said(towns: Engine, tmp_path: Path) -> None:
    first = save(towns, brought({ATHOL: 3}), CARD, NOON)
    save(towns, brought({ATHOL: 7}, name="revised.xlsx"), CARD, datetime(2026, 6, 20))
    with pytest.raises(InvalidQuery, match=f"came after load {first.load_id}"):
        undo(towns, first.load_id, who="Ann", why="", now=datetime(2026, 6, 25))
    undo(towns, first.load_id, who="Ann", why="", now=datetime(2026, 6, 25), anyway=True)
    assert told(towns, tmp_path)["Athol"] == 7


def test_what_the_columns_meant_is_remembered_until_it_is_said_anew(towns: Engine) -> None:
    save(towns, brought({ATHOL: 3}), CARD, NOON)
    assert remembered(towns, "quabbin", "stonecrop") == {"layout-1": {"column": "B"}}
    assert remembered(towns, "quabbin", "another") == {}
