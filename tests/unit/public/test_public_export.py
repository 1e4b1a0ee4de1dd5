"""Plain files: every link leads to a file, from any folder, and the host is told what it must send."""

import posixpath
import re
from html import unescape
from pathlib import Path

import pytest

from dashboard.releases.reading import ReleaseReader
from public.export import export
from public.snapshot import Snapshot


@pytest.fixture
def site(shelf: Path, tmp_path: Path) -> Path:
    export(Snapshot(ReleaseReader(shelf / "release-0001.db")), tmp_path / "site", address="https://files.example/x")
    return tmp_path / "site"


def test_every_link_leads_to_a_file(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        if page.name == "404.html":
            continue
        text = re.sub(r"<textarea.*?</textarea>", "", page.read_text("utf-8"), flags=re.DOTALL)
        for href in re.findall(r'(?:href|src|data-to|url)="?([^"#? >]+)', text):
            if re.match(r"(?:https?|tel|data|mailto):", unescape(href)) or href.startswith("#"):
                continue
            assert not href.startswith("/"), (page, href)
            assert (page.parent / posixpath.normpath(unescape(href))).is_file(), (page, href)


def test_both_languages_all_figures_frames_and_downloads_are_there(site: Path) -> None:
    for path in ("index.html", "es/index.html", "r/1/index.html", "es/r/1/town/2502100005/index.html",
                 "embed/r/1/map/opioid_overdose_death_rate/2022-2024/all/index.html", "method/index.html",
                 "r/1/map/opioid_overdose_death_rate/2022-2024/all.csv", "404.html", "static/embed.js"):  # fmt: skip
        assert (site / path).is_file(), path


def test_the_note_says_which_header_the_host_must_send(site: Path) -> None:
    assert "frame-ancestors" in (site / "README.txt").read_text("utf-8")


def test_plain_files_say_the_same_as_the_server(site: Path, client) -> None:
    served = client.get("/r/1/town/2502100001/").get_data(as_text=True)
    written = (site / "r/1/town/2502100001/index.html").read_text("utf-8")
    assert re.findall(r"<p>.*?</p>", served) == re.findall(r"<p>.*?</p>", written)
