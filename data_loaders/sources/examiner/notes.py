"""Sentences that go with the examiner's numbers: what was chosen, derived, left out and not placed."""

from __future__ import annotations

from dashboard.domain import Basis
from data_loaders.sources.examiner.placing import Found, Placer, plain_city
from data_loaders.sources.examiner.reading import Reading

MOST_NAMES = 12
ALWAYS = (
    "The state by residence is everyone except those recorded as living elsewhere, or in a place unknown in"
    " Connecticut; who has no recorded home counts in the state and in no town.",
    "Race is one group a person: Hispanic whatever the race. A blank ethnicity is not recorded, so White and Black"
    " include people whose ethnicity nobody asked.",
    "Substances overlap, so they must not be added.",
)


def notes(reading: Reading) -> list[str]:
    """All sentences about one file that has been read."""
    said = [
        f"Read as the {reading.schema.name}: {reading.by_year.total():,} deaths, {reading.first} to {reading.last}.",
        *_rows(reading),
        f"{reading.derived:,} deaths have nothing under '{reading.schema.any_opioid}'; a mark in any of these columns"
        f" makes them opioid-related: {', '.join(reading.schema.opioids)}.",
    ]
    for basis, placer in reading.placers.items():
        said += _placing(placer, "residence" if basis is Basis.RESIDENCE else "injury")
        said += _years_without_places(reading, basis)
    return [*said, *ALWAYS, *_form(reading)]


def _rows(reading: Reading) -> list[str]:
    said = []
    if reading.undated:
        said.append(f"{reading.undated} rows have no date: they are in no month and not counted.")
    if reading.repeated:
        said.append(f"{reading.repeated} rows repeat an earlier row in every cell that is read: counted once.")
    if reading.date_types:
        kinds = ", ".join(f"{name} {times:,}" for name, times in reading.date_types.most_common())
        said.append(f"A month is that of the date given, which is not always that of the death: {kinds}.")
    return said


def _placing(placer: Placer, whose: str) -> list[str]:
    total = sum(placer.counts.values())
    rest = [f"{placer.counts[found]:,} {found}" for found in Found if found is not Found.TOWN and placer.counts[found]]
    placed = placer.counts[Found.TOWN]
    others = f"; the other {total - placed:,} are in no town's number: {', '.join(rest)}" if rest else ""
    said = [f"Town of {whose}: {placed:,} of {total:,} deaths placed{others}."]
    if placer.unplaced:
        names = ", ".join(_named(placer, *entry) for entry in placer.unplaced.most_common(MOST_NAMES))
        more = len(placer.unplaced) - MOST_NAMES
        said.append(f"Names not placed ({whose}): {names}" + (f", and {more} more names." if more > 0 else "."))
    if placer.elsewhere:
        states = ", ".join(f"{name} {times}" for name, times in placer.elsewhere.most_common(MOST_NAMES))
        said.append(f"Outside Connecticut ({whose}): {states}.")
    if placer.false_points:
        said.append(
            f"{placer.false_points:,} deaths carry the centre of the state as their point of {whose} because the city"
            " is missing; no point is ever used."
        )
    return said


def _named(placer: Placer, name: str, times: int) -> str:
    near = placer.places.suggest(plain_city(name), state="09")[:2]
    return f"{name} {times}" + (f" (nearest: {', '.join(near)})" if near else "")


def _years_without_places(reading: Reading, basis: Basis) -> list[str]:
    years = [str(year) for year in sorted(reading.by_year) if not reading.mostly_placed(basis, year)]
    if not years:
        return []
    return [f"Most deaths of {', '.join(years)} have no place of {basis}: a town without deaths then is not a zero."]


def _form(reading: Reading) -> list[str]:
    said = []
    if reading.schema.injury:
        said.append("The state by occurrence is every death of the file; towns are towns of injury, never of death.")
    else:
        said.append("This form has no town of injury: deaths by residence only. A town of death is not used for it.")
    if "xylazine" in reading.schema.substances:
        said.append("Xylazine was looked for only in later years: none before its first month does not mean zero.")
    else:
        said.append("This form has no column for xylazine and says nothing about it.")
    return said
