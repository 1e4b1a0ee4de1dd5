"""Making the release that was asked for, told sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard.meetings.plain_text import in_one_line
from dashboard.people.chain import Event
from dashboard.periods import parse_day
from dashboard.releases.build import Built
from dashboard.releases.compare import compare
from dashboard.releases.publish import prepare, publish
from dashboard.releases.reading import current, open_release
from dashboard.releases.told import hidden_sentences
from dashboard.store.audit_log import recorded
from dashboard.store.workspace import Workspace

Say = Callable[[str, float], None]


@dataclass(frozen=True)
class WantedRelease:
    """A release of a day ("" is today), who makes it and who looked at it; a dry run writes nothing."""

    as_of: str
    made_by: str
    approved_by: str
    dry_run: bool = False


def make_release(workspace: Workspace, wanted: WantedRelease, say: Say) -> Iterator[str]:
    """Count, protect, audit with every earlier release, write; each sentence as soon as it holds."""
    folder = workspace.settings.releases_path
    day = parse_day(wanted.as_of) if wanted.as_of else date.today()
    built = prepare(workspace, folder, made_on=day, progress=say)
    yield from hidden_sentences(built)
    for text in built.release.texts:
        yield f"Goes out as it stands ({text.kind}, {text.language}): {in_one_line(f'{text.text} {text.answer}')}"
    if wanted.dry_run:
        yield f"Nothing was written: release {built.release.number} would hold {len(built.release.cells):,} cells."
    else:
        yield from _written(workspace, built, wanted, folder)


def _written(workspace: Workspace, built: Built, wanted: WantedRelease, folder: Path) -> Iterator[str]:
    before, number = current(folder), built.release.number
    with recorded(workspace.engine, Event("publish", f"release {number}")):
        path = publish(
            built, folder, made_by=wanted.made_by, approved_by=wanted.approved_by,
            database=workspace.settings.release_database,
        )  # fmt: skip
    yield f"Release {number} of {built.release.made_on} is published: {path}"
    if before:
        yield " ".join(compare(before, open_release(folder, str(number))).sentences)
