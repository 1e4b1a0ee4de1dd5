"""Messy sheets with a row for each town and period."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sheets_truth import CONNECTICUT, GEOIDS, QUABBIN, Built, Messy, Month, count, first_day, iso, named, short, total

LATEST, NEXT = ((2026, 9),), ((2026, 10),)


def long(
    header: Sequence[str], cells: Callable[[str, Month], list], measure: str, *, basis: str = "none",
    towns: Sequence[str] = QUABBIN, title: Sequence[str] = (),
) -> Callable[[Sequence[Month]], Built]:  # fmt: skip
    """A row a town and month; `cells` gives the labels, the number comes last."""

    def build(months: Sequence[Month]) -> Built:
        built, rows = Built(), [*([line] for line in title), list(header)]
        for at, month in enumerate(months):
            for town in towns:
                rows.append([*cells(town, month), float(count(town, at))])
                built.expect(measure, town, iso(month), count(town, at), basis=basis)
        built.sheet("Data", rows)
        return built

    return build


def distribution_log(months: Sequence[Month]) -> Built:
    """A row for each hand-out on a day; the days of a month are added up."""
    built, rows = Built(), [["Date", "Town of distribution", "Naloxone kits given", "Notes"]]
    for at, month in enumerate(months):
        for town in QUABBIN[:4]:
            numbers = [count(town, at, day) for day in (3, 11, 26)]
            for day, number in zip((3, 11, 26), numbers, strict=True):
                rows.append([datetime(*month, day), town, number, "library" if day == 3 else None])
            built.expect("naloxone_kits", town, iso(month), sum(numbers), basis="occurrence")
    built.sheet("Log", rows)
    return built


def year_and_month(months: Sequence[Month]) -> Built:
    """The year and the month in columns of their own, the month a number."""
    built, rows = Built(), [["Treatment interruptions, all sites"], ["Year", "Month", "Town", "Count"]]
    for at, month in enumerate(months):
        for town in QUABBIN:
            rows.append([float(month[0]), float(month[1]), town, count(town, at)])
            built.expect("treatment_interruptions", town, iso(month), count(town, at))
    built.sheet("Sheet1", rows)
    return built


def measure_column(months: Sequence[Month]) -> Built:
    """What is counted stands in a column; the town is filled in once for its rows."""
    built, rows = Built(), [["Municipality", "Period", "Indicator", "Value"]]
    for at, month in enumerate(months):
        for town in CONNECTICUT:
            rows.append([town, f"{named(month)} {month[0]}", "Referrals made", float(count(town, at))])
            rows.append([None, None, "Warm handoffs", float(count(town, at, 1))])
            built.expect("referrals", town, iso(month), count(town, at))
            built.expect("referrals_warm_handoff", town, iso(month), count(town, at, 1))
    built.sheet("Export", rows)
    return built


def merged_months(months: Sequence[Month]) -> Built:
    """The month merged down over its towns, a sum after each."""
    built, rows, merged = Built(), [["Month", "Town", "Outreach attempts"]], []
    for at, month in enumerate(months):
        start = len(rows)
        for number, town in enumerate(QUABBIN):
            rows.append([f"{named(month)} {month[0]}" if number == 0 else None, town, count(town, at)])
            built.expect("outreach_attempts", town, iso(month), count(town, at))
        merged.append((start, 0, len(rows) - 1, 0))
        rows.append(["Subtotal", None, total(row[2] for row in rows[start:])])
    built.sheet("Attempts", rows, tuple(merged))
    return built


def groups_down(header: str, groups: dict[str, str], dimension: str) -> Callable[[Sequence[Month]], Built]:
    """A row for each group of a town and month, everyone together among them."""

    def build(months: Sequence[Month]) -> Built:
        built, rows = Built(), [["Town", "Month", header, "Number of MOUD starts"]]
        for at, month in enumerate(months):
            for town in QUABBIN[:5]:
                numbers = [count(town, at, salt) for salt in range(len(groups))]
                for (written, group), number in zip(groups.items(), numbers, strict=True):
                    rows.append([town, first_day(month), written, float(number)])
                    built.expect("medication_starts", town, iso(month), number, stratum=f"{dimension}={group}")
                rows.append([town, first_day(month), "All", float(sum(numbers))])
                built.expect("medication_starts", town, iso(month), sum(numbers))
        built.sheet("Sheet1", rows)
        return built

    return build


def sites(months: Sequence[Month]) -> Built:
    """Two sites in one town are added up."""
    built, rows = Built(), [["Site", "Town", "Month", "SSP encounters", "% change"]]
    for at, month in enumerate(months):
        for site, town in (("Main Street", "Athol"), ("Van", "Athol"), ("Harbor", "Gardner")):
            rows.append([site, town, f"{short(month)} {month[0]}", count(site, at), "4%"])
        built.expect("harm_reduction_encounters", "Athol", iso(month), count("Main Street", at) + count("Van", at))
        built.expect("harm_reduction_encounters", "Gardner", iso(month), count("Harbor", at))
    built.sheet("By site", rows)
    return built


def several_measures(months: Sequence[Month]) -> Built:
    """Several measures in a row, with a population, a rate and remarks between."""
    built = Built()
    rows: list = [["Town", "County", "Population 2020", "Month", "Naloxone kits", "Kits per 10,000",
                   "Reversals reported", "Outreach visits", "Comments"]]  # fmt: skip
    for at, month in enumerate(months):
        for town in QUABBIN:
            numbers = [count(town, at, salt) for salt in range(3)]
            kits, reversals, visits = (float(number) for number in numbers)
            county = "Franklin" if town in ("Montague", "Greenfield", "Deerfield", "Orange") else "Worcester"
            rows.append([town, county, 11945.0, first_day(month), kits, 3.27, reversals, visits,
                         "van broke down" if at == 2 else None])  # fmt: skip
            built.expect("naloxone_kits", town, iso(month), numbers[0], basis="residence")
            built.expect("reversals_reported", town, iso(month), numbers[1])
            built.expect("outreach_visits", town, iso(month), numbers[2])
    built.sheet("Monthly report", rows)
    return built


def one_month(months: Sequence[Month]) -> Built:
    """The month stands in the title only."""
    built, month = Built(), months[-1]
    rows: list = [[f"Naloxone distribution report - {named(month)} {month[0]}"], ["Town", "Kits", "People reached"]]
    for town in QUABBIN:
        rows.append([town, count(town, month[1]), count(town, month[1], 1)])
        built.expect("naloxone_kits", town, iso(month), count(town, month[1]), basis="residence")
        built.expect("people_reached", town, iso(month), count(town, month[1], 1))
    rows.append(["Total", total(row[1] for row in rows[2:]), total(row[2] for row in rows[2:])])
    built.sheet("Sheet1", rows)
    return built


def reporting_period(months: Sequence[Month]) -> Built:
    """The period in the title as two days."""
    quarter = 3 if months == LATEST else 4
    first, last = (7, date(2026, 9, 30)) if quarter == 3 else (10, date(2026, 12, 31))
    built = Built()
    rows: list = [["Recovery Center"], [f"Reporting period: {first}/1/2026 - {last.month}/{last.day}/2026"], [],
                  ["City", "Unduplicated clients", "Services provided"]]  # fmt: skip
    for town in QUABBIN:
        rows.append([town, count(town, quarter), count(town, quarter, 1)])
        built.expect("people_reached", town, f"2026Q{quarter}", count(town, quarter))
        built.expect("services_delivered", town, f"2026Q{quarter}", count(town, quarter, 1))
    built.sheet("Quarterly", rows)
    return built


def month_in_the_file_name(months: Sequence[Month]) -> Built:
    """Only the file's name says which month it is."""
    built, month = Built(file=f"edvisits_{iso(months[-1])}.csv"), months[-1]
    rows: list = [["town", "ED overdose discharges", "discharged with naloxone"]]
    for town in CONNECTICUT:
        rows.append([town, str(count(town, month[1])), str(count(town, month[1], 1))])
        built.expect("ed_overdose_discharges", town, iso(month), count(town, month[1]))
        built.expect("discharges_naloxone_in_hand", town, iso(month), count(town, month[1], 1))
    built.sheet(f"edvisits_{iso(months[-1])}", rows)
    return built


