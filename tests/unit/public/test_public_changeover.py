"""Readers see a new release once its pages are made; nothing keeps a withdrawn one, and no fault keeps a new one."""

from pathlib import Path

import pytest
from flask import Flask
from release_maker import release

from dashboard.releases.file import write_release
from dashboard.releases.shelf import withdraw
from public.beforehand import warm
from public.changeover import GRACE_SECONDS, PATIENCE_SECONDS, Changeover
from public.shelf import FolderShelf
from public_app import Pages, create_public_app

BROWSER = {"Accept-Encoding": "br"}
STARTED = 1_000.0


class Standing:
    """Releases that stand, each since a moment; and the clock."""

    def __init__(self, **since: float) -> None:
        self.releases = {int(name.removeprefix("r")): moment for name, moment in since.items()}
        self.made: set[int] = set()
        self.clock = STARTED

    def numbers(self) -> list[int]:
        return sorted(self.releases)

    def since(self, number: int) -> float:
        return self.releases[number]

    def changeover(self) -> Changeover:
        return Changeover(self, self.made.__contains__, started=STARTED, now=lambda: self.clock)


def showing_the_first() -> tuple[Standing, Changeover]:
    """A shelf whose one release readers see, its pages made."""
    shelf = Standing(r1=0.0)
    shelf.made.add(1)
    readers = shelf.changeover()
    assert readers.newest() == 1
    return shelf, readers


def test_a_new_release_is_shown_once_its_pages_are_made() -> None:
    shelf, readers = showing_the_first()
    shelf.releases[2] = STARTED
    assert readers.newest() == 1
    shelf.made.add(2)
    assert readers.newest() == 2


def test_a_new_release_is_shown_after_a_while_though_its_pages_are_never_made() -> None:
    shelf, readers = showing_the_first()
    shelf.releases[2] = STARTED + 500
    shelf.clock = STARTED + 500 + PATIENCE_SECONDS
    assert readers.newest() == 1
    shelf.clock += 1
    assert readers.newest() == 2


def test_what_is_withdrawn_goes_at_once_whatever_is_being_made() -> None:
    shelf = Standing(r1=STARTED, r2=STARTED)
    shelf.made.add(2)
    readers = shelf.changeover()
    assert readers.newest() == 2
    del shelf.releases[2]
    assert readers.newest() == 1
    del shelf.releases[1]
    assert readers.newest() is None


def test_a_release_that_is_withdrawn_while_it_is_made_was_never_shown() -> None:
    shelf, readers = showing_the_first()
    shelf.releases[2] = STARTED
    assert readers.newest() == 1
    del shelf.releases[2]
    assert readers.newest() == 1


def test_a_worker_that_starts_anew_shows_what_the_others_show() -> None:
    shelf = Standing(r1=0.0, r2=STARTED)
    shelf.made.add(1)
    assert shelf.changeover().newest() == 1


def test_a_first_start_shows_the_newest_release_and_says_that_it_is_not_ready() -> None:
    shelf = Standing(r1=0.0, r2=0.0)
    readers = shelf.changeover()
    assert readers.newest() == 2
    assert not readers.is_ready(2)
    shelf.made.add(2)
    assert readers.is_ready(2)


def test_pages_of_the_release_before_stay_as_they_were_for_a_while() -> None:
    shelf, readers = showing_the_first()
    shelf.releases[2] = STARTED
    shelf.made.add(2)
    assert readers.newest() == 2
    assert readers.newest_beside(1) == 1
    assert readers.newest_beside(2) == 2
    shelf.clock += GRACE_SECONDS + 1
    assert readers.newest_beside(1) == 2


def test_without_makers_everything_is_shown_at_once() -> None:
    shelf = Standing(r1=STARTED)
    readers = Changeover(shelf)
    assert readers.newest() == 1
    shelf.releases[2] = STARTED
    assert (readers.newest(), readers.newest_beside(1), readers.is_ready(2)) == (2, 2, True)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    made = tmp_path / "pages"
    made.mkdir()
    return made


def make(shelf: Path, pages: Path, share: tuple[int, int] = (0, 1)) -> Flask:
    """What one maker does until it has nothing more to do."""
    server = create_public_app(shelf, pages=Pages(pages))
    warm(server, range(400), share)
    return server


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("public.beforehand.PAUSE_SECONDS", 0.0)


def test_readers_are_sent_to_a_new_release_when_the_last_maker_has_finished(shelf: Path, pages: Path) -> None:
    readers = create_public_app(shelf, pages=Pages(pages, makers=2, started=9e12)).test_client()
    assert readers.get("/readyz").status_code == 503
    assert "The pages of release 1 are being made" in readers.get("/readyz").text
    for share in ((0, 2), (1, 2)):
        make(shelf, pages, share)
    assert readers.get("/readyz").text == "Ready.\n"

    write_release(release(number=2), shelf)
    make(shelf, pages, (0, 2))
    assert readers.get("/").headers["Location"] == "/r/1/"
    assert readers.get("/r/2/help/").headers["Location"] == "/r/1/help/?instead=release"
    assert readers.get("/readyz").text == "Ready.\n"
    before = readers.get("/r/1/help/", headers=BROWSER).data
    make(shelf, pages, (1, 2))
    assert readers.get("/").headers["Location"] == "/r/2/"
    assert readers.get("/r/2/help/", headers=BROWSER).status_code == 200
    assert readers.get("/r/1/help/", headers=BROWSER).data == before

    withdraw(shelf, 2, reason="A number was wrong.", on="2026-11-20")
    assert readers.get("/r/2/help/", headers=BROWSER).status_code == 410
    assert readers.get("/").headers["Location"] == "/r/1/"


def test_a_release_came_when_its_file_did(shelf: Path) -> None:
    standing = FolderShelf(shelf)
    assert standing.numbers() == [1]
    assert standing.since(1) == (shelf / "release-0001.db").stat().st_ctime
    (shelf / "release-0001.db").unlink()
    assert (standing.since(1), standing.since(7)) == (0.0, 0.0)


def test_makers_share_the_pages_and_none_is_made_twice(shelf: Path, pages: Path) -> None:
    both = [set(), set()]
    for each in range(2):
        before = set(pages.glob("*/*"))
        make(shelf, pages, (each, 2))
        both[each] = set(pages.glob("*/*")) - before
    assert min(map(len, both)) > 10
    alone = pages.with_name("alone")
    alone.mkdir()
    make(shelf, alone)
    names = {file.name for file in alone.glob("*/*") if not file.name.startswith("made")}
    assert {file.name for files in both for file in files if not file.name.startswith("made")} == names
