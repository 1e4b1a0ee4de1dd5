"""Single agreements: what they say, where they stand, and what follows for whoever asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.agreements import Agreement, Asker, Audience, Book, OnExpiry, Request, Standing, Unit, decide, strictest
from dashboard.agreements.book import PUBLIC_RECORD
from dashboard.agreements.written import KEYS, from_terms, read_agreement, to_terms
from dashboard.domain import Level, Period
from dashboard.errors import DefinitionError
from dashboard.registers.declared import registers
from data_loaders.registry import readable

FILE = """
id = "ems"
name = "Tamarack Ambulance Service"
partner = "ems"
purpose = "To learn"
indicators = ["identified"]
finest_place = "county"
finest_period = "quarter"
groups = ["age"]
audiences = { member = 0, public = 11 }
embargo_days = 30
valid_from = 2026-01-01
valid_to = 2026-12-31
on_expiry = "keep"
legal_basis = "Counts without names"
citation = "Agreement of 5 January 2026"
[[signatures]]
who = "The director"
on = 2026-01-05
"""
NOT_AGREED = {"id", "name", "coalition", "partner", "source", "excluded_uses", "part2", "hold_hides", "signatures"}
AGREED = read_agreement(FILE)
TODAY = date(2026, 6, 15)
ASKED = Request(Asker(Audience.MEMBER), "identified", TODAY, Level.COUNTY, Period.parse("2026Q1"))


def shown(agreement: Agreement = AGREED, **changed: object) -> bool:
    return decide([agreement], replace(ASKED, **changed)).shown


def test_what_was_agreed_is_shown() -> None:
    assert shown()


@pytest.mark.parametrize("name", sorted(set(KEYS) - NOT_AGREED))
def test_a_term_that_is_left_open_hides_everything(name: str) -> None:
    assert not shown(replace(AGREED, **{name: None}))


def test_the_reason_names_the_open_terms() -> None:
    reason = decide([replace(AGREED, citation=None, embargo_days=None)], ASKED).reason
    assert reason == "The agreement with Tamarack Ambulance Service leaves open: embargo, citation."


@pytest.mark.parametrize(
    "changed",
    [
        {"indicator": "contact_72h"},
        {"level": Level.TOWN},
        {"level": Level.PLANNING_AREA},
        {"period": Period.parse("2026-01")},
        {"period": Period.parse("2025-11..2026-01")},
        {"stratum": "sex=female"},
        {"stratum": "age=25-34;sex=female"},
        {"asker": Asker(Audience.LAW_ENFORCEMENT)},
        {"asker": Asker(Audience.PUBLIC)},
        {"today": date(2026, 4, 30)},
        {"today": date(2025, 12, 31)},
    ],
)
def test_what_was_not_agreed_is_not_shown(changed: dict[str, object]) -> None:
    decision = decide([AGREED], replace(ASKED, **changed))
    assert not decision.shown
    assert decision.reason.startswith("The agreement with Tamarack Ambulance Service")


@pytest.mark.parametrize(
    "changed",
    [
        {"level": Level.STATE},
        {"stratum": "age=25-34"},
        {"today": date(2026, 5, 1)},
        {"asker": Asker(Audience.AUDITOR)},
        {"asker": Asker(Audience.PUBLIC), "release": 11},
    ],
)
def test_what_is_coarser_later_or_made_for_the_audience_is_shown(changed: dict[str, object]) -> None:
    assert shown(**changed)


def test_a_release_that_shows_smaller_counts_than_agreed_leaves_the_number_out() -> None:
    assert not shown(asker=Asker(Audience.PUBLIC), release=5)


def test_an_audience_with_a_smallest_cell_is_sent_to_its_release() -> None:
    assert decide([AGREED], replace(ASKED, asker=Asker(Audience.PUBLIC))).reason.endswith(
        "read the release made for it."
    )


def test_the_last_day_is_still_in_force_and_the_next_is_not() -> None:
    assert AGREED.standing(date(2026, 12, 31)) is Standing.IN_FORCE
    assert AGREED.standing(date(2027, 1, 1)) is Standing.EXPIRED
    assert AGREED.days_left(date(2026, 12, 21)) == 10


@pytest.mark.parametrize(
    ("then", "release", "before", "after"),
    [
        (OnExpiry.HIDE, None, False, False),
        (OnExpiry.KEEP, None, True, False),
        (OnExpiry.KEEP_PUBLIC, None, False, False),
        (OnExpiry.KEEP_PUBLIC, 11, True, False),
    ],
)
def test_after_its_end_an_agreement_keeps_what_it_says(
    then: OnExpiry, release: int | None, before: bool, after: bool
) -> None:
    ended = replace(AGREED, on_expiry=then, embargo_days=0)
    told = {"today": date(2027, 6, 1), "release": release}
    if release:
        told["asker"] = Asker(Audience.PUBLIC)
    assert shown(ended, period=Period.parse("2026Q4"), **told) is before
    assert shown(ended, period=Period.parse("2027Q1"), **told) is after


def test_law_enforcement_never_reads_treatment_records_live() -> None:
    named = replace(AGREED, audiences={Audience.LAW_ENFORCEMENT: 0, Audience.MEMBER: 0})
    assert shown(named, asker=Asker(Audience.LAW_ENFORCEMENT))
    assert not shown(replace(named, part2=True), asker=Asker(Audience.LAW_ENFORCEMENT))
    assert shown(replace(named, part2=True), asker=Asker(Audience.MEMBER))


def test_a_signature_of_tomorrow_is_no_signature_today() -> None:
    assert AGREED.standing(date(2026, 1, 4)) is Standing.UNSIGNED
    assert AGREED.standing(date(2026, 1, 5)) is Standing.IN_FORCE


def test_a_successor_takes_over_from_the_agreement_before_it() -> None:
    before = replace(AGREED, valid_to=date(2026, 3, 31), on_expiry=OnExpiry.HIDE)
    assert decide([before, replace(AGREED, id="ems-2")], ASKED).shown


def test_one_parent_that_is_not_shown_hides_the_figure() -> None:
    yes, no = decide([AGREED], ASKED), decide([], ASKED, whose="the clinic")
    assert strictest([yes, yes]).shown
    assert strictest([yes, no]).reason == "There is no agreement with the clinic."


def test_a_public_source_needs_nothing_and_a_partner_does() -> None:
    book = Book([], {"ma_opioid_deaths": ["public record"], "own_sheet": ["by agreement"],
                     "mixed": ["CC BY 4.0", "by agreement"], "open": ["CC BY 4.0"]},
                {"ems": ("Tamarack", [])})  # fmt: skip
    asked = replace(ASKED, asker=Asker(Audience.PUBLIC), level=Level.TOWN, period=Period.parse("2026-01"))
    told = {
        source: book.decide("", source, asked).shown for source in ("ma_opioid_deaths", "own_sheet", "mixed", "open")
    }
    assert told == {"ma_opioid_deaths": True, "own_sheet": False, "mixed": False, "open": True}
    assert book.decide("ems", "ma_opioid_deaths", asked).reason == "There is no agreement with Tamarack."


@pytest.mark.parametrize(
    ("unit", "day", "begins"),
    [(Unit.DAY, date(2026, 2, 2), True), (Unit.MONTH, date(2026, 2, 1), True), (Unit.MONTH, date(2026, 2, 2), False),
     (Unit.QUARTER, date(2026, 4, 1), True), (Unit.QUARTER, date(2026, 5, 1), False),
     (Unit.YEAR, date(2026, 1, 1), True), (Unit.YEAR, date(2026, 7, 1), False),
     (Unit.FISCAL_YEAR, date(2026, 7, 1), True), (Unit.FISCAL_YEAR, date(2026, 1, 1), False)],
)  # fmt: skip
def test_periods_begin_where_the_calendar_says(unit: Unit, day: date, begins: bool) -> None:
    assert unit.begins_on(day) is begins


def test_an_agreement_reads_back_as_it_was_written() -> None:
    assert from_terms(to_terms(AGREED)) == AGREED
    everything = replace(AGREED, indicators=frozenset({"*"}), valid_to=date.max, embargo_days=0, part2=True)
    assert from_terms(to_terms(everything)) == everything


def test_every_fault_of_a_file_is_told_at_once() -> None:
    wrong = FILE.replace('"county"', '"village"').replace("embargo_days = 30", "embargo_days = -1\ncolour = 3")
    with pytest.raises(DefinitionError) as refused:
        read_agreement(wrong, "ems.toml")
    said = str(refused.value)
    assert all(word in said for word in ("ems.toml", "colour", "village", "-1"))


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ('partner = "ems"', "", "name the partner or the source"),
        ("2026-12-31", "2025-12-31", "valid_to lies before valid_from"),
        ('id = "ems"', 'id = "../ems"', "letters"),
        ("member = 0", "members = 0", "members"),
        ("member = 0", "member = true", "True"),
        ('groups = ["age"]', 'groups = "age"', "groups"),
        ('who = "The director"', "", "signatures"),
        ("on = 2026-01-05", 'on = "soon"', "signatures"),
        ('id = "ems"', "id = ", "not TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(line: str, instead: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        read_agreement(FILE.replace(line, instead), "ems.toml")


def test_what_is_always_excluded_cannot_be_left_out() -> None:
    told = read_agreement(FILE + "\n", "f").excluded_uses
    more = from_terms(to_terms(AGREED) | {"excluded_uses": ["rent decisions"]}).excluded_uses
    assert "immigration enforcement" in told
    assert more == (*told, "rent decisions")


def test_every_publisher_whose_files_are_read_is_a_public_record() -> None:
    own = {"coalition_sites", "target_sheet", "generic_table", *(f"register_{kept}" for kept in registers())}
    assert {id_ for id_, *_ in readable()} - own <= PUBLIC_RECORD
