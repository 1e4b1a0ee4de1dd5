"""The section of what was measured at scale: how growth is told, and that each writer keeps the other's figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import report, scale_report
from benchmarks.measured import Asked, Crowd, Measured, Renewed, keep, kept


def measured(rows: int, change_ms: float, **more: object) -> Measured:
    asked = Asked(40.0, 30.0, 20.0), Asked(2 * change_ms, change_ms, 5.0)
    return Measured(f"351 towns {rows}", "351 towns", 351, rows, "ours", 3.0, *asked, 90.0, 130.0, **more)


@pytest.mark.parametrize(("after", "times", "grown"), [(8.0, 1.0, 0), (80.0, 10.0, 1), (16.0, 4.0, 0.5)])
def test_growth_is_told_as_an_exponent(after: float, times: float, grown: float) -> None:
    assert scale_report.exponent(8.0, after, times if times > 1 else 10.0) == pytest.approx(grown)


def test_what_was_not_reached_is_said() -> None:
    told = scale_report.section([measured(1_000_000, 20.0), measured(10_000_000, 50.0)])
    assert "a change within twice that at a million rows (351 towns 10000000, CPU): NOT reached, 2.50" in told
    assert "a worker under 700 MB (351 towns 10000000): reached, 130 MB" in told
    assert "| of rows, 351 towns | 0.00 | 0.40 | 0.00 | 0.00 |" in told  # 2.5 is 10 to the power of 0.4


def test_a_fault_is_not_reached_however_quick_the_others_were() -> None:
    quick = Crowd(p95_ms=100.0, last_ms=9_000.0, faults=1)
    told = scale_report.section([measured(1_000_000, 20.0, staff=quick, comers=quick)])
    assert told.count("NOT reached") == 2


def test_a_load_counts_until_every_worker_tells_of_it() -> None:
    told = scale_report.section([measured(1_000_000, 20.0, renewed=Renewed(1_000_000, 40.0, 25.0))])
    assert "a load of a million rows under a minute (351 towns 1000000): NOT reached, 65.0 s" in told


def test_what_took_no_time_that_can_be_told_does_not_grow() -> None:
    told = scale_report.section([measured(1_000_000, 0.0), measured(10_000_000, 50.0)])
    assert "| of rows, 351 towns | 0.00 |  | 0.00 | 0.00 |" in told


def test_a_table_comes_together_from_what_is_kept_of_each_store(tmp_path: Path) -> None:
    one = measured(1_000_000, 20.0, doors={"Places": Asked(1.0, 2.0, 3.0)}, comers=Crowd(1.0, 2.0, 0))
    keep([one], tmp_path)
    assert kept(tmp_path) == [one]
    assert kept(tmp_path / "elsewhere") == []


def test_either_writer_keeps_what_the_other_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "results.md"
    monkeypatch.setattr(report, "RESULTS", path)
    report.write([report.Line("a page", "ms", 10)], 5, quick=False, load=1.0)
    for change_ms in (20.0, 30.0):
        scale_report.keep(scale_report.section([measured(1_000_000, change_ms)]), path)
    report.write([report.Line("a page", "ms", 11)], 5, quick=False, load=1.0, more=scale_report.kept(path))
    text = path.read_text()
    assert ("11.0 ms" in text, "10.0 ms" in text, "30.0 ms" in text, "20.0 ms" in text) == (True, False, True, False)
    assert text.count(scale_report.BEGIN) == text.count(scale_report.END) == 1
