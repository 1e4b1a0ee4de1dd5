"""`coalition export-site FOLDER`: a release as plain files for any web host."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.progress import Progress

from dashboard.errors import InvalidQuery
from dashboard.releases.database import fetch
from dashboard.releases.reading import current, open_release
from dashboard.releases.shelf import entry
from dashboard.settings import Settings
from public.export import export
from public.snapshot import Snapshot


def command(
    folder: Annotated[Path, typer.Argument(help="Folder to write to: a new or an empty one.")],
    release: Annotated[str, typer.Option(help="Number of the release; the newest by default.")] = "latest",
) -> None:
    """Write the public pages of a release as plain files. The web host must send frame-ancestors itself."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidQuery(f"{folder} is not empty. Name a new folder, so that no page of another release stays in it.")
    settings = Settings()
    with TemporaryDirectory() as copy:
        shelf = settings.releases_path
        if settings.release_database:
            shelf = Path(copy)
            fetch(settings.release_database, shelf)
        _export(shelf, release, folder, settings.public_address)


def _export(shelf: Path, release: str, folder: Path, address: str) -> None:
    if release != "latest" and entry(shelf, release).withdrawn_on:
        raise InvalidQuery(f"Release {release} was withdrawn: it is not shown any more.")
    reader = current(shelf) if release == "latest" else open_release(shelf, release)
    if reader is None:
        raise InvalidQuery(f"There is no release in {shelf} yet: coalition publish makes one.")
    with Progress(transient=True) as progress:
        task = progress.add_task("Writing pages", total=None)
        written = export(
            Snapshot(reader), folder, address=address,
            told=lambda done: progress.update(task, completed=done),
        )  # fmt: skip
    print(f"Release {reader.number}: {written.files:,} pages, {written.size / 2**20:.1f} MB, in {folder}")
    print("The web host must say who may frame a figure: see README.txt in the folder.")
