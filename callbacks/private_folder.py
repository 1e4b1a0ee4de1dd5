"""A folder that only this account of the machine may open: entries under tokens that cannot be guessed, for a while."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import InvalidQuery

TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def new_token() -> str:
    """A token that cannot be guessed."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class PrivateFolder:
    """Entries, each a folder, that are kept for `seconds`; `gone` is what to say of one that is not there."""

    path: Path
    seconds: float
    gone: str

    def entry(self, token: str) -> Path:
        """Where the entry of a token is or would be; InvalidQuery for what is no token."""
        if not TOKEN.fullmatch(token):
            raise InvalidQuery(self.gone)
        return self.path / token

    def make(self, name: str) -> Path:
        """A new entry, when what is too old has been removed."""
        self.tidy()
        (self.path / name).mkdir(mode=0o700)
        return self.path / name

    def remove(self, token: str) -> None:
        """Remove an entry now."""
        shutil.rmtree(self.entry(token), ignore_errors=True)

    def tidy(self) -> None:
        """Remove what is too old; afterwards the folder is there."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        oldest = time.time() - self.seconds
        for entry in self.path.iterdir():
            try:
                if entry.stat().st_mtime < oldest:
                    shutil.rmtree(entry, ignore_errors=True)
            except OSError:  # another worker removed it
                continue
