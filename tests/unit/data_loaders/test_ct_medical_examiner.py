"""The real examiner files, against counts made here from the CSV with nothing but the standard library."""

import csv
import gc
import io
import re
from collections import Counter
from datetime import date

import pytest

from dashboard import gazetteer
from dashboard.domain import Level
from data_loaders.contract import Context, Report
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.sources import ct_medical_examiner, ct_villages

TODAY = date(2026, 11, 21)
CURRENT, OLDER = "ocme_2012_2022.csv", "ocme_2012_2018_older_schema.csv"
OLDEST = "ocme_2012_2017_oldest_schema.csv"

FOREIGN = ("PORT CHESTER", "RYE BROOK", "SOUTH SALEM", "MAMARONECK", "WESTERLY")
"""Places of injury outside Connecticut, 2018-2020, found by reading the names by eye."""


def take_in(file, places):
    report = Report(file.name)
    intake = ct_medical_examiner.read(file, Context(places, TODAY), report)
    return intake, report


def deaths(intake, *, measure="drug_deaths_examiner", basis="occurrence", stratum="", years=range(2018, 2021)):
    """Deaths by geoid."""
    rows, found = intake.observations, Counter()
    for at in range(len(rows)):
        asked = (rows.measure[at], rows.basis[at], rows.stratum[at])
        if asked == (measure, basis, stratum) and rows.start[at].year in years:
            found[rows.geoid[at]] += int(rows.value[at])
    return found


def of_towns(counts):
    return {geoid: times for geoid, times in counts.items() if geoid != "09"}


@pytest.fixture(scope="module")
def connecticut():
    return PlaceIndex(*gazetteer.towns("CT"))


@pytest.fixture(scope="module")
def geoids(connecticut):
    return {place.name: place.geoid for place in connecticut.of_state("CT")}


@pytest.fixture(scope="module")
def current(shared, connecticut):
    intake, report = take_in(RawFile.open(shared / "ct" / CURRENT), connecticut)
    assert report.problems == []
    return intake


@pytest.fixture(scope="module")
def crosswalk(shared):
    """(geoid, village) pairs of the crosswalk file."""
    places = PlaceIndex(gazetteer.towns("CT")[0])
    file = RawFile.open(shared / "ct" / "village_to_town.csv")
    return ct_villages.read(file, Context(places, TODAY), Report("villages")).aliases


@pytest.fixture(scope="module")
def window(rows):
    """The rows of 2018-2020 of the current file, as a file."""
    text = io.StringIO()
    lines = csv.DictWriter(text, list(rows[0]))
    lines.writeheader()
    lines.writerows(row for row in rows if row["Date"][6:] in ("2018", "2019", "2020"))
    return RawFile(CURRENT, text.getvalue().encode())


@pytest.fixture(scope="module")
def by_crosswalk_alone(window, crosswalk):
    """Those rows read with the village crosswalk, without our own list of village names."""
    towns, _, codes = gazetteer.towns("CT")
    return take_in(window, PlaceIndex(towns, crosswalk, codes))[0]


@pytest.fixture(scope="module")
def by_both(window, crosswalk):
    """Those rows read with the crosswalk and our own list, as a store with both has them."""
    towns, own, codes = gazetteer.towns("CT")
    return take_in(window, PlaceIndex(towns, [*own, *crosswalk], codes))[0]


@pytest.fixture(scope="module")
def rows(shared):
    with (shared / "ct" / CURRENT).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def town_by_hand(shared, geoids):
    """Town or village in capitals -> town, by the crosswalk file alone."""
    with (shared / "ct" / "village_to_town.csv").open(encoding="utf-8", newline="") as lines:
        villages = {
            re.sub(r" (CDP|borough|city)$", "", row["place"]).upper(): row["town"]
            for row in csv.DictReader(lines)
            if float(row["place_wt"]) > 0.5
        }
    return villages | {name.upper(): name for name in geoids}


def test_the_crosswalk_alone_places_the_published_number_of_deaths(by_crosswalk_alone, geoids):
    towns = of_towns(deaths(by_crosswalk_alone))
    assert sum(towns.values()) == 3429
    assert [towns[geoids[name]] for name in ("Hartford", "Waterbury", "New Haven")] == [354, 284, 201]
    assert len(geoids) - len(towns) == 10


