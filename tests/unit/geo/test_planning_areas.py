"""Neighbouring towns put together until each area expects enough events."""

from geo.grouping import planning_areas

# Six towns in a row a-b-c-d-e-f, and an island g.
TOWNS = list("abcdefg")
ROW = [[1], [0, 2], [1, 3], [2, 4], [3, 5], [4], []]
EVENTS = [4.0, 6.0, 5.0, 5.0, 12.0, 3.0, 1.0]


def test_every_area_expects_at_least_the_minimum() -> None:
    events = dict(zip(TOWNS, EVENTS, strict=True))
    areas = planning_areas(TOWNS, ROW, EVENTS, minimum=10)
    assert all(sum(events[town] for town in area) >= 10 for area in areas)
    assert sorted(town for area in areas for town in area) == TOWNS
    assert len(areas) == 3


def test_areas_are_contiguous_but_for_islands() -> None:
    for area in planning_areas(TOWNS, ROW, EVENTS, minimum=10):
        at = [TOWNS.index(town) for town in area if town != "g"]
        assert at == list(range(min(at), max(at) + 1))


def test_areas_keep_inside_their_county_where_they_can() -> None:
    county = dict(zip(TOWNS, "xxxxyyy", strict=True))
    areas = planning_areas(TOWNS, ROW, EVENTS, minimum=10, within=county)
    assert areas == [("a", "b"), ("c", "d"), ("e", "f", "g")]


def test_a_county_that_expects_too_few_joins_the_next() -> None:
    county = dict(zip(TOWNS, "xxxxxyz", strict=True))
    areas = planning_areas(TOWNS, ROW, EVENTS, minimum=10, within=county)
    assert ("e", "f") in [tuple(town for town in area if town != "g") for area in areas]


def test_an_island_joins_the_nearest_where_positions_are_known() -> None:
    points = {town: (float(at), 0.0) for at, town in enumerate("abcdef")} | {"g": (0.0, 1.0)}
    areas = planning_areas(TOWNS, ROW, EVENTS, minimum=10, points=points)
    assert any({"a", "g"} <= set(area) for area in areas)


def test_too_few_events_anywhere_leave_one_area() -> None:
    assert planning_areas(["a", "b"], [[1], [0]], [1.0, 2.0], minimum=10) == [("a", "b")]


def test_the_order_of_input_does_not_matter() -> None:
    order = [3, 6, 0, 5, 2, 4, 1]
    shuffled = planning_areas(
        [TOWNS[at] for at in order],
        [[order.index(near) for near in ROW[at]] for at in order],
        [EVENTS[at] for at in order],
        minimum=10,
    )
    assert shuffled == planning_areas(TOWNS, ROW, EVENTS, minimum=10)


def test_the_same_seed_gives_the_same_areas() -> None:
    equal = [5.0] * 7
    assert planning_areas(TOWNS, ROW, equal, seed=3) == planning_areas(TOWNS, ROW, equal, seed=3)


def test_no_towns_no_areas() -> None:
    assert planning_areas([], [], []) == []
