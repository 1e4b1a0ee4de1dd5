"""`coalition people`: who has an account, what each may do, and links to sign in by."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from dashboard.people import Grant, Person, Role
from dashboard.settings import Settings
from dashboard.store.people import add_account, list_accounts, remove_account
from dashboard.store.sign_in import LINK_MINUTES, make_link
from dashboard.store.workspace import open_workspace

group = typer.Typer(help="Who has an account, what each may do, and links to sign in by.", no_args_is_help=True)
Account = Annotated[str, typer.Argument(help="The account: small letters and digits, or an address for e-mail.")]


@group.command()
def add(
    account: Account,
    role: Annotated[Role, typer.Option(help="What the account is; give one more role by adding it again.")],
    coalition: Annotated[str, typer.Option(help="Only in this coalition; in every one when left out.")] = "",
    partner: Annotated[str, typer.Option(help="The partner whose numbers a steward brings.")] = "",
    name: Annotated[str, typer.Option(help="How the person is called on screen.")] = "",
    law_enforcement: Annotated[
        bool, typer.Option("--law-enforcement", help="A member from law enforcement, who is shown less.")
    ] = False,
) -> None:
    """Make an account, or give one that is there one more role."""
    person = Person(account, name, (Grant(role, coalition, partner),), law_enforcement)
    with open_workspace() as workspace:
        add_account(workspace.engine, person, now=_now())
    print(f"{account} is {_words(person)} now. A link to sign in: coalition people link {account}")


@group.command()
def link(
    account: Account,
    address: Annotated[str, typer.Option(help="Address of the dashboard, such as https://board.example.org.")] = "",
) -> None:
    """Make a link that signs an account in once, within 15 minutes."""
    with open_workspace() as workspace:
        secret = make_link(workspace.engine, account, now=_now())
        at = address or _address(workspace.settings)
    print(f"{at.rstrip('/')}/sign-in/{secret}")
    print(f"It works once, for {LINK_MINUTES} minutes. Whoever opens it is {account}: hand it over in person.")


@group.command(name="list")
def list_() -> None:
    """List accounts and what they may do."""
    with open_workspace() as workspace:
        accounts = list_accounts(workspace.engine)
    table = Table("account", "name", "is", "since", "removed")
    for each in accounts:
        gone = each.removed_at.date().isoformat() if each.removed_at else ""
        table.add_row(each.person.account, each.person.name, _words(each.person), str(each.made_at.date()), gone)
    if accounts:
        Console().print(table)
    else:
        print("There are no accounts: only this computer reaches the dashboard, and it may do everything.")


@group.command()
def remove(account: Account, role: Annotated[Role | None, typer.Option(help="Take this role alone.")] = None) -> None:
    """Take a role, or the whole account, away; it is signed out everywhere within a second."""
    with open_workspace() as workspace:
        remove_account(workspace.engine, account, now=_now(), role=role)
    print(f"{account} is no {role.value} any more." if role else f"{account} is removed. The audit log keeps the name.")


def _words(person: Person) -> str:
    """What an account is, as people say it."""
    roles = [
        " ".join(part for part in (grant.role.value, grant.partner and f"of {grant.partner}",
                                   grant.coalition and f"in {grant.coalition}") if part)
        for grant in person.grants
    ]  # fmt: skip
    return ", ".join(roles) + (" (law enforcement)" if person.law_enforcement else "") or "nothing"


def _address(settings: Settings) -> str:
    named = [host.strip() for host in settings.hosts.split(",") if host.strip()]
    return f"https://{named[0]}" if named else "http://127.0.0.1:8050"


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
