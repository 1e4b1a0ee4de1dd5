"""Messy sheets of other shapes: towns or groups across, several tables, several sheets, one town a file."""

from collections.abc import Callable, Sequence
from datetime import date

from sheets_truth import CONNECTICUT, HIDDEN, QUABBIN, Built, Messy, Month, count, first_day, iso, named, short, total

LATEST, NEXT = ((2026, 9),), ((2026, 10),)
FOUR = QUABBIN[:4]


def towns_across(label: Callable[[Month], object], corner: str) -> Callable[[Sequence[Month]], Built]:
    """Months down, towns across, sums on both sides, the months to come without numbers."""

    def build(months: Sequence[Month]) -> Built:
        built, rows = Built(), [["Overdose runs 2026"], [corner, *FOUR, "Total"]]
        for at, month in enumerate(months):
            row = [count(town, at) for town in FOUR]
            rows.append([label(month), *row, sum(row)])
            for town, number in zip(FOUR, row, strict=True):
                built.expect("ems_overdoses_nonfatal", town, iso(month), number, basis="occurrence")
        rows += [[label((2026, month))] for month in range(len(months) + 1, 13)]
        rows.append(["Total", *(total(row[at] for row in rows[2 : 2 + len(months)]) for at in range(1, 6))])
        built.sheet("EMS", rows)
        return built

    return build


def towns_over_measures(months: Sequence[Month]) -> Built:
    """Months down; each town over two measures."""
    built = Built()
    top = [None, *(cell for town in FOUR for cell in (town, None))]
    under = ["Month", *(["Kits", "Encounters"] * 4)]
    rows: list = [top, under]
    for at, month in enumerate(months):
        row: list = [first_day(month)]
        for town in FOUR:
            row += [float(count(town, at)), float(count(town, at, 1))]
            built.expect("naloxone_kits", town, iso(month), count(town, at), basis="residence")
            built.expect("harm_reduction_encounters", town, iso(month), count(town, at, 1))
        rows.append(row)
    built.sheet("Harm reduction", rows, tuple((0, 1 + 2 * at, 0, 2 + 2 * at) for at in range(4)))
    return built


def groups_across(
    title: str, groups: dict[str, str], measure: str, basis: str = "none"
) -> Callable[[Sequence[Month]], Built]:
    """One month a file: towns down, groups across, everyone at the end."""

    def build(months: Sequence[Month]) -> Built:
        built, month = Built(), months[-1]
        rows: list = [[title.format(f"{named(month)} {month[0]}")], [], ["Town", *groups, "Total"]]
        for town in CONNECTICUT:
            row = [count(town, month[1], salt) for salt in range(len(groups))]
            rows.append([town, *row, sum(row)])
            for group, number in zip(groups.values(), row, strict=True):
                built.expect(measure, town, iso(month), number, stratum=group, basis=basis)
            built.expect(measure, town, iso(month), sum(row), basis=basis)
        rows.append(["All towns", *(total(row[at] for row in rows[3:]) for at in range(1, len(groups) + 2))])
        built.sheet("Sheet1", rows)
        return built

    return build


def months_over_sexes(months: Sequence[Month]) -> Built:
    """Months over women and men."""
    built = Built()
    top = ["Town", *(cell for month in months for cell in (f"{short(month)} {month[0]}", None))]
    rows: list = [["People reached by outreach"], top, [None, *(["Women", "Men"] * len(months))]]
    for town in QUABBIN:
        row: list = [town]
        for at, month in enumerate(months):
            row += [count(town, at), count(town, at, 1)]
            built.expect("people_reached", town, iso(month), row[-2], stratum="sex=female")
            built.expect("people_reached", town, iso(month), row[-1], stratum="sex=male")
        rows.append(row)
    built.sheet("Outreach", rows)
    return built


