"""The demonstration, and the real files of Massachusetts and Connecticut: the attacker recovers nothing promised."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from attack_notebook import Cell, Notebook
from attack_publish import read_numbers, release, site
from attack_solve import attack
from attack_staff import staff_truth
from attack_verdict import Recovered, led_astray, recovered

from dashboard.store.cube import open_cube
from dashboard.store.engine import open_engine
from dashboard.store.reader import CubeReader

pytestmark = pytest.mark.long
ELEVEN = ("treatment_admissions_rate",)
"""Indicators of which counts below 11 are hidden; of the others, counts below 5."""
FILES = ("ma/opioid_deaths_by_residence_2014_2018.csv", "ma/opioid_deaths_by_place_of_death_2014_2018.csv",
         "ct/ocme_2012_2022.csv", "ct/village_to_town.csv", "ct/dmhas_admissions_fy2010_2020.csv")  # fmt: skip


def filled(home: Path, *arguments: str) -> CubeReader:
    """The staff's reader of a store that the command line filled."""
    ran = subprocess.run(
        [Path(sys.executable).with_name("coalition"), *arguments], capture_output=True, text=True, check=False,
        env=os.environ | {"COALITION_HOME": str(home), "COALITION_DATABASE_URL": ""},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return CubeReader(open_cube(open_engine(f"sqlite:///{home / 'coalition.db'}"), home))


def promised(book: Notebook) -> set[str]:
    """Series of which some page says that it hides a number: a public record hides none and promises none."""
    return {cell.series for cell in book.hidden() if cell not in book.standing_in}


def out(staff: CubeReader, folder: Path) -> list[Recovered]:
    """What is recovered of everything that the pages promise to hide."""
    book = read_numbers(site(folder))
    series = promised(book)
    assert series
    book.cells = {cell: known for cell, known in book.cells.items() if _touches(book, cell, series)}
    book.among = [pair for pair in book.among if _holds(staff, book, pair)]
    found = {cell: at for cell, at in attack(book, threshold=11).items() if set(cell.series.split(" less ")) <= series}
    truth = staff_truth(staff, [*book.cells, *found])
    assert [c for c, known in book.cells.items() if c in truth and not known.low <= truth[c] <= known.high] == []
    assert led_astray(found, truth) == []
    strict = {cell: at for cell, at in found.items() if cell.series.startswith(ELEVEN)}
    rest = {cell: at for cell, at in found.items() if cell not in strict}
    return [each for some, threshold in ((strict, 11), (rest, 5))
            for each in recovered(some, truth, threshold=threshold, unpromised=book.standing_in)]  # fmt: skip


def _holds(staff: CubeReader, book: Notebook, pair: tuple[str, str]) -> bool:
    """Whether the first series really lies within the second: two sources may count differently."""
    less = [cell._replace(series=f"{pair[1]} less {pair[0]}") for cell in book.cells if cell.series == pair[0]]
    return all(count >= 0 for count in staff_truth(staff, less).values())


def _touches(book: Notebook, cell: Cell, series: set[str]) -> bool:
    tied = {each for pair in book.among if series & set(pair) for each in pair}
    return cell.series in series | tied


def test_nothing_is_recovered_from_the_demonstration(tmp_path: Path) -> None:
    staff = filled(tmp_path, "demo", "--rows", "600000")
    release(staff, tmp_path / "releases", on=date(2026, 11, 1))
    assert out(staff, tmp_path / "releases") == []


def test_nothing_is_recovered_from_real_files_of_two_states(shared: Path, tmp_path: Path) -> None:
    staff = filled(tmp_path, "load", *(str(shared / name) for name in FILES))
    release(staff, tmp_path / "releases", on=date(2026, 11, 1))
    assert out(staff, tmp_path / "releases") == []
