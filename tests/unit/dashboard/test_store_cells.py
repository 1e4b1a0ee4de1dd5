"""What a cell says beside its number: few events, provisional, basis; and what a query may not ask."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dashboard.domain import Basis, Level, Period, Query
from dashboard.errors import InvalidQuery

TOWNS = ("Ash", "Birch", "Cedar", "Dogwood")
COUNTY_OF = {"Ash": "North", "Birch": "North", "Cedar": "South", "Dogwood": "South"}


def test_few_events_leave_the_count_and_take_the_rate(ledger):
    ledger.residents(2018, Ash=10_000, Birch=10_000, Cedar=10_000, Dogwood=10_000)
    ledger.load([("deaths", place, 2018, n) for place, n in zip(TOWNS, (0, 9, 10, 20), strict=True)])
    rows = ledger.ask("death_rate", "2018")
    assert [(rows[place]["numerator"], rows[place]["rate"], rows[place]["state"]) for place in TOWNS] == [
        (0, 0, "value"), (9, None, "unstable"), (10, 100, "unstable"), (20, 200, "value")]  # fmt: skip
    assert rows["Ash"]["upper"] == pytest.approx(36.8888, abs=1e-4)  # Garwood: 3.688879 events at none seen


def test_a_window_with_a_provisional_month_is_provisional(ledger):
    ledger.load([("deaths", "Ash", "2018-11", 1), ("deaths", "Ash", "2018-12", 1, {"provisional": True}),
                 ("deaths", "Birch", "2018-11", 1), ("deaths", "Birch", "2018-12", 1)])  # fmt: skip
    rows = ledger.ask("death_rate", "2018-11..2018-12")
    assert (rows["Ash"]["provisional"], rows["Birch"]["provisional"]) == (True, False)


def test_a_provisional_cell_may_be_hidden_too(ledger):
    ledger.load([("deaths", "Ash", 2018, "suppressed", {"provisional": True})])
    row = ledger.ask("death_rate", "2018")["Ash"]
    assert (row["state"], row["provisional"]) == ("suppressed", True)


def test_residence_and_occurrence_are_two_questions(ledger):
    ledger.load([("deaths", "Ash", 2018, 18, {"basis": "residence"}), ("deaths", "Ash", 2018, 25, {"basis": "occurrence"})])  # fmt: skip # noqa: E501
    assert ledger.told("death_rate", "2018", basis=Basis.RESIDENCE)["Ash"] == 18
    assert ledger.told("death_rate", "2018", basis=Basis.OCCURRENCE)["Ash"] == 25


def test_several_periods_come_in_their_order(ledger):
    ledger.load([("deaths", "Ash", 2018, 18), ("deaths", "Ash", 2019, 25)])
    query = Query("death_rate", (Period.parse("2018"), Period.parse("2019")), Level.TOWN, geoids=("2500100001",))
    cells = ledger.reader().read(query)
    assert (cells.period, cells.numerator.tolist()) == (["2018", "2019"], [18, 25])


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"indicator": "death_rat"}, "death_rate"),
        ({"geoids": ("99",)}, "99"),
        ({"partner": "nobody"}, "nobody"),
        ({"stratum": "age=1"}, "age=1"),
        ({"periods": ()}, "period"),
        ({"geoids": ("25001",)}, "not a town"),
        ({"within": "nowhere"}, "nowhere"),
    ],
)
def test_what_does_not_exist_is_refused_by_name(ledger, wrong, named):
    ledger.load([("deaths", "Ash", 2018, 18)])
    query = replace(Query("death_rate", (Period.parse("2018"),)), **wrong)
    with pytest.raises(InvalidQuery, match=named):
        ledger.reader().read(query)


def test_windows_that_share_days_are_refused_where_days_are_added(ledger):
    ledger.load([("deaths", "Ash", 2018, 18)])
    windows = (Period.parse("2017-2018"), Period.parse("2018-2019"))
    with pytest.raises(InvalidQuery, match="share days"):
        ledger.reader().read(Query("death_rate", windows))


numbers = some.one_of(some.integers(0, 40), some.just("suppressed"), some.just("not_reported"), some.none())


def by_hand(cells: list[object]) -> object:
    """The answer for an area made of these town-months: the rule in words, without the program's tricks."""
    if "suppressed" in cells:
        return "suppressed"
    return "not_reported" if None in cells or "not_reported" in cells else sum(cells)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=some.lists(numbers, min_size=24, max_size=24), shuffled=some.permutations(range(24)))
def test_sums_are_those_made_by_hand_whatever_the_order_of_the_rows(ledger, table, shuffled):
    year = 1901 + ledger.loads  # each try has a year of its own, as a store of its own would take minutes
    keys = [(place, month) for place in TOWNS for month in range(1, 7)]
    rows = [("deaths", keys[n][0], f"{year}-{keys[n][1]:02d}", table[n]) for n in shuffled if table[n] is not None]
    ledger.load(rows)
    of = dict(zip(keys, table, strict=True))
    for period, months in ((f"{year}Q1", (1, 2, 3)), (f"{year}-05", (5,)), (f"{year}-01..{year}-06", range(1, 7))):
        towns = {place: by_hand([of[place, month] for month in months]) for place in TOWNS}
        counties = {
            name: by_hand([of[place, month] for place in TOWNS if COUNTY_OF[place] == name for month in months])
            for name in ("North", "South")
        }
        assert ledger.told("death_rate", period) == towns
        assert ledger.told("death_rate", period, level=Level.COUNTY) == counties


def test_how_far_a_source_reaches_is_worked_out_once(ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.load([("deaths", "Ash", "2017", 3), ("deaths", "Birch", "2019", 2)])
    reader = ledger.reader()
    assert (reader.reach("state"), reader.reach("nobody")) == (Period.parse("2017-2019"), None)
    monkeypatch.setattr(reader, "windows", None)
    assert reader.reach("state") == Period.parse("2017-2019")