def sheet_a_month(months: Sequence[Month]) -> Built:
    """One sheet a month, its name says which."""
    built = Built()
    for at, month in enumerate(months):
        rows: list = [["Town", "Narcan kits", "Harm reduction visits", "Notes"]]
        for town in FOUR:
            rows.append([town, count(town, at), count(town, at, 1)])
            built.expect("naloxone_kits", town, iso(month), count(town, at), basis="residence")
            built.expect("harm_reduction_encounters", town, iso(month), count(town, at, 1))
        built.sheet(f"{short(month)} {month[0]}", rows)
    return built


def sheet_a_town(months: Sequence[Month]) -> Built:
    """One sheet a town, months down and measures across."""
    built = Built()
    for town in FOUR:
        rows: list = [["Month", "Outreach attempts", "Home visits", "Referrals made"]]
        for at, month in enumerate(months):
            numbers = [count(town, at, salt) for salt in range(3)]
            rows.append([f"{named(month)} {month[0]}", *numbers])
            for measure, number in zip(("outreach_attempts", "outreach_visits", "referrals"), numbers, strict=True):
                built.expect(measure, town, iso(month), number)
        built.sheet(town, rows)
    return built


def stacked(months: Sequence[Month]) -> Built:
    """Two tables, one above the other, told apart by their titles."""
    built, rows = Built(), []
    for salt, (title, measure) in enumerate((("MOUD starts", "medication_starts"),
                                             ("Unplanned discharges", "discharges_unplanned"))):  # fmt: skip
        rows += [[title], ["Town", *(f"{short(month)} {month[0]}" for month in months), "Total"]]
        for town in FOUR:
            row = [count(town, at, salt) for at in range(len(months))]
            rows.append([town, *row, sum(row)])
            for month, number in zip(months, row, strict=True):
                built.expect(measure, town, iso(month), number)
        rows += [["Numbers under review."], [], []]
    built.sheet("Clinic", rows)
    return built


def side_by_side(months: Sequence[Month]) -> Built:
    """Two tables beside each other, a blank column between."""
    built, rows = Built(), [["Town", "Month", "Reversals reported", None, "Town", "Month", "Drug samples checked"]]
    for at, month in enumerate(months):
        for town in FOUR:
            when = f"{short(month)} {month[0]}"
            rows.append([town, when, count(town, at), None, town, when, count(town, at, 1)])
            built.expect("reversals_reported", town, iso(month), count(town, at))
            built.expect("samples_checked", town, iso(month), count(town, at, 1))
    built.sheet("Both", rows)
    return built


def one_town(months: Sequence[Month]) -> Built:
    """A file of one town, which stands in a fact above the table."""
    built = Built()
    rows: list = [["Town:", "Gardner"], ["Contact:", "Health department"], [], ["Month", "Kits left in naloxone boxes"]]
    for at, month in enumerate(months):
        rows.append([f"{named(month)} {month[0]}", count("Gardner", at)])
        built.expect("naloxone_kits", "Gardner", iso(month), count("Gardner", at), basis="occurrence")
    built.sheet("Sheet1", rows)
    return built


def nobody_says_where(months: Sequence[Month]) -> Built:
    """Only the person who brings it knows the town."""
    built, rows = Built(), [["Month", "Trainings completed"]]
    for at, month in enumerate(months):
        rows.append([f"{named(month)} {month[0]}", count("Orange", at)])
        built.expect("trainings_completed", "Orange", iso(month), count("Orange", at))
    built.sheet("Sheet1", rows)
    return built


def counties(months: Sequence[Month]) -> Built:
    """Counties down instead of towns."""
    built, rows = Built(), [["County", *(f"{short(month)} {month[0]}" for month in months)]]
    for name, geoid in (("Franklin", "25011"), ("Hampshire", "25015"), ("Worcester", "25027"), ("Hampden", "25013")):
        rows.append([name, *(count(name, at) for at in range(len(months)))])
        for at, month in enumerate(months):
            built.expect("referrals", geoid, iso(month), count(name, at))
    built.sheet("Referrals to treatment", rows)
    return built


