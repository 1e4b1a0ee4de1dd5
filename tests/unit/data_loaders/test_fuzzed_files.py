"""Random files from the first byte to the store: none is a fault, none is half loaded, every problem has its place."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from fuzzed_files import fuzzed
from sqlalchemy import Engine, func, select
from warm_reading import warm_reading

from dashboard.domain import Level, Partner, PlaceSet, SourceCard
from dashboard.intake import Intake
from dashboard.store import schema
from dashboard.store.cube import open_cube
from dashboard.store.engine import connect
from dashboard.store.partner_files import save
from dashboard.store.writer import write
from data_loaders.contract import Problem
from data_loaders.partner_desk import Desk, Looked
from data_loaders.rawfile import Unreadable
from data_loaders.register import built_in
from data_loaders.sheets import safe
from data_loaders.sheets.grid import Grid
from data_loaders.sheets.safe import read_grids

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22)
LONGEST = 30.0
OF_THE_WHOLE_FILE = ("No number", "No table", "There is no number", "The file speaks for other partners")
ATHOL, ORANGE = "2502702480", "2501151265"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk of a partner in a store that holds towns and nothing else."""
    home = tmp_path_factory.mktemp("fuzzed")
    engine = connect(f"sqlite:///{home / 'coalition.db'}")
    people = Intake("people", "people.toml", sha256(b"people").hexdigest(), date(2026, 1, 1))
    people.place_sets = [PlaceSet("quabbin", "Quabbin", Level.CATCHMENT, (ATHOL, ORANGE))]
    people.coalitions = [("quabbin", "Quabbin", "quabbin")]
    people.partners = [Partner("river_valley", "River Valley", "harm reduction", "quabbin")]
    for intake in (built_in("25"), built_in("09"), people):
        write(engine, intake, SourceCard(intake.source, "Towns", "us", "ours"), NOW)
    yield Desk(engine, open_cube(engine, home), "river_valley")
    engine.dispose()


def rows_in(engine: Engine, load_id: int | None = None) -> int:
    """How many observations there are of a load, or at all."""
    query = select(func.count()).select_from(schema.observation)
    if load_id is not None:
        query = query.where(schema.observation.c.load_id == load_id)
    with engine.connect() as connection:
        return int(connection.scalar(query) or 0)


def brought(desk: Desk, seed: int, folder: Path) -> str:
    """Bring the file of a seed and save it where nothing stands in the way; what became of it."""
    one = fuzzed(seed)
    path = folder / one.name
    path.write_bytes(one.content)
    began = time.monotonic()
    grids = readable(path)
    if grids is None:
        return "refused as a file"
    looked = answered(desk, grids, one.name, seed)
    assert time.monotonic() - began < LONGEST
    if looked.brought is None:
        assert looked.problems
        assert [problem for problem in looked.problems if not _located(problem, grids)] == []
        return "refused with its cells"
    before = rows_in(desk.engine)
    saved = save(desk.engine, looked.brought, desk.card, NOW)
    written = len(looked.brought.intake.observations)
    assert rows_in(desk.engine, saved.load_id) == written > 0
    assert rows_in(desk.engine) == before + (written if saved.new else 0)
    return "saved"


def readable(path: Path) -> list[Grid] | None:
    """The sheets of a file; None where it is refused with a rule and what to do."""
    try:
        return read_grids(path)
    except Unreadable as refusal:
        told = refusal.rule, refusal.fix
    assert all(told)
    return None


def answered(desk: Desk, grids: list[Grid], name: str, seed: int) -> Looked:
    """The sheet as it is understood when each question gets some answer."""
    answers: dict[str, str] = {}
    digest = sha256(str(seed).encode()).hexdigest()
    looked = desk.sheet(grids, name, digest, today=TODAY)
    for _ in range(12):
        if looked.proposal is None or not looked.proposal.questions:
            break
        question = looked.proposal.questions[0]
        answers[question.id] = question.options[seed % len(question.options)][0]
        looked = desk.sheet(grids, name, digest, today=TODAY, answers=answers)
    return looked


def _located(problem: Problem, grids: list[Grid]) -> bool:
    if not problem.rule or not problem.fix:
        return False
    inside = any(problem.sheet == one.sheet and 1 <= (problem.row or 0) <= len(one.rows) for one in grids)
    return inside or problem.rule.startswith(OF_THE_WHOLE_FILE)


def test_a_seed_is_always_the_same_file() -> None:
    assert [fuzzed(seed).content for seed in range(12) if fuzzed(seed).name.endswith("csv")]
    assert all(fuzzed(seed).name == fuzzed(seed).name for seed in range(12))


@pytest.mark.parametrize("number", [9e307, 1.1e12, -9e307])
def test_a_number_beyond_all_counting_is_refused_at_its_cell(desk: Desk, number: float) -> None:
    rows = (("Town", "Kits handed out, May 2026", "Kits handed out, June 2026"), ("Athol", 3, number), ("Orange", 5, 4))
    looked = answered(desk, [Grid("Kits", rows)], "kits.xlsx", 0)
    assert looked.brought is None
    assert [(problem.sheet, problem.row, problem.column) for problem in looked.problems] == [("Kits", 2, "C")]


def test_no_random_file_is_a_fault_or_half_loaded(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with warm_reading() as reader:
        monkeypatch.setattr(safe, "_ask", reader.ask)
        became = {brought(desk, seed, tmp_path) for seed in range(30)}
    assert became == {"refused as a file", "refused with its cells", "saved"}


@pytest.mark.long
@pytest.mark.parametrize("first", range(1000, 6000, 250))
def test_none_of_5000_random_files_is_a_fault_or_half_loaded(
    first: int, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with warm_reading() as reader:
        monkeypatch.setattr(safe, "_ask", reader.ask)
        became = [brought(desk, seed, tmp_path) for seed in range(first, first + 250)]
    assert {"refused as a file", "refused with its cells", "saved"} == set(became)
