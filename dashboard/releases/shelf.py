"""The folder of releases: index.json names every file, its checksum, who made it and whether it was withdrawn."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from dashboard.errors import InvalidQuery, StoreError

INDEX = "index.json"
FORMAT = 1


@dataclass(frozen=True)
class Listed:
    """One release on the shelf; `withdrawn_on` is "" while it stands."""

    number: int
    file: str
    sha256: str
    made_on: str
    audience: str = "public"
    made_by: str = ""
    approved_by: str = ""
    withdrawn_on: str = ""
    withdrawn_because: str = ""


def listed(folder: Path) -> list[Listed]:
    """Every release that was ever finished, oldest first; none in a folder without an index."""
    try:
        told = json.loads((folder / INDEX).read_text("utf-8"))
        return [Listed(**row) for row in told["releases"]]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"The list of releases ({INDEX}) cannot be read: {error}. Restore it from a copy.") from None


def entry(folder: Path, wanted: str) -> Listed:
    """The release with a number, or the newest one that stands for "latest"; InvalidQuery otherwise."""
    standing = [each for each in listed(folder) if not each.withdrawn_on]
    if wanted == "latest" and standing:
        return standing[-1]
    for each in listed(folder):
        if wanted.isdigit() and each.number == int(wanted):
            return each
    known = ", ".join(str(each.number) for each in listed(folder)) or "none yet"
    raise InvalidQuery(f"There is no release '{wanted[:20]}'. Releases: {known}.")


def withdraw(folder: Path, number: int, *, reason: str, on: str) -> Listed:
    """Mark a release as withdrawn: it is served no more, but later releases are still audited with it."""
    if not reason.strip():
        raise InvalidQuery("Say why the release is withdrawn: the reason stays with it.")
    with locked(folder):
        old = entry(folder, str(number))
        new = replace(old, withdrawn_on=on, withdrawn_because=reason.strip())
        write_index(folder, [new if each.number == number else each for each in listed(folder)])
    return new


def write_index(folder: Path, releases: list[Listed]) -> None:
    """Replace the index by one atomic rename."""
    body = json.dumps({"format": FORMAT, "releases": [asdict(each) for each in releases]}, indent=1)
    scratch = folder / f".{INDEX}.{os.getpid()}"
    scratch.write_text(body + "\n", "utf-8")
    keep(scratch)
    scratch.rename(folder / INDEX)
    keep(folder)


def put(folder: Path, name: str, body: bytes) -> Path:
    """Write a file under another name, have the disk hold it, then name it: a half-written one has no name."""
    scratch = folder / f".writing-{name}"
    scratch.write_bytes(body)
    keep(scratch)
    return scratch.rename(folder / name)


def keep(path: Path) -> None:
    """Have the disk hold a file (or the names in a folder) before anything relies on it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def checksum(path: Path) -> str:
    """sha256 of a file."""
    return sha256(path.read_bytes()).hexdigest()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One writer at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
