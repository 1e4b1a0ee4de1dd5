"""Any long or wide table that a mapping file describes: for everything no other source knows, in any state."""

from __future__ import annotations

from functools import partial

from dashboard.intake import Intake
from data_loaders import table
from data_loaders.contract import Context, Report, Source
from data_loaders.generic_columns import columns_of, coverage_of
from data_loaders.generic_rows import Rows
from data_loaders.mapping import TableMapping
from data_loaders.rawfile import RawFile


def source_of(mapping: TableMapping) -> Source:
    """The source that a mapping file describes, with its publisher's name and its own id."""
    card = mapping.source
    return Source(
        id=card["id"],
        title=card["title"],
        publisher=card["publisher"],
        licence=card["licence"],
        url=card.get("url", ""),
        description=card.get("description", ""),
        measures=tuple(dict.fromkeys(mapping.measures.values())),
        read=partial(_read, mapping),
        state=mapping.state,
    )


def _read(mapping: TableMapping, file: RawFile, context: Context, report: Report) -> Intake:
    """Read a long table (a row a place and period) or a wide one (periods across); each text is parsed once."""
    intake = Intake(mapping.source["id"], file.name, file.sha256, mapping.as_of or context.today)
    columns = columns_of(mapping, file, report)
    rows = Rows(mapping, columns, context, report)
    for row, record in table.records(file, report, columns=columns.needed):
        if rows.add(row, record, intake.observations):
            intake.rows_accepted += 1
    intake.rows_refused = rows.skipped
    if rows.skipped:
        intake.notes.append(f"{rows.skipped} rows were left out because the mapping says they are no places.")
    if mapping.as_of is None:
        intake.notes.append("The mapping names no as_of date: the day of loading stands for it.")
    intake.coverage = coverage_of(intake.observations, mapping)
    return intake


def _needs_mapping(_file: RawFile, _context: Context, report: Report) -> Intake:
    report.problem(
        "A generic table needs a mapping file.",
        "Put one beside it (deaths.csv, deaths.mapping.toml) or name it with --mapping; docs/loading.md shows one.",
    )
    return Intake(SOURCE.id, report.file, "", _context.today)


SOURCE = Source(
    id="generic_table",
    title="Any long or wide table with a mapping file",
    publisher="named in the mapping file",
    licence="named in the mapping file",
    url="",
    description="A row a place and period, or periods across; the mapping file says which column is what.",
    measures=(),
    read=_needs_mapping,
)
