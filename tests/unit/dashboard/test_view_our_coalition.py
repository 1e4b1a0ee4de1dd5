"""The overview and the calendar: who is there, who is late, what was told of strategies and money."""

from datetime import date

import pytest

from dashboard.figures import render_svg
from dashboard.indicators import registry
from dashboard.registers import Entry
from dashboard.views import registers_money, registers_people, registers_strategies
from dashboard.views.data_calendar import data_calendar
from dashboard.views.dollars import dollars
from dashboard.views.our_coalition import Kept, our_coalition
from dashboard.views.reporting import headline, reporting
from tests.fake_reader import ASH, BIRCH, CEDAR, FakeReader

TODAY = date(2026, 11, 22)


def reader_of(partners: tuple[str, ...] = ("clinic", "ems")) -> FakeReader:
    reader = FakeReader(tuple(registry().indicators.values()), home="ours")
    reader.coalitions = [{"id": "c", "name": "Our towns", "catchment": "ours"}]
    reader.partners = {id_: row | {"coalition_id": "c"} for id_, row in reader.partners.items() if id_ in partners}
    reader.loaded("state")
    return reader


def entry(register: str, **values: str | float) -> Entry:
    return Entry(register, str(sorted(values.items())), "c", {name.rstrip("_"): told for name, told in values.items()})


def promise(partner: str) -> Entry:
    return entry("reporting", partner=partner, what="Counts", every="quarter", due_days=45.0)


def test_a_partner_is_late_by_its_promise() -> None:
    reader = reader_of()
    reader.reports("deaths", "2026-01..2026-03", months=3, partner="ems")
    found = reporting(reader, TODAY, coalition="c", promises=[promise("ems")])
    assert [(one.name, one.late_days) for one in found] == [("County ambulance", 100), ("Birch Clinic", 0)]
    assert found[0].row()[2:4] == ("March 2026", "2 reports, the oldest 100 days late")
    assert headline(found) == "1 of 2 partners has reported; 1 is late."


def test_without_a_promise_the_shortest_period_so_far_counts() -> None:
    reader = reader_of()
    reader.reports("deaths", "2026-09", months=1, partner="ems")
    found = reporting(reader, TODAY, coalition="c")[0]
    assert found.row()[1:3] == ("Its numbers, every month, as so far", "September 2026")
    assert [str(due.period) for due in found.waiting][:2] == ["2026-10", "2026-11"]
    assert not found.late


def test_a_partner_that_promised_and_told_nothing_yet_owes_the_last_quarter() -> None:
    found = reporting(reader_of(), TODAY, coalition="c", promises=[promise("clinic")])
    assert [(one.name, [str(due.period) for due in one.late]) for one in found if one.expected] == [
        ("Birch Clinic", ["2026Q3"])
    ]


def test_why_a_partner_is_not_shown_is_said() -> None:
    found = reporting(reader_of(), TODAY, coalition="c", hidden={"Birch Clinic": "No agreement holds."})
    assert {one.name: one.row()[1] for one in found} == {
        "Birch Clinic": "No agreement holds.", "County ambulance": "Brings no numbers yet",
    }  # fmt: skip


def test_an_empty_coalition_says_how_to_begin() -> None:
    reader = reader_of(())
    page = our_coalition(reader, TODAY, Kept(), coalition="c")
    assert page.headline == "Our towns has no partner yet: one is enough to begin."
    assert page.reporting_said == "No partner is known yet."
    assert (page.referrals, page.strategies, page.money, page.settlement) == (None, None, [], None)
    assert data_calendar([], [], TODAY, "Our towns").headline.startswith("Nothing is due from anybody")


def test_one_partner_fills_one_sector() -> None:
    page = our_coalition(reader_of(("clinic",)), TODAY, Kept(), coalition="c")
    assert page.headline == "Our towns: 1 partner, 15 sectors not yet at the table; nobody has reported yet."
    assert ("treatment", "Birch Clinic", "not told") in page.sectors.rows


def test_a_store_without_a_coalition_has_an_overview_too() -> None:
    reader = FakeReader(tuple(registry().indicators.values()))
    reader.partners = {}
    assert our_coalition(reader, TODAY, Kept()).headline.startswith("Our coalition has no partner yet")


