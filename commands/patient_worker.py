"""gunicorn's worker with threads, made patient only so long: whoever never ends a request is not waited for."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

HEAD_SECONDS = 10.0
"""For a request's first line and headers."""
BODY_SECONDS = 25.0
"""For what comes after them, however it trickles in. A silent sender is given up sooner (callbacks/receiving.py)."""


class PatientWorker(ThreadWorker):
    """As gthread, which reads on for ever: as many senders who never end as it has threads would stop a worker."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._arriving: dict[Any, tuple[float, Any]] = {}
        """By connection: until when, and the request once its head is here."""

    def handle(self, conn: Any) -> Any:
        """Read and answer one request of a connection; in a thread of its own."""
        self._arriving[conn] = time.monotonic() + HEAD_SECONDS, None
        try:
            return super().handle(conn)
        finally:
            self._arriving.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request whose head is here."""
        self._arriving[conn] = time.monotonic() + BODY_SECONDS, req
        return super().handle_request(req, conn)

    def murder_pending(self) -> None:
        """Read no more from whoever is late; the main thread asks about once a second."""
        super().murder_pending()
        for conn, (until, request) in list(self._arriving.items()):
            if time.monotonic() > until and (request is None or _unread(request)):
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)  # the thread that reads wakes up, finds the end, and answers


def _unread(request: Any) -> int:
    """Bytes of a body that are still to come."""
    return getattr(request.body.reader, "length", 0) or 0
