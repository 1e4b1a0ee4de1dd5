"""The long work that workers do, by name: what commands do, as functions of plain arguments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from callbacks.export_jobs import EXPORTS
from callbacks.jobs import Asked, Kind, Kinds, Say
from callbacks.release_jobs import NOWHERE, RELEASES
from commands.analysing import analyse, desk_of
from commands.publishing import WantedRelease, make_release
from commands.pulling import WantedFeeds, pull_feeds, sentence_of
from commands.questions import Wanted
from dashboard.errors import LoadRefused, StoreError
from dashboard.settings import Settings
from dashboard.store.audit_log import keep_head
from dashboard.store.pulls import Pull
from dashboard.store.workspace import Workspace


def analysed(settings: Settings, arguments: Asked, say: Say, _into: Path) -> str:
    """Hotspots and service deserts; each answer is stored as soon as it stands, so that this may begin again."""
    wanted = Wanted(
        arguments["indicator"], arguments["period"], arguments["within"], float(arguments["max_share"]),
        seed=int(arguments["seed"]),
    )  # fmt: skip
    with _opened(settings) as workspace:
        outcome = analyse(desk_of(workspace, arguments["as_of"]), wanted, say)
    stored = f"Stored: {len(outcome.hotspots)} answers on hotspots, {len(outcome.deserts)} on service deserts."
    return "\n".join([stored, *(f"Not analysed: {sentence}" for sentence in outcome.skipped)])


def pulled(settings: Settings, arguments: Asked, say: Say, _into: Path) -> str:
    """Public sources by network; LoadRefused where one could not be loaded. Fetched twice nothing changes twice."""
    wanted = WantedFeeds(tuple(arguments["names"].split()), bool(arguments["due"]), bool(arguments["force"]))
    said: list[str] = []

    def tell(attempt: Pull, share: float) -> None:
        said.append(sentence_of(attempt))
        say(said[-1], share)

    with _opened(settings) as workspace:
        good = pull_feeds(workspace, wanted, tell)
    if not good:
        raise LoadRefused("\n".join(said))
    return "\n".join(said) or "Nothing is due."


def published(settings: Settings, arguments: Asked, say: Say, _into: Path) -> str:
    """A release. StoreError where the worker would write it into a folder that no public server reads."""
    if settings.broker_url and not settings.public_database_url:
        raise StoreError(NOWHERE)
    wanted = WantedRelease(
        arguments["as_of"], arguments["made_by"], arguments["approved_by"], bool(arguments["dry_run"])
    )  # fmt: skip
    with _opened(settings) as workspace:
        return "\n".join(make_release(workspace, wanted, say))


@contextmanager
def _opened(settings: Settings) -> Iterator[Workspace]:
    workspace = Workspace(settings)
    try:
        yield workspace
        keep_head(workspace.engine, workspace.home)
    finally:
        workspace.engine.dispose()


KINDS: Kinds = {
    **EXPORTS,
    **RELEASES,
    "analyse": Kind(analysed, minutes=120),
    "pull": Kind(pulled, minutes=120),
    "publish": Kind(published, minutes=120, tries=1),
}
