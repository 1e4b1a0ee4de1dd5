"""Money received, committed and spent: by source, strategy, town, population and who leads; and settlement money."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan

from dashboard.domain import Level, Period, Query, State
from dashboard.figures.tables import Table
from dashboard.figures.words import STATE_WORDS, capital, number
from dashboard.registers import Entry
from dashboard.registers.money import Money, money_by, total
from dashboard.views.dollars import dollars
from dashboard.views.registers_strategies import place_name
from dashboard.views.source import ViewReader
from dashboard.views.words import day_words, period_words

NOBODY = "No money is told of yet."
APART = (
    "Received, committed and spent are three different things: they stand side by side and are never added up. "
    "Indicators and tables for funders take their money from sources, not from here."
)
HEAD = ("Received", "Committed", "Spent")
LED = {"health": "Health-led", "police": "Police-led", "other": "Led by others"}
RECEIVED, SPENT = "settlement_funds_received", "settlement_funds_spent"


@dataclass(frozen=True)
class MoneyTable:
    """Dollars by one thing: its title and its table."""

    title: str
    table: Table


@dataclass(frozen=True)
class Settlement:
    """Settlement money by town as the state publishes it, with its sentence, source and day."""

    sentence: str
    table: Table
    source: str


def headline(entries: Sequence[Entry]) -> str:
    """`From 1 July 2024 to 30 June 2026: $900,000 received; $600,000 committed; $410,000 spent.`"""
    if not entries:
        return NOBODY
    whole, first = total(entries), min(entry.text("from") for entry in entries)
    last = max(entry.text("to") for entry in entries)
    said = "; ".join(f"{dollars(step)} {name.lower()}" for step, name in zip(whole.steps, HEAD, strict=True))
    return f"From {day_words(first)} to {day_words(last)}: {said}."


def led_sentence(entries: Sequence[Entry]) -> str:
    """`Of what was spent 79% was health-led and 5% police-led.`; "" where nothing spent is told of."""
    spent = [entry for entry in entries if entry.text("step") == "spent"]
    whole = total(spent).spent
    if not whole:
        return ""
    by = money_by(spent, lambda entry: entry.text("led_by"))
    health, police, untold = (
        number(100 * ((by[led].spent or 0.0) if led in by else 0.0) / whole) for led in ("health", "police", "")
    )
    said = f"Of what was spent {health}% was health-led and {police}% police-led"
    return f"{said}; of {untold}% nobody has said who leads." if "" in by else f"{said}."


def tables(reader: ViewReader, entries: Sequence[Entry]) -> list[MoneyTable]:
    """By source, strategy, town, population and who leads; what an amount does not say is a row of its own."""
    by: list[tuple[str, str, Callable[[Entry], str]]] = [
        ("By source", "Where from", lambda entry: capital(entry.text("fund"))),
        ("By strategy", "Strategy", lambda entry: entry.text("strategy")),
        ("By town", "Town", lambda entry: place_name(reader, entry.text("town"))),
        ("By population", "For whom", lambda entry: capital(entry.text("population"))),
        ("Health-led and police-led", "Who leads", lambda entry: LED.get(entry.text("led_by"), "")),
    ]
    return [MoneyTable(title, _table(first, money_by(entries, of))) for title, first, of in by if entries]


def _table(first: str, by: dict[str, Money]) -> Table:
    rows = [(name or "Not said", *(dollars(step) for step in money.steps)) for name, money in by.items()]
    return (first, *HEAD), rows


def settlement(reader: ViewReader, area: str) -> Settlement | None:
    """Settlement money of an area's towns in the newest year ("": the state's); None where nobody reports any."""
    received = reader.registry.indicators.get(RECEIVED)
    rows = reader.series_of(received) if received else []
    windows = [window for row in rows for window in reader.windows(row)]
    if not windows:
        return None
    area = area or next(iter(rows[0]["spans"]))
    period = max(windows, key=lambda window: (window.end, window.start))
    got, spent = (_by_town(reader, id_, period, area) for id_ in (RECEIVED, SPENT))
    listed: list[tuple[str, ...]] = [(name, got[name], spent.get(name, "")) for name in sorted(got)]
    told = [name for name, value in got.items() if value.startswith("$")]
    if not told:
        return None
    sentence = (
        f"Settlement money by town, {period_words(period)}: {len(told)} of {len(got)} towns told what they received. "
        "A town without a number is not a town without money."
    )
    titles = [str(load["title"]) for load in reader.loads if load["source"] == rows[0]["source"]]
    return Settlement(sentence, (("Town", HEAD[0], HEAD[2]), listed), titles[-1] if titles else "")


def _by_town(reader: ViewReader, indicator: str, period: Period, area: str) -> dict[str, str]:
    cells = reader.read(Query(indicator, (period,), Level.TOWN, within=area))
    amounts = cells.numerator.tolist()
    return {
        place: dollars(amount) if not isnan(amount) else STATE_WORDS.get(State(state), STATE_WORDS[State.NOT_REPORTED])
        for place, amount, state in zip(cells.place, amounts, cells.state, strict=True)
    }
