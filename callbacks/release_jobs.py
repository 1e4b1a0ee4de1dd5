"""Releases as jobs: to count, protect and audit one takes half a minute or hours, and a solver's memory."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from callbacks.jobs import Asked, Jobs, Kind, Kinds, Say, jobs_of
from callbacks.jobs.local import LocalBoard
from callbacks.permissions import Permission, require
from dashboard.errors import InvalidQuery, StoreError
from dashboard.meetings.going_out import LANGUAGES
from dashboard.people.chain import Event
from dashboard.releases.release import PublicText
from dashboard.settings import Settings
from dashboard.store.audit_log import recorded
from dashboard.store.workspace import Workspace
from dashboard.views.publish_page import HiddenOf, Preview, TextOf

PREVIEW, WRITE = "preview", "publish-looked-at"
NOWHERE = (
    "A worker publishes to where COALITION_PUBLIC_DATABASE_URL says, and that is empty there. Nothing was published; "
    "set it for the worker as for the other servers."
)
CHANGED = "Numbers or texts changed since you looked: preview the release again."
_PREVIEW = TypeAdapter(Preview)


def make_preview(settings: Settings, arguments: Asked, say: Say, into: Path) -> str:
    """Write what the next release of a day would show and hide."""
    _may_read_releases(settings, arguments)
    workspace = Workspace(settings)
    try:
        made = previewed(workspace, date.fromisoformat(arguments["today"]), say)
    finally:
        workspace.engine.dispose()
    into.write_bytes(_PREVIEW.dump_json(made))
    return "Done"


def read_preview(jobs: Jobs, token: str, account: str) -> Preview:
    """The preview that was made; InvalidQuery while there is none."""
    with jobs.file(jobs.job(token, account)) as file:
        return _PREVIEW.validate_json(file.read())


def write_looked_at(settings: Settings, arguments: Asked, say: Say, _into: Path) -> str:
    """Publish exactly what was looked at; InvalidQuery where it would be another release now."""
    from dashboard.releases.publish import prepare, publish

    _may_read_releases(settings, arguments)
    workspace, folder = Workspace(settings), settings.releases_path
    try:
        built = prepare(workspace, folder, made_on=date.fromisoformat(arguments["today"]), progress=say)
        if built.fingerprint != arguments["looked_at"]:
            raise InvalidQuery(CHANGED)
        with recorded(workspace.engine, Event("publish", f"release {built.release.number}")):
            publish(built, folder, made_by=arguments["made_by"], approved_by=arguments["approved_by"],
                    database=settings.release_database)  # fmt: skip
    finally:
        workspace.engine.dispose()
    return f"Release {built.release.number} is published."


RELEASES: Kinds = {PREVIEW: Kind(make_preview, minutes=120), WRITE: Kind(write_looked_at, minutes=120, tries=1)}


def releases_of(workspace: Workspace) -> Jobs:
    """The releases of a workspace; made on this machine where its folder is the only place that has them."""
    settings = workspace.settings
    if settings.broker_url and not settings.public_database_url:
        return Jobs(LocalBoard(settings, RELEASES), RELEASES)
    return jobs_of(workspace, RELEASES)


def asked_today(workspace: Workspace, **names: str) -> Asked:
    """The arguments of a job about the next release of today."""
    shared = "yes" * bool(workspace.settings.public_database_url)
    return {"today": date.today().isoformat(), "shared": shared, **names}


def _may_read_releases(settings: Settings, arguments: Asked) -> None:
    """NoPermission for who may not publish; StoreError where other releases than the web server's would be read."""
    require(Permission.PUBLISH)
    if arguments["shared"] and not settings.public_database_url:
        raise StoreError(NOWHERE)


def previewed(workspace: Workspace, today: date, say: Say) -> Preview:
    """The next release, counted, protected and audited, as the page tells of it."""
    from dashboard.releases.publish import changes_since, prepare
    from dashboard.releases.told import hidden_rows, reason_words

    folder = workspace.settings.releases_path
    built = prepare(workspace, folder, made_on=today, progress=say)
    rows = [
        HiddenOf(row.indicator, row.level, row.cells, row.hidden, reason_words(built, row))
        for row in hidden_rows(built)
    ]
    release = built.release
    return Preview(
        release.number, release.made_on.isoformat(), rows, changes_since(built, folder) if rows else (),
        built.fingerprint, [_text(text) for text in release.texts],
    )  # fmt: skip


def _text(text: PublicText) -> TextOf:
    from dashboard.releases.texts import numbers_in

    language = LANGUAGES.get(text.language, text.language)
    headline = "The code of conduct" if text.kind == "conduct" else f"Asked by: {text.role}. Now: {text.outcome}"
    return TextOf(f"{headline} ({language})", text.text, text.language, text.answer, numbers_in(text))
