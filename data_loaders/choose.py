"""Which source reads a file: the one that was named, the one its mapping describes, or the one that knows it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import LoadRefused
from data_loaders import mapping as mappings
from data_loaders.contract import Report, Source
from data_loaders.rawfile import RawFile
from data_loaders.register_sheet import from_book
from data_loaders.registry import explain_unknown, recognise, sources
from data_loaders.sources import generic


@dataclass(frozen=True)
class Chosen:
    """A file with the source that reads it; `source` is None when `report` says why there is none.

    `digest` identifies the content, and with it the mapping where there is one: a corrected mapping loads anew.
    """

    name: str
    report: Report
    file: RawFile | None = None
    source: Source | None = None
    digest: str = ""


def choose(path: Path, source: str | None = None, mapping: Path | None = None) -> Chosen:
    """Open a file and find its source; whatever stands in the way is in the report."""
    report = Report(path.name)
    try:
        file = RawFile.open(path)
    except OSError as error:
        report.problem(f"The file cannot be opened: {error.strerror}.", "Check the path and the permissions.")
        return Chosen(path.name, report)
    described = mapping or mappings.beside(path)
    if described and source in (None, generic.SOURCE.id):
        return _described(file, described, report)
    try:
        table = from_book(file) or file
    except LoadRefused as error:
        report.problem(getattr(error, "rule", str(error)), getattr(error, "fix", "Save the sheet as 'CSV UTF-8'."))
        return Chosen(file.name, report)
    found = _named(source, report) if source else _recognised(table, report)
    return Chosen(file.name, report, table, found, file.sha256)


def _described(file: RawFile, path: Path, report: Report) -> Chosen:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        report.problem(f"The mapping file {path.name} cannot be read: {error}.", "Check its path; save it as UTF-8.")
        return Chosen(file.name, report)
    table = mappings.parse(text, path.name, report)
    if table is None:
        return Chosen(file.name, report)
    digest = hashlib.sha256(f"{file.sha256}\n{text}".encode()).hexdigest()
    return Chosen(file.name, report, file, generic.source_of(table), digest)


def _named(id_: str, report: Report) -> Source | None:
    found = sources().get(id_)
    if found is None:
        report.problem(f"There is no source '{id_[:60]}'.", f"Use one of: {', '.join(sources())}.")
    return found


def _recognised(file: RawFile, report: Report) -> Source | None:
    found = recognise(file)
    if len(found) == 1:
        return found[0]
    if found:
        names = " or ".join(f"--source {source.id}" for source in found)
        report.problem("More than one source knows these columns.", f"Say which it is: {names}.", row=1)
    else:
        explain_unknown(file, report)
    return None
