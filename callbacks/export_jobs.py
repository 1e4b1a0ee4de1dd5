"""Exports as jobs: what was asked for, and the file that is made of it as the person who asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from callbacks.jobs import Asked, Job, Jobs, Kind, Say, jobs_of
from dashboard.exports.desk import AskedPaper
from dashboard.settings import Settings
from dashboard.store.workspace import Workspace

NAME = "export"


@dataclass(frozen=True)
class AskedExport:
    """An export that somebody asked for; `seen` names what agreements let them see when they asked."""

    form: str
    within: str = ""
    as_of: str = ""
    meeting: str = ""
    seen: str = ""

    @staticmethod
    def of(job: Job) -> AskedExport:
        """What a job was asked for."""
        return AskedExport(**job.arguments)

    @property
    def arguments(self) -> Mapping[str, str]:
        """As the arguments of a job."""
        return asdict(self)

    @property
    def paper(self) -> AskedPaper:
        """The paper that was asked for."""
        return AskedPaper(self.within, self.as_of, self.meeting)


def make_export(settings: Settings, arguments: Asked, say: Say, into: Path) -> str:
    """Write an export; what it needs is large and slow beside a page, and is imported here alone."""
    from callbacks.exporting import open_desk
    from dashboard.exports.forms import export, form_of

    asked = AskedExport(**arguments)
    workspace = Workspace(settings)
    try:
        export(open_desk(workspace, asked.paper), form_of(asked.form), asked.paper, into, say)
    finally:
        workspace.engine.dispose()
    return "Done"


EXPORTS = {NAME: Kind(make_export, minutes=5)}


def exports_of(workspace: Workspace) -> Jobs:
    """The exports of a workspace."""
    return jobs_of(workspace, EXPORTS)
