"""`coalition load partner FILE --partner ID`: a partner's sheet of any shape, as the page Bring numbers takes it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from dashboard.errors import InvalidQuery, LoadRefused, NotAllowed
from dashboard.indicators import registry
from dashboard.people import Permission, acting
from dashboard.store.partner_files import save
from dashboard.store.workspace import Workspace
from dashboard.views.bring_numbers_check import Unusual, counted, unusual_sentence
from data_loaders.contract import Problem
from data_loaders.load import Outcome, Status
from data_loaders.partner_desk import Desk, Looked, told_changes
from data_loaders.rawfile import RawFile
from data_loaders.report import render
from data_loaders.sheets.problems import cell_name
from data_loaders.sheets.safe import read_grids

PARTNER = "partner"


@dataclass(frozen=True)
class Wanted:
    """What the options say: whose file it is, answers to its questions, and the word for what is unusual."""

    partner: str
    coalition: str = ""
    answers: Path | None = None
    word: str = ""
    dry_run: bool = False


def load_partner(workspace: Workspace, files: list[Path], wanted: Wanted) -> None:
    """Load each file, or say all that is in the way; exit code 1 when any was not loaded."""
    if not wanted.partner:
        raise InvalidQuery("Say whose file it is: --partner ID. `coalition partners list` lists them.")
    done = [_one(workspace, path, wanted) for path in files]
    if not all(done):
        raise typer.Exit(1)


def may_bring(coalition: str, partner: str) -> None:
    """Refuse whom `--audience` makes somebody who may not bring this partner's numbers."""
    if not acting().may(Permission.BRING, coalition=coalition, partner=partner):
        raise NotAllowed(f"You may not {Permission.BRING} of {partner}.")


def _one(workspace: Workspace, path: Path, wanted: Wanted) -> bool:
    cube = workspace.reader().cube
    desk = Desk(workspace.engine, cube, wanted.partner)
    if wanted.coalition and desk.coalition != wanted.coalition:
        raise InvalidQuery(f"Partner '{wanted.partner}' belongs to '{desk.coalition}', not to '{wanted.coalition}'.")
    may_bring(desk.coalition, wanted.partner)
    now = datetime.now(UTC).replace(tzinfo=None)
    try:
        grids = read_grids(path)
    except LoadRefused as error:
        looked = Looked(problems=(_problem(path, error),))
    else:
        looked = desk.sheet(grids, path.name, RawFile.open(path).sha256, today=now.date(), who=acting().name,
                            answers=_answers(wanted.answers))  # fmt: skip
    if looked.brought is None:
        _tell_what_is_wrong(path, looked)
        return False
    return _saved(workspace, desk, looked, wanted, now)


def _saved(workspace: Workspace, desk: Desk, looked: Looked, wanted: Wanted, now: datetime) -> bool:
    brought = looked.brought
    assert brought is not None
    unusual = [unusual_sentence(Unusual(one.measure, one.period, one.kind, one.usual, one.now, one.revised),
                                registry().measures) for one in looked.surprising]  # fmt: skip
    for sentence in (*looked.notes, *unusual):
        print(f"  · {sentence}")
    told = f"{brought.intake.file_name}: {counted(looked.found.counts())}"
    if not looked.found.any:
        print(f"{told}. Nothing changes.")
        return True
    if wanted.dry_run:
        print(f"{told}. Nothing was written (dry run).")
        return True
    if unusual and not wanted.word.strip():
        print(f"{told}. This is unusual: say why with --word, and it is kept with the numbers. Nothing was written.")
        return False
    done = save(workspace.engine, replace(brought, word=wanted.word, changes=told_changes(looked)), desk.card, now)
    workspace.refresh()
    print(f"{told}. Saved as load {done.load_id}; `coalition undo {done.load_id}` takes it back.")
    return True


def _tell_what_is_wrong(path: Path, looked: Looked) -> None:
    console = Console()
    if looked.problems:
        problems = tuple(replace(one, column=cell_name(one) or one.column) for one in looked.problems)
        console.print(render([Outcome(path.name, "", Status.REFUSED, problems=problems)]))
        return
    questions = looked.proposal.questions if looked.proposal else ()
    table = Table("id", "question", "answers", title=f"{path.name}: choices only you can make")
    for one in questions:
        table.add_row(one.id, one.text, "\n".join(f"{value}: {label}" for value, label in one.options))
    console.print(table)
    example = json.dumps({one.id: one.options[0][0] for one in questions if one.options})
    print(f"Write the answers into a file, such as {example}, and name it with --answers. Nothing was written.")


def _answers(path: Path | None) -> Mapping[str, str]:
    if path is None:
        return {}
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidQuery(f"The answers in {path.name} cannot be read: {error}.") from error
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise InvalidQuery(f'The answers in {path.name} are not of the form {{"question": "answer"}}.')
    return told


def _problem(path: Path, error: LoadRefused) -> Problem:
    return Problem(path.name, getattr(error, "rule", str(error)), getattr(error, "fix", ""))
