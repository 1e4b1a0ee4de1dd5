"""Exports obey agreements and audience, say the numbers of the screen, and are noted in the audit log."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from ambulance_kits import TERMS, hand_out_kits
from surroundings import Coalition, runner

from app import create_app
from callbacks.export_jobs import EXPORTS, NAME, AskedExport, exports_of
from callbacks.exporting import open_desk
from callbacks.jobs import new_job
from callbacks.jobs.board import do
from callbacks.jobs.local import InFolder, LocalBoard
from dashboard.agreements import PART2_NOTICE
from dashboard.agreements.written import from_terms
from dashboard.exports.compose import compose
from dashboard.exports.desk import AskedPaper
from dashboard.people import AT_THIS_COMPUTER, act_as
from dashboard.settings import Settings
from dashboard.store.agreements import save_agreement
from dashboard.store.audit_log import records
from dashboard.store.workspace import Workspace

HERE = {"Host": "localhost"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A store with an ambulance service's 120 kits, which members may see and law enforcement may not."""
    made = Workspace(Settings(home=tmp_path_factory.mktemp("exports"), database_url=""))
    hand_out_kits(made)
    with act_as(AT_THIS_COMPUTER):
        yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def coalition(workspace: Workspace) -> Coalition:
    return runner(workspace.home)


def numbers_of(file: Path) -> list[str]:
    """The numerators of the first page in a package of tables; none where it has none."""
    with ZipFile(file) as archive:
        if "this-month.csv" not in archive.namelist():
            return []
        return [row["numerator"] for row in csv.DictReader(io.StringIO(archive.read("this-month.csv").decode()))]


def test_an_export_holds_what_its_audience_may_see_and_says_what_is_held_back(coalition: Coalition, tmp_path: Path):
    members, officers = tmp_path / "members.zip", tmp_path / "officers.zip"
    assert coalition("--audience", "member", "export", "csv", "--out", members).code == 0
    assert coalition("--audience", "law_enforcement", "export", "csv", "--out", officers).code == 0
    assert numbers_of(members) == ["120"]
    assert numbers_of(officers) == []
    with ZipFile(officers) as archive:
        assert b"120" not in archive.read("datapackage.json")
        told = archive.read("README.txt").decode()
    assert "Tamarack Ambulance" in told
    assert "For members from law enforcement." in told


def test_what_the_public_may_not_see_it_may_not_take_home(coalition: Coalition, tmp_path: Path):
    assert coalition("--audience", "public", "export", "csv", "--out", tmp_path / "x.zip").code == 1


def test_an_export_is_noted_in_the_audit_log(coalition: Coalition, workspace: Workspace, tmp_path: Path):
    coalition("export", "workbook", "--out", tmp_path / "book.xlsx")
    newest = list(records(workspace.engine, newest=1))[-1]
    assert (newest.action, newest.subject) == ("export", "workbook")


@pytest.mark.parametrize(("arguments", "words"), [
    (("poster", "--out", "a.pdf"), "There is no export 'poster'"),
    (("brief", "--out", "a.docx"), "Name it a.pdf"),
    (("brief", "--out", "/nowhere/a.pdf"), "There is no folder /nowhere"),
    (("csv", "--out", "a.zip", "--within", "Atlantis"), "no place 'Atlantis'"),
])  # fmt: skip
def test_what_cannot_be_exported_is_refused_in_a_sentence(coalition: Coalition, arguments: tuple[str, ...], words: str):
    ran = coalition("export", *arguments)
    assert ran.code == 1
    assert words in ran.err


def test_a_finished_export_is_taken_noted_and_refused_once_less_may_be_seen(workspace: Workspace):
    jobs = exports_of(workspace)
    asked = AskedExport("csv", seen=workspace.reader().gate.asking.name)
    job = new_job(NAME, AT_THIS_COMPUTER, asked.arguments)
    board = LocalBoard(workspace.settings, EXPORTS)
    do(InFolder(board.write(job)), job, EXPORTS, workspace.settings)
    assert jobs.progress(job).size > 0
    client = create_app(workspace).server.test_client()
    answer = client.get(f"/take-home/{job.token}/file", headers=HERE)
    answer.close()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert list(records(workspace.engine, newest=1))[-1].action == "export"
    save_agreement(workspace.engine, from_terms(TERMS | {"id": "more", "name": "Another"}), who="Ann", why="New",
                   now=datetime(2026, 1, 8))  # fmt: skip
    workspace.refresh()
    assert client.get(f"/take-home/{job.token}/file", headers=HERE).status_code == 400


def test_numbers_of_treatment_records_go_with_their_notice(workspace: Workspace):
    def shown_to() -> str:
        workspace.refresh()
        return compose(open_desk(workspace, AskedPaper()), AskedPaper(), lambda *_: None).whom

    assert PART2_NOTICE not in shown_to()
    save_agreement(workspace.engine, from_terms(TERMS | {"part2": True}), who="Ann", why="Marked",
                   now=datetime(2026, 1, 9))  # fmt: skip
    assert shown_to().endswith(f". {PART2_NOTICE}")
