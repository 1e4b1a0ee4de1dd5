"""The write side: one intake, one transaction; everything or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from dashboard.domain import Period, SourceCard, State
from dashboard.intake import Intake, Observations
from dashboard.people.chain import Event
from dashboard.store import schema
from dashboard.store.audit_log import append
from dashboard.store.bulk import insert_rows
from dashboard.store.engine import get_setting, set_setting
from dashboard.store.names import insert_all, insert_new, write_names

EPOCH = date(1970, 1, 1)
STATUS = {State.VALUE: 0, State.SUPPRESSED: 1, State.NOT_REPORTED: 2}
PROVISIONAL = 4


def already_loaded(engine: Engine, source: str, digest: str) -> bool:
    """Whether this very file of this source was loaded before."""
    with engine.connect() as connection:
        return _load_of(connection, source, digest) is not None


def is_demonstration(engine: Engine) -> bool:
    """Whether the store holds demonstration data; real data never joins it."""
    with engine.connect() as connection:
        return get_setting(connection, "demonstration") == "1"


def is_empty(engine: Engine) -> bool:
    """Whether nothing was ever loaded."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(schema.load)) == 0


def write(engine: Engine, intake: Intake, card: SourceCard, now: datetime) -> int:
    """Write one intake in one transaction and return its load id; `now` is the loaded-at time (UTC, naive).

    Writers take turns. The same file of the same source again changes nothing.
    """
    with engine.execution_options(writes=True).begin() as connection:
        return write_within(connection, intake, card, now)


def write_within(connection: Connection, intake: Intake, card: SourceCard, now: datetime) -> int:
    """As `write`, within a transaction that writes more beside it."""
    version = take_turn(connection)
    known = _load_of(connection, intake.source, intake.sha256)
    if known is not None:
        return known
    load_id = _insert_load(connection, intake, card, now)
    write_names(connection, intake, load_id, now)
    _write_breaks(connection, intake)
    _write_coverage(connection, intake, load_id)
    _write_observations(connection, intake, load_id)
    if intake.coalitions and get_setting(connection, "home") is None:
        set_setting(connection, "home", intake.coalitions[0][2])
    if intake.demonstration:
        set_setting(connection, "demonstration", "1")
    set_setting(connection, "data_version", str(version + 1))
    told = f"{intake.rows_accepted} rows, sha256 {intake.sha256[:16]}"
    append(connection, Event("load", f"{intake.source} {load_id}", told=told))
    return load_id


def take_turn(connection: Connection) -> int:
    """Wait until no other transaction writes (PostgreSQL locks this row; SQLite has begun with a lock); the version."""
    table = schema.setting
    row = select(table.c.value).where(table.c.coalition_id == "", table.c.key == "data_version").with_for_update()
    return int(connection.scalar(row) or 0)


def _load_of(connection: Connection, source: str, digest: str) -> int | None:
    table = schema.load
    return connection.scalar(select(table.c.id).where(table.c.source == source, table.c.sha256 == digest))


def _insert_load(connection: Connection, intake: Intake, card: SourceCard, now: datetime) -> int:
    result = connection.execute(
        insert(schema.load).values(
            source=intake.source, title=card.title, publisher=card.publisher, licence=card.licence, url=card.url,
            file_name=intake.file_name, sha256=intake.sha256, as_of=intake.as_of, loaded_at=now,
            rows_accepted=intake.rows_accepted, rows_refused=intake.rows_refused, notes=list(intake.notes),
            demonstration=intake.demonstration,
        )
    )  # fmt: skip
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def _write_breaks(connection: Connection, intake: Intake) -> None:
    rows = [
        {"source": intake.source, "measure": measure, "on_day": _day(on), "label": label}
        for measure, on, label in intake.breaks
    ]
    insert_new(connection, schema.definition_break, rows)


def _write_coverage(connection: Connection, intake: Intake, load_id: int) -> None:
    insert_all(connection, schema.coverage, [
        {"load_id": load_id, "measure": part.measure, "basis": part.basis, "partner": part.partner,
         "level": part.level, "scope": part.scope, "start_day": _day(part.start), "end_day": _day(part.end),
         "absence": part.absence}
        for part in intake.coverage
    ])  # fmt: skip


def _write_observations(connection: Connection, intake: Intake, load_id: int) -> None:
    rows = intake.observations
    if not len(rows):
        return
    places = {row.geoid: (row.id, row.level) for row in connection.execute(select(schema.place))}
    numbers = _SeriesNumbers(connection, intake.source)
    insert_rows(connection, schema.observation, _observation_rows(rows, places, numbers, load_id))


def _observation_rows(
    rows: Observations, places: dict[str, tuple[int, str]], numbers: _SeriesNumbers, load_id: int
) -> Iterable[Sequence[Any]]:
    days: dict[date, int] = {}
    columns = zip(
        rows.measure, rows.geoid, rows.start, rows.end, rows.basis, rows.partner, rows.stratum, rows.value, rows.state,
        rows.provisional, strict=True,
    )  # fmt: skip
    for measure, geoid, start, end, basis, partner, stratum, value, state, provisional in columns:
        place_id, level = places[geoid]
        first = days.get(start)
        if first is None:
            first = days[start] = _day(start)
        last = days.get(end)
        if last is None:
            last = days[end] = _day(end)
        series_id = numbers.of(measure, level, basis, partner, stratum, start, end)
        status = STATUS[state] + (PROVISIONAL if provisional else 0)
        yield load_id, series_id, place_id, first, last, value, status


class _SeriesNumbers:
    """Numbers of a source's series: those there are, read once, and new ones made on first use."""

    _KEY = ("measure", "level", "basis", "partner", "stratum", "months")

    def __init__(self, connection: Connection, source: str) -> None:
        self._connection, self._source = connection, source
        table = schema.series
        there = select(*(table.c[name] for name in self._KEY), table.c.id).where(table.c.source == source)
        self._known: dict[tuple[Any, ...], int] = {tuple(key): number for *key, number in connection.execute(there)}
        self._months: dict[tuple[date, date], int] = {}

    def of(self, measure: str, level: str, basis: str, partner: str, stratum: str, start: date, end: date) -> int:
        months = self._months.get((start, end))
        if months is None:
            months = self._months[start, end] = Period(start, end).months
        key = (measure, level, basis, partner, stratum, months)
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = self._make(key)
        return number

    def _make(self, key: tuple[Any, ...]) -> int:
        values = {"source": self._source, **dict(zip(self._KEY, key, strict=True))}
        made = self._connection.execute(insert(schema.series), values).inserted_primary_key
        assert made is not None
        return int(made[0])


def _day(day: date) -> int:
    return (day - EPOCH).days
