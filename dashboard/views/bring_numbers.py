"""What the store holds and how fresh it is; the first steps where it holds nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.views.source import ViewReader
from dashboard.views.words import month_words


@dataclass(frozen=True)
class SourceStatus:
    """One source: publisher, what it covers, its age, what was taken of it."""

    source: str
    title: str
    publisher: str
    licence: str
    url: str
    as_of: date
    age_days: int
    loaded_on: date
    covers: str
    loads: int
    rows_accepted: int
    rows_refused: int
    file_name: str
    notes: tuple[str, ...]
    demonstration: bool


@dataclass(frozen=True)
class Step:
    """One of the first-hour steps: what to do, why, and whether it is done."""

    title: str
    why: str
    command: str
    done: bool


def source_statuses(reader: ViewReader, today: date) -> list[SourceStatus]:
    """Every source that was loaded, by title."""
    by_source: dict[str, list[dict[str, object]]] = {}
    for load in reader.loads:
        by_source.setdefault(str(load["source"]), []).append(dict(load))
    statuses = [_status(reader, source, loads, today) for source, loads in by_source.items()]
    return sorted(statuses, key=lambda status: status.title)


def _status(reader: ViewReader, source: str, loads: list[dict[str, object]], today: date) -> SourceStatus:
    newest = loads[-1]
    as_of = date.fromisoformat(str(newest["as_of"]))
    return SourceStatus(
        source=source,
        title=str(newest["title"]),
        publisher=str(newest["publisher"]),
        licence=str(newest["licence"]),
        url=str(newest["url"]),
        as_of=as_of,
        age_days=(today - as_of).days,
        loaded_on=date.fromisoformat(str(newest["loaded_at"])[:10]),
        covers=_covers(reader, source),
        loads=len(loads),
        rows_accepted=_total(loads, "rows_accepted"),
        rows_refused=_total(loads, "rows_refused"),
        file_name=str(newest["file_name"]),
        notes=tuple(dict.fromkeys(note for load in loads for note in _notes(load))),
        demonstration=any(bool(load["demonstration"]) for load in loads),
    )


def _covers(reader: ViewReader, source: str) -> str:
    whole = reader.reach(source)
    if whole is None:
        return "places, names or sites"
    return f"{month_words(whole.start)} to {month_words(whole.end - timedelta(days=1))}"


def _total(loads: list[dict[str, object]], column: str) -> int:
    return sum(int(str(load[column])) for load in loads)


def _notes(load: dict[str, object]) -> list[str]:
    notes = load["notes"]
    return [str(note) for note in notes] if isinstance(notes, list) else []


def newest_month(reader: ViewReader) -> str:
    """The last month for which anything is reported, in words; "" when nothing is."""
    spans = [span for i in reader.registry.indicators.values() if (span := reader.span(i))]
    return month_words(max(span.end for span in spans) - timedelta(days=1)) if spans else ""


def first_steps(reader: ViewReader) -> list[Step]:
    """Four steps from an empty store to a useful screen."""
    starters = [i for i in reader.registry.indicators.values() if reader.series_of(i)]
    return [
        Step("Towns", "Name the towns your coalition looks at, with their official shapes.",
             "coalition load towns.geojson", reader.has_places and bool(reader.boundaries)),
        Step("Residents", "Counts become rates when the residents are known.",
             "coalition load population.csv", any(reader.series_from_measure("population"))),
        Step("First numbers", "One file is enough: deaths by town from the state, or a partner's table.",
             "coalition load deaths_by_town.csv", bool(starters)),
        Step("Partners", "One partner is enough for a useful screen; add the next when it is ready.",
             "coalition load kits.csv --mapping kits.mapping.toml", bool(reader.partners)),
    ]  # fmt: skip
