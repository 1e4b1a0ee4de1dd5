"""The map: one class, one state and one set of numbers a drawn place, and the sentences around it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from fake_reader import ASH, BIRCH, CEDAR, COUNT, DOGWOOD, MONEY, RATE, SHARE, STATE, FakeReader

from dashboard.domain import Basis, Indicator, Level, Period, Query
from dashboard.views.town_map import TownMap, few_rates, town_map

ELSEWHERE = "0900100001"
DRAWN = (DOGWOOD, CEDAR, ELSEWHERE, BIRCH, ASH)


def asked(of: Indicator = RATE, **more: object) -> Query:
    return Query(of.id, (Period.parse("2018"),), within=STATE, **more)


@pytest.fixture
def reader() -> FakeReader:
    """Ash has a rate, Birch too few events for one, Cedar is hidden, nobody reports Dogwood."""
    known = FakeReader()
    known.tell(ASH, "2018", 50, 300_000)
    known.tell(BIRCH, "2018", 4, 20_000)
    known.tell(CEDAR, "2018", "suppressed")
    known.tell(STATE, "2018", 80, 800_000)
    known.tell("area-1", "2018", 54, 320_000)
    known.tell("area-2", "2018", "not_reported")
    return known


def drawn(reader: FakeReader, query: Query, geoids: Sequence[str] = DRAWN, selected: str = "") -> TownMap:
    return town_map(reader, query, geoids, STATE, selected)


def test_every_drawn_place_has_one_class_and_one_state_in_the_order_of_the_shapes(reader: FakeReader) -> None:
    paint = drawn(reader, asked()).paint
    assert paint["classes"] == "ns u3"
    assert paint["states"] == "nsnuv"


def test_numbers_stand_in_the_order_of_the_shapes_and_are_rounded(reader: FakeReader) -> None:
    columns = drawn(reader, asked()).paint["columns"]
    assert columns["numerator"] == [None, None, None, 4, 50]
    assert columns["denominator"] == [None, None, None, 20_000, 300_000]
    # 50 of 300,000 are 16.67 per 100,000; the exact Poisson limits of 50 are 37.11 and 65.92.
    assert [columns[name] for name in ("rate", "lower", "upper")] == [
        [None, None, None, None, 16.7], [None, None, None, None, 12.4], [None, None, None, None, 22.0],
    ]  # fmt: skip


def test_no_names_are_sent_where_every_town_shows_its_own_number(reader: FakeReader) -> None:
    assert drawn(reader, asked()).paint["names"] is None
    assert drawn(reader, asked(), (ASH, BIRCH, CEDAR, DOGWOOD)).paint["names"] is None


def test_the_legend_names_only_what_is_on_the_map(reader: FakeReader) -> None:
    legend = drawn(reader, asked()).paint["legend"]
    assert [(entry["key"], entry["label"]) for entry in legend] == [
        ("3", "16.7"),
        ("u", "fewer than 10: too few for a rate"),
        ("s", "hidden to protect people"),
        ("n", "not reported"),
    ]
    assert len({(entry["fill"], entry["texture"]) for entry in legend}) == 4


def test_zero_unstable_and_counts_without_residents_have_states_of_their_own(reader: FakeReader) -> None:
    reader.tell(CEDAR, "2018", 0, 10_000)
    reader.tell(BIRCH, "2018", 12, 100_000)
    reader.tell(DOGWOOD, "2018", 30)
    paint = drawn(reader, asked(), (CEDAR, BIRCH, DOGWOOD)).paint
    assert paint["states"] == "zfc"
    assert (paint["classes"][0], paint["classes"][2]) == ("0", "c")
    assert paint["classes"][1] in "12345"


def test_plain_counts_are_coloured_by_the_count() -> None:
    reader = FakeReader()
    for place, count in ((ASH, 0), (BIRCH, 5), (CEDAR, 400), (STATE, 405)):
        reader.tell(place, "2018", count, of=COUNT)
    painted = drawn(reader, asked(COUNT), (ASH, BIRCH, CEDAR, DOGWOOD)).paint
    assert painted["classes"][0] + painted["classes"][3] == "0n"
    assert painted["classes"][1] < painted["classes"][2]
    assert painted["table"]["head"] == ["Place", "Kits"]
    assert painted["table"]["columns"] == ["place", "numerator"]


def test_an_area_gives_its_class_to_each_of_its_towns(reader: FakeReader) -> None:
    shown = drawn(reader, asked(level=Level.PLANNING_AREA))
    assert shown.paint["classes"] == "nn 33"
    assert shown.paint["names"] == ["Cedar and Dogwood", "Cedar and Dogwood", "", *["Ash and Birch"] * 2]
    assert shown.paint["columns"]["numerator"] == [None, None, None, 54, 54]
    assert "Every town is coloured by the number of its whole area." in shown.notes


def test_the_table_of_areas_has_a_row_an_area(reader: FakeReader) -> None:
    table = drawn(reader, asked(level=Level.PLANNING_AREA)).paint["table"]
    assert table["head"] == [
        "Place", "Deaths", "Residents", "Per 100,000 residents a year", "From", "To (95%)",
    ]  # fmt: skip
    # 54 of 320,000 are 16.875 per 100,000; the exact Poisson limits of 54 are 40.57 and 70.46.
    assert table["rows"] == [
        ["Ash and Birch", "54", "320,000", "16.9", "12.7", "22.0"],
        ["Cedar and Dogwood", *["not reported"] * 5],
    ]


def test_the_table_of_towns_is_made_from_the_columns(reader: FakeReader) -> None:
    assert "rows" not in drawn(reader, asked()).paint["table"]


def test_without_shapes_the_numbers_come_as_rows_with_a_note(reader: FakeReader) -> None:
    shown = drawn(reader, asked(), ())
    assert (shown.paint["classes"], shown.paint["states"]) == ("", "")
    assert [row[0] for row in shown.paint["table"]["rows"]] == ["Ash", "Birch", "Cedar", "Dogwood"]
    assert shown.paint["table"]["rows"][2][1:] == ["hidden to protect people"] * 5
    assert any(note.startswith("No shapes are loaded for this state.") for note in shown.notes)


def test_the_headline_says_the_whole_of_what_is_drawn(reader: FakeReader) -> None:
    # 80 of 800,000 are 10 per 100,000; the exact Poisson limits of 80 are 63.4 and 99.6.
    shown = drawn(reader, asked(), selected=ASH)
    whole = "80 deaths, or 10 per 100,000 residents a year (8 to 12)."
    assert shown.headline == f"Overdose deaths in Massachusetts, 2018: {whole}"
    assert (shown.title, shown.paint["selected"]) == ("Overdose deaths, 2018", ASH)


@pytest.mark.parametrize(
    ("query", "note"),
    [
        (asked(), "Colours: deaths per 100,000 residents a year."),
        (asked(), "Counted by where people live."),
        (asked(basis=Basis.OCCURRENCE), "Counted by where it happened."),
        (asked(partner="ems"), "As reported by County ambulance."),
        (asked(as_of=date(2026, 9, 30)), "As known on 30 September 2026."),
    ],
)
def test_notes_say_what_is_counted_by_whom_and_as_known_when(reader: FakeReader, query: Query, note: str) -> None:
    assert note in drawn(reader, query).notes


def test_provisional_numbers_are_said_to_be_provisional(reader: FakeReader) -> None:
    words = "Provisional: the newest months may still change."
    assert words not in drawn(reader, asked()).notes
    reader.tell(ASH, "2018", 50, 300_000, provisional=True)
    assert words in drawn(reader, asked()).notes


def test_a_map_of_mostly_small_numbers_points_to_planning_areas(reader: FakeReader) -> None:
    hint = "Most towns have fewer than 10 events here: colour by planning area, or pool more months."
    assert hint not in drawn(reader, asked()).notes  # one of two reported towns reaches 10
    reader.tell(CEDAR, "2018", 3, 10_000)
    assert hint not in drawn(reader, asked()).notes  # one of three
    reader.tell(DOGWOOD, "2018", 9, 10_000)
    assert hint in drawn(reader, asked()).notes  # one of four


def test_few_rates_counts_only_reported_places(reader: FakeReader) -> None:
    assert not few_rates(FakeReader().read(asked()))
    assert not few_rates(reader.read(asked()))


def test_a_proportion_without_trials_has_nothing_to_count() -> None:
    reader = FakeReader()
    reader.tell(ASH, "2018", 0, 0, of=SHARE)
    reader.tell(BIRCH, "2018", 30, 100, of=SHARE)
    labels = {entry["key"]: entry["label"] for entry in drawn(reader, asked(SHARE)).paint["legend"]}
    assert labels["c"] == "nothing to count"


@pytest.mark.parametrize(
    ("indicator", "sentence"),
    [
        (RATE, "{place}: {rate} per 100,000 residents a year ({lower} to {upper}); {numerator} deaths"),
        (SHARE, "{place}: {rate}% of identified events ({lower} to {upper}); {numerator} of {denominator}"),
        (COUNT, "{place}: {numerator} kits"),
        (MONEY, "{place}: ${numerator}"),
        (
            replace(COUNT, kind="ratio", denominator=replace(COUNT.numerator, label="deaths")),
            "{place}: {rate} for each of the deaths; {numerator} kits",
        ),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_the_browser_is_sent_a_sentence_for_each_kind(indicator: Indicator, sentence: str) -> None:
    reader = FakeReader([indicator])
    reader.tell(ASH, "2018", 30, 100, of=indicator)
    assert drawn(reader, asked(indicator)).paint["sentence"]["value"] == sentence


def test_sentences_of_absent_numbers_say_why(reader: FakeReader) -> None:
    said = drawn(reader, asked()).paint["sentence"]
    assert said["suppressed"] == "{place}: hidden to protect people"
    assert said["not_reported"] == "{place}: not reported"
    assert said["unstable"] == "{place}: {numerator} deaths, too few for a rate"
    assert said["unstable_one"] == "{place}: {numerator} death, too few for a rate"
