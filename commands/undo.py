"""`coalition undo`: take a partner's load back; earlier days' screens keep it."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from commands.load_partner import may_bring
from dashboard.people import acting
from dashboard.store.partner_files import one_load, undo
from dashboard.store.workspace import open_workspace


def command(
    load: Annotated[int, typer.Argument(help="The number of the load, as the partner's page and loading tell it.")],
    why: Annotated[str, typer.Option(help="Why; it is kept with the load.")] = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="Even below a later load of the same numbers.")] = False,
) -> None:
    """Undo a load that a partner brought: from now on it does not count."""
    now = datetime.now(UTC).replace(tzinfo=None)
    with open_workspace() as workspace:
        known = one_load(workspace.engine, load)
        may_bring(known.coalition, known.partner)
        undo(workspace.engine, load, who=acting().name, why=why, now=now, anyway=anyway)
        print(f"Load {load} ({known.file_name}) is undone: what held before it holds again. It stays in the history.")
