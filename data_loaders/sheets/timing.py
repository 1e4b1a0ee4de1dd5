"""When the numbers of a file are of, as far as its headers, rows and titles say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dashboard.domain import add_months
from data_loaders.sheets import words
from data_loaders.sheets.layout import Layout
from data_loaders.sheets.mapping import Role
from data_loaders.sheets.period_forms import part_of
from data_loaders.sheets.periods import Calendar, Part


def periods_of(layout: Layout) -> list[Part]:
    """What each row or column says of its period, titles included; one that says nothing where nobody does."""
    across = [one.head.part for one in layout.of(Role.NUMBER) if one.head.part.said]
    down = layout.of(Role.PERIOD, Role.MONTH, Role.QUARTER)
    years = layout.of(Role.YEAR)
    texts = [text for one in down for _, text in layout.table.cells(one.head.column) if text]
    texts = [text for text in dict.fromkeys(texts) if not words.is_total(text)]
    parts = across + [part_of(text) for text in texts]
    if years:
        parts = [part.within(Part("", year=1)) for part in parts] or [Part("", year=1)]
    return [part.within(layout.period) for part in parts] or [layout.period]


def first_month(layouts: Sequence[Layout]) -> int:
    """The month with which the file's months begin, 1 for January; decides where one year turns into the next."""
    for layout in layouts:
        months = list(dict.fromkeys(part.month for part in periods_of(layout) if part.month and not part.span))
        if (
            len(months) > 1
            and months[0] is not None
            and any(later is not None and later < months[0] for later in months)
        ):
            return months[0]
    return 1


def guessed_year(layouts: Sequence[Layout], today: date) -> int:
    """The newest year in which the last filled month without a year has ended; 0 where every month has its year."""
    filled = [month for layout in layouts for month in _filled(layout)]
    if not any(part.said and Calendar().span(part) is None for layout in layouts for part in periods_of(layout)):
        return 0
    first = first_month(layouts)
    year = today.year
    latest = max(((month - first) % 12 for month in filled), default=0)
    while add_months(date(year, first, 1), latest + 1) > add_months(today, 1):
        year -= 1
    return year


def _filled(layout: Layout) -> Iterator[int]:
    for column in layout.of(Role.NUMBER):
        if column.head.part.month and any(text for _, text in layout.table.cells(column.head.column)):
            yield column.head.part.month
    numbers = [one.head.column for one in layout.of(Role.NUMBER)]
    for column in layout.of(Role.PERIOD, Role.MONTH):
        for row, text in layout.table.cells(column.head.column):
            month = part_of(text).month or (int(text) if text.isdigit() and 1 <= int(text[:4]) <= 12 else None)
            if month and any(layout.table.sheet.text(row, number) for number in numbers):
                yield month