def test_every_town_agrees_with_a_count_by_hand(by_crosswalk_alone, rows, town_by_hand, geoids):
    by_hand = Counter(
        geoids[town_by_hand[row["Injury City"].strip().upper()]]
        for row in rows
        if row["Date"][6:] in ("2018", "2019", "2020") and row["Injury City"].strip().upper() in town_by_hand
    )
    assert of_towns(deaths(by_crosswalk_alone)) == by_hand


def test_more_villages_are_placed_until_only_unrecorded_and_foreign_places_are_left(by_both, rows):
    in_window = [row for row in rows if row["Date"][6:] in ("2018", "2019", "2020")]
    unsaid = sum(row["Injury City"].strip().upper() in ("", "UNKNOWN", "UK") for row in in_window)
    foreign = sum(row["Injury City"] in FOREIGN for row in in_window)
    assert (unsaid, foreign) == (109, 7)
    assert sum(of_towns(deaths(by_both)).values()) == 3591 - unsaid - foreign


def test_no_town_loses_a_death_to_our_own_list_of_villages(by_both, by_crosswalk_alone):
    ours = deaths(by_both)
    assert all(ours[geoid] >= times for geoid, times in deaths(by_crosswalk_alone).items())


def test_the_state_counts_every_death_once(current):
    assert deaths(current)["09"] == 3591
    assert deaths(current, years=range(2012, 2023))["09"] == 10654


def test_no_death_stands_in_two_towns(current, rows):
    placed = of_towns(deaths(current, years=range(2012, 2023)))
    unsaid = sum(row["Injury City"].strip().upper() in ("", "UNKNOWN", "UK") for row in rows)
    assert sum(placed.values()) + unsaid <= len(rows)


@pytest.mark.parametrize("dimension", ["age", "sex", "race"])
def test_groups_of_one_dimension_add_up_to_all_deaths(current, dimension):
    strata = {stratum for stratum in current.observations.stratum if stratum.startswith(dimension)}
    years = range(2012, 2023)
    assert sum(deaths(current, stratum=stratum, years=years)["09"] for stratum in strata) == 10654


def test_groups_agree_with_a_count_by_hand(current, rows):
    years = range(2012, 2023)
    young = sum(row["Age"].isdigit() and 25 <= int(row["Age"]) <= 34 for row in rows)
    assert deaths(current, stratum="age=25-34", years=years)["09"] == young
    assert deaths(current, stratum="sex=female", years=years)["09"] == 2755
    fentanyl = sum(row["Fentanyl"][:1] == "Y" or row["Fentanyl Analogue"] == "Y" for row in rows)
    assert deaths(current, stratum="substance=fentanyl", years=years)["09"] == fentanyl
    assert deaths(current, stratum="substance=xylazine", years=years)["09"] == 792


def test_opioid_deaths_are_the_flag_and_where_it_is_blank_any_opioid_column(current):
    years = range(2012, 2023)
    assert deaths(current, measure="opioid_deaths_examiner", years=years)["09"] == 9735
    assert any("3,034 deaths have nothing under 'Any Opioid'" in note for note in current.notes)


def test_residents_of_other_states_are_not_residents_of_connecticut(current, rows):
    elsewhere = sum(row["Residence State"] not in ("", "CT") for row in rows)
    state = deaths(current, basis="residence", years=range(2012, 2023))["09"]
    assert elsewhere == 296
    assert len(rows) - 380 < state < len(rows) - elsewhere


def test_a_town_without_rows_is_a_true_zero(current):
    for basis in ("residence", "occurrence"):
        spans = [
            (each.start, each.end, each.absence)
            for each in current.coverage
            if (each.measure, each.basis, each.level) == ("drug_deaths_examiner", basis, Level.TOWN)
        ]
        assert spans == [(date(2012, 1, 1), date(2023, 1, 1), "zero")]


def test_the_file_is_dated_by_its_last_death(current):
    assert current.as_of == date(2022, 12, 31)
    assert not any(current.observations.provisional)


def test_false_points_and_unknown_names_are_told(current):
    told = "\n".join(current.notes)
    assert "506 deaths carry the centre of the state" in told
    assert "CHEPACHET 1" in told
    assert "Date reported 1,767" in told


