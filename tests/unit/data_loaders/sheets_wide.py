"""Messy sheets with towns down and periods across."""

from collections.abc import Callable, Sequence

from sheets_truth import (
    FRANKLIN,
    HIDDEN,
    MISSING,
    QUABBIN,
    WORCESTER,
    Built,
    Messy,
    Month,
    count,
    first_day,
    iso,
    named,
    short,
    total,
)  # fmt: skip

Label = Callable[[Month], object]


def plain(
    label: Label, *, corner: str, title: Sequence[str], measure: str, basis: str = "none"
) -> Callable[..., Built]:
    """Titles, a header and a row a town."""

    def build(months: Sequence[Month]) -> Built:
        built = Built()
        rows = [[line] for line in title] + [[corner, *(label(month) for month in months)]]
        for town in QUABBIN:
            rows.append([town, *(float(count(town, at)) for at in range(len(months)))])
            for at, month in enumerate(months):
                built.expect(measure, town, iso(month), count(town, at), basis=basis)
        built.sheet("Sheet1", rows)
        return built

    return build


def two_header_rows(merged: bool) -> Callable[[Sequence[Month]], Built]:
    """The year above its months, merged or in the first cell only; a total row and footnotes."""

    def build(months: Sequence[Month]) -> Built:
        built = Built()
        rows = [["EMS overdose runs, county of incident"], [],
                ["", 2026.0, *([None] * (len(months) - 1))], ["Municipality", *map(short, months)]]  # fmt: skip
        for town in QUABBIN:
            rows.append([town.upper(), *(count(town, at) for at in range(len(months)))])
            for at, month in enumerate(months):
                built.expect("ems_overdoses_nonfatal", town, iso(month), count(town, at), basis="occurrence")
        rows.append(["GRAND TOTAL", *(total(row[at + 1] for row in rows[4:]) for at in range(len(months)))])
        rows += [[], ["Source: fire department records. Counts are preliminary."]]
        built.sheet("EMS", rows, ((2, 1, 2, len(months)),) if merged else ())
        return built

    return build


def totals_and_marks(months: Sequence[Month]) -> Built:
    """A total row, a total column, hidden and missing numbers, an Unknown row, remarks below."""
    built, rows = Built(), []
    for number, town in enumerate(QUABBIN):
        row: list = []
        for at, month in enumerate(months):
            mark = {0: "<5", 3: "*", 5: "n/a"}.get((number * 3 + at) % 7)
            row.append(mark or float(count(town, at)))
            state = MISSING if mark == "n/a" else HIDDEN
            built.expect("medication_starts", town, iso(month), state if mark else count(town, at))
        rows.append([f"{town} ", *row, float(total(row))])
    rows.append(["Unknown", *(1.0 for _ in months), float(len(months))])
    sums = [float(total(row[at] for row in rows)) for at in range(1, len(months) + 2)]
    built.sheet(
        "MOUD",
        [["River Valley Clinic"], ["MOUD starts by town of residence"], [],
         ["City/Town", *(f"{short(month)}-26" for month in months), "Total"], *rows, ["Total", *sums], [],
         ["* fewer than five people"], ["n/a: clinic closed"]],
    )  # fmt: skip
    return built


def dashes(months: Sequence[Month]) -> Built:
    """A dash stands for zero; the file says so nowhere."""
    built = Built()
    rows: list = [["Warm handoffs completed"], ["Town", *map(named, months)]]
    rows[0][0] += " - 2026"
    for town in QUABBIN:
        row = [count(town, at) % 4 for at in range(len(months))]
        rows.append([town, *("-" if number == 0 else float(number) for number in row)])
        for month, number in zip(months, row, strict=True):
            built.expect("referrals_warm_handoff", town, iso(month), number)
    built.sheet("Report", rows)
    return built


def blanks(meaning: str, title: str, measure: str) -> Callable[[Sequence[Month]], Built]:
    """Blank cells, and no zero anywhere that would tell what they mean."""

    def build(months: Sequence[Month]) -> Built:
        built, rows = Built(), [["Town", *(f"{named(month)} {month[0]}" for month in months)]]
        for town in QUABBIN:
            row = [count(town, at) % 5 for at in range(len(months))]
            rows.append([town, *(float(number) or None for number in row)])
            for month, number in zip(months, row, strict=True):
                built.expect(measure, town, iso(month), number or (0 if meaning == "zero" else MISSING))
        built.sheet(title, rows)
        return built

    return build


