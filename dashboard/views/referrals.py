"""Referrals between partners: who refers to whom, how many, and how many ended with a completed warm handoff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan
from typing import Any

from dashboard.domain import Indicator, Level, Period, Query, State
from dashboard.figures.tables import Table
from dashboard.figures.words import absent_words, number, remarks
from dashboard.views.source import ViewReader

INDICATOR = "structured_handoff"
DIMENSION = "receiving_partner="
MONTHS = 12


@dataclass(frozen=True)
class Flow:
    """Referrals of one partner to another; an absent number is None and `state` says why.

    `sender` and `receiver` are ids of partners. A receiver that no partner of the coalition is stays as it was written.
    """

    sender: str
    receiver: str
    sender_name: str
    receiver_name: str
    made: float | None
    completed: float | None
    state: str = State.VALUE
    provisional: bool = False

    @property
    def share(self) -> float | None:
        """Percent that ended with a completed handoff; None where it is unknown or too few for a rate."""
        if self.completed is None or not self.made or self.state == State.UNSTABLE:
            return None
        return 100 * self.completed / self.made


@dataclass(frozen=True)
class Flows:
    """Every pair that is reported over a period (None: nobody reports to whom they refer), by sender and receiver."""

    period: Period | None
    rows: tuple[Flow, ...]
    notes: tuple[str, ...] = ()

    def of(self, partner: str) -> Flows:
        """The flows from and to one partner."""
        kept = tuple(row for row in self.rows if partner in (row.sender, row.receiver))
        return Flows(self.period, kept, self.notes)

    @property
    def known(self) -> list[Flow]:
        """Pairs whose referrals are known."""
        return [row for row in self.rows if row.made is not None]

    def table(self) -> Table:
        """Head and rows: from, to, referrals, completed handoffs, percent."""
        head = ("From", "To", "Referrals", "Completed handoffs", "Percent completed")
        return head, [
            (row.sender_name, row.receiver_name, _count_words(row.made, row.state),
             _count_words(row.completed, row.state), _share_words(row))
            for row in self.rows
        ]  # fmt: skip


def flows(reader: ViewReader, period: Period | None = None, *, coalition: str = "") -> Flows:
    """Who refers to whom over a period; without one the newest twelve months that anybody reports.

    `coalition` limits it to the partners of one; "" is the home coalition's, or every partner's where there is none.
    """
    indicator = reader.registry.indicators.get(INDICATOR)
    senders = _senders(reader, coalition or home_coalition(reader)) if indicator else {}
    period = period or newest_period(reader, senders)
    if indicator is None or period is None:
        return Flows(None, ())
    told = [
        _flow(reader, indicator, period, (sender, stratum)) for sender, strata in senders.items() for stratum in strata
    ]
    rows = sorted((flow for flow, _ in told), key=lambda row: (row.sender_name, row.receiver_name))
    return Flows(period, tuple(rows), tuple(dict.fromkeys(note for _, notes in told for note in notes)))


def home_coalition(reader: ViewReader) -> str:
    """The id of the coalition at home; "" where there is none."""
    return next((str(row["id"]) for row in reader.coalitions if row["catchment"] == reader.home), "")


def newest_period(reader: ViewReader, senders: Iterable[str]) -> Period | None:
    """The newest twelve months for which any of these partners reports to whom it refers; None when none does."""
    wanted = set(senders)
    ends = [window.end for row in _series(reader) if row["partner"] in wanted for window in reader.windows(row)]
    return Period.ending(max(ends), MONTHS) if ends else None


def _senders(reader: ViewReader, coalition: str) -> dict[str, list[str]]:
    """For each partner of a coalition that says to whom it refers: the strata that it uses."""
    found: dict[str, list[str]] = {}
    for row in _series(reader):
        partner = reader.partners.get(row["partner"])
        if partner and coalition in ("", partner.get("coalition_id", "")):
            found.setdefault(row["partner"], []).append(row["stratum"])
    return {sender: sorted(set(strata)) for sender, strata in sorted(found.items())}


def _series(reader: ViewReader) -> list[dict[str, Any]]:
    indicator = reader.registry.indicators.get(INDICATOR)
    measures = indicator.denominator.measures if indicator and indicator.denominator else ()
    rows = [row for name in measures for row in reader.series_from_measure(name)]
    return [row for row in rows if row["partner"] and _receiver_of(str(row["stratum"]))]


def _flow(
    reader: ViewReader, indicator: Indicator, period: Period, pair: tuple[str, str]
) -> tuple[Flow, tuple[str, ...]]:
    sender, stratum = pair
    level, geoids = _where(reader, sender)
    cells = reader.read(Query(indicator.id, (period,), level, geoids, stratum=stratum, partner=sender))
    completed, made = float(cells.numerator[0]), float(cells.denominator[0])
    receiver, name = _named(reader, sender, _receiver_of(stratum))
    flow = Flow(sender, receiver, str(reader.partners[sender]["name"]), name, _or_none(made), _or_none(completed),
                cells.state[0], bool(cells.provisional[0]))  # fmt: skip
    return flow, cells.notes


def _where(reader: ViewReader, sender: str) -> tuple[Level, tuple[str, ...]]:
    """The area a partner's referrals are counted in: its coalition's, its own, else the state of the first place."""
    partner = reader.partners[sender]
    coalitions = {str(row["id"]): str(row["catchment"]) for row in reader.coalitions}
    for area in (coalitions.get(str(partner.get("coalition_id", "")), ""), str(partner.get("catchment", ""))):
        if area in reader.gazetteer.set_by_id:
            return Level.CATCHMENT, (area,)
    states = [place.geoid for place in reader.gazetteer.places if place.level is Level.STATE]
    return Level.STATE, tuple(states[:1])


def _receiver_of(stratum: str) -> str:
    """The receiver that a stratum names and nothing besides; "" for any other stratum."""
    return stratum.removeprefix(DIMENSION) if stratum.startswith(DIMENSION) and ";" not in stratum else ""


def _named(reader: ViewReader, sender: str, written: str) -> tuple[str, str]:
    """Id and name of the partner meant: by id, by name, or by its sector where the coalition has one of that sector."""
    ours = reader.partners[sender].get("coalition_id", "")
    known = {id_: row for id_, row in reader.partners.items() if row.get("coalition_id", "") == ours}
    folded = written.replace("_", " ").casefold()
    named = [id_ for id_, row in known.items() if folded in (id_.casefold(), str(row["name"]).casefold())]
    of_sector = [id_ for id_, row in known.items() if folded == str(row["sector"]).casefold()]
    for found in (named, of_sector):
        if len(found) == 1:
            return found[0], str(known[found[0]]["name"])
    return written, written


def _or_none(value: float) -> float | None:
    return None if isnan(value) else value


def _count_words(count: float | None, state: str) -> str:
    return absent_words(state, None) if count is None else number(count)


def _share_words(flow: Flow) -> str:
    said = "too few" if flow.share is None else f"{number(flow.share)}%"
    known = flow.made is not None and flow.completed is not None
    return ", ".join(filter(None, [said, remarks(flow.state, flow.provisional, shown=False)])) if known else "–"
