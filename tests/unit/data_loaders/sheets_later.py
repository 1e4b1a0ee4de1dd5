"""Messy sheets that were written without looking at how sheets are read, to find what was not thought of."""

from collections.abc import Sequence
from datetime import date

from sheets_truth import QUABBIN, Built, Messy, Month, count, iso, named, short, total

LATEST, NEXT = ((2026, 9),), ((2026, 10),)
FOUR = QUABBIN[:4]


def pivot(months: Sequence[Month]) -> Built:
    """A pivot table as spreadsheets make it."""
    built = Built()
    rows: list = [["Sum of Kits", "Column Labels"], ["Row Labels", *(f"{short(m)}-26" for m in months), "Grand Total"]]
    for town in QUABBIN:
        row = [count(town, at) for at in range(len(months))]
        rows.append([town, *row, total(row)])
        for month, number in zip(months, row, strict=True):
            built.expect("naloxone_kits", town, iso(month), number, basis="occurrence")
    rows.append(["Grand Total", *(total(row[at] for row in rows[2:]) for at in range(1, len(months) + 2))])
    built.sheet("Pivot", rows)
    return built


def day_ranges(months: Sequence[Month]) -> Built:
    """Quarters across, each written as its first and last day."""
    spans = ["10/1/2025-12/31/2025", "1/1/2026-3/31/2026", "4/1/2026-6/30/2026", "7/1/2026-9/30/2026"]
    many = 3 if len(months) < 10 else 4
    built = Built()
    rows: list = [["SOR grant"], ["Clients started on MOUD by town of residence"], [None, *spans[:many]]]
    for town in QUABBIN:
        rows.append([town, *(count(town, at) for at in range(many))])
        for at, quarter in enumerate(("2025Q4", "2026Q1", "2026Q2", "2026Q3")[:many]):
            built.expect("medication_starts", town, quarter, count(town, at))
    built.sheet("Sheet1", rows)
    return built


def month_blocks(months: Sequence[Month]) -> Built:
    """A block a month, one below the other, each under the month's name."""
    built, rows = Built(), []
    for at, month in enumerate(months):
        rows += [[f"{named(month)} {month[0]}"], ["City", "Outreach attempts", "Home visits"]]
        for town in FOUR:
            rows.append([town, count(town, at), count(town, at, 1)])
            built.expect("outreach_attempts", town, iso(month), count(town, at))
            built.expect("outreach_visits", town, iso(month), count(town, at, 1))
        rows += [["Total", *(total(count(town, at, salt) for town in FOUR) for salt in (0, 1))], []]
    built.sheet("2026", rows)
    return built


def cover_and_lists(months: Sequence[Month]) -> Built:
    """A page of instructions before the data and a list of towns behind it."""
    built = Built()
    rows: list = [["Town", "Month", "# Narcan kits"]]
    for at, month in enumerate(months):
        for town in FOUR:
            rows.append([f"{town}*" if town == "Orange" else town, date(*month, 1), float(count(town, at))])
            built.expect("naloxone_kits", town, iso(month), count(town, at), basis="occurrence")
    built.sheet("READ ME", [["Welcome"], ["Please send by the 10th of each month."], ["Questions? Call the office."]])
    built.sheet("Data entry", rows)
    built.sheet("Lists", [["Towns"], *([town] for town in QUABBIN)])
    return built


def races_by_month(months: Sequence[Month]) -> Built:
    """One town in the title, months down, groups across."""
    built = Built()
    groups = {"White": "white", "Black": "black", "Hispanic": "hispanic", "Other race": "other"}
    rows: list = [["City of Gardner - SUD admissions 2026"], ["Month", *groups, "Total"]]
    for at, month in enumerate(months):
        row = [count("Gardner", at, salt) for salt in range(4)]
        rows.append([short(month), *row, sum(row)])
        for group, number in zip(groups.values(), row, strict=True):
            built.expect("admissions_substance", "Gardner", iso(month), number, stratum=f"race={group}",
                         basis="residence")  # fmt: skip
        built.expect("admissions_substance", "Gardner", iso(month), sum(row), basis="residence")
    built.sheet("Sheet1", rows)
    return built


def measures_down(months: Sequence[Month]) -> Built:
    """Measures down, months across, the town in the sheet's name; one name is not known by its words."""
    built = Built()
    rows: list = [["Recovery Center"], ["Data element", *(f"{short(m)} {m[0]}" for m in months)]]
    named_so = {"# of warm handoffs": "referrals_warm_handoff", "# of no-shows": "missed_appointments", "# widgets": ""}
    for salt, (text, measure) in enumerate(named_so.items()):
        rows.append([text, *(count("Athol", at, salt) for at in range(len(months)))])
        for at, month in enumerate(months if measure else ()):
            built.expect(measure, "Athol", iso(month), count("Athol", at, salt))
    built.sheet("Athol", rows)
    return built


def fiscal_sheets(months: Sequence[Month]) -> Built:
    """A sheet a fiscal year; two columns that count the same measure are added up."""
    built = Built()
    for year in (24, 25) if len(months) < 10 else (24, 25, 26):
        rows: list = [["Town", "Test strips", "Syringes distributed"]]
        for town in QUABBIN:
            rows.append([town, count(town, year), count(town, year, 1)])
            both = count(town, year) + count(town, year, 1)
            built.expect("supplies_distributed", town, f"FY20{year}", both)
        built.sheet(f"FY{year}", rows)
    return built