def test_the_reminder_names_what_is_late_and_no_person() -> None:
    reader = reader_of()
    reader.reports("deaths", "2026-01..2026-06", months=3, partner="ems")
    told = reporting(reader, TODAY, coalition="c", promises=[promise("ems")])
    page = data_calendar(told, [], TODAY, "Our towns")
    assert page.headline == "1 report from 1 partner is late; next, County ambulance on 14 February 2027."
    (reminder,) = page.reminders
    assert "July to September 2026: was due on 14 November 2026, 8 days ago" in reminder.text
    assert "none this month" in reminder.text
    assert "people who use drugs" in reminder.text


def test_strategies_stand_by_town_and_towns_without_one_are_named() -> None:
    reader = reader_of()
    told = [entry("strategies", strategy="Naloxone", town=BIRCH, status="running"),
            entry("strategies", strategy="naloxone", town=ASH, status="not started")]  # fmt: skip
    chart = registers_strategies.matrix(reader, told)
    assert chart
    assert chart.columns == ("Naloxone",)
    assert chart.table()[1] == [("Ash", "not started"), ("Birch", "running")]
    assert "not started" in render_svg.figure(chart, 340)
    assert registers_strategies.headline(told) == "1 strategy; 1 of them runs in 1 place."
    assert registers_strategies.towns_without(reader, told, "ours") == ["Cedar"]


def test_a_strategy_in_the_whole_area_reaches_every_town() -> None:
    told = [entry("strategies", strategy="Naloxone", town="ours", status="running")]
    assert registers_strategies.towns_without(reader_of(), told, "ours") == []


def test_who_leads_is_told_of_what_was_spent() -> None:
    spent = {"fund": "state", "step": "spent", "from_": "2025-07-01", "to": "2026-06-30"}
    told = [entry("funding", **spent, amount=60.0, led_by="health"),
            entry("funding", **spent, amount=15.0, led_by="police"),
            entry("funding", **spent | {"step": "received"}, amount=900.0, led_by="police")]  # fmt: skip
    assert registers_money.led_sentence(told) == "Of what was spent 80% was health-led and 20% police-led."
    told.append(entry("funding", **spent, amount=25.0))
    assert registers_money.led_sentence(told) == (
        "Of what was spent 60% was health-led and 15% police-led; of 25% nobody has said who leads."
    )
    assert registers_money.led_sentence(told[2:3]) == ""


def test_money_is_told_by_source_and_never_added_over_steps() -> None:
    days = {"from_": "2025-07-01", "to": "2026-06-30"}
    told = [entry("funding", fund="state", step="received", amount=1000.0, town=CEDAR, **days),
            entry("funding", fund="state", step="spent", amount=250.5, led_by="police", **days)]  # fmt: skip
    assert registers_money.headline(told) == (
        "From 1 July 2025 to 30 June 2026: $1,000 received; not reported committed; $250.50 spent."
    )
    by = {each.title: each.table[1] for each in registers_money.tables(reader_of(), told)}
    assert by["By source"] == [("State", "$1,000", "not reported", "$250.50")]
    assert by["By town"] == [
        ("Cedar", "$1,000", "not reported", "not reported"), ("Not said", "not reported", "not reported", "$250.50"),
    ]  # fmt: skip
    assert by["Health-led and police-led"][0][0] == "Police-led"


@pytest.mark.parametrize(("amount", "words"), [(0, "$0"), (34623.0, "$34,623"), (0.5, "$0.50"), (None, "not reported")])
def test_dollars_as_people_write_them(amount: float | None, words: str) -> None:
    assert dollars(amount) == words


def test_only_voting_seats_count_and_vacant_ones_are_told() -> None:
    lived = registers_people.LIVED
    told = [entry("seats", seat="a", votes="yes", held=lived, paid="yes"),
            entry("seats", seat="b", votes="no", held=lived),
            entry("seats", seat="c", votes="yes", held="vacant")]  # fmt: skip
    assert registers_people.seats_sentence(told) == (
        "1 of 2 voting seats is held by people with lived experience (1 of them paid for their time); 1 is vacant."
    )


def test_an_evaluation_is_overdue_the_day_after_it_was_due() -> None:
    told = [entry("evaluation", what="a", due="2026-11-21"), entry("evaluation", what="b", due="2026-11-22"),
            entry("evaluation", what="c", due="2026-06-30", finished="2026-06-30")]  # fmt: skip
    assert registers_people.evaluation_sentence(told, TODAY) == (
        "1 of 3 evaluation cycles finished, 1 of them on time; 1 overdue; the next is due on 22 November 2026."
    )
