"""One site in several lists: merged only where place and words agree."""

from dashboard.store.doubles import OWN_LIST, sentence, united

OTP, LOCATOR = "opioid_treatment_programs", "samhsa_facilities"
A_METRE = 1 / 111_195


def row(source: str, name: str = "Habit Opco", *, north: float = 0.0, **more: object) -> dict[str, object]:
    """A site `north` metres north of a point in Greenfield."""
    blank = {"address": "1 Main Street, Greenfield", "town": "", "state": "", "hours": "", "hours_a_week": None,
             "capacity": None, "accepting": None, "mobile_days": "", "verified_on": None}  # fmt: skip
    place = {"latitude": 42.5876 + north * A_METRE, "longitude": -72.5995}
    made = {"source": source, "id": f"{source}:{name}", "name": name, "services": ["methadone"]}
    return blank | place | made | more


def test_the_coalitions_own_words_win_and_the_services_of_all_are_united() -> None:
    own = row(OWN_LIST, hours="Mon-Fri 8-17", services=["naloxone"])
    sites, merged = united(
        [row(LOCATOR, hours="unknown", services=["buprenorphine"], north=150), own, row(OTP, north=5)]
    )
    (site,) = sites
    assert (site["id"], site["hours"]) == (own["id"], "Mon-Fri 8-17")
    assert site["services"] == ["naloxone", "methadone", "buprenorphine"]
    assert {(one["kept"], one["source"]) for one in merged} == {(own["id"], OTP), (own["id"], LOCATOR)}


def test_what_the_winner_does_not_know_is_taken_from_the_other() -> None:
    (site,), _ = united([row(OWN_LIST, town=""), row(OTP, town="2501127060", capacity=40.0)])
    assert (site["town"], site["capacity"]) == ("2501127060", 40.0)


def test_the_same_name_three_hundred_metres_away_is_another_site() -> None:
    assert len(united([row(OWN_LIST), row(OTP, north=190)])[0]) == 1
    assert len(united([row(OWN_LIST), row(OTP, north=300)])[0]) == 2


def test_another_name_at_the_same_address_is_another_tenant() -> None:
    stranger = row(LOCATOR, "Zyx Dental Quorum", north=3)
    assert len(united([row(OWN_LIST), stranger])[0]) == 2


def test_alike_names_at_alike_addresses_are_one_site() -> None:
    other = row(LOCATOR, "Habit Opco Inc, Outpatient Unit", north=60, address="1 Main St, Greenfield")
    assert len(united([row(OWN_LIST), other])[0]) == 1


def test_two_rows_of_one_source_stay_two_sites() -> None:
    assert len(united([row(OTP), row(OTP, "Habit Opco 2")])[0]) == 2


def test_sites_without_a_point_are_never_merged() -> None:
    nowhere = {"latitude": None, "longitude": None}
    assert len(united([row(OWN_LIST, **nowhere), row(OTP, **nowhere)])[0]) == 2


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [row(OWN_LIST), row(OTP, north=10), row(LOCATOR, north=20), row(LOCATOR, "Far", north=5000)]
    assert united(rows) == united(rows[::-1])


def test_the_report_names_what_was_put_together() -> None:
    _, merged = united([row(OWN_LIST, "Habit Greenfield"), row(OTP, "Habit, Greenfield")])
    assert sentence(merged) == (
        "Sites that more than one source lists, counted once: 1 ('Habit, Greenfield' (opioid_treatment_programs) is "
        "'Habit Greenfield')."
    )
    assert sentence([]) == ""
