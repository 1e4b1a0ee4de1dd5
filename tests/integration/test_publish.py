"""Publishing as a person does it: publish, audit, list, compare, withdraw; on a made store and on the real files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.releases.reading import current


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """`coalition` on the demonstration, and its folder of releases."""
    from surroundings import runner

    home = tmp_path_factory.mktemp("demonstration")
    run = runner(home)
    assert run("demo").code == 0
    return run, home / "releases"


@pytest.mark.long
def test_the_demonstration_is_published_audited_compared_and_withdrawn(demonstration: tuple[Any, Path]) -> None:
    run, folder = demonstration
    dry = run("publish", "--dry-run", "--as-of", "2026-11-22")
    assert (dry.code, "Nothing was written" in dry.out, folder.exists()) == (0, True, False)
    first = run("publish", "--as-of", "2026-11-22")
    assert (first.code, "Release 1" in first.out) == (0, True), first.err
    audited = run("audit", "latest")
    assert (audited.code, "None of them can be worked out" in audited.out) == (0, True), audited.out
    assert run("publish", "--as-of", "2026-11-23").code == 0
    assert run("releases", "--compare", "1", "2").out.strip() == "Nothing changed."
    assert run("releases", "--withdraw", "2", "--reason", "Only a test").code == 0
    assert "withdrawn" in run("releases").out
    served = current(folder)
    assert served is not None
    assert served.number == 1


def test_a_release_of_real_data_needs_a_second_person(loaded: Any) -> None:
    alone = loaded("publish", "--as-of", "2026-11-22", "--made-by", "Ann")
    assert alone.code == 1
    assert "second person" in alone.err
    same = loaded("publish", "--as-of", "2026-11-22", "--made-by", "Ann", "--approved-by", "ann ")
    assert same.code == 1
    assert "another than" in same.err
    assert "no release yet" in loaded("releases").out


def test_real_deaths_are_a_public_record_and_admissions_are_audited(loaded: Any) -> None:
    ran = loaded("publish", "--as-of", "2026-11-22", "--dry-run")
    assert ran.code == 0, ran.err
    assert "Opioid overdose deaths" in ran.out
    assert "public record of its source" in ran.out


def test_what_there_is_not_is_told(coalition: Any) -> None:
    assert "no release '7'" in coalition("audit", "7").err.lower()
    assert "no release" in coalition("releases", "--withdraw", "7", "--reason", "x").err
    assert "nothing to publish" in coalition("publish", "--made-by", "Ann", "--approved-by", "Ben").err
