"""`coalition export-site FOLDER`: a release as plain files for any web host."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.progress import Progress

from dashboard.errors import InvalidQuery
from dashboard.releases.database import fetch
from dashboard.releases.reading import current, open_release
from dashboard.releases.shelf import entry, listed
from dashboard.settings import Settings
from public.export import Site, Written, export
from public.export_beside import finish, held
from public.snapshot import Snapshot


def command(
    folder: Annotated[Path, typer.Argument(help="Folder to write to: a new or empty one, or an earlier export.")],
    release: Annotated[str, typer.Option(help="Number of the release; the newest by default.")] = "latest",
) -> None:
    """Write the public pages of a release as plain files. The web host must send frame-ancestors itself."""
    settings = Settings()
    site = Site(folder, settings.public_address.rstrip("/"), settings.public_contact)
    numbers = _held(folder)
    with TemporaryDirectory() as copy:
        shelf = settings.releases_path
        if settings.release_database:
            shelf = Path(copy)
            fetch(settings.release_database, shelf)
        number, written = _export(shelf, release, site, numbers)
    print(f"Release {number}: {written.files:,} files, {written.size / 2**20:.1f} MB, in {folder}")
    print("The web host must say who may frame a figure: see README.txt in the folder.")


def _held(folder: Path) -> list[int]:
    """Releases that the folder holds already; InvalidQuery for a folder of something else."""
    found = held(folder)
    if found is None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidQuery(f"{folder} is not empty and holds no earlier export. Name a new folder.")
    return found or []


def _export(shelf: Path, release: str, site: Site, numbers: list[int]) -> tuple[int, Written]:
    if release != "latest" and entry(shelf, release).withdrawn_on:
        raise InvalidQuery(f"Release {release} was withdrawn: it is not shown any more.")
    reader = current(shelf) if release == "latest" else open_release(shelf, release)
    if reader is None:
        raise InvalidQuery(f"There is no release in {shelf} yet: coalition publish makes one.")
    with Progress(transient=True) as progress:
        task = progress.add_task("Writing pages", total=None)
        written = export(reader.path, site, done=lambda pages: progress.update(task, completed=pages))
    withdrawn = {each.number for each in listed(shelf) if each.withdrawn_on}
    every = sorted({reader.number, *numbers})
    newest = max(number for number in every if number not in withdrawn)
    snapshot = Snapshot(reader if newest == reader.number else open_release(shelf, str(newest)))
    return reader.number, written + finish(snapshot, site, every, withdrawn)
