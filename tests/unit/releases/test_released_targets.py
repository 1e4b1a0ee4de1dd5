"""Targets of a release: the baseline is a released number, and nothing else of staff is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from release_maker import DEATHS, cell, release

from dashboard.domain import Target
from dashboard.releases.file import write_release
from dashboard.releases.reading import ReleaseReader
from dashboard.releases.release import Release, TableKey
from dashboard.releases.released_targets import released_targets

WANTED = Target("t1", "ours", DEATHS, 99.9, "2021-10..2022-09", 30.0, date(2027, 12, 31), "Ann Smith", place="25",
                strategy="s", contributors=("clinic",))  # fmt: skip


def state(*years: tuple[str, int | None]) -> Release:
    made = release()
    return replace(made, cells=[
        cell(TableKey(DEATHS, "residence", "state", year, ""), "25", count, 100_000) for year, count in years
    ])  # fmt: skip


def test_the_baseline_is_the_first_released_rate_and_the_owner_stays_with_staff(tmp_path: Path) -> None:
    targets = released_targets([WANTED], state(("2024", 20), ("2022", 40)))
    assert [(t.baseline, t.baseline_period, t.target, t.owner) for t in targets] == [(40.0, "2022", 30.0, "")]
    made = replace(release(), targets=targets)
    (read,) = ReleaseReader(write_release(made, tmp_path)).targets
    assert (read.coalition, read.owner, read.strategy, read.contributors, read.baseline) == ("", "", "", (), 40.0)


def test_a_target_whose_place_has_no_released_rate_is_not_told() -> None:
    assert released_targets([WANTED], state(("2022", None), ("2024", 7))) == [], "hidden, and too few for a rate"
    assert released_targets([replace(WANTED, partner="clinic")], state(("2022", 40))) == []
    assert released_targets([replace(WANTED, place="25021")], state(("2022", 40))) == []
