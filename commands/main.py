"""The program `coalition`: one module a command, bound together here."""

import sys

import typer

from commands import demo, load, serve, show, sources, status
from dashboard.errors import CoalitionError

app = typer.Typer(
    name="coalition",
    help="See whether a coalition's response to overdoses works.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (load, sources, status, show, demo, serve):
    app.command(name=module.__name__.rpartition(".")[2])(module.command)


def run() -> None:
    """Run the command line; a refusal is one sentence on standard error and exit code 1."""
    try:
        app()
    except CoalitionError as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None