def year_below(months: Sequence[Month]) -> Built:
    """The year in a row below its months."""
    built = Built()
    rows: list = [["Town", *(f"{short(m)}." for m in months)], [None, *([2026] * len(months))]]
    for town in QUABBIN:
        rows.append([town, *(count(town, at) for at in range(len(months)))])
        for at, month in enumerate(months):
            built.expect("outreach_visits", town, iso(month), count(town, at))
    built.sheet("Street outreach", rows)
    return built


def quarter_sums(months: Sequence[Month]) -> Built:
    """Months across with the sum of each quarter between them."""
    built, quarters = Built(), [months[at : at + 3] for at in range(0, len(months), 3)]
    rows: list = [["Reversals reported, 2026"], ["Town"]]
    for at, part in enumerate(quarters):
        rows[1] += [*(short(month) for month in part), f"Q{at + 1} Total"]
    for town in QUABBIN:
        row: list = [town]
        for part in quarters:
            numbers = [count(town, month[1]) for month in part]
            row += [*numbers, sum(numbers)]
            for month, number in zip(part, numbers, strict=True):
                built.expect("reversals_reported", town, iso(month), number)
        rows.append(row)
    built.sheet("Sheet1", rows)
    return built


def ages_below_a_town(months: Sequence[Month]) -> Built:
    """Bands of ages below each town, which is written once."""
    built, month = Built(), months[-1]
    rows: list = [["Town", "Age group", f"{named(month)} {month[0]}"]]
    for town in FOUR:
        numbers = [count(town, month[1], salt) for salt in range(3)]
        for at, (band, number) in enumerate(zip(("0-17", "18-24", "25+"), numbers, strict=True)):
            rows.append([town if at == 0 else None, band, number])
            built.expect("people_newly_connected", town, iso(month), number, stratum=f"age={band}")
        rows.append([None, "All ages", sum(numbers)])
        built.expect("people_newly_connected", town, iso(month), sum(numbers))
    built.sheet("New clients", rows)
    return built


def other_states(months: Sequence[Month]) -> Built:
    """Towns with their state, one of them in another; days written out."""
    built, month = Built(), months[-1]
    rows: list = [["Date", "Client town", "Warm hand-offs completed"]]
    for town in FOUR:
        rows += [[f"{named(month)} {day}, {month[0]}", f"{town}, MA", count(town, day)] for day in (3, 9)]
        built.expect("referrals_warm_handoff", town, iso(month), count(town, 3) + count(town, 9))
    rows += [[f"{named(month)} 9, {month[0]}", "Albany, NY", 1], [f"{named(month)} 9, {month[0]}", "Unknown", 2]]
    built.sheet("Log", rows)
    return built


def three_levels(months: Sequence[Month]) -> Built:
    """Months over women, men and both."""
    built = Built()
    top: list = [None, *(cell for month in months for cell in (f"{named(month)} {month[0]}", None, None))]
    rows: list = [["SSP encounters"], top, ["Town", *(["F", "M", "Total"] * len(months))]]
    for town in FOUR:
        row: list = [town]
        for at, month in enumerate(months):
            women, men = count(town, at), count(town, at, 1)
            row += [women, men, women + men]
            built.expect("harm_reduction_encounters", town, iso(month), women, stratum="sex=female")
            built.expect("harm_reduction_encounters", town, iso(month), men, stratum="sex=male")
            built.expect("harm_reduction_encounters", town, iso(month), women + men)
        rows.append(row)
    built.sheet("By sex", rows)
    return built


def titled_side_by_side(months: Sequence[Month]) -> Built:
    """Two tables beside each other, each under its own title."""
    built, month = Built(), months[-1]
    when = f"{short(month)} {month[0]}"
    rows: list = [["MOUD starts", None, None, "Discharges"], ["Town", when, None, "Town", when]]
    for town in QUABBIN:
        rows.append([town, count(town, month[1]), None, town, count(town, month[1], 1)])
        built.expect("medication_starts", town, iso(month), count(town, month[1]))
        built.expect("discharges", town, iso(month), count(town, month[1], 1))
    built.sheet("Clinic", rows)
    return built


CASES = [
    Messy("pivot_table", pivot, answers={"basis": "occurrence"}),
    Messy("quarters_as_days", day_ranges),
    Messy("blocks_of_months", month_blocks),
    Messy("cover_page_and_lists", cover_and_lists, answers={"basis": "occurrence"}),
    Messy("races_by_month", races_by_month),
    Messy("measures_down_months_across", measures_down, answers={"measure": "leave_out"}),
    Messy("sheets_of_fiscal_years", fiscal_sheets, answers={"fiscal_start": "7"}),
    Messy("year_below_its_months", year_below),
    Messy("sums_of_quarters", quarter_sums),
    Messy("ages_below_a_town", ages_below_a_town, LATEST, NEXT),
    Messy("towns_of_other_states", other_states, LATEST, NEXT),
    Messy("three_levels", three_levels),
    Messy("titled_side_by_side", titled_side_by_side, LATEST, NEXT),
]
