"""What the demonstration's coalitions keep about themselves: strategies, money, seats, training and promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from dashboard.demo.coalitions import Coalition
from dashboard.demo.detail import Details
from dashboard.demo.spans import seeded
from dashboard.domain import FloatArray, add_months
from dashboard.registers import Entry, register
from dashboard.registers.entry import Value, entry_id

SURVIVORS = "people who survived an overdose"
STRATEGIES = {
    "Naloxone in every town": ("naloxone", "harm reduction", "health", "everyone"),
    "Outreach after an overdose": ("outreach after an overdose", "peer support", "health", SURVIVORS),
    "Treatment on the same day": ("treatment on demand", "treatment", "health", "everyone"),
    "Recovery housing": ("recovery housing", "housing", "other", "unhoused"),
}
"""Strategy -> its word in rates.toml, the sector in the lead, who leads, for whom."""
POLICE_LED = "Outreach after an overdose"
STEPS = {"received": "funds_received", "committed": "funds_committed", "spent": "funds_spent"}
TOLD_PART = 0.85
"""The part of a coalition's towns in which something is told of a strategy."""
FINISHED_LATE_DAYS = 20


def entries(details: Details, today: date) -> list[Entry]:
    """Every entry of every register of every coalition."""
    return [entry for coalition in details.world.coalitions for entry in _of(details, coalition, today)]


def _of(details: Details, coalition: Coalition, today: date) -> Iterator[Entry]:
    yield from _strategies(details, coalition, today)
    yield from _money(details, coalition)
    yield from _seats(details, coalition, today)
    yield from _evaluation(coalition, today)
    yield from _training(details, coalition, today)
    yield from _deputies(coalition)
    yield from _promises(coalition)


def _entry(coalition: Coalition, kept: str, **values: Value) -> Entry:
    told = {name.rstrip("_"): value for name, value in values.items() if value != ""}
    return Entry(kept, entry_id(register(kept), told), coalition.id, told)


def _strategies(details: Details, coalition: Coalition, today: date) -> Iterator[Entry]:
    rng = seeded(details.world.seed, "strategies", coalition.id)
    hubs = set(coalition.hubs.tolist())
    for name, (_, sector, _, _) in STRATEGIES.items():
        lead = next((partner.id for partner in coalition.partners if partner.sector == sector), "")
        for town in coalition.towns.tolist():
            further = rng.random() + 0.35 * (town in hubs) + coalition.quality / 2
            if town not in hubs and rng.random() > TOLD_PART:
                continue
            status = ("not started", "planned", "running", "sustained")[int(np.searchsorted((0.35, 0.6, 1.0), further))]
            since = today - timedelta(days=int(rng.integers(30, 700)))
            yield _entry(coalition, "strategies", strategy=name, town=details.world.ground.geoids[town], status=status,
                         lead=lead, since=since.isoformat())  # fmt: skip


def _money(details: Details, coalition: Coalition) -> Iterator[Entry]:
    """Dollars of the last two whole years, by fund and strategy as they are told of the coalition's towns."""
    for year in sorted({start.year for start, _ in details.world.spans.year})[-2:]:
        for step, measure in STEPS.items():
            funds, strategies = (_year(details, measure, dim, coalition, year) for dim in ("fund", "strategy"))
            if not funds or not strategies:
                continue
            amounts = _crossed(np.array(list(funds.values())), np.array(list(strategies.values())))
            for n, fund in enumerate(funds):
                for m, word in enumerate(strategies):
                    name, (_, _, led_by, whom) = next(one for one in STRATEGIES.items() if one[1][0] == word)
                    police = name == POLICE_LED and fund == "federal"
                    if amounts[n, m] > 0:
                        yield _entry(coalition, "funding", fund=fund, step=step, amount=float(amounts[n, m]),
                                     from_=f"{year}-01-01", to=f"{year}-12-31", strategy=name, population=whom,
                                     led_by="police" if police else led_by,
                                     town=coalition.id if word != "recovery housing" else
                                     details.world.ground.geoids[coalition.hubs[m % len(coalition.hubs)]])  # fmt: skip


