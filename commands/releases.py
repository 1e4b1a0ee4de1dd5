"""`coalition releases`: list, compare and withdraw releases."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from dashboard.errors import NotAllowed
from dashboard.people import Permission, acting
from dashboard.people.chain import Event
from dashboard.releases.compare import compare
from dashboard.releases.exchange import shared
from dashboard.releases.reading import current, open_release
from dashboard.releases.shelf import listed, withdraw
from dashboard.settings import Settings
from dashboard.store.audit_log import recorded
from dashboard.store.workspace import open_workspace


def command(
    compare_: Annotated[tuple[str, str], typer.Option("--compare", help="Two releases: what changed.")] = ("", ""),
    withdraw_: Annotated[int, typer.Option("--withdraw", help="Serve this release no more.")] = 0,
    reason: Annotated[str, typer.Option(help="Why it is withdrawn.")] = "",
) -> None:
    """List the releases; compare two of them; withdraw one."""
    settings = Settings()
    folder = settings.releases_path
    with shared(folder, settings.release_database):
        _do(folder, compare_, withdraw_, reason)


def _do(folder: Path, compare_: tuple[str, str], withdraw_: int, reason: str) -> None:
    if any(compare_):
        for sentence in compare(*(open_release(folder, wanted) for wanted in compare_)).sentences:
            print(sentence)
    elif withdraw_:
        if not acting().may(Permission.PUBLISH):
            raise NotAllowed(f"You may not {Permission.PUBLISH.value}.")
        with open_workspace() as workspace, recorded(workspace.engine, Event("withdraw", f"release {withdraw_}")):
            gone = withdraw(folder, withdraw_, reason=reason, on=date.today().isoformat())
        print(f"Release {gone.number} is withdrawn: {gone.withdrawn_because}")
        print("Copies of it may exist: every later release is still audited together with it.")
    else:
        _print(folder)


def _print(folder: Path) -> None:
    serving = current(folder)
    table = Table("release", "date", "made by", "approved by", "stands")
    for each in listed(folder):
        stands = f"withdrawn {each.withdrawn_on}: {each.withdrawn_because}" if each.withdrawn_on else ""
        if serving and each.number == serving.number:
            stands = "served now"
        table.add_row(str(each.number), each.made_on, each.made_by, each.approved_by, stands)
    if table.row_count:
        Console().print(table)
    else:
        print("There is no release yet. `coalition publish` makes the first.")
