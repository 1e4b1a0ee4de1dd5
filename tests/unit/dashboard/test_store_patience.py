"""A PostgreSQL that says nothing is given up after seconds, or after as many as its address says."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from dashboard.store.engine import open_engine


@pytest.mark.parametrize(
    ("address", "waits"),
    [("postgresql+psycopg://h/d", 5), ("postgresql+psycopg://h/d?connect_timeout=9", 9)],
)
def test_a_database_is_waited_for_in_seconds(address: str, waits: int) -> None:
    engine, asked = open_engine(address), []

    @event.listens_for(engine, "do_connect")
    def _asked(_dialect: Any, _record: Any, _arguments: Any, named: dict[str, Any]) -> None:
        asked.append(int(named["connect_timeout"]))
        raise OperationalError("", {}, Exception("as far as the test goes"))

    with pytest.raises(OperationalError), engine.connect():
        pass
    assert asked == [waits]
    engine.dispose()
