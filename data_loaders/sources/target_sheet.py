"""A coalition's targets as a sheet: a row a target, every fault named by row and column (docs/targets.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.domain import Indicator, Level, Target
from dashboard.indicators import registry
from dashboard.intake import Intake
from dashboard.periods import parse_day
from dashboard.targets.rules import Wanted, read_number, wanted_faults
from data_loaders import table
from data_loaders.contract import Context, Report, Source
from data_loaders.rawfile import RawFile

NEEDED = ("indicator", "baseline", "baseline_period", "target", "due", "owner")
OPTIONAL = ("coalition", "target_id", "place", "group", "partner", "contributors", "strategy", "process", "why")
FIXES = {
    "baseline": "Give the indicator's value in its own unit, such as 31.0 or 42%.",
    "baseline_period": "Write 2025, 2024-2025, 2025Q3 or 2024-07..2025-06.",
    "target": "Check the number and which way is better for this indicator.",
    "due": "Write a day to come, such as 2028-12-31.",
}


@dataclass(frozen=True)
class Names:
    """The ids that a row's names mean; "" where the row names none."""

    coalition: str
    place: str
    partner: str
    contributors: tuple[str, ...]


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Read every row; one fault anywhere and nothing of the sheet is taken."""
    intake = Intake(SOURCE.id, file.name, file.sha256, context.today)
    seen: dict[tuple[str, str], int] = {}
    whys = set()
    for row, record in table.records(file, report, columns=NEEDED):
        target = _target(row, record, context, report)
        if target is None:
            continue
        before = seen.setdefault((target.coalition, target.id), row)
        if before != row:
            rule = f"The same target stands twice (first on row {before})."
            report.problem(rule, "Keep one row, or give each a target_id of its own.", row=row, column="target_id")
        intake.targets.append(target)
        whys.add(record.get("why", ""))
        if target.strategy:
            intake.strategies.append((target.coalition, target.strategy, record["strategy"]))
    intake.rows_accepted = len(intake.targets)
    intake.targets_why = "; ".join(sorted(filter(None, whys)))[:600] or "From the targets sheet"
    return intake


def _target(row: int, record: dict[str, str], context: Context, report: Report) -> Target | None:
    """The target of a row; None when anything in it is wrong."""
    before = len(report.problems)
    indicator = registry().indicators.get(record["indicator"])
    if indicator is None:
        rule = f"There is no indicator '{record['indicator'][:60]}'."
        report.problem(rule, "`coalition sources` lists the ids.", row=row, column="indicator")
    names = _names(row, record, context, report)
    if indicator is not None:
        _check_group(row, record, context, report, indicator)
        wanted = Wanted(record["baseline"], record["baseline_period"], record["target"], record["due"])
        for column, rule in wanted_faults(indicator, wanted, context.today):
            report.problem(rule, FIXES[column], row=row, column=column, value=record[column])
    _check_texts(row, record, report)
    if indicator is None or len(report.problems) > before:
        return None
    return _made(record, names, indicator)


def _made(record: dict[str, str], names: Names, indicator: Indicator) -> Target:
    baseline, target = read_number(record["baseline"]), read_number(record["target"])
    assert baseline is not None
    assert target is not None
    group = record.get("group", "")
    told = "-".join(filter(None, (indicator.id, names.place, group.replace("=", "-"), names.partner)))
    return Target(
        record.get("target_id", "") or told[:64], names.coalition, indicator.id, baseline, record["baseline_period"],
        target, parse_day(record["due"]), record["owner"], names.place, group, names.partner,
        _slug(record.get("strategy", "")), names.contributors, record.get("process", ""),
    )  # fmt: skip


def _names(row: int, record: dict[str, str], context: Context, report: Report) -> Names:
    coalition = _coalition(row, record, context, report)
    partners = {name.casefold(): id_ for (owner, id_), name in context.members.partners.items() if owner == coalition}
    partners |= {id_.casefold(): id_ for owner, id_ in context.members.partners if owner == coalition}
    helpers = [part.strip() for part in record.get("contributors", "").split(";") if part.strip()]
    found = {name: partners.get(name.casefold(), "") for name in [record.get("partner", ""), *helpers] if name}
    for name, id_ in found.items():
        if not id_:
            column = "partner" if name == record.get("partner") else "contributors"
            report.problem("There is no such partner in this coalition.", "Write its name as the store has it.",
                           row=row, column=column, value=name)  # fmt: skip
    helping = tuple(sorted({found[name] for name in helpers} - {""}))
    return Names(coalition, _place(row, record, context, report), found.get(record.get("partner", ""), ""), helping)


def _coalition(row: int, record: dict[str, str], context: Context, report: Report) -> str:
    """The coalition a row names, or the only one there is; "" in a store without coalitions."""
    known, named = context.members.coalitions, record.get("coalition", "")
    ids = [id_ for id_, name in known.items() if named.casefold() in (id_.casefold(), name.casefold())]
    if ids:
        return ids[0]
    if named or len(known) > 1:
        rule = f"There is no coalition '{named[:60]}'." if named else "The row does not say whose target it is."
        fix = f"Write one of: {', '.join(known) or 'none is known; leave the column empty'}."
        report.problem(rule, fix, row=row, column="coalition", value=named)
    return next(iter(known), "")


def _place(row: int, record: dict[str, str], context: Context, report: Report) -> str:
    """The place or set of towns; a town by name, a county as `Franklin County`, a state by name."""
    named = record.get("place", "")
    for id_, name in context.members.sets.items():
        if named and named.casefold() in (id_.casefold(), name.casefold()):
            return id_
    if not named or context.places.get(named):
        return named
    head, _, state = named.rpartition(",")
    plain = head.strip() or named
    level = Level.COUNTY if plain.casefold().endswith(" county") else Level.TOWN
    found = context.places.find(plain, state=state.strip() if head else "", level=level)
    if found is None:
        states = (place for place in context.places if place.level is Level.STATE)
        found = next((place for place in states if place.name.casefold() == named.casefold()), None)
    if found is None:
        fix = "Write a town, county, state or set as the store has it, or its id; add the state as in 'Franklin, MA'."
        report.problem("There is no such place in the store.", fix, row=row, column="place", value=named)
    return found.geoid if found else ""


def _check_group(row: int, record: dict[str, str], context: Context, report: Report, indicator: Indicator) -> None:
    group = record.get("group", "")
    known = {stratum for measure, stratum in context.members.strata if measure in indicator.numerator.measures}
    if group and group not in known:
        fix = f"Write one of: {', '.join(sorted(known - {''})[:12]) or 'none is reported; leave it empty'}."
        rule = f"This group is not reported for '{indicator.name}'."
        report.problem(rule, fix, row=row, column="group", value=group)


def _check_texts(row: int, record: dict[str, str], report: Report) -> None:
    if not record["owner"]:
        report.problem("A target needs an owner.", "Write who answers for it.", row=row, column="owner")
    process = record.get("process", "")
    if process and process not in registry().indicators:
        report.problem("There is no such indicator.", "`coalition sources` lists the ids.", row=row, column="process",
                       value=process)  # fmt: skip
    for column in ("target_id", *NEEDED):
        if len(record.get(column, "")) > (64 if column == "target_id" else 400):
            report.problem("The text is too long.", "Shorten it.", row=row, column=column)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60]


SOURCE = Source(
    id="target_sheet",
    title="A coalition's targets",
    publisher="the coalition itself",
    licence="the coalition's own",
    url="",
    description="A row a target: indicator, for whom and where, baseline, target, due day, owner (docs/targets.md).",
    measures=(),
    read=read,
    columns=NEEDED,
)
