"""What evidence cannot decide about a file, as questions; three at most, the others get the careful answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.domain import Basis, Level, Measure, add_months
from data_loaders.places import PlaceIndex
from data_loaders.sheets.finder import DASHES
from data_loaders.sheets.layout import Layout
from data_loaders.sheets.mapping import Role
from data_loaders.sheets.timing import first_month, guessed_year, periods_of
from data_loaders.sheets.unclear import bases_of, unclear

__all__ = ["LEAVE_OUT", "MONTHS", "MOST", "Question", "bases_of"]

MOST = 3
LEAVE_OUT = "leave_out"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One choice a person has to make: `options` are (value, label), the likeliest first; `why` it is asked."""

    id: str
    text: str
    options: tuple[tuple[str, str], ...]
    why: str


def measure_questions(
    layouts: Sequence[Layout], measures: Mapping[str, Measure], only: Collection[int] | None = None
) -> Iterator[Question]:
    """One for each unclear column or name; `only` those with these numbers."""
    for at, asked in enumerate(unclear(layouts), 1):
        if only is not None and at not in only:
            continue
        rest = sorted((id_ for id_ in measures if id_ not in asked.candidates), key=lambda id_: measures[id_].label)
        ids = [id_ for id_ in (*asked.candidates, *rest) if id_ in measures]
        options = ((LEAVE_OUT, "Leave these numbers out"), *((id_, _label(measures[id_])) for id_ in ids))
        likeliest = options[1:] + options[:1] if asked.candidates else options
        yield Question(
            f"measure-{at}",
            f"What do the numbers under '{asked.name[:60]}' count?" if asked.name else "What do the numbers count?",
            likeliest,
            "The words of the header fit several things that are counted."
            if asked.candidates
            else "The words of the header fit nothing that is counted here.",
        )


def _label(measure: Measure) -> str:
    return measure.label[:1].upper() + measure.label[1:]


def year_question(layouts: Sequence[Layout], today: date) -> Iterator[Question]:
    """Asked where months stand without a year."""
    guess = guessed_year(layouts, today)
    if guess:
        first = first_month(layouts)
        yield Question(
            "year",
            "Which year do the months belong to?",
            tuple((str(year), _year_label(year, first)) for year in (guess, guess - 1, guess + 1, guess - 2)),
            "The sheet writes months without their year.",
        )


def _year_label(year: int, first: int) -> str:
    if first == 1:
        return str(year)
    return f"{MONTHS[first - 1]} {year} to {MONTHS[first - 2]} {year + 1}"


def fiscal_question(layouts: Sequence[Layout]) -> Iterator[Question]:
    """Asked where fiscal years or their quarters are written, and no order of months tells when they begin."""
    fiscal = [part for layout in layouts for part in periods_of(layout) if part.fiscal and not part.span]
    if any(not part.month for part in fiscal) or (fiscal and first_month(layouts) == 1):
        yield Question(
            "fiscal_start",
            "When does the fiscal year begin?",
            (("7", "1 July (state)"), ("10", "1 October (federal)"), ("1", "1 January"), ("9", "1 September")),
            "The sheet writes fiscal years, which begin in July for states and in October for federal grants.",
        )


def period_question(layouts: Sequence[Layout], today: date) -> Iterator[Question]:
    """Asked where a table names no period at all."""
    if all(any(part.said for part in periods_of(layout)) for layout in layouts):
        return
    month = today.replace(day=1)
    months = [add_months(month, -back) for back in range(1, 25)]
    options = [(f"{one:%Y-%m}", f"{MONTHS[one.month - 1]} {one.year}") for one in months]
    options += [(f"{year}", f"the year {year}") for year in (month.year, month.year - 1)]
    yield Question("period", "Which period are these numbers of?", tuple(options), "The sheet names no period.")


def place_question(layouts: Sequence[Layout], places: PlaceIndex) -> Iterator[Question]:
    """Asked where a table names no place at all."""
    for layout in layouts:
        across = any(one.head.place for one in layout.of(Role.NUMBER))
        if not across and not layout.place and not layout.of(Role.PLACE, Role.CODE, Role.COUNTY):
            towns = [one for one in places if one.level == Level.TOWN and one.state.startswith(layout.finder.state)]
            options = tuple((one.geoid, one.name) for one in sorted(towns, key=lambda town: town.name))
            yield Question("place", "Which town are these numbers of?", options, "The sheet names no place.")
            return


def basis_question(layouts: Sequence[Layout], measures: Sequence[str]) -> Iterator[Question]:
    """Asked where a measure is known by residence and by occurrence, and no word says which is meant."""
    both = [measure for measure in measures if len(bases_of(measure)) > 1]
    silent = any(not layout.basis and not layout.of(Role.BASIS) for layout in layouts)
    if both and silent:
        yield Question(
            "basis",
            "Which town does a row mean?",
            (
                (str(Basis.RESIDENCE), "The town where people live"),
                (str(Basis.OCCURRENCE), "The town where it happened or was handed out"),
            ),
            "The numbers are used both ways, and the sheet does not say which it means.",
        )


def blank_question(layouts: Sequence[Layout]) -> Iterator[Question]:
    """Asked where cells are blank and the sheet writes no zero that would tell the difference."""
    if blanks(layouts) and not zeros(layouts):
        yield Question(
            "blank",
            "What does a blank cell mean?",
            (("not_reported", "Not reported: nobody told us"), ("zero", "Zero: there were none")),
            "Some cells between filled ones are blank, and no cell says 0.",
        )


def dash_question(layouts: Sequence[Layout]) -> Iterator[Question]:
    """Asked where cells hold a dash."""
    if dashes(layouts):
        yield Question(
            "dash",
            "What does a dash mean?",
            (("zero", "Zero: there were none"), ("not_reported", "Not reported: nobody told us"),
             ("suppressed", "Known, but hidden")),
            "Some cells hold a dash, which some people write for zero and others for nothing.",
        )  # fmt: skip


def dashes(layouts: Sequence[Layout]) -> bool:
    """Whether a cell holds a dash."""
    return any(text in DASHES for text in _numbers(layouts))


def blanks(layouts: Sequence[Layout]) -> bool:
    """Whether a cell is blank in a column that is filled elsewhere."""
    return any(not text for text in _numbers(layouts))


def zeros(layouts: Sequence[Layout]) -> bool:
    """Whether the sheet writes zeros."""
    return any(text in ("0", "0.0") for text in _numbers(layouts))


def _numbers(layouts: Sequence[Layout]) -> Iterator[str]:
    for layout in layouts:
        numbers = [column.head.column for column in layout.of(Role.NUMBER)]
        rows = [[layout.table.sheet.text(row, at) for at in numbers] for row in layout.table.rows]
        for texts in zip(*filter(any, rows), strict=True):
            if any(texts):
                yield from texts
