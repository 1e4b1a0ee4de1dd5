"""What partners say of their own numbers: kept as it was said, answered, and shown beside the numbers until settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import Engine

from dashboard.agreements.written import from_terms
from dashboard.domain import Basis, Level, Partner, Period, PlaceSet, Query, SourceCard, Target
from dashboard.errors import InvalidQuery
from dashboard.intake import Coverage, Intake
from dashboard.people import Grant, Person, Role, act_as
from dashboard.settings import Settings
from dashboard.store import workspace as workspaces
from dashboard.store.agreements import save_agreement
from dashboard.store.audit_log import records
from dashboard.store.comments import Answer, Comment, Status, answer_comment, comments, open_questions, save_comment
from dashboard.store.cube import open_cube
from dashboard.store.targets import save_target
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write
from dashboard.views.targets import assessed_targets, card_of
from dashboard.views.this_month import this_month
from data_loaders.register import built_in

NOW = datetime(2026, 6, 1, 12)
TOWN, YEAR = "2501127060", Period.parse("2025")
KITS, RATE = "naloxone_kits", "naloxone_kits_per_100k"
AGREED = from_terms({
    "id": "ems", "name": "Tamarack", "coalition": "ours", "partner": "ems", "purpose": "To learn",
    "indicators": "all", "finest_place": "town", "finest_period": "month", "groups": "all",
    "audiences": {"member": 0, "public": 0}, "embargo_days": 0, "valid_from": "2026-01-01", "valid_to": "until ended",
    "on_expiry": "hide", "legal_basis": "Counts", "citation": "none",
    "signatures": [{"who": "them", "on": "2026-01-01"}],
})  # fmt: skip
MARK = "Tamarack has a question about this."
HOLD = Comment("ours", "ems", "The December count is double.", hold=True, indicator=RATE, period="2025-12", who="Eve")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("asked")
    made = Workspace(Settings(home=home, database_url=""))
    write(made.engine, built_in("25"), SourceCard("gazetteer", "Towns", "us", "public domain"), datetime(2026, 1, 1))
    kits = Intake("partner_sheet", "kits.csv", "1", date(2026, 1, 5))
    kits.coalitions = [("ours", "Our coalition", "ours-towns")]
    kits.place_sets = [PlaceSet("ours-towns", "Our towns", Level.CATCHMENT, (TOWN,))]
    kits.partners = [Partner("ems", "Tamarack", "EMS", "ours", "ours-towns")]
    for month in range(1, 13):
        span = Period.of_months(2025, month, 1)
        kits.observations.add(KITS, TOWN, (span.start, span.end), 10.0, partner="ems")
    kits.coverage = [Coverage(KITS, YEAR.start, YEAR.end, Level.TOWN, Basis.NONE, "ems")]
    write(made.engine, kits, SourceCard("partner_sheet", "Kits", "us", "by agreement"), datetime(2026, 1, 6))
    save_agreement(made.engine, AGREED, who="Ann", why="Agreed", now=NOW)
    open_cube(made.engine, home)
    made.engine.dispose()
    return home


@pytest.fixture
def workspace(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setattr(workspaces, "POLL_SECONDS", -1.0)
    copytree(filled, tmp_path / "home")
    made = Workspace(Settings(home=tmp_path / "home", database_url=""), today=lambda: NOW.date())
    with act_as(Person("ann", "Ann", (Grant(Role.MEMBER, "ours"),))):
        yield made
    made.engine.dispose()


def told(workspace: Workspace, period: str, indicator: str = RATE, town: str = TOWN) -> tuple[str, tuple[str, ...]]:
    cells = workspace.reader().read(Query(indicator, (Period.parse(period),), Level.TOWN, (town,)))
    return cells.state[0], cells.notes


def test_a_comment_is_kept_as_it_was_said_and_answered(store: Engine) -> None:
    saved = save_comment(store, replace(HOLD, words="  Double. "), now=NOW)
    assert (saved.words, saved.status, saved.who, saved.made_at) == ("Double.", Status.OPEN, "Eve", NOW)
    answered = answer_comment(store, saved.id, Answer(Status.ANSWERED, "We look.", "Ann", NOW), partner="ems")
    settled = answer_comment(store, saved.id, Answer(Status.SETTLED, "", "Eve", NOW), partner="ems")
    assert [answered.status, settled.status] == [Status.ANSWERED, Status.SETTLED]
    assert comments(store, "ems", coalition="ours") == (settled,)
    assert [each.words for each in settled.answers] == ["We look.", ""]
    assert [(each.action, each.told) for each in records(store)] == [
        ("comment", "comment 1, hold"), ("answer a comment", "comment 1, answered"),
        ("answer a comment", "comment 1, settled"),
    ]  # fmt: skip


def test_a_question_stands_while_it_is_answered_and_goes_when_it_is_settled(store: Engine) -> None:
    save_comment(store, replace(HOLD, hold=False), now=NOW)
    assert open_questions(store) == ()
    saved = save_comment(store, HOLD, now=NOW)
    answer_comment(store, saved.id, Answer(Status.ANSWERED, "We look.", "Ann", NOW), partner="ems")
    assert [each.partner for each in open_questions(store)] == ["ems"]
    answer_comment(store, saved.id, Answer(Status.SETTLED, "", "Eve", NOW), partner="ems")
    assert open_questions(store) == ()


def test_what_says_nothing_or_is_another_ones_is_refused(store: Engine) -> None:
    with pytest.raises(InvalidQuery, match="says nothing"):
        save_comment(store, replace(HOLD, words=" "), now=NOW)
    with pytest.raises(InvalidQuery):
        save_comment(store, replace(HOLD, period="soon"), now=NOW)
    saved = save_comment(store, HOLD, now=NOW)
    said = Answer(Status.ANSWERED, "We look.", "Ann", NOW)
    for id_, answer, partner in (
        (saved.id, said, "clinic"),
        (99, said, "ems"),
        (saved.id, replace(said, words=""), "ems"),
    ):
        with pytest.raises(InvalidQuery):
            answer_comment(store, id_, answer, partner=partner)
    assert comments(store, "ems", coalition="ours") == (saved,)


def test_a_held_number_is_marked_and_stays(workspace: Workspace) -> None:
    assert told(workspace, "2025-12") == ("unstable", ())
    saved = save_comment(workspace.engine, HOLD, now=NOW)
    assert told(workspace, "2025-12") == ("unstable", (MARK,))
    assert told(workspace, "2025")[1] == (MARK,)
    assert told(workspace, "2025-11")[1] == ()
    assert told(workspace, "2025-12", "naloxone_coverage_ratio")[1] == ()
    assert told(workspace, "2025-12", town="2501105560")[1] == ()
    answer_comment(workspace.engine, saved.id, Answer(Status.SETTLED, "", "Eve", NOW), partner="ems")
    assert told(workspace, "2025-12")[1] == ()


def test_cards_and_targets_that_rest_on_a_held_number_say_so(workspace: Workspace) -> None:
    target = Target("kits", "ours", RATE, 100, "2024", 150, date(2026, 12, 31), "Lead", "ours-towns")
    save_target(workspace.engine, target, who="Ann", why="Asked", now=NOW)
    assert asked_on_screen(workspace) == ([""], [""])
    save_comment(workspace.engine, HOLD, now=NOW)
    assert asked_on_screen(workspace) == ([MARK], [MARK])


def asked_on_screen(workspace: Workspace) -> tuple[list[str], list[str]]:
    """What the first page's cards of kits, and the targets, say of partners' questions."""
    reader, today = workspace.reader(), NOW.date()
    cards = [card.asked for card in this_month(reader, "ours-towns", today).cards if card.evidence.indicator == RATE]
    return cards, [card_of(reader, one).asked for one in assessed_targets(reader, today)]


def test_a_held_load_marks_all_that_it_speaks_of(workspace: Workspace) -> None:
    load = next(row["id"] for row in workspace.reader().loads if row["source"] == "partner_sheet")
    save_comment(workspace.engine, replace(HOLD, indicator="", period="", load=load), now=NOW)
    assert told(workspace, "2025-03")[1] == (MARK,)
    assert told(workspace, "2024-03")[1] == ()


def test_the_public_and_other_coalitions_learn_of_no_question(workspace: Workspace) -> None:
    save_comment(workspace.engine, HOLD, now=NOW)
    for grants in ((Grant(Role.PUBLIC),), (Grant(Role.MEMBER, "theirs"),)):
        with act_as(Person("x", "", grants)):
            assert told(workspace, "2025-12") == ("unstable", ())


def test_an_agreement_may_hide_what_is_held(workspace: Workspace) -> None:
    save_agreement(workspace.engine, replace(AGREED, hold_hides=True), who="Ann", why="Asked", now=NOW)
    assert told(workspace, "2025-12")[0] == "unstable"
    save_comment(workspace.engine, HOLD, now=NOW)
    assert told(workspace, "2025-12") == ("not_reported", ("Tamarack wants to talk about this first.",))
    assert told(workspace, "2025-11")[0] == "unstable"
    with act_as(Person("eve", "Eve", (Grant(Role.STEWARD, "ours", "ems"),))):
        assert told(workspace, "2025-12")[0] == "unstable"
