"""Who refers to whom, and what became of it."""

from dashboard.domain import Period, State
from dashboard.figures import render_svg
from dashboard.indicators import registry
from dashboard.views.referral_matrix import headline, matrix, missing_sentence
from dashboard.views.referrals import Flows, flows
from tests.fake_reader import FakeReader

HANDOFF = registry().indicators["structured_handoff"]
YEAR = "2025"


def reader_with(*pairs: tuple[str, str, float | str, float]) -> FakeReader:
    """Pairs of sender, receiver as it was written, completed and made, in the coalition area `ours`."""
    reader = FakeReader((HANDOFF,), home="ours")
    reader.coalitions = [{"id": "c", "name": "Our coalition", "catchment": "ours"}]
    for row in reader.partners.values():
        row["coalition_id"] = "c"
    for sender, receiver, completed, made in pairs:
        stratum = f"receiving_partner={receiver}"
        reader.reports("referrals", YEAR, months=3, stratum=stratum, partner=sender, basis="none")
        reader.tell("ours", YEAR, completed, made, of=HANDOFF, stratum=stratum, partner=sender)
    return reader


def test_a_flow_has_its_referrals_and_its_completed_handoffs() -> None:
    (flow,) = flows(reader_with(("ems", "clinic", 31, 62))).rows
    assert (flow.sender, flow.receiver, flow.receiver_name) == ("ems", "clinic", "Birch Clinic")
    assert (flow.made, flow.completed, flow.share) == (62, 31, 50)


def test_a_receiver_may_be_written_as_a_name_or_as_the_only_partner_of_its_sector() -> None:
    for written in ("Birch clinic", "treatment"):
        (flow,) = flows(reader_with(("ems", written, 31, 62))).rows
        assert (flow.receiver, flow.receiver_name) == ("clinic", "Birch Clinic")


def test_a_receiver_that_is_no_partner_stays_as_it_was_written() -> None:
    (flow,) = flows(reader_with(("ems", "housing", 31, 62))).rows
    assert (flow.receiver, flow.receiver_name) == ("housing", "housing")


def test_the_newest_twelve_months_that_are_reported_are_shown() -> None:
    assert flows(reader_with(("ems", "clinic", 31, 62))).period == Period.parse(YEAR)


def test_a_hidden_number_of_handoffs_is_no_zero() -> None:
    found = flows(reader_with(("ems", "clinic", State.SUPPRESSED, 62)))
    assert found.rows[0].completed is None
    assert found.table()[1][0][3] == "hidden to protect people"
    assert "how many ended with a completed warm handoff is not" in headline(found)


def test_nothing_reported_says_so_and_draws_nothing() -> None:
    found = flows(FakeReader((HANDOFF,)))
    assert found == Flows(None, ())
    assert headline(found).startswith("Nobody reports referrals between partners yet")
    assert matrix(found) is None


def test_few_referrals_have_counts_and_no_percentage() -> None:
    found = flows(reader_with(("ems", "clinic", 4, 7)))
    assert found.rows[0].share is None
    assert found.table()[1][0][2:] == ("7", "4", "too few")


def test_the_headline_adds_up_only_what_is_known() -> None:
    found = flows(reader_with(("ems", "clinic", 30, 60), ("ems", "housing", State.SUPPRESSED, 40)))
    assert headline(found) == (
        "100 referrals between partners are known for 2025; of 60 of them 30 (50%) ended with a completed warm handoff."
    )


def test_a_partner_that_did_not_report_is_named() -> None:
    found = flows(reader_with(("ems", "clinic", 30, 60), ("clinic", "housing", State.NOT_REPORTED, float("nan"))))
    assert missing_sentence(found) == "Birch Clinic has not reported all of this period."


def test_one_partner_sees_what_it_sends_and_what_it_gets() -> None:
    found = flows(reader_with(("ems", "clinic", 30, 60), ("clinic", "ems", 20, 40), ("ems", "housing", 20, 40)))
    assert [(row.sender, row.receiver) for row in found.of("clinic").rows] == [("clinic", "ems"), ("ems", "clinic")]


def test_partners_of_another_coalition_are_left_out() -> None:
    reader = reader_with(("ems", "clinic", 30, 60))
    reader.partners["ems"]["coalition_id"] = "another"
    assert flows(reader).rows == ()


def test_the_picture_says_both_numbers_of_every_pair() -> None:
    chart = matrix(flows(reader_with(("ems", "clinic", 31, 62), ("ems", "housing", 4, 7))))
    assert chart
    for width in (340, 800):
        svg = render_svg.figure(chart, width)
        assert "31 of 62" in svg
        assert "4 of 7" in svg
