"""`coalition backup`: the whole store as one file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from dashboard.store.backup import back_up
from dashboard.store.workspace import open_workspace


def command(
    file: Annotated[Path | None, typer.Argument(help="New file; none: named by the minute, in this folder.")] = None,
) -> None:
    """Copy the store, as it is at one moment, into one file that `coalition restore` reads; people may go on working.

    Releases are files of their own: copy their folder too (docs/deploying.md).
    """
    path = file or Path(f"coalition-{datetime.now(UTC):%Y-%m-%d-%H%M}.backup")
    with open_workspace() as workspace:
        rows = back_up(workspace.engine, path)
    print(f"{path}: {sum(rows.values()):,} rows of {len(rows)} tables, {path.stat().st_size:,} bytes.")
