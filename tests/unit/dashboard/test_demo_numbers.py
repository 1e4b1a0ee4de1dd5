"""How the demonstration's numbers are made: splits that add up, spans, and measures nobody described yet."""

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.demo.rules import rules
from dashboard.demo.spans import Spans
from dashboard.demo.splits import split, split_dollars, split_inside
from dashboard.domain import Measure, Term
from dashboard.indicators import Registry, registry

COUNTS = st.lists(st.integers(0, 60), min_size=4, max_size=4)


@given(COUNTS, st.lists(st.floats(0, 5), min_size=3, max_size=3), st.integers(0, 999))
def test_a_split_adds_up_to_its_total(totals: list[int], weights: list[float], seed: int) -> None:
    whole = np.array([totals], dtype=float)
    parts = split(np.random.default_rng(seed), whole, np.array(weights))
    assert parts.min() >= 0
    assert (parts.sum(axis=-1) == whole).all()


@given(COUNTS, st.lists(st.floats(0, 5), min_size=3, max_size=3), st.floats(0, 1), st.integers(0, 999))
def test_a_part_stays_inside_its_whole_in_every_group(
    totals: list[int], weights: list[float], share: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    whole = split(rng, np.array([totals], dtype=float), np.array([1.0, 2.0, 0.5]))
    part = np.floor(whole.sum(axis=-1) * share)
    parts = split_inside(rng, part, whole, np.array(weights))
    assert (parts.sum(axis=-1) == part).all()
    assert (parts <= whole).all()
    assert parts.min() >= 0


def test_a_group_of_lower_weight_is_reached_less() -> None:
    whole = np.full((1, 1, 2), 10_000.0)
    parts = split_inside(np.random.default_rng(1), np.array([[10_000.0]]), whole, np.array([1.0, 0.5]))[0, 0]
    assert abs(parts[0] / parts[1] - 2) < 0.1


def test_dollars_split_without_losing_one() -> None:
    parts = split_dollars(np.array([[100.0, 7.0]]), np.array([1.0, 1.0, 1.0]))
    assert parts.sum(axis=-1).tolist() == [[100.0, 7.0]]


def test_the_last_month_lies_two_months_before_today() -> None:
    spans = Spans.before(date(2026, 11, 1), 60)
    assert spans.month[-1] == (date(2026, 9, 1), date(2026, 10, 1))
    assert len(spans.month) == 60
    assert spans.quarter[-1] == (date(2026, 7, 1), date(2026, 10, 1))
    assert spans.year == tuple((date(year, 1, 1), date(year + 1, 1, 1)) for year in range(2022, 2026))


def test_quarters_are_whole_calendar_quarters_inside_the_months() -> None:
    spans = Spans.before(date(2026, 1, 1), 24)  # December 2023 to November 2025
    assert spans.quarter[0] == (date(2024, 1, 1), date(2024, 4, 1))
    assert spans.quarter[-1] == (date(2025, 7, 1), date(2025, 10, 1))
    assert spans.quarter_of(spans.month).tolist()[:5] == [-1, 0, 0, 0, 1]
    assert spans.quarter_of(spans.month).tolist()[-2:] == [-1, -1]


def test_people_counted_once_are_told_for_the_windows_that_screens_ask_for() -> None:
    windows = Spans.before(date(2026, 11, 1), 60).of("windows")
    for start in (date(2025, 10, 1), date(2024, 10, 1), date(2023, 10, 1)):
        assert (start, date(2026, 10, 1)) in windows


def test_an_indicator_nobody_described_is_drawn_from_its_theme() -> None:
    known = registry()
    new = replace(
        known.indicators["bystander_naloxone"], id="kits_refused",
        numerator=Term(("kits_refused",), "kits refused"), denominator=Term(("kits_offered",), "kits offered"),
    )  # fmt: skip
    adds = frozenset({"place", "time", "partner", "stratum"})
    measures = {name: Measure(name, name, "count", adds) for name in ("kits_refused", "kits_offered")}
    found = rules(Registry({**known.measures, **measures}, {**known.indicators, "kits_refused": new}))
    assert (found["kits_offered"].way, found["kits_offered"].places) == ("events", "coalitions")
    assert (found["kits_refused"].way, found["kits_refused"].of) == ("share", "kits_offered")


def test_a_new_indicator_leaves_the_rules_of_the_others_alone() -> None:
    known = registry()
    fewer = {name: one for name, one in known.indicators.items() if name != "bystander_naloxone"}
    before, after = rules(Registry(known.measures, fewer)), rules(known)
    assert {name: after[name] for name in before} == before
