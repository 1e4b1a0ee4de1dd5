"""What became of the files, as a text for the terminal and as plain rows; every problem is in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from data_loaders.contract import Problem
from data_loaders.load import Outcome, Status

STYLES = {Status.LOADED: "green", Status.WOULD_LOAD: "green", Status.NO_CHANGE: "cyan", Status.REFUSED: "bold red"}
COLUMNS = ("file", "sheet", "row", "column", "value", "rule", "fix")
HEADINGS = ("row", "column", "value", "rule", "what to do")


def render(outcomes: Sequence[Outcome]) -> RenderableType:
    """The outcomes for a rich console: a line a file, its notes, and a table of all its problems."""
    return Group(*(part for outcome in outcomes for part in _parts(outcome)))


def rows(outcomes: Sequence[Outcome]) -> list[dict[str, str]]:
    """Every problem as a plain row of file, sheet, row, column, value, rule and fix."""
    return [
        {name: _shown(getattr(problem, name)) for name in COLUMNS}
        for outcome in outcomes
        for problem in outcome.problems
    ]


def _parts(outcome: Outcome) -> Iterator[RenderableType]:
    yield _heading(outcome)
    for note in outcome.notes:
        yield Text(f"  · {_shown(note)}")
    if outcome.problems:
        yield _table(outcome.problems)


def _heading(outcome: Outcome) -> Text:
    line = Text.assemble((_shown(outcome.file), "bold"), ": ", (str(outcome.status), STYLES[outcome.status]))
    if outcome.source:
        line.append(f" as {outcome.source}")
    if outcome.status in (Status.LOADED, Status.WOULD_LOAD):
        line.append(f", {outcome.rows_accepted:,} rows accepted")
        line.append(f", {outcome.rows_refused:,} not counted" if outcome.rows_refused else "")
    if outcome.problems:
        many = len(outcome.problems)
        line.append(f", nothing written, {many:,} problem{'' if many == 1 else 's'}")
    return line


def _table(problems: Sequence[Problem]) -> Table:
    sheets = any(problem.sheet for problem in problems)
    table = Table(*(("sheet",) if sheets else ()), *HEADINGS, show_lines=False)
    for problem in problems:
        cells = [problem.row, problem.column, problem.value, problem.rule, problem.fix]
        table.add_row(*(Text(_shown(cell)) for cell in ([problem.sheet, *cells] if sheets else cells)))
    return table


def _shown(cell: object) -> str:
    """The cell as text that cannot steer the terminal it is printed on."""
    text = "" if cell is None else str(cell)
    return "".join(letter if letter.isprintable() else "�" for letter in text)