def no_header(months: Sequence[Month]) -> Built:
    """No header at all: three columns that speak for themselves."""
    built, rows = Built(), []
    for at, month in enumerate(months):
        for town in FOUR:
            rows.append([town, iso(month), count(town, at)])
            built.expect("reversals_reported", town, iso(month), count(town, at))
    built.sheet("reversals reported", rows)
    return built


def states_admissions(months: Sequence[Month]) -> Built:
    """A state's long table: fiscal years, hidden as -9999, a column of what is measured."""
    built = Built()
    rows: list = [["Town", "FIPS", "Fiscal Year", "Substance use admissions"]]
    for at, year in enumerate((2024, 2025) if months == LATEST else (2024, 2025, 2026)):
        for number, town in enumerate(CONNECTICUT):
            hidden = (number + at) % 3 == 0
            rows.append([town, "900137070", float(year), -9999.0 if hidden else float(count(town, at))])
            value = HIDDEN if hidden else count(town, at)
            built.expect("admissions_substance", town, f"FY{year}", value, basis="residence")
    built.sheet("Admissions", rows)
    return built


def weeks_of_days(months: Sequence[Month]) -> Built:
    """Days across the top of a log, as date cells; they are added up by month."""
    days = [date(2026, months[-1][1], day) for day in (1, 8, 15, 22, 29)]
    built, rows = Built(), [["Street outreach encounters"], ["Town", *days]]
    for town in FOUR:
        numbers = [count(town, at) for at in range(len(days))]
        rows.append([town, *numbers])
        built.expect("outreach_visits", town, iso(months[-1]), sum(numbers))
    built.sheet("Log", rows)
    return built


SEXES = {"Female": "sex=female", "Male": "sex=male"}
AGES = {"Under 18": "age=0-17", "18-24": "age=18-24", "25 - 34": "age=25-34", "35+": "age=35+"}
CHANNELS = {"Community": "channel=community", "Pharmacy": "channel=pharmacy", "EMS leave behind":
            "channel=ambulance leave-behind", "Vending machine": "channel=box"}  # fmt: skip
RACES = {"White, non-Hispanic": "race=white", "Black": "race=black", "Hispanic/Latino": "race=hispanic"}
CASES = [
    Messy("towns_across", towns_across(lambda month: f"{short(month)} {month[0]}", "Month")),
    Messy("towns_across_date_cells", towns_across(first_day, "Month of incident")),
    Messy("towns_over_measures", towns_over_measures, answers={"basis": "residence"}),
    Messy("sexes_across", groups_across("MOUD starts, {}", SEXES, "medication_starts"), LATEST, NEXT),
    Messy("ages_across", groups_across("New clients - {}", AGES, "people_newly_connected"), LATEST, NEXT),
    Messy("channels_across", groups_across("Naloxone kits by town where handed out, {}", CHANNELS, "naloxone_kits",
          "occurrence"), LATEST, NEXT),
    Messy("races_across", groups_across("SUD admissions in {}", RACES, "admissions_substance", "residence"),
          LATEST, NEXT),
    Messy("months_over_sexes", months_over_sexes),
    Messy("sheet_a_month", sheet_a_month, answers={"basis": "residence"}),
    Messy("sheet_a_town", sheet_a_town),
    Messy("stacked_tables", stacked),
    Messy("tables_side_by_side", side_by_side),
    Messy("one_town_in_a_fact", one_town, answers={"basis": "occurrence"}),
    Messy("nobody_says_where", nobody_says_where, answers={"place": "Orange"}),
    Messy("counties_down", counties),
    Messy("no_header", no_header),
    Messy("a_states_admissions", states_admissions, LATEST, NEXT, {"fiscal_start": "7"}),
    Messy("days_across", weeks_of_days, LATEST, NEXT),
]  # fmt: skip
