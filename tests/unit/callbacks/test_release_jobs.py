"""A release is previewed and published as long work: the page shows how far it is, and what was looked at goes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from component_tree import text
from release_maker import release

from callbacks import release_jobs
from callbacks.jobs import Job, Jobs, Kind, Progress
from callbacks.jobs.board import do
from callbacks.jobs.local import InFolder, LocalBoard, held
from callbacks.staff import publish as page
from dashboard.errors import StoreError
from dashboard.releases.build import Built
from dashboard.releases.reading import current
from dashboard.settings import Settings
from dashboard.store.workspace import Workspace
from dashboard.views.publish_page import HiddenOf, Preview
from layouts.ids import Publish

ASKED = {"job": "", "looked_at": "", "made_by": "Ann", "approved_by": "Ben"}
PREVIEWED = Preview(1, "2026-11-22", [HiddenOf("Deaths", "town", 100, 7, "7 are 0-4")], (), "abc")


class Waiting(LocalBoard):
    """A board whose processes are done by hand; a process waits for its turn until then."""

    def start(self, job: Job, kind: Kind) -> None:  # noqa: ARG002
        self.write(job)

    def do(self, token: str) -> None:
        entry = self.entries.entry(token)
        with held(entry):
            do(InFolder(entry), self.job(token), self.kinds, self.settings)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace(Settings(home=tmp_path, database_url="", public_database_url="", broker_url=""))
    yield made
    made.engine.dispose()


@pytest.fixture
def board(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Waiting:
    made = Waiting(workspace.settings, release_jobs.RELEASES)
    monkeypatch.setattr(page, "releases_of", lambda _: Jobs(made, release_jobs.RELEASES))
    monkeypatch.setattr(release_jobs, "previewed", lambda *_: PREVIEWED)
    return made


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Puts a release of so many deaths in the place of the next one; what names it."""

    def put(made_by: str) -> str:
        built = Built(release(1), [])
        monkeypatch.setattr("dashboard.releases.publish.prepare", lambda *_, **__: built)
        return built.fingerprint + made_by

    return put


def test_a_preview_is_shown_when_it_is_made_and_can_be_published_then(workspace: Workspace, board: Waiting) -> None:
    started = page.done(workspace, Publish.PREVIEW, ASKED)
    assert (started["resting"], started["preview"], started["looked_at"]) == (False, True, "")
    InFolder(board.entries.entry(started["job"])).tell(Progress("Protecting", 0.5))
    with held(board.entries.entry(started["job"])):
        on_its_way = page.done(workspace, Publish.CLOCK, ASKED | {"job": started["job"]})
    assert (text(on_its_way["shown"][0]), on_its_way["shown"][1].value) == ("Protecting …", "50")
    board.do(started["job"])
    seen = page.done(workspace, Publish.CLOCK, ASKED | {"job": started["job"]})
    assert "Release 1 would hold 100 numbers; 7 of them are hidden." in text(seen["shown"][0])
    assert (seen["looked_at"], seen["resting"], seen["job"]) == ("abc", True, "")


def test_asked_for_twice_a_preview_is_made_once(workspace: Workspace, board: Waiting) -> None:
    first, second = (page.done(workspace, Publish.PREVIEW, ASKED)["job"] for _ in range(2))
    assert first == second
    assert len(list(board.entries.path.iterdir())) == 1


def test_a_preview_that_is_stopped_is_gone(workspace: Workspace, board: Waiting) -> None:
    token = page.done(workspace, Publish.PREVIEW, ASKED)["job"]
    stopped = page.done(workspace, Publish.STOP, ASKED | {"job": token})
    assert text(stopped["shown"][0]) == "Stopped. Nothing was kept, and nothing was published."
    assert list(board.entries.path.iterdir()) == []


def test_what_was_looked_at_is_published(workspace: Workspace, board: Waiting, prepared: Callable[[str], str]) -> None:
    asked = ASKED | {"looked_at": prepared("")}
    token = page.done(workspace, Publish.WRITE, asked)["job"]
    board.do(token)
    said = page.done(workspace, Publish.CLOCK, asked | {"job": token})
    assert text(said["said"][0]) == "Release 1 is published."
    served = current(workspace.settings.releases_path)
    assert served is not None
    assert said["now"].startswith("The public sees release 1 ")


def test_another_release_than_was_looked_at_is_not_published(
    workspace: Workspace, board: Waiting, prepared: Callable[[str], str]
) -> None:
    asked = ASKED | {"looked_at": prepared("other")}
    token = page.done(workspace, Publish.WRITE, asked)["job"]
    board.do(token)
    said = page.done(workspace, Publish.CLOCK, asked | {"job": token})
    assert text(said["said"][0]) == f"Nothing was published. {release_jobs.CHANGED}"
    assert current(workspace.settings.releases_path) is None


def test_a_worker_that_reads_other_releases_than_the_web_server_refuses(workspace: Workspace, tmp_path: Path) -> None:
    asked = {"today": date.today().isoformat(), "shared": "yes"}
    with pytest.raises(StoreError, match="COALITION_PUBLIC_DATABASE_URL"):
        release_jobs.make_preview(workspace.settings, asked, lambda *_: None, tmp_path / "file")


@pytest.mark.parametrize(("database", "elsewhere"), [("", False), ("postgresql://localhost/releases", True)])
def test_releases_in_a_folder_are_made_on_the_machine_that_has_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str, elsewhere: bool
) -> None:
    handed_in: list[object] = []
    monkeypatch.setattr(release_jobs, "jobs_of", lambda *asked: handed_in.append(asked))

    class Queued:
        settings = Settings(home=tmp_path, database_url="", public_database_url=database, broker_url="redis://here/0")

    local = release_jobs.releases_of(Queued())  # type: ignore[arg-type]
    assert (bool(handed_in), local is None or not isinstance(local.board, LocalBoard)) == (elsewhere, elsewhere)