def _year(details: Details, measure: str, dimension: str, coalition: Coalition, year: int) -> dict[str, float]:
    """Dollars of a coalition's towns in a year by the values of a dimension; {} where they are not told."""
    values = details.groups.get((measure, "none", dimension))
    if values is None:
        return {}
    rule = details.rules[measure]
    areas = details.world.areas[rule.places]
    ours = areas.members[:, coalition.towns].sum(axis=1) > 0
    inside = np.array([start.year == year for start, _ in details.spans(rule)])
    summed = values[ours][:, inside].sum(axis=(0, 1))
    return dict(zip(rule.dims[dimension], summed.tolist(), strict=True))


def _crossed(rows: FloatArray, columns: FloatArray) -> FloatArray:
    """Whole dollars in a table with these margins: rounded along both sums, so that nothing is lost."""
    whole = rows.sum()
    if not whole:
        return np.zeros((len(rows), len(columns)))
    edges = np.round(np.outer(np.cumsum(rows), np.cumsum(columns)) / whole)
    return np.asarray(np.diff(np.diff(edges, axis=0, prepend=0), axis=1, prepend=0))


def _seats(details: Details, coalition: Coalition, today: date) -> Iterator[Entry]:
    rng = seeded(details.world.seed, "seats", coalition.id)
    since = add_months(today, -14).isoformat()
    for n, partner in enumerate(coalition.partners):
        lived = partner.sector in ("people with lived experience", "peer support", "harm reduction")
        held = "by somebody with lived experience" if lived else "by somebody else"
        held = "vacant" if rng.random() < 0.06 else held
        yield _entry(coalition, "seats", seat=f"{partner.sector[:1].upper()}{partner.sector[1:]}",
                     votes="no" if n % 7 == 5 else "yes", held=held, since=since,
                     paid="yes" if lived and held != "vacant" else "")  # fmt: skip


def _evaluation(coalition: Coalition, today: date) -> Iterator[Entry]:
    cycles = ("Follow-up after an overdose", "Where naloxone is handed out", "Who is not reached", "Starting treatment")
    for n, what in enumerate(cycles):
        due = add_months(today.replace(day=1), 3 * n - 8)
        finished = due + timedelta(days=FINISHED_LATE_DAYS if n == 1 else -5)
        done = due < add_months(today, -2)
        yield _entry(coalition, "evaluation", what=what, due=due.isoformat(),
                     finished=finished.isoformat() if done else "",
                     found="More people are reached where peers go along" if done else "")  # fmt: skip


def _training(details: Details, coalition: Coalition, today: date) -> Iterator[Entry]:
    rng = seeded(details.world.seed, "training", coalition.id)
    for partner in coalition.partners[:8]:
        asked = int(rng.integers(4, 24))
        done = int(rng.binomial(asked, 0.72 + coalition.quality / 4))
        yield _entry(coalition, "training", training="Overdose response and naloxone", partner=partner.id,
                     asked=float(asked), done=float(done), due=add_months(today, 3).isoformat())  # fmt: skip


def _deputies(coalition: Coalition) -> Iterator[Entry]:
    roles = ("Chair", "Coordinator", "Data steward", "Lead for outreach", "Lead for naloxone", "Treasurer",
             "Contact for families", "Lead for evaluation")  # fmt: skip
    for n, role in enumerate(roles):
        yield _entry(coalition, "deputies", role=role, filled="no" if n == 6 and coalition.quality < 0 else "yes",
                     deputy="yes" if n % 3 or coalition.quality > 0.2 else "no")  # fmt: skip


def _promises(coalition: Coalition) -> Iterator[Entry]:
    """Partners that report promised each quarter; the others nothing yet."""
    for partner in coalition.of_sectors(("EMS", "peer support", "hospital", "harm reduction", "pharmacy")):
        yield _entry(coalition, "reporting", partner=partner.id, what="Monthly counts",
                     every="quarter", due_days=45.0)  # fmt: skip
