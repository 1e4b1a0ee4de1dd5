"""Targets of a release: baseline and standing are released numbers, and nothing else is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
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
    targets, statuses = released_targets([WANTED], state(("2024", 20), ("2022", 40)))
    assert [(t.baseline, t.baseline_period, t.target, t.owner) for t in targets] == [(40.0, "2022", 30.0, "")]
    assert (statuses["t1"]["period"], statuses["t1"]["rate"]) == ("2024", 20.0)
    made = replace(release(), targets=targets, target_statuses=statuses)
    (read,) = ReleaseReader(write_release(made, tmp_path)).targets
    assert (read.coalition, read.owner, read.strategy, read.contributors, read.baseline) == ("", "", "", (), 40.0)


@pytest.mark.parametrize(
    ("newest", "status"),
    # Garwood limits of 100,000 residents: 12 -> 6.2 to 21.0, 25 -> 16.2 to 36.9, 60 -> 45.8 to 77.2.
    [(12, "met"), (25, "too_early_to_tell"), (60, "not_met")],
)
def test_a_target_is_met_or_missed_only_when_the_whole_interval_says_so(newest: int, status: str) -> None:
    _, statuses = released_targets([WANTED], state(("2022", 40), ("2024", newest)))
    assert statuses["t1"]["status"] == status


def test_a_target_whose_place_has_no_released_rate_is_not_told() -> None:
    assert released_targets([WANTED], state(("2022", None), ("2024", 7))) == ([], {}), "hidden, and too few for a rate"
    assert released_targets([replace(WANTED, partner="clinic")], state(("2022", 40)))[0] == []
    assert released_targets([replace(WANTED, place="25021")], state(("2022", 40)))[0] == []
