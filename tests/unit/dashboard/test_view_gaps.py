"""Deserts, what-ifs, priority gaps and naloxone, on four towns in a row whose minutes follow from arithmetic.

Ash, Birch, Cedar and Dogwood lie on the equator's parallel 42 at steps of 0.2 degrees; one site stands in Ash.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from fake_reader import ASH, BIRCH, CEDAR, DOGWOOD, PLACES, RATE, FakeReader

from dashboard.domain import Facility, Indicator, Level
from dashboard.errors import InvalidQuery
from dashboard.views.access_answer import AskedAccess, access_answer, complete_access
from dashboard.views.desert_lists import beyond_shares, fragile_towns
from dashboard.views.desert_page import AskedDeserts, desert_page
from dashboard.views.gap_list import joined, out_of_reach
from dashboard.views.gap_map import classify, need_of
from dashboard.views.what_if import gains, what_if
from dashboard.views.what_if_asked import AskedWhatIf, complete, toggled

TODAY = date(2019, 6, 1)
DEATHS = replace(RATE, id="opioid_overdose_death_rate", name="Opioid overdose deaths", months=12)
TOWNS = (ASH, BIRCH, CEDAR, DOGWOOD)
STEP_KM = 0.2 * 111.195 * np.cos(np.radians(42))
"""A fifth of a degree along the parallel of 42 degrees, in km."""
STEP_MINUTES = 60 * 1.35 * STEP_KM / 65
"""By rural speed and circuity: about 20.6 minutes."""
METHADONE = ("opioid_treatment_program",)


def ways(kits: Indicator = DEATHS) -> FakeReader:
    """Four rural towns in a row with 1,000, 2,000, 3,000 and 4,000 residents, and 1, 2, 3 and 4 deaths."""
    placed = {geoid: number for number, geoid in enumerate(TOWNS)}
    places = [
        replace(place, latitude=42.0, longitude=-72 + 0.2 * placed[place.geoid]) if place.level is Level.TOWN else place
        for place in PLACES
    ]
    reader = FakeReader((kits,), places=places)
    reader.reports("deaths", "2018")
    for number, geoid in enumerate(TOWNS, start=1):
        reader.tell(geoid, "2018", number, 1_000 * number, of=kits)
    return reader


def site(geoid: str, step: float, *, verified: date | None = date(2019, 5, 1)) -> Facility:
    return Facility(f"site-{geoid}", f"Site {geoid}", METHADONE, town=geoid, latitude=42.0, longitude=-72 + 0.2 * step,
                    verified_on=verified, hours="Mon-Fri 8-16", state="25")  # fmt: skip


def answer(reader: FakeReader, **asked: str):
    wanted = complete_access(reader, AskedAccess("opioid_treatment_program", "25", **asked), TODAY)
    return access_answer(reader, wanted, TODAY)


@pytest.fixture
def one_site() -> FakeReader:
    reader = ways()
    reader.sites = [site(ASH, 0)]
    return reader


def test_minutes_grow_step_by_step_along_the_row(one_site) -> None:
    assert answer(one_site).minutes == pytest.approx([0, STEP_MINUTES, 2 * STEP_MINUTES, 3 * STEP_MINUTES], rel=1e-3)


def test_towns_beyond_the_threshold_are_deserts_with_their_people(one_site) -> None:
    page = desert_page(one_site, AskedDeserts(service="opioid_treatment_program", rural="50"), TODAY)
    assert page.headline == (  # 61.9 minutes from Dogwood, 41 from Cedar
        "1 of 4 towns of Massachusetts lies beyond 30 minutes (50 from rural towns) of the nearest verified opioid "
        "treatment programme: 4,000 residents (40%) and 4 opioid overdose deaths (40%)."
    )
    assert "the straight line times 1.35" in page.notes[0]


def test_a_higher_threshold_leaves_nobody_beyond(one_site) -> None:
    page = desert_page(one_site, AskedDeserts(rural="70"), TODAY)
    assert page.headline.startswith("Every town of Massachusetts is within 30 minutes (70 from rural towns)")


def test_the_curve_at_the_chosen_threshold_is_what_the_sentence_says(one_site) -> None:
    found = answer(one_site, urban="30", rural="50")
    shares = beyond_shares(found, found.ground.residents, [30.0, 15.0])
    assert shares == [40.0, 70.0]  # at 15 the rural threshold is 25: Cedar and Dogwood


def test_all_towns_hang_on_a_single_site(one_site) -> None:
    assert [row[0] for row in fragile_towns(answer(one_site, rural="70")).rows] == ["Ash", "Birch", "Cedar", "Dogwood"]


def test_without_a_site_nothing_is_claimed() -> None:
    page = desert_page(ways(), AskedDeserts(service="opioid_treatment_program"), TODAY)
    assert "nothing can be said" in page.headline
    assert (page.sensitivity, page.listings, {each["key"] for each in page.paint["legend"]}) == (None, (), {"n"})


def test_sites_that_nobody_verified_do_not_count_as_verified() -> None:
    reader = ways()
    reader.sites = [site(ASH, 0, verified=None)]
    assert complete_access(reader, AskedAccess("opioid_treatment_program", "25"), TODAY).sites == "listed"
    page = desert_page(reader, AskedDeserts(service="opioid_treatment_program", sites="verified"), TODAY)
    assert "None of the 1 listed" in page.headline


@pytest.mark.parametrize("minutes", ["abc", "-5", "0", "nan", "inf", "9999"])
def test_a_threshold_of_nonsense_is_refused_in_words(one_site, minutes) -> None:
    with pytest.raises(InvalidQuery, match="give a number from 1 to 240"):
        desert_page(one_site, AskedDeserts(urban=minutes), TODAY)


def test_an_unknown_service_names_those_that_are_known(one_site) -> None:
    with pytest.raises(InvalidQuery, match="Known: opioid_treatment_program"):
        desert_page(one_site, AskedDeserts(service="dentist"), TODAY)


def test_a_new_site_brings_its_neighbours_within_reach(one_site) -> None:
    what = what_if(answer(one_site, rural="30"), (DOGWOOD,))
    assert what.now.desert.tolist() == [False, False, True, True]
    assert what.then.desert.tolist() == [False] * 4
    assert gains(what).rows == (("1. Dogwood", "7,000", "7"),)


def test_each_new_site_counts_what_those_before_it_left(one_site) -> None:
    what = what_if(answer(one_site, rural="15"), (DOGWOOD, CEDAR))
    assert [row[1] for row in gains(what).rows] == ["4,000", "3,000"]


def test_a_chosen_town_is_placed_and_chosen_again_removed() -> None:
    assert toggled("", ASH) == ASH
    assert toggled(f"{ASH},{BIRCH}", ASH) == BIRCH


def test_more_than_ten_new_sites_are_refused(one_site) -> None:
    towns = ",".join(str(number) for number in range(11))
    with pytest.raises(InvalidQuery, match="place up to 10"):
        complete(one_site, AskedWhatIf(placed=towns), TODAY)


def test_neighbouring_deserts_are_one_gap_with_the_site_that_reaches_most(one_site) -> None:
    gaps = out_of_reach(answer(one_site, rural="15"), {CEDAR: [DOGWOOD], DOGWOOD: [CEDAR], BIRCH: []})
    assert [(gap.title, gap.overdoses, gap.residents) for gap in gaps] == [
        ("Dogwood and Cedar", 7.0, 7_000.0), ("Birch", 2.0, 2_000.0),
    ]  # fmt: skip
    assert gaps[0].step == (
        "A site in Dogwood would reach 1 of the 2 towns: 4 opioid overdose deaths and 4,000 residents."
    )


def test_towns_that_do_not_border_on_each_other_are_gaps_apart() -> None:
    chosen = np.array([True, False, True, True])
    assert joined(TOWNS, chosen, {CEDAR: [DOGWOOD], DOGWOOD: [CEDAR], ASH: [BIRCH]}) == [[0], [2, 3]]
    assert joined(TOWNS, chosen, None) == [[0], [2], [3]]


def test_need_and_access_make_nine_classes(one_site) -> None:
    found = answer(one_site, rural="50")
    need = need_of(one_site, found, "events")  # 1, 2, 3, 4 deaths: thirds end at 2 and 3
    assert classify(found, need) == ["1", "1", "5", "9"]  # 0 and 20.6 minutes are within half of 50, 41.2 within it
    assert classify(answer(one_site, rural="70"), need)[3] == "8"  # most need, and 61.9 minutes are within 70


def test_equal_rates_make_no_thirds(one_site) -> None:
    need = need_of(one_site, answer(one_site), "rate")  # 1 death for every 1,000 residents everywhere
    assert need is not None
    assert need.same
    assert need.third.tolist() == [1, 1, 1, 1]


def test_a_hidden_count_is_neither_need_nor_zero(one_site) -> None:
    one_site.tell(DOGWOOD, "2018", "suppressed", 4_000, of=DEATHS)
    found = answer(one_site, rural="50")
    assert classify(found, need_of(one_site, found, "events"))[3] == "s"
    assert "Those of 1 town are not known" in " ".join(desert_page(one_site, AskedDeserts(), TODAY).notes)
