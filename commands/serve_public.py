"""What `coalition serve --public` serves: releases from a folder or a database, and the pages made of them."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from functools import partial
from itertools import count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from commands.beside import IsServed, beside, own_folder
from dashboard.errors import StoreError
from dashboard.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

WRITABLE_BY_OTHERS = 0o022
BEHIND = 5
"""Of niceness: who makes pages beforehand takes all the time that readers leave, and a little of what they want."""
MOST_MAKERS = 4


@dataclass(frozen=True)
class PublicSite:
    """What each worker is made from; `own` are the folders that go when the server ends. `makers` processes make pages
    beforehand, one a core."""

    settings: Settings
    address: str
    folder: Path
    pages: Path
    own: tuple[Path, ...]
    makers: int = field(default_factory=lambda: min(len(os.sched_getaffinity(0)), MOST_MAKERS))
    started: float = field(default_factory=time.time)

    def __call__(self) -> Flask:
        """The public application of one worker: it shows a new release once the makers have made its pages."""
        return self._made(self.makers)

    def _made(self, makers: int) -> Flask:
        """The public application, which follows the database, if any, and waits for so many makers."""
        from public_app import Pages, create_public_app, follow_beside

        if self.settings.release_database:
            follow_beside(self.settings.release_database, self.folder)
        return create_public_app(
            self.folder,
            address=self.address,
            frame_ancestors=self.settings.frame_ancestors,
            contact=self.settings.public_contact,
            pages=Pages(self.pages, makers, self.started),
        )

    def make_beforehand(self) -> list[int]:
        """Start the processes of this machine that make pages before they are asked for; their ids."""
        return [beside(partial(self._make, share=(each, self.makers)), own=self.own) for each in range(self.makers)]

    def _make(self, is_served: IsServed, share: tuple[int, int]) -> None:
        from public.beforehand import warm

        os.nice(BEHIND)
        warm(self._made(makers=0), takewhile(lambda _: is_served(), count()), share)


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
