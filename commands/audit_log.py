"""`coalition audit-log`: what was changed or refused, and whether anybody touched the log."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from dashboard.store.audit_log import keep_head, kept_head, parse_head, records, verify
from dashboard.store.workspace import open_workspace

group = typer.Typer(help="What was changed or refused, and whether anybody touched the log.", no_args_is_help=True)
COLUMNS = ("number", "at", "account", "action", "outcome", "subject", "told")


@group.command()
def show(newest: Annotated[int, typer.Option(min=1, help="Only the newest so many records.")] = 50) -> None:
    """Print the newest records, oldest first."""
    with open_workspace() as workspace:
        found = list(records(workspace.engine, newest=newest))
    table = Table(*COLUMNS)
    for record in found:
        table.add_row(*(str(getattr(record, name)) for name in COLUMNS))
    if found:
        Console(width=None if sys.stdout.isatty() else 200).print(table)
    else:
        print("The log is empty: nothing was changed or refused yet.")


@group.command(name="verify")
def verify_(
    head: Annotated[str, typer.Option(help="An end of the log that you wrote down earlier, NUMBER:LETTERS.")] = "",
) -> None:
    """Look for records that were edited, removed, inserted or moved; exit code 1 when there are any."""
    with open_workspace() as workspace:
        kept = kept_head(workspace.home)
        heads = [each for each in (kept, parse_head(head) if head else None) if each]
        faults = verify(workspace.engine, *heads)
        end = keep_head(workspace.engine, workspace.home)
    for fault in faults:
        print(fault)
    if faults:
        raise typer.Exit(1)
    print(f"Nobody touched the {end.number:,} records of the log." if end.number else "The log is empty.")
    print(f"Its end, to be kept where nobody who can write the store can write: {end}")
    if not heads:
        print("There was no earlier end to compare with: records cut off at the end could not be noticed.")
