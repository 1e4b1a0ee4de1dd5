"""The program `coalition`: one module a command, bound together here."""

import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Annotated

import typer

from dashboard.errors import CoalitionError, NotAllowed
from dashboard.people import Permission, act_as, at_the_command_line

COMMANDS: Mapping[str, Permission] = {
    "load": Permission.BRING,
    "undo": Permission.BRING,
    "pull": Permission.LOAD,
    "sources": Permission.SEE,
    "status": Permission.SEE,
    "show": Permission.SEE,
    "demo": Permission.LOAD,
    "analyse": Permission.LOAD,
    "site": Permission.SEE,
    "targets": Permission.SEE,
    "partners": Permission.SEE,
    "agreements": Permission.SEE,
    "publish": Permission.PUBLISH,
    "audit": Permission.OPEN,
    "releases": Permission.OPEN,
    "public-role": Permission.PUBLISH,
    "export-site": Permission.OPEN,
    "export": Permission.SEE,
    "backup": Permission.MANAGE_PEOPLE,
    "restore": Permission.MANAGE_PEOPLE,
    "people": Permission.MANAGE_PEOPLE,
    "audit-log": Permission.READ_LOG,
    "serve": Permission.MANAGE_PEOPLE,
    "work": Permission.MANAGE_PEOPLE,
}
"""Every command and what it needs of whoever `--audience` names; the command line itself may do everything."""


def bind(names: Iterable[str]) -> typer.Typer:
    """The command line with these commands; `show` does not wait for the libraries that only `load` needs."""
    app = typer.Typer(
        name="coalition",
        help="See whether a coalition's response to overdoses works.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_begin)
    for name in names:
        module = import_module(f"commands.{name.replace('-', '_')}")
        if hasattr(module, "group"):
            app.add_typer(module.group, name=name)
        else:
            app.command(name=name)(module.command)
    return app


def _begin(
    context: typer.Context,
    audience: Annotated[
        str, typer.Option(help="Act as member, law_enforcement, steward:PARTNER, publisher, auditor or public.")
    ] = "",
) -> None:
    """Say who acts: the command line is an administrator unless --audience names somebody who may do less."""
    person = at_the_command_line(audience)
    needed = COMMANDS[str(context.invoked_subcommand)]
    if not person.may(needed):
        raise NotAllowed(f"As {audience} you may not {needed.value}.")
    context.with_resource(act_as(person))


def run() -> None:
    """Run the command line; a refusal is one sentence on standard error and exit code 1."""
    try:
        bind([name for name in sys.argv[1:4] if name in COMMANDS][:1] or COMMANDS)()
    except CoalitionError as error:
        _refuse(str(error))
    except Exception as error:
        if not _is_of_the_store(error):
            raise
        _refuse(f"The store cannot be read or written: {str(error).splitlines()[0]} Check COALITION_DATABASE_URL.")


def _is_of_the_store(error: Exception) -> bool:
    """Whether SQLAlchemy raised it. Asked of what is loaded: the public server has no SQLAlchemy, and loads none."""
    known = sys.modules.get("sqlalchemy.exc")
    return known is not None and isinstance(error, known.SQLAlchemyError)


def _refuse(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    raise SystemExit(1) from None
