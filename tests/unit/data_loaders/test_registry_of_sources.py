"""A new loader is one new module; a file is recognised by its content."""

from pathlib import Path

import pytest

import data_loaders.registry as registry
from dashboard.indicators import registry as indicator_registry
from dashboard.intake import Intake
from data_loaders.contract import Context, Report, Source
from data_loaders.rawfile import RawFile


def nothing(_file: RawFile, _context: Context, _report: Report) -> Intake:
    raise AssertionError("recognising a file does not read it")


def source(id_: str, *columns: str) -> Source:
    return Source(id_, id_, "publisher", "licence", "", "", (), nothing, columns)


def test_every_source_says_who_publishes_it_and_under_which_licence() -> None:
    for id_, one in registry.sources().items():
        assert id_ == one.id
        assert all(text.strip() for text in (one.title, one.publisher, one.licence, one.description)), id_


def test_every_measure_of_a_source_is_defined() -> None:
    known = set(indicator_registry().measures)
    for one in registry.sources().values():
        assert set(one.measures) <= known, one.id


def test_no_two_sources_claim_the_same_columns() -> None:
    columns = [one.columns for one in registry.sources().values() if one.columns and one.recognises is None]
    assert len({frozenset(names) for names in columns}) == len(columns)


def test_the_source_that_knows_most_columns_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {one.id: one for one in (source("wide", "Town"), source("exact", "Town", "Year"), source("other", "Date"))}
    monkeypatch.setattr(registry, "sources", lambda: known)
    assert registry.recognise(RawFile("a.csv", b"Town,Year,Count\n")) == [known["exact"]]
    assert registry.recognise(RawFile("a.csv", b"Town,Count\n")) == [known["wide"]]
    assert registry.recognise(RawFile("a.csv", b"town,Count\n")) == []


def test_an_unknown_table_is_told_the_nearest_source_and_what_it_misses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "sources", lambda: {"exact": source("exact", "Town", "Year", "Deaths")})
    report = Report("a.csv")
    registry.explain_unknown(RawFile("a.csv", b"Town,Deaths\nAthol,1\n"), report)
    (problem,) = report.problems
    assert "exact misses 'Year'" in problem.fix
    assert "mapping" in problem.fix


def test_real_files_are_recognised_whatever_they_are_called(shared: Path) -> None:
    for folder in ("ma", "ct", "us"):
        for path in sorted((shared / folder).iterdir()):
            found = registry.recognise(RawFile("renamed.bin", path.read_bytes(), path))
            assert len(found) == 1, (path.name, [one.id for one in found])


def test_a_source_of_one_state_names_it_by_code() -> None:
    for one in registry.sources().values():
        assert one.state == "" or (len(one.state) == 2 and one.state.isdigit())