def not_filled_yet(months: Sequence[Month]) -> Built:
    """All twelve months have a column; those to come are empty."""
    built, rows = Built(), [["Overdose reversals reported 2026"], ["Town", *(short((2026, m)) for m in range(1, 13))]]
    for town in QUABBIN:
        rows.append([town, *(float(count(town, at)) for at in range(len(months)))])
        for at, month in enumerate(months):
            built.expect("reversals_reported", town, iso(month), count(town, at))
    built.sheet("Sheet1", rows)
    return built


def counties_between(months: Sequence[Month]) -> Built:
    """A county's line as the heading of its towns, and its sum below them."""
    built, rows = Built(), [["Referrals to treatment"], [], ["Town", *(f"{short(m)} {m[0]}" for m in months)]]
    for county, towns in (("Franklin County", FRANKLIN), ("Worcester County", WORCESTER)):
        rows.append([county])
        start = len(rows)
        for town in towns:
            rows.append([town, *(count(town, at) for at in range(len(months)))])
            for at, month in enumerate(months):
                built.expect("referrals", town, iso(month), count(town, at))
        rows.append([f"{county} total", *(total(row[at + 1] for row in rows[start:]) for at in range(len(months)))])
    built.sheet("Sheet1", rows)
    return built


def county_rows(months: Sequence[Month]) -> Built:
    """A row with the county's numbers among its towns."""
    built, rows = Built(), [["Community", *(f"{short(m)} {m[0]}" for m in months)]]
    for town in FRANKLIN:
        rows.append([town, *(count(town, at) for at in range(len(months)))])
        for at, month in enumerate(months):
            built.expect("missed_appointments", town, iso(month), count(town, at))
    rows.append(["Franklin County", *(total(row[at + 1] for row in rows[1:]) for at in range(len(months)))])
    built.sheet("No-shows", rows)
    return built


def two_measures_a_month(months: Sequence[Month]) -> Built:
    """Months over two measures each, merged."""
    built = Built()
    top: list = ["Town"]
    under: list = [None]
    for month in months:
        top += [f"{named(month)} {month[0]}", None]
        under += ["Outreach visits", "Referrals made"]
    rows = [["Post-overdose outreach"], top, under]
    for town in QUABBIN:
        row: list = [town]
        for at, month in enumerate(months):
            row += [count(town, at), count(town, at, 1)]
            built.expect("outreach_visits", town, iso(month), count(town, at))
            built.expect("referrals", town, iso(month), count(town, at, 1))
        rows.append(row)
    spans = tuple((1, 1 + 2 * at, 1, 2 + 2 * at) for at in range(len(months)))
    built.sheet("Outreach", rows, ((1, 0, 2, 0), *spans))
    return built


def measures_over_months(months: Sequence[Month]) -> Built:
    """Measures over their months, the cells above not merged but left blank, a total a block."""
    built, many = Built(), len(months)
    top = [None, "Naloxone kits handed out", *([None] * many), "Harm reduction encounters", *([None] * many)]
    under = ["Town", *map(short, months), "Total", *map(short, months), "Total"]
    rows: list = [["Harbor House 2026, by the town where participants live"], [], top, under]
    for town in QUABBIN:
        kits, seen = ([count(town, at, salt) for at in range(many)] for salt in (0, 2))
        rows.append([town, *kits, total(kits), *seen, total(seen)])
        for at, month in enumerate(months):
            built.expect("naloxone_kits", town, iso(month), kits[at], basis="residence")
            built.expect("harm_reduction_encounters", town, iso(month), seen[at])
    built.sheet("Data", rows)
    return built


