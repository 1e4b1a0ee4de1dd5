"""Downloads are tables and nothing else: what a spreadsheet would run is text."""

import csv
import io

import pytest

from public import downloads


@pytest.mark.parametrize("name", ["=1+1", "+1+1", "-1+1", "-x", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_is_quoted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "records", lambda _scene: [{"place": name, "rate": -1.5, "lower": None}])
    (row,) = csv.DictReader(io.StringIO(downloads.as_csv(None), newline=""))  # type: ignore[arg-type]
    assert row == {"place": f"'{name}", "rate": "-1.5", "lower": ""}
