"""A sheet of targets: good rows become targets, every fault is told with row and column, nothing is half taken."""

from datetime import date

import pytest

from dashboard import gazetteer
from dashboard.intake import Intake
from data_loaders.contract import Context, Members, Report
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.registry import recognise
from data_loaders.sources import target_sheet

TODAY = date(2026, 11, 22)
HEAD = "indicator,place,group,partner,baseline,baseline_period,target,due,owner,contributors,strategy,why"
GOOD = "contact_72h,Athol,housing=unhoused,River EMS,42%,2025,60,2028-12-31,Outreach,River EMS;clinic,Next day,agreed"
MEMBERS = Members(
    coalitions={"ours": "Our coalition"},
    partners={("ours", "ems"): "River EMS", ("ours", "clinic"): "Birch Clinic"},
    sets={"area": "Our towns"},
    strata=frozenset({("contacted_72h", ""), ("contacted_72h", "housing=unhoused")}),
)


def sheet(*rows: str, head: str = HEAD) -> RawFile:
    return RawFile("targets.csv", "\n".join((head, *rows)).encode())


def load(*rows: str, members: Members = MEMBERS) -> tuple[Intake, Report]:
    report = Report("targets.csv")
    context = Context(PlaceIndex(*gazetteer.towns("MA")), TODAY, members=members)
    return target_sheet.read(sheet(*rows), context, report), report


def with_(**cells: str) -> str:
    values = dict(zip(HEAD.split(","), GOOD.split(","), strict=True)) | cells
    return ",".join(values.values())


def test_a_good_row_becomes_a_target() -> None:
    intake, report = load(GOOD)
    assert report.problems == []
    (target,) = intake.targets
    assert (target.indicator, target.coalition, target.baseline, target.target) == ("contact_72h", "ours", 42, 60)
    assert (target.due, target.baseline_period, target.owner) == (date(2028, 12, 31), "2025", "Outreach")
    assert (target.stratum, target.partner, target.contributors) == ("housing=unhoused", "ems", ("clinic", "ems"))
    assert intake.strategies == [("ours", "next-day", "Next day")]
    assert intake.targets_why == "agreed"
    assert target.place.startswith("25027")  # Athol lies in Worcester County


def test_the_sheet_is_known_by_its_columns() -> None:
    assert [source.id for source in recognise(sheet(GOOD))] == ["target_sheet"]


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"baseline": ""}, "baseline", "A target needs a baseline"),
        ({"baseline": "many"}, "baseline", "'many' is not a number"),
        ({"baseline": "-3"}, "baseline", "below zero"),
        ({"target": "120"}, "target", "cannot be above 100"),
        ({"target": "30"}, "target", "Higher is better for 'Contact within 72 hours'"),
        ({"target": "42"}, "target", "equals the baseline"),
        ({"due": "2020-01-01"}, "due", "in the past"),
        ({"due": "soon"}, "due", "is not a day"),
        ({"due": ""}, "due", "by which it should be reached"),
        ({"baseline_period": "lately"}, "baseline_period", "The period 'lately'"),
        ({"baseline_period": "2027"}, "baseline_period", "has not ended yet"),
        ({"indicator": "luck"}, "indicator", "There is no indicator 'luck'"),
        ({"place": "Atlantis"}, "place", "There is no such place"),
        ({"group": "age=7"}, "group", "not reported"),
        ({"partner": "Nobody"}, "partner", "no such partner"),
        ({"contributors": "River EMS; Nobody"}, "contributors", "no such partner"),
        ({"owner": ""}, "owner", "needs an owner"),
    ],
)
def test_a_fault_is_told_with_its_row_and_column(cells: dict[str, str], column: str, said: str) -> None:
    _, report = load(with_(place="Orange"), with_(**cells))
    (problem,) = report.problems
    assert (problem.row, problem.column) == (3, column)
    assert said in problem.rule
    assert problem.fix


def test_every_fault_of_a_sheet_is_told_at_once() -> None:
    _, report = load(with_(baseline="", due="2020-01-01"), with_(indicator="luck", owner=""))
    assert sorted((problem.row, problem.column) for problem in report.problems) == [
        (2, "baseline"), (2, "due"), (3, "indicator"), (3, "owner")]  # fmt: skip


def test_the_same_target_twice_is_told() -> None:
    _, report = load(GOOD, GOOD)
    assert [(problem.row, problem.column) for problem in report.problems] == [(3, "target_id")]


def test_a_lower_target_is_against_no_direction_where_lower_is_better() -> None:
    death = with_(indicator="opioid_overdose_death_rate", baseline="31", target="18.6", group="", contributors="")
    assert load(death)[1].problems == []
    wrong = with_(indicator="opioid_overdose_death_rate", baseline="18", target="31", group="")
    assert "Lower is better" in load(wrong)[1].problems[0].rule


def test_a_set_of_towns_or_a_county_may_be_named() -> None:
    assert load(with_(place="Our towns"))[0].targets[0].place == "area"
    assert load(with_(place="Franklin County"))[0].targets[0].place == "25011"
    assert load(with_(place=""))[0].targets[0].place == ""


def test_a_store_with_several_coalitions_needs_to_know_whose_it_is() -> None:
    both = Members(coalitions={"a": "Ash", "b": "Birch"}, strata=MEMBERS.strata)
    row = with_(partner="", contributors="")
    assert [problem.column for problem in load(row, members=both)[1].problems] == ["coalition"]
