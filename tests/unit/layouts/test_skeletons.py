"""Every id stands once in its page; controls are native and labelled; a picture has its sentence and its table."""

from enum import StrEnum
from typing import Any

import pytest
from component_tree import attribute, ids, of_type, parts, tables, text
from dash.development.base_component import Component
from fake_reader import ASH, BIRCH, RATE, STATE, FakeReader

from dashboard.domain import Period, Query
from dashboard.figures.chart import IntervalChart, IntervalRow
from dashboard.views.place_depth import PlaceDepth, place_depth
from dashboard.views.place_page import PlacePage, place_page
from dashboard.views.trends import AskedTrend, compared
from layouts import ids as all_ids
from layouts.components.figure import svg_figure
from layouts.staff import (
    after_overdose,
    bring_numbers_check,
    bring_numbers_partner,
    compare,
    deserts,
    fairness,
    hotspots,
    my_agency,
    naloxone,
    people,
    places,
    priority_gaps,
    publish,
    strategies,
    take_home,
    target_form,
    targets,
    this_month,
    trends,
    what_changed,
    what_if,
)
from layouts.staff.trends import Menus, build_trends

PAGES: list[tuple[Any, type[StrEnum]]] = [
    (places, all_ids.Places),
    (trends, all_ids.Trends),
    (compare, all_ids.Compare),
    (this_month, all_ids.ThisMonth),
    (targets, all_ids.Targets),
    (target_form, all_ids.Aim),
    (hotspots, all_ids.Hotspots),
    (deserts, all_ids.Deserts),
    (naloxone, all_ids.Naloxone),
    (priority_gaps, all_ids.Gaps),
    (what_if, all_ids.WhatIf),
    (after_overdose, all_ids.AfterOverdose),
    (fairness, all_ids.Fairness),
    (what_changed, all_ids.WhatChanged),
    (publish, all_ids.Publish),
    (strategies, all_ids.Strategies),
    (people, all_ids.People),
    (bring_numbers_check, all_ids.BringCheck),
    (bring_numbers_partner, all_ids.BringPartner),
    (my_agency, all_ids.Agency),
    (take_home, all_ids.TakeHome),
]
by_page = pytest.mark.parametrize(("page", "names"), PAGES, ids=[page.__name__ for page, _ in PAGES])
FAIL_AXE = {"Dropdown", "Slider", "RangeSlider", "RadioItems", "Checklist", "DatePickerSingle", "DatePickerRange",
            "Upload", "Tabs", "DataTable"}  # fmt: skip


def test_every_class_of_ids_has_its_page_here() -> None:
    declared = {
        kind
        for kind in vars(all_ids).values()
        if isinstance(kind, type) and kind.__module__.startswith(all_ids.__name__)
    }
    of_many_pages = {all_ids.Shell, all_ids.Document, all_ids.Memory}
    assert declared == {names for _, names in PAGES} | of_many_pages


@by_page
def test_every_id_occurs_exactly_once_in_its_page(page: Any, names: type[StrEnum]) -> None:
    assert sorted(ids(page.skeleton())) == sorted(name.value for name in names)


def test_no_two_pages_share_an_id() -> None:
    named = [name.value for _, names in PAGES for name in names]
    assert len(named) == len(set(named))


@by_page
def test_controls_are_native_ones(page: Any, names: type[StrEnum]) -> None:  # noqa: ARG001
    assert FAIL_AXE & {type(part).__name__ for part in parts(page.skeleton())} == set()


@by_page
def test_every_control_has_a_label_of_its_own(page: Any, names: type[StrEnum]) -> None:  # noqa: ARG001
    skeleton = page.skeleton()
    controls = [control.id for control in of_type(skeleton, "Select", "Input", "Textarea")]
    labels = of_type(skeleton, "Label")
    assert sorted(label.htmlFor for label in labels) == sorted(controls)
    assert all(text(label) for label in labels)


@by_page
def test_a_page_has_one_first_heading(page: Any, names: type[StrEnum]) -> None:  # noqa: ARG001
    assert len(of_type(page.skeleton(), "H1")) == 1


def reader() -> FakeReader:
    """Ash told by sex and by a partner; Birch hidden in every respect."""
    known = FakeReader()
    known.reports("deaths", "2014-2018")
    known.reports("deaths", "2014-2018", stratum="sex=male")
    known.reports("deaths", "2014-2018", partner="ems")
    for place in (ASH, STATE):
        for year in range(2014, 2019):
            known.tell(place, str(year), 50, 300_000)
    known.tell(ASH, "2018", 30, 150_000, stratum="sex=male")
    known.tell(ASH, "2018", 12, partner="ems")
    known.tell(BIRCH, "2018", "suppressed")
    known.loaded("state", rows_refused=1204)
    return known


def depth(place: str) -> tuple[PlacePage, PlaceDepth, list[Component]]:
    query = Query(RATE.id, (Period.parse("2018"),))
    page, below = place_page(reader(), query, place), place_depth(reader(), query, place)
    return page, below, [*places.build_panel(page), *places.build_more(below)]


def test_every_picture_has_an_alternative_text_that_says_what_it_shows() -> None:
    page, below, drawn = depth(ASH)
    pictures = of_type(drawn, "Img")
    assert page.trend is not None
    assert page.comparison is not None
    assert [picture.alt for picture in pictures] == [
        page.trend.sentence, page.comparison.sentence, *(group.sentence for group in below.groups),
    ]  # fmt: skip
    assert len(pictures) == 3


@pytest.mark.parametrize("place", [ASH, BIRCH])
def test_every_figure_has_a_caption_and_a_table(place: str) -> None:
    figures = of_type(depth(place)[2], "Figure")
    assert figures
    for figure in figures:
        assert text(of_type(figure, "Figcaption"))
        (table,) = tables(figure)
        assert table["caption"]
        assert {len(row) for row in table["rows"]} == {len(table["head"])}


def test_a_figure_without_any_number_is_its_table_alone() -> None:
    chart = IntervalChart("Sex", "Hidden.", "deaths", 1, (IntervalRow("Female", None, state="suppressed"),))
    figure = svg_figure(chart)
    assert of_type(figure, "Img") == []
    assert "hidden to protect people" in str(tables(figure))
    assert of_type(figure, "Details") == []


def test_a_place_in_depth_names_partners_sources_and_what_was_not_placed() -> None:
    said = text(depth(ASH)[2])
    assert "County ambulance ems 12 deaths" in said
    assert "State. The state, 1 January 2026, 1,204 rows not " in said
    assert "Newest months may change." in said


def test_a_place_that_nobody_reports_says_so() -> None:
    assert "Nobody reports this here yet." in text(depth("2500300003")[2])


def test_the_interactive_chart_has_a_table_and_sends_nothing_elsewhere() -> None:
    page = build_trends(compared(reader(), AskedTrend()), Menus((), (), (), (), ()), "/csv/trends.csv")
    (graph,) = of_type(page, "Graph")
    assert graph.config["displayModeBar"] is False
    assert graph.config["showSendToCloud"] is False
    (figure,) = [figure for figure in of_type(page, "Figure") if of_type(figure, "Graph")]
    assert len(tables(figure)) == 1
    assert len(of_type(figure, "Figcaption")) == 1


def test_headlines_that_change_are_announced() -> None:
    for page, headline in ((places, all_ids.Places.HEADLINE), (trends, all_ids.Trends.HEADLINE)):
        (part,) = [part for part in parts(page.skeleton()) if getattr(part, "id", None) == headline]
        assert attribute(part, "aria-live") == "polite"