def pages(months: Sequence[Month]) -> Built:
    """The header stands again on every page, with blank rows between."""
    built, header = Built(), ["Town", *(f"{month[1]}/{month[0]}" for month in months)]
    rows: list = [["SSP encounters"]]
    for at, town in enumerate(QUABBIN):
        if at % 3 == 0:
            rows += [[], header]
        rows.append([town, *(float(count(town, at)) for at in range(len(months)))])
        for number, month in enumerate(months):
            built.expect("harm_reduction_encounters", town, iso(month), count(town, number))
    built.sheet("Print", rows)
    return built


def facts_above(months: Sequence[Month]) -> Built:
    """A block of facts above the table and blank columns inside it, the first column empty too."""
    built = Built()
    rows: list = [
        [None, "Agency:", "River Valley Outreach"],
        [None, "Report:", "Naloxone kits distributed, town of residence"],
        [None, "Prepared on:", "10/4/2026"],
        [],
        [None, "Town", None, *(value for month in months for value in (f"{short(month)} {month[0]}", None))],
    ]
    for town in QUABBIN:
        values = [count(town, at) * 100 for at in range(len(months))]
        rows.append([None, f"Town of {town}", None, *(cell for one in values for cell in (f"{one:,}", None))])
        for month, number in zip(months, values, strict=True):
            built.expect("naloxone_kits", town, iso(month), number, basis="residence")
    built.sheet("Kits", rows)
    return built


def villages(months: Sequence[Month]) -> Built:
    """Villages beside the town they belong to."""
    built, rows = Built(), [["Village", *(f"{named(month)} {month[0]}" for month in months)]]
    rows.insert(0, ["Home visits after an overdose"])
    for name, town in (("Turners Falls", "Montague"), ("Lake Pleasant", "Montague"), ("Baldwinville", "Templeton")):
        rows.append([name, *(count(name, at) for at in range(len(months)))])
        if name == "Lake Pleasant":
            continue
        for at, month in enumerate(months):
            both = count("Turners Falls", at) + count("Lake Pleasant", at)
            number = both if town == "Montague" else count(name, at)
            built.expect("outreach_visits", town, iso(month), number)
    built.sheet("Sheet1", rows)
    return built


CASES = [
    Messy("titles_and_months", plain(lambda m: f"{short(m)} {m[0]}", corner="Town",
          title=["Naloxone kits by town of residence"], measure="naloxone_kits", basis="residence")),
    Messy("date_cells_across", plain(first_day, corner="Town", title=["Narcan kits distributed"],
          measure="naloxone_kits", basis="occurrence"), answers={"basis": "occurrence"}),
    Messy("iso_months_across", plain(iso, corner="town", title=["Same-day MOUD starts"],
          measure="medication_starts_same_day")),
    Messy("months_without_year", plain(named, corner="Town", title=["Street outreach contacts"],
          measure="outreach_visits"), answers={"year": "2026"}),
    Messy("nobody_knows_the_word", plain(lambda m: f"{short(m)} '26", corner="Town",
          title=["Guest nights at the shelter"], measure="services_delivered"),
          answers={"measure": "services_delivered"}),
    Messy("word_of_many_meanings", plain(lambda m: f"{short(m)}. {m[0]}", corner="Town", title=["Overdoses"],
          measure="known_nonfatal_overdoses"), answers={"measure": "known_nonfatal_overdoses"}),
    Messy("year_merged_over_months", two_header_rows(True)),
    Messy("year_in_the_first_cell_only", two_header_rows(False)),
    Messy("totals_marks_and_remarks", totals_and_marks),
    Messy("dashes_for_zero", dashes, answers={"dash": "zero"}),
    Messy("blanks_for_zero", blanks("zero", "Referrals made", "referrals"), answers={"blank": "zero"}),
    Messy("blanks_for_nothing", blanks("not_reported", "Outreach visits", "outreach_visits"),
          answers={"blank": "not_reported"}),
    Messy("columns_of_months_to_come", not_filled_yet),
    Messy("county_headings_and_sums", counties_between),
    Messy("county_row_among_towns", county_rows),
    Messy("two_measures_a_month", two_measures_a_month),
    Messy("measures_over_months", measures_over_months),
    Messy("header_on_every_page", pages),
    Messy("facts_above_and_blank_columns", facts_above),
    Messy("villages", villages),
]  # fmt: skip
