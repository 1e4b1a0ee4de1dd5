"""Which sources there are, and which of them a file is from. A new loader is one new module in `sources`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import data_loaders.sources
from dashboard.domain import SourceCard
from dashboard.errors import CoalitionError, DefinitionError
from data_loaders.contract import Report, Source
from data_loaders.rawfile import RawFile

NEAREST = 3


@cache
def sources() -> dict[str, Source]:
    """Every source by id: what the modules of `data_loaders/sources` call SOURCE or SOURCES."""
    found: dict[str, Source] = {}
    for module_info in pkgutil.iter_modules(data_loaders.sources.__path__):
        module = importlib.import_module(f"{data_loaders.sources.__name__}.{module_info.name}")
        own = (*getattr(module, "SOURCES", ()), *(s for s in [getattr(module, "SOURCE", None)] if s is not None))
        for source in own:
            if found.setdefault(source.id, source) is not source:
                raise DefinitionError(f"Two modules of data_loaders/sources define '{source.id}': rename one.")
    return dict(sorted(found.items()))


def readable() -> list[tuple[str, str, str, str]]:
    """What can be loaded: id, title, publisher and licence of every source."""
    return [(source.id, source.title, source.publisher, source.licence) for source in sources().values()]


def card(source: Source) -> SourceCard:
    """What the store keeps of a source and every screen cites."""
    return SourceCard(source.id, source.title, source.publisher, source.licence, source.url, source.description)


def recognise(file: RawFile) -> list[Source]:
    """The sources that this file may be from: those that know most of its columns; [] when none does."""
    fitting = [source for source in sources().values() if _fits(source, file)]
    most = max((len(source.columns) for source in fitting), default=0)
    return [source for source in fitting if len(source.columns) == most]


def _fits(source: Source, file: RawFile) -> bool:
    if source.recognises is None:
        return bool(source.columns) and set(source.columns) <= set(file.header)
    try:
        return source.recognises(file)
    except CoalitionError:
        return False


def explain_unknown(file: RawFile, report: Report) -> None:
    """Report why no source knows the file: it is no text, or the nearest sources and the columns they miss."""
    try:
        beginning = file.text[:1]
    except CoalitionError as error:
        report.problem(getattr(error, "rule", str(error)), getattr(error, "fix", "Export the file again."))
        return
    header = set(file.header)
    if not header or not beginning:
        report.problem("The file is not a table with a header.", "Give the file that the publisher offers as CSV.")
        return
    near = _nearest(header)
    advice = "; ".join(
        f"{source.id} misses {', '.join(repr(name) for name in missing[:6])}" for source, missing in near
    )
    report.problem(
        "No source knows these columns.",
        (f"Nearest: {advice}. " if advice else "")
        + "Name the source with --source, or describe the table in a mapping file (docs/loading.md).",
        row=1,
        value=",".join(file.header),
    )


def _nearest(header: set[str]) -> list[tuple[Source, list[str]]]:
    """Sources that share columns with the header, those that share most first, with the columns they miss."""
    sharing = [source for source in sources().values() if header & set(source.columns)]
    sharing.sort(key=lambda source: -len(header & set(source.columns)) / len(source.columns))
    return [(source, [name for name in source.columns if name not in header]) for source in sharing[:NEAREST]]
