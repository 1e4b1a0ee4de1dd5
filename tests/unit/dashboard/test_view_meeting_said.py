"""What was said about a town or a step stands on a meeting's screens, as far as it was said by then."""

from dataclasses import replace
from datetime import date

from fake_reader import ASH, BIRCH, FakeReader

from dashboard.figures.svg_map import Drawn, Painted, picture
from dashboard.meetings import About, AgendaItem, Memory, Note, ScreenKind
from dashboard.views.meeting_said import with_said
from dashboard.views.meeting_screens import Room, Shown

SHAPE = {"geoid": [ASH, BIRCH], "path": ["M0 0l9 0 0 9z", "M9 9l9 0 0 9z"], "label": [[5, 5], [12, 12]],
         "outlines": [], "origin": [0, 0], "width": 20, "height": 20}  # fmt: skip
MAP = Drawn([SHAPE], {ASH: Painted("1", "Ash"), BIRCH: Painted("1", "Birch")}, "Deaths", "Four deaths.")
SCREEN = AgendaItem(ScreenKind.MAP, "Where?")


def note(id_: str, place: str, indicator: str = "", on: date = date(2026, 5, 1)) -> Note:
    return Note(coalition="ours", id=id_, text="Look.", role="resident", on=on,
                about=About(place=place, indicator=indicator))  # fmt: skip


NOTES = (note("b", BIRCH), note("a", ASH, "deaths"), note("a2", ASH), note("x", ASH, "spent"),
         note("late", BIRCH, on=date(2026, 6, 1)))  # fmt: skip
ROOM = Room(FakeReader(), None, Memory("ours", notes=NOTES), Memory("ours"), date(2026, 6, 2), "", "2026-05-31",
            lambda _: None)  # fmt: skip


def shown(href: str) -> Drawn:
    found = with_said(lambda *_: Shown("There.", MAP, href=href))(ROOM, SCREEN, {}).picture
    assert isinstance(found, Drawn)
    return found


def test_towns_carry_the_numbers_of_what_had_been_said_of_them() -> None:
    drawn = shown("/places?indicator=deaths&within=25")
    assert [(flag.number, flag.x, flag.head) for flag in drawn.flags] == [
        (1, ASH, "Note, 1 May 2026, Ash"), (2, ASH, "Note, 1 May 2026, Ash"), (3, BIRCH, "Note, 1 May 2026, Birch"),
    ]  # fmt: skip
    heads = picture(drawn)
    assert 'font-size="12">1–2</text>' in heads
    assert 'font-size="12">3</text>' in heads


def test_where_nothing_was_said_and_on_other_maps_nothing_is_drawn() -> None:
    assert shown("/places/gaps?within=25") == MAP
    assert picture(replace(MAP, flags=())) == picture(MAP)
