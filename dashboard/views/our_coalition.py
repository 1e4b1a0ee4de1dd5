"""The overview of the coalition: who is at the table, who reports, who refers to whom, what is done and paid for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard.figures.matrix import MatrixChart
from dashboard.registers import Entry
from dashboard.views import referral_matrix, registers_money, registers_people, registers_strategies
from dashboard.views.partner_sectors import SectorTable, sector_table
from dashboard.views.referrals import flows
from dashboard.views.registers_money import MoneyTable, Settlement
from dashboard.views.reporting import Reporting, reporting
from dashboard.views.reporting import headline as reporting_headline
from dashboard.views.source import ViewReader


@dataclass(frozen=True)
class Kept:
    """What else the page needs: entries of the registers, why partners are not shown, agreements in a sentence.

    `hidden` is why by the partner's name; `coalitions` are those that whoever reads may open, their names by id.
    """

    entries: tuple[Entry, ...] = ()
    hidden: Mapping[str, str] | None = None
    agreements: str = ""
    coalitions: Mapping[str, str] = field(default_factory=dict)

    def of(self, register: str) -> list[Entry]:
        """The entries of one register."""
        return [entry for entry in self.entries if entry.register == register]


@dataclass(frozen=True)
class OurCoalition:
    """Everything the page says; None where a picture has nothing to show."""

    name: str
    headline: str
    sectors: SectorTable
    reporting: Sequence[Reporting]
    reporting_said: str
    agreements: str
    referrals: MatrixChart | None
    referrals_said: tuple[str, ...]
    strategies: MatrixChart | None
    strategies_said: tuple[str, ...]
    money: Sequence[MoneyTable]
    money_said: str
    money_led: str
    settlement: Settlement | None
    people: tuple[str, ...]
    coalitions: Mapping[str, str]


def our_coalition(reader: ViewReader, today: date, kept: Kept, *, coalition: str = "") -> OurCoalition:
    """The overview of one coalition ("" where the store has none)."""
    named = {str(row["id"]): row for row in reader.coalitions}
    area = str(named[coalition]["catchment"]) if coalition in named else ""
    told = reporting(reader, today, coalition=coalition, promises=kept.of("reporting"), hidden=kept.hidden)
    sectors, found = sector_table(reader, coalition), flows(reader, coalition=coalition)
    said = [referral_matrix.headline(found), referral_matrix.missing_sentence(found), *found.notes]
    name = str(named[coalition]["name"]) if coalition in named else "Our coalition"
    return OurCoalition(
        name=name,
        headline=_headline(name, sectors, told),
        sectors=sectors,
        reporting=told,
        reporting_said=reporting_headline(told),
        agreements=kept.agreements,
        referrals=referral_matrix.matrix(found),
        referrals_said=tuple(filter(None, said)),
        strategies=registers_strategies.matrix(reader, kept.of("strategies")),
        strategies_said=_strategies_said(reader, kept.of("strategies"), area),
        money=registers_money.tables(reader, kept.of("funding")),
        money_said=registers_money.headline(kept.of("funding")),
        money_led=registers_money.led_sentence(kept.of("funding")),
        settlement=registers_money.settlement(reader, area),
        people=_people(kept, today),
        coalitions=kept.coalitions,
    )


def _headline(name: str, sectors: SectorTable, told: Sequence[Reporting]) -> str:
    if not sectors.partners:
        return f"{name} has no partner yet: one is enough to begin."
    late = len({one.id for one in told if one.late})
    many = f"{sectors.partners} partner{'' if sectors.partners == 1 else 's'}"
    open_ = f"{len(sectors.missing)} sector{'' if len(sectors.missing) == 1 else 's'} not yet at the table"
    numbers = f"{late} {'is' if late == 1 else 'are'} late with numbers" if late else "nobody is late with numbers"
    if not any(one.expected for one in told):
        numbers = "nobody has reported yet"
    return f"{name}: {many}, {open_}; {numbers}."


def _strategies_said(reader: ViewReader, entries: Sequence[Entry], area: str) -> tuple[str, ...]:
    without = registers_strategies.towns_without(reader, entries, area) if entries else []
    said = [registers_strategies.headline(entries)]
    if without:
        shown = ", ".join(without[:8]) + (f" and {len(without) - 8} more" if len(without) > 8 else "")
        said.append(f"Nothing is told of {len(without)} town{'' if len(without) == 1 else 's'}: {shown}.")
    return tuple(said)


def _people(kept: Kept, today: date) -> tuple[str, ...]:
    return (
        registers_people.seats_sentence(kept.of("seats")),
        registers_people.evaluation_sentence(kept.of("evaluation"), today),
        registers_people.training_sentence(kept.of("training")),
        registers_people.deputies_sentence(kept.of("deputies")),
    )
