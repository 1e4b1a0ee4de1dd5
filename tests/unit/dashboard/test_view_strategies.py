"""The map of strategies: which towns have what, which have nothing told, and whether that is where the rates are."""

from dataclasses import replace

import pytest

from dashboard.domain import Jurisdiction, Level, PlaceSet, State
from dashboard.errors import InvalidQuery
from dashboard.registers import Entry
from dashboard.views.strategy_map import STATUS_FILLS
from dashboard.views.strategy_page import AskedStrategies, StrategyPage, strategy_page
from dashboard.views.strategy_rows import strategy_rows
from dashboard.views.strategy_towns import highest_rates
from tests.fake_reader import PLACES, RATE, STATE, FakeReader

TOWNS = [f"25001{number:05}" for number in range(11, 19)]
FIRST, SECOND, THIRD, FOURTH, *OTHERS = TOWNS
OUTSIDE = "2500300003"
PERIOD = "2023-2025"


def reader_of(counts: tuple[float | str, ...] = (40, 30, 20, 10, 9, 8, 7, 6), *, shapes: bool = True) -> FakeReader:
    towns = [Jurisdiction(geoid, f"Town {at}", Level.TOWN, "25", "25001") for at, geoid in enumerate(TOWNS, 1)]
    ours = PlaceSet("ours", "Our towns", Level.CATCHMENT, tuple(TOWNS))
    one = replace(RATE, months=36)
    reader = FakeReader((one,), places=(*PLACES, *towns), sets=(ours,), home="ours")
    reader.coalitions = [{"id": "c", "name": "Ours", "catchment": "ours"}]
    reader.reports("deaths", PERIOD)
    for geoid, count in zip(TOWNS, counts, strict=True):
        reader.tell(geoid, PERIOD, count, 10_000, of=one)
    if shapes:
        reader.boundaries = [{"state": STATE, "level": Level.TOWN, "sha": "s", "schematic": False, "vintage": "2024",
                              "loaded_at": "", "geoids": [OUTSIDE, *TOWNS]}]  # fmt: skip
    return reader


def told(strategy: str, town: str, status: str, **values: str) -> Entry:
    return Entry(
        "strategies", f"{strategy}{town}", "c", {"strategy": strategy, "town": town, "status": status, **values}
    )


KITS = [told("Kits", FIRST, "not started"), told("Kits", THIRD, "running", lead="ems", since="2025-05-03"),
        told("Kits", FOURTH, "sustained"), told("Kits", OTHERS[0], "planned")]  # fmt: skip


def page_of(reader: FakeReader, entries: list[Entry], **asked: str) -> StrategyPage:
    return strategy_page(reader, entries, AskedStrategies("c", **asked))


def test_the_sentence_says_where_it_runs_and_where_the_rate_is_highest() -> None:
    page = page_of(reader_of(), KITS)
    assert page.headline == ("Kits runs in 2 of 8 towns; the 2 towns with the highest rate neither have nor plan it.")
    planned = [*KITS[1:], told("Kits", FIRST, "planned")]
    assert page_of(reader_of(), planned).headline.endswith(
        "1 of the 2 towns with the highest rate neither has nor plans it."
    )
    both = [*planned, told("Kits", SECOND, "running")]
    assert page_of(reader_of(), both).headline == (
        "Kits runs in 3 of 8 towns; the 2 towns with the highest rate have it or plan it."
    )


def test_one_town_alone_may_have_the_highest_rate() -> None:
    reader = reader_of((40, 9, 9, 9, *[State.SUPPRESSED.value] * 4))
    assert page_of(reader, KITS).headline.endswith("; the town with the highest rate neither has nor plans it.")


def test_not_started_and_nobody_has_said_are_two_things() -> None:
    paint = page_of(reader_of(), KITS).paint
    keys = {status: key for status, (key, _) in STATUS_FILLS.items()}
    assert paint["classes"] == " " + "".join(
        keys[status] for status in ("not started", "", "running", "sustained", "planned", "", "", "")
    )
    assert paint["states"] == "nvnvvvnnn"
    assert paint["columns"]["status"][:4] == [None, "not started", "nobody has said", "running"]


def test_every_status_has_a_pattern_of_its_own() -> None:
    assert len({fill.texture for _, fill in STATUS_FILLS.values()}) == len(STATUS_FILLS) == 5
    assert len({fill.colour for _, fill in STATUS_FILLS.values()}) == 5


