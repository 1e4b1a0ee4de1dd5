"""From a reader to the paper: the same view objects as the screens, section by section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dashboard.errors import InvalidQuery
from dashboard.exports import sections, sections_beside, sections_places
from dashboard.exports.desk import AskedPaper, Desk, Say
from dashboard.exports.paper import Paper, Section, Source
from dashboard.periods import parse_day
from dashboard.views.asking import find_place
from dashboard.views.bring_numbers import source_statuses
from dashboard.views.shapes import home_area
from dashboard.views.this_month import this_month

Maker = Callable[[Desk, str, str], Section | None]
STEPS: tuple[tuple[str, Maker], ...] = (
    ("What changed", sections.changed),
    ("Targets", sections.targets),
    ("After an overdose", sections_places.cascade),
    ("Map of towns", sections_places.towns),
    ("Gaps", sections_places.gaps),
    ("Tables for funders", sections_beside.funder_section),
    ("What was decided", sections_beside.decided),
)
NOTHING = (
    "There is nothing to take home yet: the store knows no towns. `coalition load FILE...` brings towns and numbers."
)
TITLE = "Overdose response in {place}"


def compose(desk: Desk, asked: AskedPaper, say: Say) -> Paper:
    """The whole paper; InvalidQuery for an unknown area or day, and where there is nothing to say at all.

    Who may see it stands on every page, slide and sheet, and so does what has to be said with its numbers.
    """
    with desk.noted() as notices:
        paper = _composed(desk, asked, say)
        return replace(paper, whom=" ".join((paper.whom, *notices())))


def _composed(desk: Desk, asked: AskedPaper, say: Say) -> Paper:
    reader = desk.reader
    if not reader.has_places:
        raise InvalidQuery(NOTHING)
    area = find_place(reader, asked.within) if asked.within else home_area(reader)
    say("This month", 0.0)
    month = this_month(reader, area, desk.today)
    made: list[Section | None] = [sections.month(desk, month, area)]
    for number, (words, maker) in enumerate(STEPS, 1):
        say(words, number / (len(STEPS) + 1))
        made.append(maker(desk, area, asked.as_of))
    place = reader.gazetteer.name(area)
    return Paper(
        TITLE.format(place=place), place, month.headline, parse_day(asked.as_of) if asked.as_of else desk.today,
        desk.whom, tuple(section for section in made if section), sources(desk), desk.withheld, desk.demonstration,
    )  # fmt: skip


def sources(desk: Desk) -> tuple[Source, ...]:
    """Every source of the store with its publisher, licence and date."""
    return tuple(
        Source(status.title, status.publisher, status.licence, status.as_of, status.url)
        for status in source_statuses(desk.reader, desk.today)
    )
