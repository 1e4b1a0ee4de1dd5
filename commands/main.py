"""The program `coalition`: one module a command, bound together here."""

import sys
from collections.abc import Sequence
from importlib import import_module

import typer

from dashboard.errors import CoalitionError

COMMANDS = ("load", "pull", "sources", "status", "show", "demo", "analyse", "site", "targets", "publish", "audit",
            "releases", "public-role", "export-site", "serve")  # fmt: skip


def bind(names: Sequence[str]) -> typer.Typer:
    """The command line with these commands; `show` does not wait for the libraries that only `load` needs."""
    app = typer.Typer(
        name="coalition",
        help="See whether a coalition's response to overdoses works.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(lambda: None)
    for name in names:
        app.command(name=name)(import_module(f"commands.{name.replace('-', '_')}").command)
    return app


def run() -> None:
    """Run the command line; a refusal is one sentence on standard error and exit code 1."""
    try:
        bind([name for name in sys.argv[1:2] if name in COMMANDS] or COMMANDS)()
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
