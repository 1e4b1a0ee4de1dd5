"""Plain files: every link leads to a file, from any folder; later releases go beside earlier ones."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from release_maker import DEATHS, release

from dashboard.releases.file import write_release
from dashboard.releases.reading import ReleaseReader
from public.addresses import LANGUAGES
from public.export import Site, export, write_language
from public.export_beside import finish, held
from public.snapshot import Snapshot

ADDRESS = "https://files.example/x"
MAP = f"map/{DEATHS}/2022-2024/all"


def written(shelf: Path, folder: Path, numbers: tuple[int, ...] = (1,), withdrawn: tuple[int, ...] = ()) -> Path:
    """A folder of plain files of these releases, the last of them exported last."""
    site = Site(folder, ADDRESS, "data@example.org")
    for at, number in enumerate(numbers):
        file = shelf / f"release-{number:04d}.db"
        for code in LANGUAGES:
            write_language(file, site, code)
        finish(Snapshot(ReleaseReader(file)), site, numbers[: at + 1], withdrawn)
    return folder


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf with two releases; the second has no window of three years."""
    folder = tmp_path_factory.mktemp("shelf")
    write_release(release(1), folder)
    made = release(2)
    write_release(replace(made, cells=[cell for cell in made.cells if cell.table.period != "2022-2024"]), folder)
    return folder


@pytest.fixture(scope="module")
def site(shelves: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(shelves, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def later(shelves: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(shelves, tmp_path_factory.mktemp("later"), (1, 2))


def broken(folder: Path) -> list[tuple[str, str]]:
    """(page, link) of every link of a plain file that leads to no file."""
    found = []
    for page in folder.rglob("*.html"):
        text = re.sub(r"<textarea.*?</textarea>", "", page.read_text("utf-8"), flags=re.DOTALL)
        for href in re.findall(r'(?:href|src|data-to|url)="?([^"#? >]+)', text):
            link = unescape(href)
            if link.startswith(ADDRESS):
                target = folder / link.removeprefix(f"{ADDRESS}/")
            elif re.match(r"(?:https?|tel|data|mailto):", link):
                continue
            else:
                target = page.parent / posixpath.normpath(link)
            if link.startswith("/") or not target.is_file():
                found.append((str(page.relative_to(folder)), href))
    return found


def test_every_link_leads_to_a_file(site: Path) -> None:
    assert len(list(site.rglob("*.html"))) > 80
    assert broken(site) == []


def test_both_languages_all_figures_frames_and_downloads_are_there(site: Path) -> None:
    for path in ("index.html", "es/index.html", "r/1/index.html", "es/r/1/town/2502100005/index.html",
                 f"embed/r/1/{MAP}/index.html", "method/index.html", f"r/1/{MAP}.csv", "404.html", "static/embed.js",
                 f"r/latest/{MAP}/index.html", f"es/embed/r/latest/{MAP}/index.html"):  # fmt: skip
        assert (site / path).is_file(), path


def test_the_note_says_which_header_the_host_must_send(site: Path) -> None:
    assert "frame-ancestors" in (site / "README.txt").read_text("utf-8")


def test_plain_files_say_the_same_as_the_server(site: Path, client: FlaskClient) -> None:
    served = client.get("/r/1/town/2502100001/").get_data(as_text=True)
    main = [re.sub(r'index\.html(?=")', "", text[text.index("<main") : text.index("</main>")])
            for text in (served, (site / "r/1/town/2502100001/index.html").read_text("utf-8"))]  # fmt: skip
    assert main[0] == main[1]


def test_a_figure_tells_other_programs_how_to_show_it(site: Path) -> None:
    page = (site / f"r/1/{MAP}/index.html").read_text("utf-8")
    assert f'href="{ADDRESS}/r/1/{MAP}/oembed.json"' in page
    told = json.loads((site / f"r/1/{MAP}/oembed.json").read_text("utf-8"))
    assert (told["type"], told["version"]) == ("rich", "1.0")
    assert f'src="{ADDRESS}/embed/r/latest/{MAP}/index.html"' in told["html"]
    assert f"{ADDRESS}/embed/r/latest/{MAP}/index.html" in page, "the lines to copy"


def leads_to(folder: Path, path: str) -> str:
    """Where a page of r/latest leads."""
    (target,) = re.findall(r'content="0; url=([^"]+)"', (folder / path / "index.html").read_text("utf-8"))
    return posixpath.normpath(posixpath.join(path, target))


def test_the_latest_addresses_lead_to_the_newest_release(site: Path, later: Path) -> None:
    assert leads_to(site, f"embed/r/latest/{MAP}") == f"embed/r/1/{MAP}/index.html"
    assert leads_to(later, "r/latest/town/2502100001") == "r/2/town/2502100001/index.html"
    assert leads_to(later, "es/r/latest") == "es/r/2/index.html"


def test_an_old_address_leads_to_the_nearest_page_of_a_later_release(later: Path) -> None:
    assert (later / f"embed/r/1/{MAP}/index.html").is_file()
    assert not (later / f"embed/r/2/{MAP}").exists()
    assert leads_to(later, f"embed/r/latest/{MAP}") == f"embed/r/2/map/{DEATHS}/2024/all/index.html"
    assert broken(later) == []
    assert held(later) == [1, 2]


def test_a_withdrawn_release_is_gone_from_the_folder(shelves: Path, tmp_path: Path) -> None:
    folder = written(shelves, tmp_path / "site", (1, 2), withdrawn=(1,))
    for path in (f"r/1/{MAP}", f"embed/r/1/{MAP}", "r/1/town/2502100001"):
        assert "This release was taken back" in (folder / path / "index.html").read_text("utf-8")
    assert "Esta publicación fue retirada" in (folder / "es/r/1/index.html").read_text("utf-8")
    old = [file for top in folder.rglob("r/1") for file in top.rglob("*") if file.is_file()]
    assert {file.name for file in old} == {"index.html"}
    assert not [file for file in old if "31 deaths" in file.read_text("utf-8")]
    assert "r/1/" in (folder / "README.txt").read_text("utf-8")
    assert broken(folder) == []


def test_languages_are_written_side_by_side(shelves: Path, tmp_path: Path) -> None:
    told = export(shelves / "release-0001.db", Site(tmp_path))
    assert told.files == len([file for file in tmp_path.rglob("*") if file.is_file()])
    assert (tmp_path / "r/1/index.html").is_file()
    assert (tmp_path / "es/r/1/index.html").is_file()
