"""Targets in the store: every version is kept, clashes are told, and an earlier day shows what held then."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import Engine, text

from dashboard.domain import SourceCard, Target
from dashboard.errors import SavedMeanwhile
from dashboard.intake import Intake
from dashboard.store.engine import connect, migrate, open_engine
from dashboard.store.targets import TargetBoard, name_strategy, save_target, targets_version
from dashboard.store.writer import write

WANTED = Target("t1", "ours", "death_rate", 50.0, "2020", 30.0, date(2027, 12, 31), "Steering group",
                contributors=("clinic", "ems"), strategy="s1")  # fmt: skip
FIRST, SECOND = datetime(2026, 1, 5, 9), datetime(2026, 2, 5, 9)


def save(store: Engine, target: Target, *, why: str = "agreed", now: datetime = FIRST) -> Target:
    return save_target(store, target, who="Ann", why=why, now=now)


def test_a_saved_target_is_read_back_whole(store: Engine) -> None:
    assert save(store, WANTED) == replace(WANTED, version=1)
    assert TargetBoard(store).targets == (replace(WANTED, version=1),)


def test_every_version_keeps_who_when_and_why(store: Engine) -> None:
    opened = save(store, WANTED)
    save(store, replace(opened, target=25.0), why="more money", now=SECOND)
    first, second = TargetBoard(store).history["ours", "t1"]
    assert (first.target.target, first.who, first.why, first.saved_at) == (30.0, "Ann", "agreed", FIRST)
    assert (second.target.target, second.why, second.saved_at) == (25.0, "more money", SECOND)
    assert [one.target.version for one in (first, second)] == [1, 2]


def test_of_two_who_edit_at_the_same_time_the_second_is_told_and_nothing_is_lost(store: Engine) -> None:
    opened = save(store, WANTED)
    save(store, replace(opened, owner="Ann's group"))
    with pytest.raises(SavedMeanwhile, match="Somebody else saved"):
        save(store, replace(opened, owner="Ben's group"))
    assert [one.target.owner for one in TargetBoard(store).history["ours", "t1"]] == ["Steering group", "Ann's group"]


def test_a_new_target_does_not_overwrite_one_of_the_same_id(store: Engine) -> None:
    save(store, WANTED)
    with pytest.raises(SavedMeanwhile):
        save(store, replace(WANTED, target=10.0))


def test_saving_what_is_as_it_was_makes_no_version(store: Engine) -> None:
    opened = save(store, WANTED)
    before = targets_version(store)
    assert save(store, opened) == opened
    assert targets_version(store) == before
    assert len(TargetBoard(store).history["ours", "t1"]) == 1


def test_an_earlier_day_shows_what_held_then(store: Engine) -> None:
    save(store, replace(save(store, WANTED), target=25.0), now=SECOND)
    assert TargetBoard(store, date(2026, 1, 4)).targets == ()
    assert TargetBoard(store, date(2026, 1, 5)).targets[0].target == 30.0
    assert TargetBoard(store, date(2026, 2, 5)).targets[0].target == 25.0


def test_coalitions_do_not_share_targets(store: Engine) -> None:
    save(store, WANTED)
    save(store, replace(WANTED, coalition="theirs", target=10.0))
    assert {(one.coalition, one.target) for one in TargetBoard(store).targets} == {("ours", 30.0), ("theirs", 10.0)}


def test_a_file_makes_new_targets_and_new_versions_of_changed_ones(store: Engine) -> None:
    card = SourceCard("targets", "Targets", "us", "ours")
    for number, wanted in enumerate((WANTED, WANTED, replace(WANTED, target=20.0))):
        intake = Intake("targets", f"sheet {number}", str(number), date(2026, 1, 1), targets=[wanted],
                        strategies=[("ours", "s1", "Kits at every door")], targets_why="from the sheet")  # fmt: skip
        write(store, intake, card, FIRST)
    versions = TargetBoard(store).history["ours", "t1"]
    assert [(one.target.target, one.who) for one in versions] == [(30.0, "sheet 0"), (20.0, "sheet 2")]
    assert TargetBoard(store).strategies == {("ours", "s1"): "Kits at every door"}


def test_a_strategy_keeps_its_name(store: Engine) -> None:
    name_strategy(store, "ours", "s1", "Kits at every door")
    name_strategy(store, "ours", "s1", "Another")
    assert TargetBoard(store).strategies["ours", "s1"] == "Kits at every door"


def test_targets_of_a_store_without_history_become_first_versions(store_url: str) -> None:
    engine = open_engine(store_url)
    migrate(engine, "0002")
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text(
            "INSERT INTO load (id, coalition_id, source, title, publisher, licence, url, file_name, sha256, as_of,"
            " loaded_at, rows_accepted, rows_refused, notes, demonstration) VALUES"
            " (1, '', 's', '', '', '', '', '', 'x', '2026-01-01', '2026-01-02 00:00:00', 0, 0, '[]', false)"
        ))  # fmt: skip
        connection.execute(text(
            "INSERT INTO target VALUES"
            " ('ours', 't1', 'death_rate', 50, '2020', 30, '2027-12-31', 'Group', '', '', '', '')"
        ))  # fmt: skip
    engine.dispose()
    newest = connect(store_url)
    (version,) = TargetBoard(newest).history["ours", "t1"]
    assert (version.target.target, version.target.version, version.saved_at) == (30, 1, datetime(2026, 1, 2))
    newest.dispose()
