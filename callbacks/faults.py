"""What is said when the machine fails and not the request: the store is away, or the disk is full."""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL = (
    "There is no room left on the disk of this dashboard. Nothing was changed. Whoever runs it makes room on the disk "
    "of COALITION_HOME (and of the store); then try again."
)
AWAY = "The store does not answer just now. Nothing was changed; try again in a minute."
DISK_FULL = "53100"
"""How PostgreSQL says so."""


def fault_of(error: BaseException) -> tuple[str, int] | None:
    """A sentence and a status for a fault of the machine; None for any other error."""
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return FULL, 507
    if isinstance(error, DBAPIError):
        if _is_full(error.orig):
            return FULL, 507
        if error.connection_invalidated or isinstance(error, (OperationalError, InterfaceError)):
            return AWAY, 503
    return None


def _is_full(cause: BaseException | None) -> bool:
    """SQLite says "full" or, where it is its log that cannot grow, "input or output error"."""
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR) or getattr(cause, "sqlstate", None) == DISK_FULL
