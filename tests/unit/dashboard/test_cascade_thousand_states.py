"""On a thousand random states, picture, table and CSV say the same numbers, and they are those that were told."""

import csv
import io
import random
from collections.abc import Sequence
from typing import Any

import pytest
from component_tree import tables

from callbacks.downloads import to_csv
from callbacks.staff.after_overdose import show
from dashboard.cascade import cascades
from dashboard.figures.words import STATE_WORDS, number
from dashboard.indicators import registry
from dashboard.periods import Period
from dashboard.store.cube import open_cube
from dashboard.store.reader import CubeReader
from dashboard.views.cascade import AfterOverdose, after_overdose
from dashboard.views.cascade_asking import AskedCascade

STATES, SAMPLE = 1_000, 250
"""The sample is looked at in every run, all of them in the long one."""
DRAWN_EVERY = 25
QUARTERS = [f"{year}Q{quarter}" for year in (2023, 2024, 2025) for quarter in (1, 2, 3, 4)]
PLACES = {"Ash": "2500100001", "Birch": "2500100002", "Cedar": "2500300003"}
STRATA = ("", "setting=shelter", "setting=ambulance", "age=25-34")
PARTNERS = ("", "ems", "clinic")
Told = dict[tuple[str, str, str, str, str], object]


@pytest.fixture
def told() -> Told:
    """A random count for every measure, town, group, partner and quarter; one in forty hidden, one in forty missing."""
    rng = random.Random(11)
    known = registry().indicators
    measures = {known[name].numerator.measures[0] for path in cascades().paths.values() for name in _named(path)}
    found: Told = {}
    for place in PLACES:
        for stratum, partner in [(stratum, "") for stratum in STRATA] + [("", partner) for partner in PARTNERS[1:]]:
            for measure in sorted(measures):
                for quarter in QUARTERS:
                    value: object = rng.randrange(0, 60)
                    value = rng.choices([value, "suppressed", "not_reported"], [38, 1, 1])[0]
                    found[measure, place, stratum, partner, quarter] = value
    return found


def _named(path: Any) -> list[str]:
    return [path.base, *path.ends(10_000), *(step.indicator for step in path.steps)]


@pytest.fixture
def reader(ledger: Any, told: Told) -> CubeReader:
    for partner in PARTNERS[1:]:
        ledger.partner(partner, list(PLACES))
    rows = [
        (measure, place, quarter, value, {"stratum": stratum, "partner": partner})
        for (measure, place, stratum, partner, quarter), value in told.items()
    ]
    ledger.load(rows, source="register")
    return CubeReader(open_cube(ledger.engine, ledger.home))


def random_state(rng: random.Random) -> AskedCascade:
    group = rng.choice(STRATA)
    period = rng.choice(["", "2024", "2025", "12m", "24m", *QUARTERS[-6:]])
    beside = rng.choice(["", "place:Birch", "place:Cedar", "partner:ems"])
    return AskedCascade(
        path=rng.choice(list(cascades().paths)), place=rng.choice(list(PLACES)), period=period, group=group,
        partner="" if group else rng.choice(PARTNERS), follow=rng.choice(["", "7", "31", "211"]),
        counted="same", beside=beside,
    )  # fmt: skip


def by_hand(told: Told, row: dict[str, str], geoids: dict[str, str]) -> str:
    """What was told of a step, added up by hand: the number as the CSV writes it, or its state."""
    measure = registry().indicators[row["indicator"]].numerator.measures[0]
    span = Period.parse(row["period"])
    inside = [q for q in QUARTERS if span.start <= Period.parse(q).start < span.end]
    values = [told[measure, geoids[row["geoid"]], row["group"], row["partner"], quarter] for quarter in inside]
    for absent in ("suppressed", "not_reported"):
        if absent in values:
            return absent
    return str(sum(int(str(value)) for value in values))


@pytest.mark.parametrize("states", [SAMPLE, pytest.param(STATES, marks=pytest.mark.long)])
def test_picture_table_and_csv_say_what_was_told(reader: CubeReader, told: Told, states: int) -> None:
    rng, geoids, looked_at = random.Random(5), {geoid: name for name, geoid in PLACES.items()}, 0
    for count in range(states):
        answer = after_overdose(reader, random_state(rng))
        rows = list(csv.DictReader(io.StringIO(to_csv(answer.rows()))))
        shown = [row for row in rows if not row["step"].startswith("An end")]
        expected_table = [as_shown(row) for row in shown]
        assert [row for side in answer.sides for row in table(*side.chart.table())] == expected_table
        if count % DRAWN_EVERY == 0:
            assert on_screen(reader, answer) == expected_table
        drawn = [step for side in answer.sides for step in side.chart.steps]
        assert [step.label for step in drawn] == [row["step"] for row in shown]
        for step, row in zip(drawn, shown, strict=True):
            assert ("" if step.reached is None else f"{step.reached:g}") == plain(row["reached"])
        for row in rows:
            if row["indicator"]:
                expected = by_hand(told, row, geoids)
                assert expected == (plain(row["reached"]) or row["state"]), row
                looked_at += 1
    assert looked_at > 5 * states


def plain(value: str) -> str:
    return f"{float(value):g}" if value else ""


def as_shown(row: dict[str, str]) -> tuple[str, str, str]:
    """A row of the CSV as the table words it: step, reached, of how many."""
    absent = STATE_WORDS.get(row["state"], "–")  # type: ignore[call-overload]
    reached = number(float(row["reached"])) if row["reached"] else absent
    return row["step"], reached, number(float(row["of"])) if row["of"] else absent


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[str, str, str]]:
    """Step, reached and of how many, from a table twin."""
    of = next(at for at, name in enumerate(head) if name.startswith("Of how many"))
    return [(row[0], row[1], row[of]) for row in rows]


def on_screen(reader: CubeReader, answer: AfterOverdose) -> list[tuple[str, str, str]]:
    """The same from the tables in what the callback answers."""
    found = []
    for drawn in tables(show(reader, answer)["shown"]):
        if drawn["caption"].startswith("After"):
            found += table(drawn["head"], drawn["rows"])
    return found
