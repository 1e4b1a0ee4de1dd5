"""`coalition work`: do the long work that web servers and commands hand in, on this machine."""

from typing import Annotated

import typer

from callbacks.jobs import Kinds
from callbacks.shared import shared_of
from commands.logs import set_up
from dashboard.errors import StoreError
from dashboard.settings import Settings
from dashboard.store.workspace import Workspace


def command(
    at_once: Annotated[int, typer.Option(min=1, max=32, help="Jobs at a time.")] = 2,
) -> None:
    """Do the long work that servers and commands hand in by COALITION_BROKER_URL, until stopped."""
    settings = Settings()
    if not settings.broker_url:
        raise StoreError(
            "COALITION_BROKER_URL names no Redis, so nobody hands work in: exports are made in processes of the "
            "server's own machine. Set it here and where the server runs."
        )
    from commands.jobs import KINDS  # they bring all that numbers are worked out with

    set_up()
    work(settings, KINDS, at_once)


def work(settings: Settings, kinds: Kinds, at_once: int) -> None:
    """Work until stopped: what is being done is finished first."""
    from callbacks.jobs.queue import add_work, queue_of

    workspace = Workspace(settings)
    shared = shared_of(workspace)
    assert shared is not None
    workspace.engine.dispose()
    queue = queue_of(settings, shared.corner)
    add_work(queue, shared, kinds, settings)
    print(f"Working, {at_once} at a time  (Ctrl+C stops)", flush=True)
    queue.Worker(concurrency=at_once, loglevel="WARNING", quiet=True, pool="threads").start()
