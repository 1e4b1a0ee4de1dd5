"""What a first view weighs over the wire, on the real shapes of a whole state."""

import posixpath
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from state_release import DEATHS, WINDOW, state_release

from dashboard.releases.file import write_release
from public.server import build_server
from public.shelf import FolderShelf

MOST_EMBED, MOST_PAGE = 150_000, 300_000
HEADERS = 600
"""Bytes of headers that a browser gets with every answer, more than ours are."""


@pytest.fixture(scope="module")
def state(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("state") / "releases"
    write_release(state_release(shared), folder)
    return build_server(FolderShelf(folder), address="https://data.example.org").test_client()


def weight(client: FlaskClient, path: str, encoding: str = "br") -> int:
    """Bytes of a page with everything that it loads, each compressed as a browser gets it."""
    page = client.get(path, headers={"Accept-Encoding": encoding})
    assert page.status_code == 200, path
    body = client.get(path).get_data(as_text=True)
    loaded = re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', body)
    assert len(loaded) == 2
    total = len(page.data) + HEADERS
    for each in loaded:
        address = posixpath.normpath(posixpath.join(path, each))
        total += len(client.get(address, headers={"Accept-Encoding": encoding}).data) + HEADERS
    return total


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("language", ["", "/es"])
def test_a_framed_map_weighs_at_most_150_kb(state: FlaskClient, language: str, encoding: str) -> None:
    assert weight(state, f"{language}/embed/r/1/map/{DEATHS}/{WINDOW}/all/", encoding) <= MOST_EMBED


@pytest.mark.parametrize("path", ["", f"map/{DEATHS}/{WINDOW}/all/", f"trend/{DEATHS}/25/all/", "town/2501127060/",
                                  "targets/", "gaps/", "help/"])  # fmt: skip
def test_a_page_weighs_at_most_300_kb(state: FlaskClient, path: str) -> None:
    assert weight(state, f"/r/1/{path}", "gzip") <= MOST_PAGE


def test_a_page_without_compression_stays_light_too(state: FlaskClient) -> None:
    assert len(state.get(f"/r/1/map/{DEATHS}/{WINDOW}/all/").data) <= MOST_PAGE
