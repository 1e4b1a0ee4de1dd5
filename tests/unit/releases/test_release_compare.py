"""What changed between two releases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from release_maker import release

from dashboard.releases.compare import compare
from dashboard.releases.file import write_release
from dashboard.releases.reading import ReleaseReader
from dashboard.releases.release import Release


def opened(made: Release, folder: Path) -> ReleaseReader:
    return ReleaseReader(write_release(made, folder))


def test_the_same_numbers_are_no_change(tmp_path: Path) -> None:
    assert compare(opened(release(1), tmp_path), opened(release(2), tmp_path)).sentences == ["Nothing changed."]


def test_revised_hidden_and_shown_numbers_are_told_apart(tmp_path: Path) -> None:
    first = release(1)
    cells = list(first.cells)
    cells[0] = replace(cells[0], numerator=33)
    cells[1] = replace(cells[1], numerator=None, state="suppressed", low=0, high=4)
    cells[2] = replace(cells[2], numerator=9, state="value", low=None, high=None)
    changed = replace(first, number=2, cells=[cell for cell in cells if cell.table.period != "2023"])
    found = compare(opened(first, tmp_path), opened(changed, tmp_path))
    assert [(each.place, each.before, each.now) for each in found.revised] == [("Ashby", 31, 33)]
    assert [each.place for each in found.newly_hidden] == ["Birch"]
    assert [each.place for each in found.newly_shown] == ["Cedar"]
    assert [table.period for table in found.dropped] == ["2023"]
    assert found.sentences == [
        "1 table is gone.", "1 number was revised by its source.", "1 number is hidden that was shown.",
        "1 number is shown that was hidden.",
    ]  # fmt: skip
