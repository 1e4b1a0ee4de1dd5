"""Several cells of one town, period and measure: villages, days and sites are added up."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.domain import State
from dashboard.indicators import registry
from dashboard.intake import Observations
from data_loaders.contract import Problem, Report
from data_loaders.sheets.marks import CellReport, Mark
from data_loaders.sheets.problems import letters_of

KEY = ("measure", "geoid", "start", "end", "basis", "partner", "stratum")


def added_up(rows: Observations, cells: CellReport, report: Report, notes: list[str]) -> Observations:
    """The observations with one for each key, and their origins in the report.

    Cells that differ by village, day, site or column are summed where the measure may be (else a problem); one that is
    hidden hides the sum, one not reported leaves it not reported.
    """
    together: dict[tuple[object, ...], list[int]] = {}
    for at, key in enumerate(zip(*(getattr(rows, name) for name in KEY), strict=True)):
        together.setdefault(key, []).append(at)
    kept, summed = Observations(), 0
    for single in together.values():
        if len(single) > 1 and not _may_add(rows.measure[single[0]], single, cells.marks, report):
            del single[1:]
        summed += len(single) > 1
        _keep(rows, single, kept)
        mark = cells.marks[single[0]]
        report.origin(mark.row + 1, f"{mark.sheet}!{letters_of(mark.column)}")
    if summed:
        notes.append(f"{summed} numbers are sums of several cells of one town and period (villages, days or sites).")
    return kept


def _may_add(measure: str, places: Sequence[int], marks: Sequence[Mark], report: Report) -> bool:
    """Whether the measure adds over what sets the cells apart; a problem is told where it does not."""
    first, adds_over = marks[places[0]].tag, registry().measures[measure].adds_over
    for at in places[1:]:
        tag = marks[at].tag
        over = {"place": tag[0] != first[0], "time": tag[1] != first[1], "stratum": tag[2:] != first[2:]}
        missing = [name for name, differs in over.items() if differs and name not in adds_over]
        if missing:
            rule = f"Several cells speak of one town and period, and this measure does not add over {missing[0]}."
            _tell(report, marks[at], rule, f"Give one number; the other stands in {marks[places[0]].cell}.")
            return False
    return True


def _tell(report: Report, mark: Mark, rule: str, fix: str) -> None:
    report.problems.append(Problem(report.file, rule, fix, mark.sheet, mark.row + 1, letters_of(mark.column)))


def _keep(rows: Observations, places: Sequence[int], kept: Observations) -> None:
    at = places[0]
    states = {rows.state[one] for one in places}
    state = next((hidden for hidden in (State.SUPPRESSED, State.NOT_REPORTED) if hidden in states), State.VALUE)
    value = None if state != State.VALUE else sum(rows.value[one] or 0.0 for one in places)
    kept.add(
        rows.measure[at], rows.geoid[at], (rows.start[at], rows.end[at]), value, basis=rows.basis[at],
        partner=rows.partner[at], stratum=rows.stratum[at], state=state, provisional=rows.provisional[at],
    )  # fmt: skip
