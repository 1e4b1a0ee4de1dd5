"""You said, we did: what the public reads of it, and that it is not there where nothing is public."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from numpy.testing import assert_array_equal
from release_maker import release

from dashboard.releases.file import write_release
from dashboard.releases.reading import ReleaseReader, current
from dashboard.releases.release import PublicText
from public.server import build_server
from public.shelf import FolderShelf


@pytest.fixture
def without(tmp_path: Path) -> Iterator[FlaskClient]:
    """Reads a release with no text."""
    write_release(replace(release(), texts=()), tmp_path)
    with build_server(FolderShelf(tmp_path)).test_client() as reader:
        yield reader


def test_an_answer_is_read_in_its_own_language_and_markup_stays_letters(client: FlaskClient) -> None:
    page = client.get("/r/1/said/").text
    asked = '<div class="words" lang="es" dir="auto"><p>Abran <strong>los domingos</strong> &lt;b&gt;ya&lt;/b&gt;.</p>'
    assert asked in page
    assert "<li>Abrimos.</li>" in page
    assert "Family member, September 2026" in page
    assert "It is done." in page
    assert '<div class="words" lang="en" dir="auto"><p>We talk about people first.</p>' in page


def test_role_month_and_outcome_are_told_in_the_language_of_the_page(client: FlaskClient) -> None:
    page = client.get("/es/r/1/said/").text
    assert "Familiar, septiembre de 2026" in page
    assert "Está hecho." in page


def test_the_door_is_there_only_where_something_is_public(client: FlaskClient, without: FlaskClient) -> None:
    assert "said/" in client.get("/r/1/").text
    assert "said/" not in without.get("/r/1/").text
    moved = without.get("/r/1/said/")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/r/1/?instead=page")


def test_a_release_keeps_its_texts_and_an_older_file_has_none(tmp_path: Path) -> None:
    file = write_release(release(), tmp_path)
    assert tuple(ReleaseReader(file).texts) == tuple(release().texts)
    older = tmp_path / "older.db"
    older.write_bytes(file.read_bytes())
    with sqlite3.connect(older) as connection:
        connection.execute("DROP TABLE public_text")
    connection.close()
    assert ReleaseReader(older).texts == []


def test_texts_have_no_part_in_the_numbers(tmp_path: Path) -> None:
    write_release(release(), tmp_path / "with")
    write_release(replace(release(), texts=[PublicText("conduct", "en", "Other words")]), tmp_path / "other")
    one, other = current(tmp_path / "with"), current(tmp_path / "other")
    assert one is not None
    assert other is not None
    assert one.structure() == other.structure()
    for table in one.tables:
        assert_array_equal(one.cells(table).numerator, other.cells(table).numerator)
