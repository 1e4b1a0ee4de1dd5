"""A handful of numbers typed into a form, and "none this month": a true zero wherever the partner serves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.domain import Basis, Level
from dashboard.errors import InvalidQuery
from dashboard.indicators import registry
from dashboard.intake import Coverage, Intake
from dashboard.periods import Period
from dashboard.store.partner_changes import Key, Told
from data_loaders import values
from data_loaders.contract import Report
from data_loaders.places import PlaceIndex
from data_loaders.sheets.asking import bases_of
from data_loaders.values import BadValue, Reading

READERS: dict[str, Callable[[str], Reading]] = {"count": values.count, "stock": values.count, "money": values.money}


@dataclass(frozen=True)
class Form:
    """What somebody typed: a measure, a period, (town, number) pairs as texts, and whose town it is (a basis).

    `none` says that there was nothing of the measure in the period anywhere.
    """

    measure: str
    period: str
    rows: tuple[tuple[str, str], ...] = ()
    basis: str = ""
    none: bool = False


@dataclass(frozen=True)
class Entered:
    """Whose numbers they are, what holds of them now, and the towns the partner serves."""

    partner: str
    held: Mapping[Key, Told]
    towns: Sequence[str]


def entered(form: Form, whose: Entered, places: PlaceIndex, report: Report) -> Intake:
    """The intake of a form; every fault is in the report. It covers exactly the towns that are named."""
    intake = Intake("", "typed in", "", date.min)
    measure = registry().measures.get(form.measure)
    if measure is None:
        report.problem("There is no such measure.", "Choose what was counted.", value=form.measure)
        return intake
    try:
        period = Period.parse(form.period)
    except InvalidQuery as error:
        report.problem(str(error), "Choose the month.", value=form.period)
        return intake
    if form.none:
        _add_zeros(intake, form.measure, period, whose, report)
    else:
        read = READERS.get(measure.kind, values.number)
        for number, (town, text) in enumerate(form.rows, start=1):
            _add(intake, form, period, (town, text, number), (whose.partner, read, places, report))
    return intake


def basis_for(measure: str, chosen: str) -> str:
    """The basis a number is counted by: the chosen one where the measure knows it, else its first, else none."""
    known = bases_of(measure)
    return chosen if chosen in known else (known[0] if known else str(Basis.NONE))


def _add(
    intake: Intake, form: Form, period: Period, row: tuple[str, str, int],
    against: tuple[str, Callable[[str], Reading], PlaceIndex, Report],
) -> None:  # fmt: skip
    town, text, number = row
    partner, read, places, report = against
    if not town.strip() and not text.strip():
        return
    place = places.get(town.strip()) or places.find(town.strip(), level=Level.TOWN)
    if place is None:
        near = places.suggest(town) if town.strip() else []
        fix = f"Did you mean {', '.join(near)}?" if near else "Write the name of the town."
        report.problem("No town goes by this name, or more than one does.", fix, row=number, column="town", value=town)
        return
    try:
        value, state = read(text)
    except BadValue as error:
        report.problem(error.rule, error.fix, row=number, column="number", value=text)
        return
    basis = basis_for(form.measure, form.basis)
    intake.observations.add(form.measure, place.geoid, (period.start, period.end), value, basis=basis, partner=partner,
                            state=state)  # fmt: skip
    report.origin(number, "number")
    intake.coverage.append(
        Coverage(form.measure, period.start, period.end, Level.TOWN, Basis(basis), partner, place.geoid)
    )
    intake.rows_accepted += 1


def _add_zeros(intake: Intake, measure: str, period: Period, whose: Entered, report: Report) -> None:
    """Zero in every town and group in which the partner ever told of the measure, else in every town it serves."""
    told = {(key.geoid, key.basis, key.stratum) for key in whose.held
            if key.measure == measure and key.level == Level.TOWN}  # fmt: skip
    bases = bases_of(measure) or (str(Basis.NONE),)
    cells = told or {(geoid, basis, "") for geoid in whose.towns for basis in bases}
    if not cells:
        report.problem("It is not known which towns this partner serves.", "Bring a file or numbers once before this.")
    held = [key for key in whose.held if key.measure == measure and (key.start, key.end) == (period.start, period.end)]
    if any(whose.held[key].value for key in held):
        report.problem(
            "Numbers are held for this month already.",
            "Correct them with a file or the form; 'none' is for a month without any.",
        )
    for geoid, basis, stratum in sorted(cells):
        intake.observations.add(measure, geoid, (period.start, period.end), 0.0, basis=basis, partner=whose.partner,
                                stratum=stratum)  # fmt: skip
    for basis in sorted({basis for _, basis, _ in cells}):
        intake.coverage.append(Coverage(measure, period.start, period.end, Level.TOWN, Basis(basis), whose.partner))
    intake.rows_accepted = len(cells)
