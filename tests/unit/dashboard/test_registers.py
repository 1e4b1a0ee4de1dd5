"""Registers: what a cell may say, when numbers are due, and dollars that are added."""

from datetime import date

import pytest

from dashboard.errors import InvalidQuery
from dashboard.periods import Period
from dashboard.registers import Entry, read_entry, register, registers
from dashboard.registers.due import Expected, dues
from dashboard.registers.money import Money, money_by, total
from dashboard.sectors import missing, sector_of, sectors


class Known:
    """One town and one partner."""

    def town(self, text: str) -> str:
        return "2501100001" if text == "Ash" else ""

    def partner(self, text: str) -> str:
        return "clinic" if text == "Birch Clinic" else ""


MONEY = {"fund": "settlement", "step": "spent", "amount": "$34,623.50", "from": "2025-07-01", "to": "2026-06-30"}


def faults(kept: str, **texts: str) -> list[str]:
    return [fault.column for fault in read_entry(register(kept), texts, Known())[1]]


def test_an_amount_is_read_as_people_write_it() -> None:
    entry, wrong = read_entry(register("funding"), MONEY, Known(), coalition="c")
    assert not wrong
    assert entry.values["amount"] == 34623.5
    assert (entry.coalition, entry.register, entry.version) == ("c", "funding", 0)


@pytest.mark.parametrize("amount", ["-5", "1,23", "12k", "nan", "1e9", "9999999999999999", "١٢"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    assert faults("funding", **MONEY | {"amount": amount}) == ["amount"]


def test_every_fault_of_a_row_is_told_at_once() -> None:
    assert faults("strategies", strategy="Naloxone", town="Nowhere", status="begun", since="May") == [
        "town", "status", "since",
    ]  # fmt: skip


def test_a_last_day_before_the_first_is_a_fault() -> None:
    assert faults("funding", **MONEY | {"to": "2025-06-30"}) == ["to"]


def test_nobody_more_than_all_has_done_a_training() -> None:
    assert faults("training", training="Naloxone", asked="5", done="6") == ["done"]


def test_the_same_key_is_the_same_entry_whatever_else_it_says() -> None:
    first, _ = read_entry(register("funding"), MONEY, Known())
    more, _ = read_entry(register("funding"), MONEY | {"amount": "1"}, Known())
    other, _ = read_entry(register("funding"), MONEY | {"step": "committed"}, Known())
    assert first.id == more.id != other.id


def test_registers_have_keys_and_titles_of_their_own() -> None:
    assert len({one.title for one in registers().values()}) == len(registers()) == 7
    assert all(set(one.key) <= {column.name for column in one.columns} for one in registers().values())


def test_a_register_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(InvalidQuery, match="strategies, funding, seats"):
        register("nonsense")


def money(step: str, amount: float, fund: str = "state") -> Entry:
    return Entry("funding", f"{step}{amount}{fund}", "c", {"step": step, "amount": amount, "fund": fund})


def test_dollars_of_one_step_are_added_and_those_of_two_never() -> None:
    assert total([money("received", 100), money("received", 50), money("spent", 30)]) == Money(150, None, 30)


def test_nothing_told_is_not_zero_dollars() -> None:
    assert total([money("spent", 0)]) == Money(None, None, 0)


def test_dollars_by_source_hold_every_amount_once() -> None:
    by = money_by(
        [money("received", 10), money("received", 90, "federal"), money("spent", 5)], lambda e: e.text("fund")
    )
    assert by == {"federal": Money(90), "state": Money(10, None, 5)}
    assert list(by) == ["federal", "state"]


def test_two_quarters_are_late_and_the_next_is_coming() -> None:
    expected = Expected("ems", "Ambulance", "counts", 3, 45, until=date(2026, 4, 1))
    found = dues(expected, date(2026, 11, 22))
    assert [(str(due.period), due.due_on, due.late_days) for due in found] == [
        ("2026Q2", date(2026, 8, 14), 100), ("2026Q3", date(2026, 11, 14), 8), ("2026Q4", date(2027, 2, 14), 0),
    ]  # fmt: skip


def test_numbers_are_not_late_on_the_day_they_are_due() -> None:
    (due, *_) = dues(Expected("ems", "Ambulance", "counts", 1, 30, until=date(2026, 10, 1)), date(2026, 11, 30))
    assert (due.period, due.due_on, due.late_days) == (Period.parse("2026-10"), date(2026, 11, 30), 0)


def test_who_never_told_anything_owes_the_last_whole_period_and_no_more() -> None:
    found = dues(Expected("ems", "Ambulance", "counts", 12, 30), date(2026, 11, 22), ahead_days=0)
    assert [str(due.period) for due in found] == ["2025"]


def test_a_fiscal_year_is_followed_by_the_next_fiscal_year() -> None:
    expected = Expected("state", "State", "money", 12, 30, until=date(2025, 7, 1), begins=7)
    found = dues(expected, date(2026, 11, 22), ahead_days=0)
    assert [(str(due.period), due.due_on) for due in found] == [("FY2026", date(2026, 7, 30))]


def test_an_endless_silence_is_told_as_two_years_of_months() -> None:
    assert len(dues(Expected("ems", "Ambulance", "counts", 1, until=date(2000, 1, 1)), date(2026, 11, 22))) == 24


def test_sectors_are_known_by_other_words_too() -> None:
    assert sector_of("ambulance") == sector_of("emergency_medical_services") == "EMS"
    assert sector_of("astrology") == ""


def test_a_sector_without_a_partner_is_missing_and_has_a_reason() -> None:
    open_ = missing(sector.name for sector in sectors() if sector.name != "faith")
    assert [(sector.name, bool(sector.why)) for sector in open_] == [("faith", True)]
    assert len(missing([])) == len(sectors()) == 16
