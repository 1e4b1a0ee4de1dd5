"""One cell asked for its number or its place; what is wrong goes into the report and reading goes on."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.domain import Jurisdiction, Level
from data_loaders.contract import Context, Report
from data_loaders.values import BadValue, Reading


def reading(
    text: str, read: Callable[[str], Reading], report: Report, *, row: int | None, column: str
) -> Reading | None:
    """What `read` (values.count, values.money ...) makes of a cell; None when it is a problem, which is reported."""
    try:
        return read(text)
    except BadValue as error:
        report.problem(error.rule, error.fix, row=row, column=column, value=text)
        return None


def town(name: str, context: Context, report: Report, *, state: str, row: int, column: str) -> Jurisdiction | None:
    """The town of that name; None when there is none, which is reported with the nearest names."""
    found = context.places.find(name, state=state, level=Level.TOWN)
    if found is None:
        no_town(name, context, report, state=state, row=row, column=column)
    return found


def no_town(name: str, context: Context, report: Report, *, state: str, row: int, column: str) -> None:
    """Report that no town has this name, with the nearest names."""
    rule = f"No town is called '{name[:60]}'." if name else "The name of the town is missing."
    report.problem(rule, suggestion(name, context, state=state), row=row, column=column, value=name)


def suggestion(name: str, context: Context, *, state: str) -> str:
    """What to do about a town that is not known: the nearest names, or to load the places first."""
    if not context.places.of_state(state, Level.TOWN):
        return "Load a file that names the state's towns first, such as its census towns or boundaries."
    near = context.places.suggest(name, state=state) if name else []
    return f"Did you mean {', '.join(near)}?" if near else "Correct the name of the town."
