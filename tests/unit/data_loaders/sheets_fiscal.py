"""Messy sheets that count in quarters and fiscal years."""

from collections.abc import Callable, Sequence

from sheets_truth import CONNECTICUT, HIDDEN, QUABBIN, Built, Messy, Month, count, iso, short, total


def fiscal_months(months: Sequence[Month]) -> Built:
    """July to June under a fiscal year; the order of the months tells when it begins."""
    built, year = Built(), [(2025, month) for month in range(7, 13)] + [(2026, month) for month in range(1, 7)]
    rows: list = [["FY26 treatment admissions (detox and residential)"], ["Town", *map(short, year), "FYTD"]]
    for town in QUABBIN:
        row = [count(town, at) for at in range(len(months))]
        rows.append([town, *row, *([None] * (12 - len(row))), total(row)])
        for month, number in zip(year, row, strict=False):
            built.expect("admissions_substance", town, iso(month), number, basis="residence")
    built.sheet("FY26", rows)
    return built


def quarters(text: str, first: Month) -> Callable[[Sequence[Month]], Built]:
    """Quarters across; `first` is the month in which the first one begins."""

    def build(months: Sequence[Month]) -> Built:
        many = 3 if len(months) < 10 else 4
        built, rows = (
            Built(),
            [["Fentanyl test strips given out"], ["Town", *(text.format(q + 1) for q in range(many))]],
        )
        for town in CONNECTICUT:
            rows.append([town, *(count(town, at) for at in range(many))])
            for at in range(many):
                month = first[1] - 1 + 3 * at
                quarter = f"{first[0] + month // 12}Q{month % 12 // 3 + 1}"
                built.expect("supplies_distributed", town, quarter, count(town, at))
        built.sheet("Supplies", rows)
        return built

    return build


def ambulance_document(months: Sequence[Month]) -> Built:
    """Two years over their quarters and a total each, marks for hidden numbers, the layout of a state's document."""
    built, many = Built(), 4 if len(months) < 10 else 8
    periods = [(year, quarter) for year in (2024, 2025) for quarter in range(1, 5)]
    rows: list = [["Opioid-related EMS incidents by city/town of incident"],
                  [None, 2024, None, None, None, None, 2025, None, None, None, None],
                  ["City/Town", "Q1", "Q2", "Q3", "Q4", "Total", "Q1", "Q2", "Q3", "Q4", "Total"]]  # fmt: skip
    for number, town in enumerate(QUABBIN):
        cells: list = []
        for at, (year, quarter) in enumerate(periods[:many]):
            hidden = (number + at) % 5 == 0
            cells.append("†" if hidden else f"{count(town, at) * 60:,}")
            value = HIDDEN if hidden else count(town, at) * 60
            built.expect("ems_opioid_incidents", town, f"{year}Q{quarter}", value, basis="occurrence")
        first, later = cells[:4], cells[4:]
        sums = [sum(0 if one == "†" else int(one.replace(",", "")) for one in part) for part in (first, later)]
        rows.append([town, *first, f"{sums[0]:,}", *(later or [None] * 4), f"{sums[1]:,}" if later else None])
    built.sheet("Table 1", rows)
    return built


def fiscal_rows(months: Sequence[Month]) -> Built:
    """A fiscal year and its quarter in two columns."""
    built, many = Built(), 3 if len(months) < 10 else 4
    rows: list = [["FY", "Quarter", "Town", "Fentanyl test strips"]]
    for at in range(many):
        for town in QUABBIN:
            rows.append(["FY26", f"Q{at + 1}", town, count(town, at)])
            year, quarter = (2025, at + 3) if at < 2 else (2026, at - 1)
            built.expect("supplies_distributed", town, f"{year}Q{quarter}", count(town, at))
    built.sheet("Strips", rows)
    return built


CASES = [
    Messy("fiscal_months", fiscal_months),
    Messy("fiscal_quarters", quarters("Q{} FY26", (2025, 10)), answers={"fiscal_start": "10"}),
    Messy("calendar_quarters", quarters("2025 Q{}", (2025, 1))),
    Messy("quarters_in_words", quarters("Quarter {} 2025", (2025, 1))),
    Messy("ambulance_document", ambulance_document),
    Messy("fiscal_year_and_quarter_columns", fiscal_rows, answers={"fiscal_start": "7"}),
]  # fmt: skip
