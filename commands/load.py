"""`coalition load`: files as their publishers wrote them, each recognised by its content."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from rich.console import Console

from commands.load_partner import PARTNER, Wanted, load_partner
from dashboard.domain import Level
from dashboard.errors import LoadRefused, NotAllowed
from dashboard.people import Permission, acting
from dashboard.store.doubles import OWN_LIST, sentence
from dashboard.store.workspace import Workspace, open_workspace
from data_loaders.load import Status, load_files
from data_loaders.report import render
from data_loaders.sources.boundaries import download

BOUNDARIES = "boundaries"


def command(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files to load; 'boundaries' alone downloads shapes; 'partner' before partners' files."),
    ],
    source: Annotated[str, typer.Option(help="Read as this source, whatever the content looks like.")] = "",
    mapping: Annotated[Path | None, typer.Option(help="Mapping file (TOML) for a table of any shape.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report, write nothing.")] = False,
    partner: Annotated[str, typer.Option(help="Whose file it is, by id.")] = "",
    coalition: Annotated[str, typer.Option(help="The partner's coalition, to be sure.")] = "",
    answers: Annotated[Path | None, typer.Option(help="Answers to a partner's file's questions (JSON).")] = None,
    word: Annotated[str, typer.Option(help="Why a partner's numbers are unusual; kept with them.")] = "",
) -> None:
    """Load files; each is one transaction, and a file with any problem is not loaded at all (exit code 1)."""
    with open_workspace() as workspace, TemporaryDirectory() as scratch:
        if files[0] == Path(BOUNDARIES) and not files[0].exists():
            source, files = BOUNDARIES, files[1:] or download(_states(workspace), Level.TOWN, Path(scratch))
        own = files[0] == Path(PARTNER) and not files[0].is_file()
        files = files[1:] if own else files
        missing = [str(path) for path in files if not path.is_file()]
        if missing:
            raise LoadRefused(f"No such file: {', '.join(missing)}. Nothing was loaded.")
        if own:
            load_partner(workspace, files, Wanted(partner, coalition, answers, word, dry_run))
            return
        if not acting().may(Permission.LOAD):
            raise NotAllowed(f"You may not {Permission.LOAD}; a partner's file goes by `coalition load partner`.")
        outcomes = load_files(
            workspace.engine, files, source=source or None, dry_run=dry_run, mapping=mapping,
            now=datetime.now(UTC).replace(tzinfo=None),
        )  # fmt: skip
        Console().print(render(outcomes))
        if not dry_run:
            reader = workspace.reader()
            _tell_doubles(reader.merged_sites(), {one.source for one in outcomes if one.status is Status.LOADED})
    if any(outcome.problems for outcome in outcomes):
        raise typer.Exit(1)


def _tell_doubles(merged: list[dict[str, Any]], loaded: set[str]) -> None:
    """Say which sites are counted once, when a list of sites was loaded."""
    if loaded & {row["source"] for row in merged} or OWN_LIST in loaded:
        told = sentence(merged)
        if told:
            print(told)


def _states(workspace: Workspace) -> list[str]:
    """States whose towns the store knows."""
    return sorted({place.state for place in workspace.reader().gazetteer.places if place.level is Level.TOWN})
