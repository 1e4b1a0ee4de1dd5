"""`coalition sources`: what can be read, and what can be shown of it."""

from rich.console import Console
from rich.table import Table

from dashboard.indicators import registry
from data_loaders.registry import sources


def command() -> None:
    """List the publishers' files that `coalition load` reads, and the indicators that `coalition show` knows."""
    console = Console(width=None)
    table = Table("source", "what it is", "publisher", "licence", title="Files that can be loaded")
    for source in sorted(sources().values(), key=lambda source: source.id):
        table.add_row(source.id, source.title, source.publisher, source.licence)
    console.print(table)
    known = Table("indicator", "name", "kind", "theme", title="Indicators that can be shown")
    for indicator in registry().indicators.values():
        known.add_row(indicator.id, indicator.name, indicator.kind, indicator.theme)
    console.print(known)