def test_towns_with_the_highest_rates_are_circled_and_ties_stay_together() -> None:
    assert [mark["geoid"] for mark in page_of(reader_of(), KITS).paint["mark"]] == [FIRST, SECOND]
    tied = highest_rates(reader_of((40, 30, 30, 10, 9, 8, 7, 6)), "ours")
    assert tied
    assert tied.geoids == {FIRST, SECOND, THIRD}


def test_nothing_is_said_of_rates_where_no_town_stands_out_or_few_are_known() -> None:
    assert highest_rates(reader_of((5,) * 8), "ours") is None
    hidden = State.SUPPRESSED.value
    reader = reader_of((40, 30, 20, *[hidden] * 5))
    assert highest_rates(reader, "ours") is None
    assert page_of(reader, KITS).headline == "Kits runs in 2 of 8 towns."


def test_a_hidden_rate_is_neither_high_nor_low() -> None:
    reader = reader_of((State.SUPPRESSED.value, 30, 20, 10, 9, 8, 7, 6))
    rows = {row["geoid"]: row["among_highest_rates"] for row in strategy_rows(reader, KITS, AskedStrategies("c"))}
    assert (rows[FIRST], rows[SECOND], rows[OTHERS[3]]) == ("not known", "yes", "no")


def test_of_all_strategies_the_furthest_counts() -> None:
    more = [*KITS, told("Homes", FIRST, "running"), told("Homes", FOURTH, "planned")]
    page = page_of(reader_of(), more)
    assert page.headline.startswith("At least one strategy runs in 3 of 8 towns; 1 of the 2 towns")
    assert page_of(reader_of(), more, strategy="homes").headline.startswith("Homes runs in 1 of 8 towns")
    assert [choice.label for choice in page.strategies] == ["All strategies", "Homes", "Kits"]


def test_a_word_of_the_whole_area_reaches_every_town_but_the_towns_own_word_stands() -> None:
    page = page_of(reader_of(), [told("Kits", "ours", "running"), told("Kits", FIRST, "not started")])
    assert page.headline.startswith("Kits runs in 7 of 8 towns")
    assert page.paint["columns"]["told"][2] == "Kits: running (told of the whole area)."


def test_a_town_says_what_is_told_and_what_nobody_said() -> None:
    town = page_of(reader_of(), [*KITS, told("Homes", FIRST, "running")], place=THIRD).town
    assert town
    assert town.told == ("Kits: running since 3 May 2025, led by County ambulance.",)
    assert town.untold == ("Homes",)
    assert town.href == f"/places?place={THIRD}&within=ours"


def test_towns_of_others_are_named_and_not_counted() -> None:
    page = page_of(reader_of(), [*KITS, told("Kits", OUTSIDE, "running")])
    assert page.headline.startswith("Kits runs in 2 of 8 towns")
    assert "outside of the coalition's towns: Cedar." in " ".join(page.notes)
    assert OUTSIDE not in {row["geoid"] for row in strategy_rows(reader_of(), KITS, AskedStrategies("c"))}


def test_every_town_and_strategy_is_a_row_of_the_file() -> None:
    more = [*KITS, told("Homes", FIRST, "running")]
    rows = strategy_rows(reader_of(), more, AskedStrategies("c"))
    assert len(rows) == 16
    found = {(row["town"], row["strategy"]): (row["status"], row["told_of"]) for row in rows}
    assert found["Town 1", "Kits"] == ("not started", "the town")
    assert found["Town 2", "Homes"] == ("nobody has said", "")
    assert len(strategy_rows(reader_of(), more, AskedStrategies("c", strategy="Kits"))) == 8


def test_without_shapes_the_table_alone_says_it() -> None:
    page = page_of(reader_of(shapes=False), KITS)
    assert page.geometry == ""
    assert page.paint["table"]["rows"][0] == ["Town 1", "not started", "Kits: not started.", "yes"]


def test_an_empty_register_says_so() -> None:
    page = page_of(reader_of(), [])
    assert (page.headline, page.notes, page.listings) == ("No strategy is kept yet.", (), ())
    assert set(page.paint["classes"]) == {" ", "n"}


@pytest.mark.parametrize("asked", [{"strategy": "magic"}, {"place": OUTSIDE}])
def test_what_is_not_there_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises(InvalidQuery):
        page_of(reader_of(), KITS, **asked)
