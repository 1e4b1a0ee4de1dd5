"""`coalition audit`: repeat the audit of a release from its file alone."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard.releases.auditing import audit_release
from dashboard.releases.publish import need_solver
from dashboard.releases.reading import ReleaseReader, open_release
from dashboard.settings import Settings


def command(
    release: Annotated[str, typer.Argument(help="A number, `latest`, or the path of a release file.")] = "latest",
) -> None:
    """Say what can be worked out of a release by somebody who has its file; exit code 1 when something can."""
    need_solver()
    path = Path(release)
    opened = ReleaseReader(path) if path.is_file() else open_release(Settings().releases_path, release)
    print(f"Release {opened.number} of {opened.made_on}")
    verdicts = audit_release(opened)
    for verdict in verdicts:
        print(verdict.sentence)
    if not verdicts:
        print("It hides nothing: every source prints these numbers itself.")
    if any(verdict.unsafe for verdict in verdicts):
        raise typer.Exit(1)
