"""`coalition restore`: a backup into an empty store."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard.store.backup import restore
from dashboard.store.workspace import open_workspace


def command(file: Annotated[Path, typer.Argument(help="A file that `coalition backup` made.")]) -> None:
    """Read a backup into an empty store, SQLite or PostgreSQL; everything arrives or nothing does."""
    with open_workspace() as workspace:
        rows = restore(file, workspace.engine)
    print(f"{sum(rows.values()):,} rows of {len(rows)} tables are back. Now: coalition status")