def test_the_older_form_says_where_only_from_2016_on(shared, connecticut):
    intake, report = take_in(RawFile.open(shared / "ct" / OLDER), connecticut)
    assert report.problems == []
    assert deaths(intake, years=range(2012, 2019))["09"] == 5103
    assert any("2 rows have no date" in note for note in intake.notes)
    in_towns = [
        (each.start, each.end, each.absence)
        for each in intake.coverage
        if (each.basis, each.level, each.measure) == ("occurrence", Level.TOWN, "drug_deaths_examiner")
    ]
    change = date(2016, 1, 1)
    assert in_towns == [(date(2012, 1, 1), change, "not_reported"), (change, date(2019, 1, 1), "zero")]


def test_the_oldest_form_speaks_of_residence_only(shared, connecticut, geoids):
    intake, report = take_in(RawFile.open(shared / "ct" / OLDEST), connecticut)
    assert report.problems == []
    assert set(intake.observations.basis) == {"residence"}
    assert {each.basis for each in intake.coverage} == {"residence"}
    assert deaths(intake, basis="residence", years=range(2012, 2018))[geoids["Hartford"]] >= 206
    assert any("no town of injury" in note for note in intake.notes)


def test_each_form_is_recognised(shared):
    for name in (CURRENT, OLDER, OLDEST):
        assert ct_medical_examiner.SOURCE.recognises(RawFile.open(shared / "ct" / name))
    assert not ct_medical_examiner.SOURCE.recognises(RawFile.open(shared / "ct" / "village_to_town.csv"))


def test_no_cell_about_a_person_outlives_the_reading(connecticut):
    secret = "".join(("found by ", "a neighbour"))
    file = one_death(**{"Description of Injury": secret, "Age": "37"})
    intake, report = take_in(file, connecticut)
    assert report.problems == []
    assert secret not in texts_alive(but=secret)
    assert "age=35-44" in intake.observations.stratum
    assert not any("37" in stratum for stratum in intake.observations.stratum)


def texts_alive(*, but):
    """Every text in a container of this process except the very object `but`; containers of texts hide one deeper."""
    gc.collect()
    outer = [thing for thing in gc.get_objects() if type(thing) in (list, tuple, dict, set)]
    inner = [member for thing in outer for member in members(thing) if type(member) in (list, tuple, dict)]
    return {
        member for thing in (*outer, *inner) for member in members(thing) if type(member) is str and member is not but
    }


def members(thing):
    return list(thing.values()) if isinstance(thing, dict) else list(thing)


def one_death(*, times=1, without="", also="", **cells):
    """A file in the current form that holds one death."""
    schema = ct_medical_examiner.schemas.CURRENT
    header = [name for name in (*schema.columns, *schema.unread) if name != without] + ([also] if also else [])
    cells = {"Date": "06/28/2018", "Residence City": "HARTFORD", "Injury City": "HARTFORD", **cells}
    lines = [header] + [[cells.get(name, "") for name in header]] * times
    text = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    return RawFile("deaths.csv", text.encode())


@pytest.mark.parametrize(
    ("column", "cell"), [("Date", "13/45/2018"), ("Date", "06/28/2031"), ("Age", "412"), ("Age", "<35")]
)
def test_an_impossible_cell_is_a_problem_on_its_row(connecticut, column, cell):
    intake, report = take_in(one_death(**{column: cell}), connecticut)
    assert [(problem.row, problem.column) for problem in report.problems] == [(2, column)]
    assert len(intake.observations) == 0


def test_a_problem_never_repeats_the_age_of_a_person(connecticut):
    _, report = take_in(one_death(Age="412"), connecticut)
    assert "412" not in str(report.problems)


def test_a_missing_and_a_new_column_are_problems(connecticut):
    file = one_death(without="Fentanyl", also="Carfentanil")
    assert ct_medical_examiner.SOURCE.recognises(file)
    _, report = take_in(file, connecticut)
    assert [problem.column for problem in report.problems] == ["Fentanyl", "Carfentanil"]


def test_a_row_that_stands_twice_counts_once(connecticut, geoids):
    intake, report = take_in(one_death(times=2), connecticut)
    assert report.problems == []
    assert deaths(intake)[geoids["Hartford"]] == 1
    assert (intake.rows_accepted, intake.rows_refused) == (1, 1)


def test_a_file_without_any_date_is_a_problem(connecticut):
    _, report = take_in(one_death(Date=""), connecticut)
    assert [problem.column for problem in report.problems] == ["Date"]
