"""An upload's body on its way to the quarantine: streamed, bounded in size and in time, never held in memory."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from flask import Request, abort
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

MAX_FILE = 20 * 1024 * 1024
MAX_PARTS = 4
MAX_FIELDS = 256 * 1024
"""Bytes held in memory at a time: what is no file, and the piece of a file that is on its way to the disk."""
BODY_SECONDS = 24.0
"""For the whole of a file; reading it comes after, and whoever is refused learns it within half a minute."""
FORM_SECONDS = 10.0
"""For the whole of anything else that is posted."""
STALL_SECONDS = 10.0
"""For the next piece of it."""
ARRIVING_AT_ONCE = 4
"""Files on their way to one worker at a time: half of its threads stay free for whoever reads."""
PLACE_SECONDS = 3.0
LONGEST_NAME = 120
SLOW = "The file took too long to arrive. Try again on a quicker connection, or with a smaller file."
BUSY = "Other files are arriving just now. Nothing was kept; bring it again in half a minute."
_arriving = threading.BoundedSemaphore(ARRIVING_AT_ONCE)


class Timed(io.RawIOBase):
    """A request's body that must have arrived by a deadline."""

    def __init__(self, body: IO[bytes], connection: Any, *, seconds: float = BODY_SECONDS) -> None:
        self._body, self._until = body, time.monotonic() + seconds
        self._connection = connection
        if connection is not None:  # the server hands its socket over: without this a silent sender is waited for
            connection.settimeout(min(seconds, STALL_SECONDS))

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next piece; ends the request with 408 when it is late."""
        if time.monotonic() > self._until:
            abort(408, SLOW)
        try:
            piece = self._body.read(len(buffer))
        except TimeoutError:
            abort(408, SLOW)
        if not piece and time.monotonic() > self._until:  # the worker stopped reading from a sender who trickles
            abort(408, SLOW)
        buffer[: len(piece)] = piece
        return len(piece)

    def done(self) -> None:
        """Give the connection back as it was."""
        if self._connection is not None:
            self._connection.settimeout(None)


def receive_form(request: Request, *, seconds: float = FORM_SECONDS) -> None:
    """Have the whole of a small body here before anything looks at it; 408 when it is late."""
    body = Timed(request.environ["wsgi.input"], request.environ.get("gunicorn.socket"), seconds=seconds)
    try:
        request.environ["wsgi.input"] = io.BytesIO(io.BufferedReader(body).read(request.content_length or 0))
    finally:
        body.done()


def receive(request: Request, into: Path, *, seconds: float = BODY_SECONDS) -> str:
    """Write the one file of a multipart request `into` a path; its name, made safe ("" when none was chosen).

    Ends with 400 for anything else than a form with one file, 408 when it is late, 413 when it is too large, 503 while
    others are arriving.
    """
    if not _arriving.acquire(timeout=PLACE_SECONDS):
        abort(503, BUSY)
    try:
        return _received(request, into, seconds)
    finally:
        _arriving.release()


def _received(request: Request, into: Path, seconds: float) -> str:
    body = Timed(request.environ["wsgi.input"], request.environ.get("gunicorn.socket"), seconds=seconds)
    environ = {**request.environ, "wsgi.input": body}
    opened: list[IO[bytes]] = []

    def stream_factory(
        total_content_length: int | None,  # noqa: ARG001
        content_type: str | None,  # noqa: ARG001
        filename: str | None,  # noqa: ARG001
        content_length: int | None = None,  # noqa: ARG001
    ) -> IO[bytes]:
        if opened:
            abort(400, "One file at a time.")
        opened.append(into.open("wb+"))
        return opened[0]

    parser = FormDataParser(stream_factory, max_form_memory_size=MAX_FIELDS, max_form_parts=MAX_PARTS,
                            max_content_length=MAX_FILE + 4096, silent=False)  # fmt: skip
    try:
        _, _, files = parser.parse_from_environ(environ)
    except (ValueError, EOFError):
        abort(400, "This is no form with a file; reload the page and choose the file again.")
    except RequestEntityTooLarge:
        abort(413, f"The file is larger than {MAX_FILE >> 20} MB: keep the table alone in a file of its own.")
    finally:
        body.done()
        for file in opened:
            file.close()
    return safe_name(_name(files))


def safe_name(name: str) -> str:
    """The last part of a file's name, printable and short."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-LONGEST_NAME:]


def _name(files: Mapping[str, Any]) -> str:
    return next((file.filename or "" for file in files.values()), "")
