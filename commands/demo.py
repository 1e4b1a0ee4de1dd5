"""`coalition demo`: the demonstration store."""

from datetime import UTC, datetime, time
from typing import Annotated

import typer
from rich.progress import Progress
from sqlalchemy import Engine

from commands.analyse import run
from commands.analysing import Desk
from commands.questions import Wanted
from dashboard.demo import CARD, demonstration
from dashboard.demo.agreements import partner_agreements
from dashboard.demo.meetings import WHO, meeting_memory
from dashboard.domain import Partner
from dashboard.errors import StoreError
from dashboard.store.agreements import write_agreement
from dashboard.store.meetings import write_entry
from dashboard.store.workspace import open_workspace
from dashboard.store.writer import is_demonstration, is_empty, write

LOADED_AT = time(9)
"""When on its day a part of the demonstration counts as loaded."""
REPLICATES = 299
"""Maps of chance for the demonstration: a third of what `coalition analyse` draws, so that it is ready sooner."""


def command(
    seed: Annotated[int, typer.Option(help="Seed of the generator; the same seed makes the same numbers.")] = 20,
    rows: Annotated[int, typer.Option(help="About how many observations to make.")] = 1_000_000,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing when the store holds anything.")] = False,
) -> None:
    """Make the demonstration coalition in an empty store: invented numbers for real towns, marked as such."""
    with open_workspace() as workspace:
        if not is_empty(workspace.engine):
            if if_empty:
                return
            _refuse(is_demonstration(workspace.engine))
        now = datetime.now(UTC).replace(tzinfo=None)
        with Progress() as progress:
            task = progress.add_task("Making the demonstration", total=None)
            for intake in demonstration(seed=seed, today=now.date(), rows=rows):
                write(workspace.engine, intake, CARD, min(now, datetime.combine(intake.as_of, LOADED_AT)))
                progress.update(task, advance=len(intake.observations))
                _agree(workspace.engine, intake.partners, now)
        _remember(workspace.engine, now)
        reader = workspace.reader()
        run(Desk(workspace.engine, reader, now), Wanted(replicates=REPLICATES))
        print(
            f"{len(reader.cube.columns['value']):,} observations of demonstration data, not real. Now: coalition serve"
        )


def _agree(engine: Engine, partners: list[Partner], now: datetime) -> None:
    """Save what the partners agreed."""
    with engine.execution_options(writes=True).begin() as connection:
        for agreement in partner_agreements(partners, now.date()):
            write_agreement(connection, agreement, who="demonstration", why="Agreed when the coalition began", now=now)


def _remember(engine: Engine, now: datetime) -> None:
    """Save what was decided, done and heard at meetings, each at its time."""
    with engine.execution_options(writes=True).begin() as connection:
        for kept in meeting_memory(now.date(), "c-franklin"):
            write_entry(connection, kept.entry, who=WHO, now=min(now, kept.saved_at))


def _refuse(demonstration_already: bool) -> None:
    if demonstration_already:
        raise StoreError("This store already holds the demonstration. `coalition serve` shows it.")
    raise StoreError(
        "This store holds real data; demonstration data never joins it. "
        "Set COALITION_DATABASE_URL (or COALITION_HOME) to another place and run `coalition demo` again."
    )
