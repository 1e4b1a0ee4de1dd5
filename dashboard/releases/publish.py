"""From a store to a release on the shelf: prepared, shown to a second person, written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, select

from dashboard.disclosure.policy import presets
from dashboard.errors import InvalidQuery, StoreError
from dashboard.releases.build import Built, Progress, build
from dashboard.releases.compare import compare
from dashboard.releases.declare import Declared, read_declared
from dashboard.releases.exchange import shared
from dashboard.releases.file import write_release
from dashboard.releases.reading import ReleaseReader, current, open_release
from dashboard.releases.release import ReleasedShapes
from dashboard.releases.shelf import listed
from dashboard.releases.texts import public_texts
from dashboard.store import schema
from dashboard.store.reader import CubeReader
from dashboard.store.workspace import Workspace

PUBLIC = "public"


def prepare(
    workspace: Workspace, folder: Path, *, made_on: date, declared: Declared | None = None,
    progress: Progress | None = None,
) -> Built:  # fmt: skip
    """The next release, protected together with all earlier ones, those in a database too; nothing is published."""
    need_solver()
    with shared(folder, workspace.settings.release_database):
        pass
    declared = declared or read_declared()
    reader = workspace.release_reader({each.id: presets()[each.policy].threshold for each in declared.indicators})
    built = build(
        reader, declared, earlier_releases(folder), number=next_number(folder), made_on=made_on,
        progress=progress,
    )  # fmt: skip
    whole = replace(
        built.release, shapes=_shapes(workspace.engine, reader), texts=public_texts(workspace.engine, reader)
    )
    return Built(whole, built.protected)


def publish(built: Built, folder: Path, *, made_by: str, approved_by: str, database: str = "") -> Path:
    """Write a prepared release, into a PostgreSQL too where there is an address of one.

    InvalidQuery unless a second person approved it or it is a demonstration.
    """
    made_by, approved_by = made_by.strip(), approved_by.strip()
    if built.release.meta.get("demonstration") != "1":
        if not approved_by:
            raise InvalidQuery("A second person has to look at a release first. Name who approved it.")
        if approved_by.casefold() == made_by.casefold():
            raise InvalidQuery("The person who approves a release must be another than the one who makes it.")
    if not built.release.cells:
        raise InvalidQuery("There is nothing to publish: no declared table has a closed period with final numbers.")
    with shared(folder, database):
        return write_release(built.release, folder, made_by=made_by, approved_by=approved_by)


def need_solver() -> None:
    """StoreError where the solver is not installed: serving a release needs none, making and auditing one does."""
    if find_spec("highspy") is None:
        raise StoreError("Protecting and auditing need a solver: install the extra `publish` (highspy).")


def changes_since(built: Built, folder: Path) -> list[str]:
    """What would change from the release that is served now; nothing to say before the first."""
    before = current(folder)
    if before is None:
        return []
    with TemporaryDirectory() as scratch:
        now = ReleaseReader(write_release(built.release, Path(scratch)))
        return [f"Since release {before.number}: {sentence}" for sentence in compare(before, now).sentences]


def earlier_releases(folder: Path) -> Sequence[ReleaseReader]:
    """Every earlier public release, withdrawn ones too; a damaged one is refused: it could not be audited with."""
    return [open_release(folder, str(each.number)) for each in listed(folder) if each.audience == PUBLIC]


def next_number(folder: Path) -> int:
    """The number of the next release: numbers are never used twice."""
    return max((each.number for each in listed(folder)), default=0) + 1


def _shapes(engine: Engine, reader: CubeReader) -> list[ReleasedShapes]:
    """The best shapes of each state's towns (counties where no town is known)."""
    found = []
    for state in sorted({row["state"] for row in reader.boundaries}):
        rows = [
            row for row in reader.boundaries
            if row["state"] == state and row["level"] == reader.gazetteer.finest(state)
        ]  # fmt: skip
        if rows:
            best = max(rows, key=lambda row: (not row["schematic"], row["vintage"], row["loaded_at"]))
            table = schema.boundary
            with engine.connect() as connection:
                body: bytes = connection.execute(select(table.c.body).where(table.c.sha == best["sha"])).scalar_one()
            found.append(ReleasedShapes(state, best["level"], best["sha"], bytes(body)))
    return found
