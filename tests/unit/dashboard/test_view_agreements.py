"""What the page of agreements says, and what the demonstration's partners agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dashboard.agreements import Agreement, Audience, Standing
from dashboard.agreements.written import from_terms
from dashboard.demo.agreements import partner_agreements
from dashboard.domain import Partner
from dashboard.views.agreement_words import readers, standing_sentence, words_of
from dashboard.views.agreements import NotShown, agreements_page

TODAY = date(2026, 11, 22)
AGREED = from_terms({
    "id": "ems", "name": "Tamarack", "coalition": "ours", "partner": "ems", "purpose": "To learn", "indicators": "all",
    "finest_place": "county", "finest_period": "quarter", "groups": [], "audiences": {"member": 0, "public": 11},
    "embargo_days": 30, "valid_from": "2026-01-01", "valid_to": "2027-12-31", "on_expiry": "hide",
    "legal_basis": "Counts", "citation": "none", "signatures": [{"who": "The director", "on": "2026-01-01"}],
})  # fmt: skip
SOON = replace(AGREED, id="soon", name="Soon", valid_to=TODAY + timedelta(days=60))
LATER = replace(AGREED, id="later", name="Later", valid_to=TODAY + timedelta(days=61))
WAITING = replace(AGREED, id="waits", name="Waiting", signatures=(replace(AGREED.signatures[0], on=None),))
OVER = replace(AGREED, id="over", name="Over", valid_to=date(2026, 11, 21))
PARTNERS = [
    Partner("c-franklin-hospital", "Mill Hollow General Hospital", "hospital", "c-franklin"),
    Partner("c-franklin-primary-care", "Lantern Hill Family Practice", "primary care", "c-franklin"),
    Partner("c-franklin-treatment", "Fernbrook Recovery Clinic", "treatment", "c-franklin"),
    Partner("c-franklin-law-enforcement", "Mill Hollow Police Outreach Unit", "law enforcement", "c-franklin"),
    Partner("c-franklin-ems", "Tamarack Ambulance Service", "EMS", "c-franklin"),
]


def headline(*agreements: Agreement, not_shown: int = 0) -> str:
    return agreements_page(agreements, TODAY, not_shown=[NotShown(str(n), "") for n in range(not_shown)]).headline


def test_the_headline_counts_what_holds_and_what_needs_somebody() -> None:
    assert headline(AGREED) == "1 of 1 agreement holds today."
    assert headline(AGREED, LATER) == "2 of 2 agreements hold today."
    assert headline(AGREED, SOON) == "2 of 2 agreements hold today: 1 ends within 60 days."
    assert headline(AGREED, SOON, WAITING, OVER) == (
        "2 of 4 agreements hold today: 1 waits for a signature, 1 ends within 60 days and 1 has ended."
    )


def test_partners_without_an_agreement_are_counted() -> None:
    assert headline() == "No agreement is kept yet."
    assert headline(not_shown=2) == (
        "No agreement is kept yet. 2 partners or sources report numbers that are not shown."
    )


def test_what_nobody_may_see_comes_first_then_what_ends_soonest() -> None:
    page = agreements_page([AGREED, LATER, SOON, OVER, WAITING], TODAY)
    assert [row.name for row in page.rows] == ["Waiting", "Over", "Soon", "Later", "Tamarack"]
    assert [row.days_left for row in page.rows] == ["", "", "60", "61", "404"]


def test_what_needs_somebody_says_who_when_and_what_follows() -> None:
    told = [row.urgent for row in agreements_page([SOON, WAITING, AGREED], TODAY).urgent]
    assert told == [
        "The director has to sign. Until then nothing is shown.",
        "Ends in 60 days, on 21 January 2027. After that nothing is shown to anybody.",
    ]


def test_a_partner_that_the_list_tells_of_is_not_told_again() -> None:
    page = agreements_page([WAITING], TODAY, not_shown=[NotShown("Waiting", "why"), NotShown("Other", "why")])
    assert [each.name for each in page.not_shown] == ["Other"]


def test_only_the_agreements_of_the_chosen_coalition_are_listed() -> None:
    theirs = replace(LATER, coalition="theirs")
    page = agreements_page([AGREED, theirs], TODAY, names={"ours": "Ours", "theirs": "Theirs"}, coalition="theirs")
    assert [row.name for row in page.rows] == ["Later"]
    assert list(page.coalitions) == ["All", "Ours", "Theirs"]


def test_terms_are_told_in_words_and_open_ones_say_so() -> None:
    told = dict(words_of(replace(AGREED, citation=None), TODAY))
    assert told["Finest place"] == "counties"
    assert told["Finest period"] == "whole quarters"
    assert told["Groups"] == "none"
    assert told["Embargo"] == "a period is shown 30 days after its end"
    assert told["Holds"] == "from 1 January 2026 to 31 December 2027"
    assert told["Citation"] == "not agreed yet: nothing is shown until it is"
    assert told["Signatures"] == "The director, 1 January 2026"


def test_readers_are_told_with_what_they_read() -> None:
    assert readers(AGREED) == "members of the coalition: every number; the public: releases that hide counts under 11"
    assert readers(replace(AGREED, audiences={})) == "nobody"


def test_where_it_stands_is_a_sentence() -> None:
    assert standing_sentence(AGREED, TODAY) == "The agreement with Tamarack holds for 404 more days."
    assert standing_sentence(WAITING, TODAY) == "The agreement with Waiting is not signed: nothing is shown."


def test_the_demonstration_shows_each_case_that_a_coalition_meets() -> None:
    made = {one.partner.removeprefix("c-franklin-"): one for one in partner_agreements(PARTNERS, TODAY)}
    assert not any(one.open_terms for one in made.values())
    assert made["hospital"].days_left(TODAY) == 12
    assert made["primary-care"].unsigned == ("Director, Lantern Hill Family Practice",)
    assert made["treatment"].part2
    assert made["law-enforcement"].smallest_cell(Audience.LAW_ENFORCEMENT) == 11
    standing = {name: one.standing(TODAY) for name, one in made.items()}
    assert standing.pop("primary-care") is Standing.UNSIGNED
    assert set(standing.values()) == {Standing.IN_FORCE}
