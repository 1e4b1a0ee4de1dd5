"""Which coalitions whoever asks may see: what a coalition keeps about itself is for its own people."""

from __future__ import annotations

from callbacks.permissions import Permission, may
from dashboard.errors import InvalidQuery
from dashboard.views.source import ViewReader


def coalitions_seen(reader: ViewReader) -> dict[str, str]:
    """Id and name of the coalitions whoever asks has a role in, that of the store's own first."""
    rows = sorted(reader.coalitions, key=lambda row: row["catchment"] != reader.home)
    return {str(row["id"]): str(row["name"]) for row in rows if may(Permission.SEE, coalition=str(row["id"]))}


def coalition_of(reader: ViewReader, asked: str = "") -> str:
    """The coalition that an address asks for, else the first that may be seen; "" where there is none.

    InvalidQuery for one that is not there or may not be seen.
    """
    known = coalitions_seen(reader)
    if asked and asked not in known:
        raise InvalidQuery(f"There is no coalition '{asked[:60]}' that is open to you.")
    return asked or next(iter(known), "")
