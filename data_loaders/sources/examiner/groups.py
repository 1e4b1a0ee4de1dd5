"""From the cells of one row to published groups. Nothing here keeps a row or an exact age."""

from __future__ import annotations

from collections.abc import Mapping

from data_loaders.sources.examiner.schemas import Schema

AGE_BANDS = ((17, "0-17"), (24, "18-24"), (34, "25-34"), (44, "35-44"), (54, "45-54"), (64, "55-64"), (120, "65+"))
RACES = {
    "white": "white",
    "black": "black",
    "asian": "asian",
    "other asian": "asian",
    "chinese": "asian",
    "korean": "asian",
}
NOT_RECORDED = "not_recorded"


def age_band(text: str) -> str:
    """The band of an age in years; "not_recorded" when blank; ValueError when it is no age from 0 to 120."""
    if not text.strip():
        return NOT_RECORDED
    years = float(text)
    if not 0 <= years <= 120:
        raise ValueError(text)
    return next(band for oldest, band in AGE_BANDS if years < oldest + 1)


def sex(text: str) -> str:
    """female, male or not_recorded."""
    return text.strip().lower() if text.strip().lower() in ("female", "male") else NOT_RECORDED


def race(race_cell: str, ethnicity_cell: str) -> str:
    """One group a person: hispanic (whatever the race), white, black, asian, other or not_recorded.

    The older forms write "Hispanic, White" into the race; the current form has a column for ethnicity, where a blank
    is "not recorded", so that white and black hold people whose ethnicity nobody asked.
    """
    named, origin = race_cell.strip().lower(), ethnicity_cell.strip().lower()
    if named.startswith("hispanic") or (origin not in ("", "unknown") and not origin.startswith("not ")):
        return "hispanic"
    if named in ("", "unknown"):
        return NOT_RECORDED
    return next((group for start, group in RACES.items() if named.startswith(start)), "other")


def marked(cell: str) -> bool:
    """Whether a drug cell says yes: Y, y, YES, Y (PTCH). Other free text ("PCP NEG") is not a yes."""
    return cell[:1] in ("Y", "y")


def opioid(row: Mapping[str, str], schema: Schema) -> tuple[bool, bool]:
    """Whether any opioid played a part, and whether that had to be derived because the flag is blank.

    The examiner's flag decides where it is filled; where it is blank (whole years are) a mark in any opioid column.
    """
    flag = row[schema.any_opioid]
    if flag:
        return marked(flag), False
    return any(marked(row[name]) for name in schema.opioids), True


def strata(row: Mapping[str, str], schema: Schema, age: str, *, is_opioid: bool) -> tuple[str, ...]:
    """All single strata of one row, the whole ("") first; `age` is its band. Substances overlap."""
    ethnicity = row[schema.ethnicity] if schema.ethnicity else ""
    present = [name for name, columns in schema.substances.items() if any(marked(row[column]) for column in columns)]
    if is_opioid and "stimulants" in present:
        present.append("opioids_with_stimulants")
    people = ("age=" + age, "sex=" + sex(row[schema.sex]), "race=" + race(row[schema.race], ethnicity))
    return ("", *people, *("substance=" + name for name in present))
