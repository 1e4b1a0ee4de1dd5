"""Meeting mode is one document: every screen is in it, one is seen, and nothing that was typed becomes markup."""

from __future__ import annotations

import re
from collections import Counter

from dashboard.figures.chart import IntervalChart, IntervalRow
from dashboard.figures.palette import Fill
from dashboard.figures.svg_map import Drawn, Painted
from dashboard.meetings import ScreenKind
from dashboard.views.meeting_remembered import ActionRow
from dashboard.views.meeting_screens import Screen, Shown, TwoWay
from layouts.staff.meeting_screen import Around, build_meeting

CHART = IntervalChart("Beside", "Higher.", "deaths", 100, (IntervalRow("Ash", 1.0, 0.5, 2.0, "value", 4.0),))
SHAPE = {"geoid": ["a"], "path": ["M0 0L9 0L9 9Z"], "label": [[5, 5]], "outlines": [{"path": "M0 0L9 9"}],
         "origin": [0, 0], "width": 10, "height": 10}  # fmt: skip
MAP = Drawn([SHAPE], {"a": Painted("s", "Ash")}, "Deaths", "Four deaths.")
HOSTILE = "<script>alert(1)</script>"
ACTION = ActionRow(HOSTILE, "Lead", "1 May 2026", "Overdue", HOSTILE, "a1")
SCREENS = (
    Screen(1, ScreenKind.REMEMBERED, "What became of it?", 5, Shown("We decided.", decisions=(HOSTILE,),
                                                                   actions=(ACTION,))),
    Screen(2, ScreenKind.MAP, "Where?", 0, Shown("There.", MAP, legend=(("s", "too few"),), href="/places")),
    Screen(3, ScreenKind.MAP, "Where else?", 0, Shown("There.", MAP)),
    Screen(4, ScreenKind.CONTINUITY, "Whom?", 0, Shown("Of 4.", CHART)),
    Screen(5, ScreenKind.DECISIONS, "What now?", 0, Shown("")),
)  # fmt: skip


def document(*, number: int = 1, may_write: bool = True, room: str = "light", timer: str = "") -> str:
    around = Around("November", "c", "m1", "Known", "/our-coalition/meetings", "/a.css", "/a.js", code="host/m/ABCDE",
                    number=number, may_write=may_write, room=room, timer=timer)  # fmt: skip
    return build_meeting(around, SCREENS)


def test_every_screen_is_in_the_document_and_one_is_seen() -> None:
    opening = re.findall(r"<section[^>]*>", document(number=2))
    assert [" hidden" in tag for tag in opening] == [True, False, True, True, True]


def test_a_number_beyond_the_last_screen_opens_the_last() -> None:
    assert "5 of 5" in document(number=40)


def test_what_was_typed_stays_letters() -> None:
    page = document()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3


def test_every_id_stands_once_and_every_label_leads_to_one() -> None:
    page = document()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    named = [name for group in re.findall(r'(?:aria-labelledby|for)="([^"]+)"', page) for name in group.split()]
    assert set(named) <= set(ids)
    assert set(re.findall(r"url\(#(\w+)\)", page)) <= set(ids)


def test_nothing_in_the_document_needs_a_style_or_a_script_of_its_own() -> None:
    page = document()
    assert re.findall(r"\sstyle=|<style|\son\w+=", page) == []
    assert page.count("<script") == 1


def test_links_step_without_a_script_and_keep_room_and_timer() -> None:
    page = document(number=2, room="dark", timer="on")
    back = re.search(r'id="back"[^>]*href="([^"]+)"', page)
    assert back is not None
    assert back[1] == "/meeting?screen=1&amp;meeting=m1&amp;coalition=c&amp;room=dark&amp;timer=on"
    assert ">Light room<" in page
    assert ">Without timer<" in page


def test_a_map_of_two_things_has_a_legend_of_nine_in_its_own_colours() -> None:
    legend = TwoWay("Need", "Minutes", ("low", "middle", "high"), ("near", "within", "beyond"))
    fills = {str(n): Fill(f"#00000{n}") for n in range(1, 10)}
    drawn = Drawn([SHAPE], {"a": Painted("9", "Ash")}, "Both", "One town.", fills)
    shown = Shown("One town.", drawn, two_way=legend, signs=(('<path d="M0 0"/>', "mobile site"),))
    page = build_meeting(
        Around("N", "c", "m", "", "/", "/a.css", "/a.js"), (Screen(1, ScreenKind.TWO_WAY, "?", 0, shown),)
    )
    (table,) = re.findall(r'<table class="nine">.*?</table>', page, re.DOTALL)
    assert re.findall(r'<th scope="row">(\w+)</th>', table) == ["low", "middle", "high"]
    assert re.findall(r'fill="#00000(\d)"', table) == [str(n) for n in range(1, 10)]
    assert '<path d="M0 0"/></svg> mobile site' in page


def test_the_code_for_phones_leads_to_the_same_screen() -> None:
    assert "host/m/ABCDE/4" in document(number=4)


def test_who_may_not_write_sees_no_form() -> None:
    assert "<form" in document()
    assert "<form" not in document(may_write=False)


def test_a_meeting_without_screens_says_so() -> None:
    around = Around("November", "c", "m1", "Known", "/", "/a.css", "/a.js", empty="No agenda yet.", empty_said="Add.")
    page = build_meeting(around, ())
    assert "No agenda yet." in page
    assert "1 of 1" in page
