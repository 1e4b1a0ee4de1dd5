"""Menus as browsers take them, and the frame that marks every page."""

from datetime import date

from component_tree import attribute, ids, of_type, text
from dash import html

from dashboard.views.asking import Asked
from dashboard.views.bring_numbers import SourceStatus, Step
from dashboard.views.choices import Choice
from dashboard.views.this_month import Card, ThisMonth
from layouts.components.controls import menu, select
from layouts.ids import Shell
from layouts.shell import Door, Frame, build_shell, doors
from layouts.staff.bring_numbers import build_bring_numbers
from layouts.staff.this_month import build_numbers
from layouts.staff.trends import SLOTS, slot_choices

DOORS = (Door("/", "This month", False), Door("/places", "Places", True))
STATUS = SourceStatus("state", "Deaths by town", "the state", "none", "", date(2025, 6, 5), 534, date(2026, 1, 2),
                      "January 2017 to June 2018", 1, 1204, 3, "deaths.csv", ("two rows doubled",), False)  # fmt: skip


def test_a_menu_writes_the_empty_choice_as_all() -> None:
    options, value, off = menu([Choice("", "Everyone"), Choice("sex=male", "Men")], "")
    assert options == [{"value": "all", "label": "Everyone"}, {"value": "sex=male", "label": "Men"}]
    assert (value, off) == ("all", False)


def test_headings_of_a_menu_cannot_be_chosen() -> None:
    options, _, _ = menu([Choice("-Sex", "Sex", heading=True), Choice("sex=male", "Men")], "sex=male")
    assert options[0] == {"value": "-Sex", "label": "— Sex —", "disabled": True}


def test_where_there_is_nothing_to_choose_the_menu_is_off() -> None:
    assert menu([], "")[2]
    assert menu([Choice("", "Everyone")], "")[2]
    (box,) = of_type(select("any", "Group", [Choice("", "Everyone")], ""), "Select")
    assert box.disabled


def test_beside_a_place_the_fourth_slot_holds_nothing() -> None:
    offered = [Choice("a", "A")]
    assert [choice.value for choice in slot_choices(offered, SLOTS[3], "place")] == [""]
    assert [choice.value for choice in slot_choices(offered, SLOTS[2], "place")] == ["", "a"]
    assert [choice.value for choice in slot_choices(offered, SLOTS[3], "group")] == ["", "a"]


def test_the_frame_marks_demonstration_data() -> None:
    assert "Demonstration data, not real." in text(build_shell(Frame(DOORS, True), html.P("a page")))
    assert "Demonstration" not in text(build_shell(Frame(DOORS, False), html.P("a page")))


def test_the_frame_says_an_earlier_day() -> None:
    assert "As known on 2026-09-30." in text(build_shell(Frame(DOORS, False, "2026-09-30"), html.P("a page")))


def test_the_frame_has_its_ids_once() -> None:
    assert ids(build_shell(Frame(DOORS, True), html.P("a page"))) == [name.value for name in Shell]


def test_the_open_door_says_so_and_the_first_link_skips_to_the_page() -> None:
    frame = Frame(DOORS, False)
    first = of_type(build_shell(frame, html.P("a page")), "A")[0]
    assert (first.href, text(first)) == ("#main", "Skip to the page")
    assert [text(link) for link in doors(frame) if attribute(link, "aria-current") == "page"] == ["Places"]


def test_a_card_leads_to_its_map_and_its_trend() -> None:
    evidence = Asked("deaths", within="25", period="12m")
    card = Card("Overdose deaths", "100", "deaths", "", "2018: 100 deaths.", "No clear change.", evidence, None)
    shown = build_numbers(ThisMonth("Massachusetts", "25", "One sentence.", (card,), (STATUS,)))
    links = {text(link): link.href for link in of_type(shown, "A")}
    assert links["See the map  of overdose deaths"] == "/places?indicator=deaths&within=25&period=12m"
    assert links["See the trend  of overdose deaths"] == "/places/trends?indicator=deaths&within=25&period=12m"
    assert "Deaths by town: published 5 June 2025." in text(shown)


def test_sources_are_listed_with_their_dates_and_what_was_taken_of_them() -> None:
    page = build_bring_numbers([Step("Towns", "why", "do", True)], [STATUS], [], "June 2018")
    said = text(page)
    assert "Published 5 June 2025 (534 days ago)" in said
    assert "Loaded 2 January 2026, 1 file " in said
    assert "Rows accepted 1,204" in said
    assert "1 note from loading" in said
    assert "1 source is here; the newest numbers reach to June 2018" in said
    assert "2 sources are here" in text(build_bring_numbers([], [STATUS, STATUS], [], ""))


def test_steps_stay_until_all_are_done() -> None:
    steps = [
        Step("Towns", "why", "coalition load towns", True),
        Step("Residents", "why", "coalition load people", False),
    ]
    assert len(of_type(build_bring_numbers(steps, [], [], ""), "Li")) == 2
    assert of_type(build_bring_numbers(steps[:1], [STATUS], [], ""), "Ol") == []


def test_what_could_not_be_fetched_is_said_with_what_is_kept() -> None:
    tried = ("cdc_vsrr_state", "6 July 2026", "unreachable", "No answer. What was fetched on 29 June 2026 is kept.")
    said = text(build_bring_numbers([], [STATUS], [], "June 2018", fetched=[tried]))
    assert "Fetched by network" in said
    assert "What was fetched on 29 June 2026 is kept." in said
    assert "Fetched by network" not in text(build_bring_numbers([], [STATUS], [], "June 2018"))