CASES = [
    Messy("long_plain", long(["Town", "Month", "Kits"], lambda town, m: [town, f"{named(m)} {m[0]}"], "naloxone_kits",
          basis="occurrence"), answers={"basis": "occurrence"}),
    Messy("long_with_state_and_county", long(["City/Town", "State", "County", "Month", "Admissions"],
          lambda town, m: [town, "MA", "Worcester", iso(m)], "admissions_substance", basis="residence")),
    Messy("long_in_capitals_with_dates", long(["TOWN", "MONTH ENDING", "OPIOID RELATED INCIDENTS"],
          lambda town, m: [town.upper(), first_day(m)], "ems_opioid_incidents", basis="occurrence")),
    Messy("long_by_code", long(["Month", "FIPS", "Warm handoffs"],
          lambda town, m: [f"{m[1]}/{m[0]}", float(GEOIDS[town])], "referrals_warm_handoff")),
    Messy("long_connecticut", long(["Town", "When", "Jail releases with OUD"], lambda town, m: [town, f"{short(m)}-26"],
          "people_released_oud", towns=CONNECTICUT)),
    Messy("long_with_agency", long(["Agency", "Town", "Month", "Door knocks"],
          lambda town, m: ["River Valley", town, named(m) + " 2026"], "outreach_attempts")),
    Messy("long_months_without_year", long(["Town", "Month", "Missed appointments"], lambda town, m: [town, named(m)],
          "missed_appointments"), answers={"year": "2026"}),
    Messy("long_bystander", long(["Incident town", "Month", "Bystander naloxone given"],
          lambda town, m: [f"{town}, MA", first_day(m)], "overdoses_bystander_naloxone", basis="occurrence",
          title=["Ambulance service", "Extract run on 11/2/2026"])),
    Messy("distribution_log", distribution_log),
    Messy("year_and_month_columns", year_and_month),
    Messy("measure_in_a_column", measure_column),
    Messy("months_merged_down", merged_months),
    Messy("sex_down", groups_down("Gender", {"F": "female", "M": "male"}, "sex")),
    Messy("ages_down", groups_down("Age group", {"18 to 24": "18-24", "25-44": "25-44", "65 and over": "65+"}, "age")),
    Messy("sites_of_one_town", sites),
    Messy("several_measures", several_measures, answers={"basis": "residence"}),
    Messy("month_in_the_title", one_month, LATEST, NEXT, {"basis": "residence"}),
    Messy("days_in_the_title", reporting_period, LATEST, NEXT),
    Messy("month_in_the_file_name", month_in_the_file_name, LATEST, NEXT),
]  # fmt: skip
