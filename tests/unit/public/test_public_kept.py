"""Workers share finished pages through a folder: whole ones only, of the newest release only, found by one alone."""

import json
import stat
from pathlib import Path

import pytest
from release_maker import DEATHS, release

from dashboard.errors import StoreError
from dashboard.releases.file import write_release
from dashboard.releases.shelf import withdraw
from dashboard.settings import Settings
from public import server as serving
from public.addresses import Asked, parse
from public.kept import Kept
from public.library import Packed, pack
from public.server import build_server
from public.shelf import FolderShelf

BODY = "<p>Cape Ann</p>" * 100
PATH = "/r/1/help/"
BROWSER = {"Accept-Encoding": "br"}


def asked(path: str = PATH) -> Asked:
    found = parse(path)
    assert found is not None
    return found


def page(body: str = BODY) -> Packed:
    return pack(body, "text/html", "br")


KEY = (1, asked(), "", 1, "br")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pages"
    made.mkdir()
    return made


def only_file(folder: Path) -> Path:
    (file,) = (each for each in folder.rglob("*") if each.is_file())
    return file


def count_making(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    made: list[str] = []
    make = serving.answer
    monkeypatch.setattr(serving, "answer", lambda *told: made.append(told[1].path) or make(*told))
    return made


def test_a_page_is_found_as_it_was_kept(folder: Path) -> None:
    Kept(folder).keep(KEY, page())
    found = Kept(folder).find(KEY)
    assert found == page()
    assert found.plain.decode() == BODY


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]\n", b'["text/html", "tag"]\nbody', b'["text/html", "tag", "' + b"0" * 64 + b'"]\nbody', b"\xff\n"],
)
def test_a_damaged_file_is_no_page(folder: Path, damage: bytes) -> None:
    Kept(folder).keep(KEY, page())
    only_file(folder).write_bytes(damage)
    assert Kept(folder).find(KEY) is None


def test_half_a_file_is_no_page(folder: Path) -> None:
    Kept(folder).keep(KEY, page())
    file = only_file(folder)
    file.write_bytes(file.read_bytes()[:-1])
    assert Kept(folder).find(KEY) is None


@pytest.mark.parametrize(
    "key",
    [
        (1, asked(), "", 2, "br"),
        (1, asked(), "release", 1, "br"),
        (1, asked(), "", 1, "gzip"),
        (1, asked(f"/r/1/map/{DEATHS}/2022-2024/all.csv"), "", 1, "br"),
    ],
)
def test_notices_earlier_releases_other_encodings_and_downloads_are_not_kept(folder: Path, key) -> None:
    Kept(folder).keep(key, page())
    assert list(folder.iterdir()) == []


def test_pages_of_another_content_or_program_are_not_found(folder: Path) -> None:
    Kept(folder, lambda _: "one").keep(KEY, page())
    assert Kept(folder, lambda _: "other").find(KEY) is None
    assert Kept(folder, lambda _: "one").find(KEY) == page()


def test_pages_of_a_release_that_does_not_stand_are_neither_kept_nor_found(folder: Path) -> None:
    standing = ["one"]
    kept = Kept(folder, lambda _: standing[0])
    kept.keep(KEY, page())
    standing[0] = ""
    assert kept.find(KEY) is None
    kept.keep(KEY, page())
    assert len(list(folder.iterdir())) == 1


def test_pages_of_other_releases_are_removed_and_nothing_else(folder: Path) -> None:
    (folder / "letters").mkdir()
    kept = Kept(folder)
    kept.keep(KEY, page())
    kept.keep((2, asked("/r/2/help/"), "", 2, "br"), page())
    kept.forget_but(2)
    assert kept.find(KEY) is None
    assert kept.find((2, asked("/r/2/help/"), "", 2, "br"))
    assert (folder / "letters").is_dir()


def test_nobody_else_can_read_or_write_the_folder(folder: Path) -> None:
    Kept(folder).keep(KEY, page())
    assert stat.S_IMODE(only_file(folder).parent.stat().st_mode) == 0o700


def test_a_full_disk_leaves_no_half_page_and_no_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, _data: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    kept = Kept(folder)
    kept.keep(KEY, page())
    assert [each for each in folder.rglob("*") if each.is_file()] == []
    assert kept.find(KEY) is None


def test_a_second_worker_makes_no_page_again(shelf: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = count_making(monkeypatch)
    first, second = (build_server(FolderShelf(shelf), kept=Kept(folder)).test_client() for _ in range(2))
    answers = [each.get(PATH, headers=BROWSER) for each in (first, second, second)]
    assert made == [PATH]
    assert len({each.data for each in answers}) == 1
    told = [{k: v for k, v in each.headers.items() if k != "Date"} for each in answers]
    assert told[0] == told[1] == told[2]


def test_what_a_folder_keeps_of_a_withdrawn_release_is_not_sent(shelf: Path, folder: Path) -> None:
    write_release(release(number=2), shelf)
    first = build_server(FolderShelf(shelf), kept=Kept(folder)).test_client()
    assert first.get("/r/2/help/", headers=BROWSER).status_code == 200
    withdraw(shelf, 2, reason="A number was wrong.", on="2026-11-20")
    second = build_server(FolderShelf(shelf), kept=Kept(folder)).test_client()
    assert first.get("/r/2/help/", headers=BROWSER).status_code == 410
    assert second.get("/r/2/help/", headers=BROWSER).status_code == 410


def test_an_earlier_release_that_was_remembered_is_not_sent_once_it_is_withdrawn(shelf: Path) -> None:
    write_release(release(number=2), shelf)
    client = build_server(FolderShelf(shelf)).test_client()
    assert client.get(PATH, headers=BROWSER).status_code == 200
    withdraw(shelf, 1, reason="A number was wrong.", on="2026-11-20")
    assert client.get(PATH, headers=BROWSER).status_code == 410


def test_a_page_beside_a_newer_release_is_made_anew(shelf: Path, folder: Path) -> None:
    client = build_server(FolderShelf(shelf), kept=Kept(folder)).test_client()
    before = client.get(PATH, headers=BROWSER).data
    write_release(release(number=2), shelf)
    assert client.get(PATH, headers=BROWSER).data != before  # it now says that there is a newer one


def test_a_folder_that_others_can_write_into_is_refused(shelf: Path, tmp_path: Path) -> None:
    from commands.serve_public import public_site

    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    with pytest.raises(StoreError, match="only the user who runs the public server"):
        public_site(Settings(public_database_url=str(shelf), public_pages=shared), "http://127.0.0.1:1")


def test_a_folder_that_cannot_be_made_is_told(shelf: Path, tmp_path: Path) -> None:
    from commands.serve_public import public_site

    (tmp_path / "file").write_text(json.dumps(""))
    with pytest.raises(StoreError, match="cannot be made"):
        public_site(Settings(public_database_url=str(shelf), public_pages=tmp_path / "file" / "x"), "http://h")
