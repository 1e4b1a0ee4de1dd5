"""`coalition agreements`: which hold, what each says, and changing them from a file."""

import getpass
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from callbacks.permissions import Permission, require
from dashboard.agreements import Agreement
from dashboard.agreements.written import read_agreement, to_terms
from dashboard.errors import LoadRefused
from dashboard.store.agreements import end_agreement, find_agreement, history, save_agreement
from dashboard.store.workspace import Workspace, open_workspace
from dashboard.views.agreement_words import standing_sentence, words_of
from dashboard.views.agreements import COLUMNS, NotShown, agreements_page

group = typer.Typer(
    help="Agreements: what may be shown of partners' numbers, to whom, until when.", no_args_is_help=True
)
Id = Annotated[str, typer.Argument(help="Id of an agreement, as `coalition agreements list` shows it.")]
Of = Annotated[str, typer.Option("--coalition", help="Its coalition, where two have an agreement of this id.")]
Why = Annotated[str, typer.Option("--why", help="A few words for the agreement's history.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@group.command(name="list")
def list_(coalition: Of = "", as_json: AsJson = False) -> None:
    """List agreements, the most urgent first, and whose numbers are not shown."""
    with open_workspace() as workspace:
        agreements, not_shown = workspace.agreements(), silenced(workspace, coalition)
    today = _now().date()
    ours = [one for one in agreements if coalition in ("", one.coalition)]
    if as_json:
        told = {"agreements": [to_terms(one) | {"stands": one.standing(today), "days_left": one.days_left(today)}
                               for one in ours],
                "not_shown": [{"name": each.name, "why": each.reason} for each in not_shown]}  # fmt: skip
        print(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
        return
    page = agreements_page(ours, today, not_shown=not_shown)
    ids = {one.name: one.id for one in ours}
    table = Table("id", *COLUMNS)
    for row in page.rows:
        table.add_row(ids[row.name], row.name, row.stands, row.days_left, row.last_day, row.to_sign)
    console = Console() if sys.stdout.isatty() else Console(width=200)
    console.print(page.headline)
    if page.rows:
        console.print(table)
    say_not_shown(not_shown)


@group.command()
def show(id_: Id, coalition: Of = "", as_json: AsJson = False) -> None:
    """Print every term of an agreement and its history."""
    with open_workspace() as workspace:
        agreement = find_agreement(workspace.agreements(), id_, coalition=coalition)
        versions = history(workspace.engine, agreement)
    if as_json:
        print(orjson.dumps(to_terms(agreement), option=orjson.OPT_INDENT_2).decode())
        return
    today = _now().date()
    print(standing_sentence(agreement, today))
    for name, words in words_of(agreement, today):
        print(f"  {name}: {words}")
    for each in versions:
        print(f"  Version {each.agreement.version} of {each.saved_at:%Y-%m-%d}, by {each.who}: {each.why}")


@group.command(name="set")
def set_(
    files: Annotated[list[Path], typer.Argument(help="TOML files, one agreement each (docs/agreements.md).")],
    why: Why = "Set from a file",
) -> None:
    """Save agreements from files; what is as it was is not saved again. A file with a fault changes nothing."""
    require(Permission.AGREE)
    read = [_read(path) for path in files]
    with open_workspace() as workspace:
        for agreement in read:
            _known(workspace, agreement)
        for agreement in read:
            saved = save_agreement(workspace.engine, agreement, who=getpass.getuser(), why=why, now=_now())
            print(f"{saved.id}, version {saved.version}. {standing_sentence(saved, _now().date())}")


@group.command()
def expire(id_: Id, coalition: Of = "", why: Why = "Ended") -> None:
    """End an agreement: yesterday was its last day. Running servers follow within seconds."""
    require(Permission.AGREE)
    with open_workspace() as workspace:
        agreement = find_agreement(workspace.agreements(), id_, coalition=coalition)
        ended = end_agreement(workspace.engine, agreement, who=getpass.getuser(), why=why, now=_now())
    print(standing_sentence(ended, _now().date()))


def silenced(workspace: Workspace, coalition: str = "") -> list[NotShown]:
    """Partners (of a coalition) and sources whose numbers are here and not shown."""
    told = workspace.reader().not_shown()
    return [NotShown(name, reason) for of, name, reason in told if not of or coalition in ("", of)]


def say_not_shown(not_shown: Iterable[NotShown]) -> None:
    """Print whose numbers are not shown, and what to do."""
    told = [f"Not shown: {each.name}. {each.reason}" for each in not_shown]
    for sentence in told:
        print(sentence)
    if told:
        print("Write down what was agreed (docs/agreements.md) and run: coalition agreements set FILE.toml")


def _read(path: Path) -> Agreement:
    if not path.is_file():
        raise LoadRefused(f"No such file: {path}. Nothing was changed.")
    try:
        return read_agreement(path.read_text("utf-8"), path.name)
    except UnicodeDecodeError:
        raise LoadRefused(f"{path.name} is not UTF-8 text. Save it as UTF-8; nothing was changed.") from None


def _known(workspace: Workspace, agreement: Agreement) -> None:
    """LoadRefused for an agreement that speaks of somebody or something the store does not know."""
    reader = workspace.reader()
    faults = []
    if agreement.partner and agreement.partner not in reader.partners:
        faults.append(f"there is no partner '{agreement.partner}'")
    known = {*reader.registry.indicators, "population", "*"}
    faults += [f"there is no indicator '{id_}'" for id_ in sorted((agreement.indicators or frozenset()) - known)]
    coalitions = {str(row["id"]) for row in reader.coalitions}
    if agreement.coalition and agreement.coalition not in coalitions:
        faults.append(f"there is no coalition '{agreement.coalition}'")
    if faults:
        raise LoadRefused(f"The agreement '{agreement.id}' was not saved: {'; '.join(faults)}. Nothing was changed.")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
