"""Fairness on screen: recording first, then groups beside everyone else or one group, and pooled instead of blank."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.errors import InvalidQuery
from dashboard.store.cube import open_cube
from dashboard.store.reader import CubeReader
from dashboard.views.fairness import Fairness, fairness
from dashboard.views.fairness_asking import AskedFairness

Told = dict[str, tuple[int, int]]


@pytest.fixture
def tell(ledger: Any) -> Callable[..., None]:
    """Load contacts within 7 days of identified overdoses by housing, in a year, and their sum as the whole."""

    def _tell(groups: Told, year: int = 2025, place: str = "Ash", whole: tuple[int, int] | None = None) -> None:
        everyone = whole or tuple(sum(pair[n] for pair in groups.values()) for n in (0, 1))
        rows: list[tuple[object, ...]] = []
        for stratum, pair in {"": everyone, **{f"housing={name}": pair for name, pair in groups.items()}}.items():
            for measure, value in zip(("contacted_7d", "identified_events"), pair, strict=True):
                rows.append((measure, place, str(year), value, {"stratum": stratum}))
        ledger.load(rows, source="register")

    return _tell


@pytest.fixture
def ask(ledger: Any) -> Callable[..., Fairness]:
    def _ask(**asked: str) -> Fairness:
        reader = CubeReader(open_cube(ledger.engine, ledger.home))
        return fairness(reader, AskedFairness(**({"indicator": "contact_7d", "place": "Ash"} | asked)))

    return _ask


def words(answer: Fairness) -> dict[str, str]:
    return {group.value: group.words for group in answer.groups}


def test_a_group_is_compared_with_everyone_else_not_with_a_whole_that_holds_it(tell: Any, ask: Any) -> None:
    """Unhoused 40 of 100, housed 320 of 400: ratio 0.5 to the others (not 0.4/0.72 to the whole)."""
    tell({"housed": (320, 400), "unhoused": (40, 100)})
    answer = ask(period="2025")
    rows = {row["group"]: row for row in answer.rows()}
    assert rows["housing=unhoused"]["ratio"] == 0.5
    assert rows["housing=unhoused"]["difference"] == -40
    assert words(answer) == {"housed": "higher, beyond chance", "unhoused": "lower, beyond chance"}
    assert answer.chart is not None
    assert answer.chart.reference == (72.0, "everyone")


def test_a_reference_group_is_compared_with_and_not_judged(tell: Any, ask: Any) -> None:
    tell({"housed": (320, 400), "unhoused": (40, 100)})
    answer = ask(period="2025", reference="housed")
    assert words(answer)["housed"] == "compared with"
    assert "than for housed, beyond chance" in answer.headline


def test_no_word_without_evidence(tell: Any, ask: Any) -> None:
    tell({"housed": (60, 100), "unhoused": (58, 100)})
    answer = ask(period="2025")
    assert set(words(answer).values()) == {"no clear difference"}
    assert "no group differs from everyone else beyond chance" in answer.headline


def test_recording_is_said_even_when_nobody_reports_it(tell: Any, ask: Any) -> None:
    tell({"housed": (60, 100), "unhoused": (58, 100)}, whole=(150, 250))
    assert ask(period="2025").recording == ("By housing, the groups hold 118 of all 150 (79%).",)


def test_a_group_of_unknown_is_said_as_a_share(tell: Any, ask: Any) -> None:
    tell({"housed": (60, 100), "not recorded": (20, 50)})
    assert "For 25% of them it is not recorded." in ask(period="2025").recording


def test_small_groups_are_not_compared_and_wider_windows_are_offered(tell: Any, ask: Any) -> None:
    for year in (2023, 2024, 2025):
        tell({"housed": (60, 100), "unhoused": (4, 12)}, year=year)
    answer = ask(period="2025")
    assert words(answer)["unhoused"] == "too few or not known, so not compared"
    row = next(row for row in answer.rows() if row["group"] == "housing=unhoused")
    assert (row["numerator"], row["rate"], row["ratio"]) == (4, None, None)
    assert [(offer.words, offer.asked.period) for offer in answer.offers] == [
        ("Pool to 36 months: 2 of 2 groups have a number", "36m")
    ]
    assert words(ask(period="36m"))["unhoused"] != "too few or not known, so not compared"


def test_a_single_group_in_doubt_is_judged_with_all_the_others(tell: Any, ask: Any) -> None:
    """p of the odd one alone is 0.03; among eight groups that is no discovery."""
    groups = {f"kind {n}": (50, 100) for n in range(7)} | {"odd": (62, 100)}
    tell(groups)
    answer = ask(period="2025")
    odd = next(group for group in answer.groups if group.value == "odd")
    assert 0.01 < odd.beside.p < 0.05
    assert odd.words == "no clear difference"


def test_groups_stand_in_their_own_order_never_by_their_numbers(tell: Any, ask: Any) -> None:
    tell({"a": (20, 100), "b": (90, 100), "c": (50, 100)})
    answer = ask(period="2025")
    assert answer.chart is not None
    assert [row.label for row in answer.chart.rows] == ["A", "B", "C"]


def test_nothing_by_group_and_unknown_names_are_refused(tell: Any, ask: Any) -> None:
    with pytest.raises(InvalidQuery, match="Nobody reports any indicator by population group"):
        ask()
    tell({"housed": (60, 100), "unhoused": (58, 100)})
    with pytest.raises(InvalidQuery):
        ask(indicator="nothing_known")
