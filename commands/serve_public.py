"""What `coalition serve --public` serves: releases from a folder or a database, and the pages made of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from commands.beside import IsServed, beside, own_folder
from dashboard.errors import StoreError
from dashboard.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

WRITABLE_BY_OTHERS = 0o022
LAST = 19
"""Of niceness: who makes pages beforehand takes only the time that readers leave."""


@dataclass(frozen=True)
class PublicSite:
    """What each worker is made from; `own` are the folders that go when the server ends."""

    settings: Settings
    address: str
    folder: Path
    pages: Path
    own: tuple[Path, ...]

    def __call__(self) -> Flask:
        """The public application of one worker, which follows the database, if any."""
        from public_app import create_public_app, follow_beside

        if self.settings.release_database:
            follow_beside(self.settings.release_database, self.folder)
        return create_public_app(
            self.folder,
            address=self.address,
            frame_ancestors=self.settings.frame_ancestors,
            contact=self.settings.public_contact,
            pages=self.pages,
        )

    def make_beforehand(self) -> int:
        """Start the one process of this machine that makes pages before they are asked for; its id."""

        def work(is_served: IsServed) -> None:
            from public.beforehand import warm

            os.nice(LAST)
            warm(self(), takewhile(lambda _: is_served(), count()))

        return beside(work, own=self.own)


def public_site(settings: Settings, address: str) -> PublicSite:
    """The site as the settings have it, at `address` unless they name another; wrong ones are refused here."""
    from public.headers import ancestors

    ancestors(settings.frame_ancestors)
    database, told = settings.release_database, settings.public_pages
    if told:
        _check(told.expanduser())
    folder = _copied(database) if database else settings.releases_path
    pages = told.expanduser() if told else own_folder("pages")
    own = (*([folder] if database else []), *([] if told else [pages]))
    return PublicSite(settings, settings.public_address or address, folder, pages, own)


def _check(folder: Path) -> None:
    """Make the folder for pages; StoreError where others could write into it what is then served."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_shared = folder.stat().st_mode & WRITABLE_BY_OTHERS
    except OSError as error:
        raise StoreError(f"COALITION_PUBLIC_PAGES: {folder} cannot be made ({error.strerror}). Name another.") from None
    if is_shared or not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError(
            f"COALITION_PUBLIC_PAGES: only the user who runs the public server may write into {folder}. "
            "Give it that user as its owner and mode 700."
        )


def _copied(database: str) -> Path:
    """The releases of a database in a folder that only this process and its workers read."""
    from dashboard.releases.database import check_reader, fetch

    check_reader(database)
    folder = own_folder("releases")
    fetch(database, folder)
    return folder
