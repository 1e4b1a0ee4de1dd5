"""Where a partner's file waits until it is saved or discarded: cells and facts, never the file itself, for a day."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from callbacks.private_folder import PrivateFolder, new_token
from dashboard.errors import InvalidQuery
from data_loaders.contract import Problem
from data_loaders.sheets.grid import Grid
from data_loaders.sheets.wire import from_plain, to_plain

KEPT_SECONDS = 24 * 3600
GONE = "What you brought is no longer here: it was saved or discarded, or a day has passed. Bring it again."


@dataclass(frozen=True)
class Waiting:
    """Something brought and not yet saved. `answers` are to a sheet's questions; `form` is what somebody typed.

    `refused` says why there is nothing to save; nothing but that is then kept.
    """

    partner: str
    account: str
    name: str = ""
    digest: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, Any] | None = None
    refused: tuple[Problem, ...] = ()


class Quarantine:
    """A folder only this account of the machine may open; every entry has a token that cannot be guessed."""

    def __init__(self, home: Path) -> None:
        self.entries = PrivateFolder(home / "quarantine", KEPT_SECONDS, GONE)

    @contextmanager
    def file(self, name: str) -> Iterator[Path]:
        """A new empty file for one upload; gone when the block ends, however it ends."""
        entry = self.entries.make(f".{new_token()}")
        try:
            yield entry / name
        finally:
            shutil.rmtree(entry, ignore_errors=True)

    def keep(self, waiting: Waiting, grids: Sequence[Grid] = ()) -> str:
        """Keep something until it is saved or discarded; its token."""
        token = new_token()
        entry = self.entries.make(token)
        try:
            (entry / "grids.json").write_bytes(orjson.dumps(to_plain(grids)))
            self._write(token, waiting)
        except OSError:  # a full disk: what is half there would only fill it further
            shutil.rmtree(entry, ignore_errors=True)
            raise
        return token

    def waiting(self, token: str, account: str) -> Waiting:
        """What waits under a token for one account; InvalidQuery when nothing does."""
        try:
            told = orjson.loads((self.entries.entry(token) / "waiting.json").read_bytes())
        except FileNotFoundError as error:
            raise InvalidQuery(GONE) from error
        found = Waiting(**told | {"refused": tuple(Problem(**one) for one in told["refused"])})
        if found.account != account:
            raise InvalidQuery(GONE)
        return found

    def grids(self, token: str) -> list[Grid]:
        """The cells that wait under a token."""
        try:
            return from_plain(orjson.loads((self.entries.entry(token) / "grids.json").read_bytes()))
        except FileNotFoundError as error:
            raise InvalidQuery(GONE) from error

    def answer(self, token: str, waiting: Waiting, answers: Mapping[str, str]) -> None:
        """Add answers to what waits."""
        self._write(token, replace(waiting, answers={**waiting.answers, **answers}))

    def discard(self, token: str) -> None:
        """Remove what waits, now."""
        self.entries.remove(token)

    def _write(self, token: str, waiting: Waiting) -> None:
        entry = self.entries.entry(token)
        try:
            (entry / "waiting.new").write_bytes(orjson.dumps(asdict(waiting)))
            (entry / "waiting.new").replace(entry / "waiting.json")
        except FileNotFoundError as error:
            raise InvalidQuery(GONE) from error
