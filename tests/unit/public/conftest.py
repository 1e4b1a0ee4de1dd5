"""A shelf with a small release, and somebody who reads the public pages of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from release_maker import release

from dashboard.releases.file import write_release
from public.server import build_server
from public.shelf import FolderShelf


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with one release."""
    folder = tmp_path / "releases"
    write_release(release(), folder)
    return folder


@pytest.fixture
def client(shelf: Path) -> Iterator[FlaskClient]:
    """A reader of the public server, which one other site may frame."""
    server = build_server(
        FolderShelf(shelf), address="https://data.example.org", frame_ancestors="https://www.county.example"
    )
    with server.test_client() as reader:
        yield reader
