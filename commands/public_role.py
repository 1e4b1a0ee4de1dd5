"""`coalition public-role`: the statements that make the role with which the public server reads releases."""

from typing import Annotated

import typer

from dashboard.errors import InvalidQuery
from dashboard.releases.database import database_of, role_sql
from dashboard.settings import Settings


def command(name: Annotated[str, typer.Argument(help="Name of the role, such as coalition_public.")]) -> None:
    """Print SQL that makes a role which may read releases and nothing else. Nothing is run."""
    address = Settings().release_database
    if not address:
        raise InvalidQuery(
            "Set COALITION_PUBLIC_DATABASE_URL to the PostgreSQL address with which releases are published."
        )
    print(role_sql(name, database_of(address)))
