"""Answers that one worker made, for those of all machines: after a load each is worked out once, not once a worker."""

from __future__ import annotations

from collections.abc import Hashable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import orjson

from callbacks.shared import Shared, shared_of
from dashboard.store.workspace import Workspace

Answer = tuple[bytes, list[tuple[str, str]]]
KEPT_SECONDS = 600
ROOT = Path(__file__).parents[1]
FOLDERS = ("assets", "callbacks", "dashboard", "geo", "layouts")


class SharedAnswers:
    """Answers by what they follow from; `program` names the program that made them, since another makes others."""

    def __init__(self, shared: Shared, program: str) -> None:
        self._shared, self._program = shared, program

    def get(self, key: Hashable) -> Answer | None:
        """The answer to a key, or None; nothing that this store did not write is one."""
        name = self._name(key)
        kept = self._shared.unseal(name, self._shared.try_(lambda client: client.get(name)))
        if kept is None:
            return None
        headers, _, body = kept.partition(b"\n")
        return body, [(name, value) for name, value in orjson.loads(headers)]

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer for the others."""
        name = self._name(key)
        sealed = self._shared.seal(name, orjson.dumps(answer[1]) + b"\n" + answer[0])
        self._shared.try_(lambda client: client.set(name, sealed, ex=KEPT_SECONDS))

    def _name(self, key: Hashable) -> str:
        return self._shared.key("answer", sha256(repr((self._program, key)).encode()).hexdigest())


def answers_of(workspace: Workspace) -> SharedAnswers | None:
    """The answers of this workspace; None where there is no Redis."""
    shared = shared_of(workspace)
    return SharedAnswers(shared, program()) if shared else None


def program() -> str:
    """Names this very program by what is in its files: while machines are brought up to date one by one, two run."""
    told = sha256(f"{version('dash')} {version('plotly')}".encode())
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".py", ".toml", ".css", ".js", ".csv"):
                told.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return told.hexdigest()
