"""`coalition partners`: the members of a coalition, and a new one that joins."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from dashboard import gazetteer
from dashboard.errors import InvalidQuery, NotAllowed, StoreError
from dashboard.people import Permission, acting
from dashboard.store.workspace import open_workspace
from dashboard.store.writer import is_demonstration, write
from data_loaders import joining, register
from data_loaders.standing import Standing

group = typer.Typer(help="The members of a coalition, and a new one that joins.", no_args_is_help=True)


@group.command(name="list")
def list_() -> None:
    """List partners with their coalition."""
    with open_workspace() as workspace:
        cube = workspace.reader().cube
    table = Table("id", "name", "sector", "coalition")
    for row in cube.partners:
        table.add_row(row["id"], row["name"], row["sector"], row["coalition_id"])
    Console().print(table if cube.partners else "There is no partner yet: coalition partners add --help")


@group.command()
def add(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits and '-', such as stonecrop.")],
    name: Annotated[str, typer.Option(help="Its name, as screens show it.")],
    sector: Annotated[str, typer.Option(help="Such as 'harm reduction', 'hospital' or 'EMS'.")],
    coalition: Annotated[str, typer.Option(help="Id of the coalition it joins.")],
    coalition_name: Annotated[str, typer.Option(help="Name of a new coalition.")] = "",
    town: Annotated[list[str] | None, typer.Option(help="A town it serves, or of a new coalition; repeat it.")] = None,
) -> None:
    """Add a partner, and its coalition when that is new."""
    if not acting().may(Permission.LOAD):
        raise NotAllowed("Only an administrator adds partners.")
    wanted = joining.Joining(id_, name, sector, coalition, coalition_name, tuple(town or ()))
    now = datetime.now(UTC).replace(tzinfo=None)
    with open_workspace() as workspace:
        if is_demonstration(workspace.engine):
            raise StoreError(
                "The store holds demonstration data; real partners never join it. Use another COALITION_HOME."
            )
        cube = workspace.reader().cube
        if any(row["id"] == id_ for row in cube.partners):
            raise InvalidQuery(f"There is a partner '{id_}' already.")
        _know_towns(workspace.engine, now)
        known = any(row["id"] == coalition for row in cube.coalitions)
        intake = joining.join(wanted, Standing(workspace.engine).index, now.date(), known=known)
        write(workspace.engine, intake, joining.CARD, now)
    print(f"{name} is a partner of {coalition} now. Its numbers: coalition load partner FILE --partner {id_}")


def _know_towns(engine: Engine, now: datetime) -> None:
    """Register the built-in towns in a store that knows none."""
    if not Standing(engine).towns():
        for state in gazetteer.FILES:
            write(engine, register.built_in(state), register.CARD, now)
