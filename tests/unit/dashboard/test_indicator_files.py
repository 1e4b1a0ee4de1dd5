"""The shipped definitions: everything the coalition needs is there, and says what it must."""

import tomllib
from itertools import pairwise

import pytest

from dashboard.domain import Basis, Direction, Indicator
from dashboard.indicators import MEASURES_FILE, THEMES, registry

NEEDED = [
    "opioid_overdose_death_rate", "overdose_death_rate_any_drug", "overdose_deaths_provisional_12m",
    "nonfatal_overdose_rate", "opioid_related_ems_incidents", "repeat_overdose_30d", "repeat_overdose_90d",
    "death_after_ed_overdose_30d", "identified", "naloxone_in_hand_at_discharge", "contact_next_day", "contact_72h",
    "contact_7d", "contact_30d", "meaningful_continuity_7d", "meaningful_continuity_30d",
    "outreach_visits_per_survivor", "engaged_direct", "engaged_network", "newly_connected", "services_delivered",
    "medication_offered", "medication_started_31d", "follow_up_7d", "follow_up_30d",
    "missed_follow_up_recovered_7d", "structured_handoff", "family_support_offered", "children_supported",
    "naloxone_kits_per_100k", "naloxone_saturation", "naloxone_coverage_ratio", "bystander_naloxone",
    "harm_reduction_encounters", "naloxone_stock_out_days", "reversals_without_911", "supplies_distributed",
    "supply_unexpected", "hiv_hcv_sti_linked", "towns_with_free_naloxone", "naloxone_pharmacies",
    "treatment_admissions_rate", "moud_uptake_estimated", "moud_uptake_diagnosed", "moud_retention_180d_hedis",
    "moud_retention_180d_nqf3175", "interrupted_treatment_recovered_7d", "interrupted_treatment_recovered_14d",
    "unplanned_discharge", "same_day_start", "days_to_first_dose", "reentry_linkage_7d", "jail_moud",
    "desert_residents", "desert_overdoses", "fragile_towns", "sites_verified", "priority_group_reached",
    "group_recorded", "partner_reporting_on_time", "agreements_current", "sectors_missing",
    "actions_closed_on_time", "lived_experience_seats", "strategy_status", "funds_received", "funds_committed",
    "funds_spent", "funds_health_led", "settlement_funds_received", "settlement_funds_spent",
    "evaluation_cycles_on_schedule", "public_report_lag_days", "training_completed", "deputies_named",
    "triage_rules_in_force", "escalated_on_time", "delayed_escalations_reviewed_30d",
    "medication_restarts_reviewed", "outreach_without_police", "spike_response_hours",
]  # fmt: skip
DOWN = {
    "opioid_overdose_death_rate", "overdose_death_rate_any_drug", "repeat_overdose_30d", "repeat_overdose_90d",
    "death_after_ed_overdose_30d", "naloxone_stock_out_days", "supply_unexpected", "unplanned_discharge",
    "days_to_first_dose", "sectors_missing", "public_report_lag_days", "spike_response_hours",
}  # fmt: skip
NEITHER = {
    "nonfatal_overdose_rate", "opioid_related_ems_incidents", "outreach_visits_per_survivor", "services_delivered",
    "reversals_without_911", "supplies_distributed", "treatment_admissions_rate",
}  # fmt: skip
ALL_INDICATORS = sorted(registry().indicators.values(), key=lambda indicator: indicator.id)
every_indicator = pytest.mark.parametrize("indicator", ALL_INDICATORS, ids=lambda indicator: indicator.id)
WORDS_NOT_USED = ("metric", "kpi", "area code", "bucket", "addict ", "addicts", "abuser", "substance abuse", "clean ")


def measures_of(indicator: Indicator) -> list[str]:
    terms = [indicator.numerator, indicator.denominator]
    return [measure for term in terms if term for measure in term.measures]


@pytest.mark.parametrize("id_", NEEDED)
def test_an_indicator_the_coalition_needs_is_there(id_: str) -> None:
    assert id_ in registry().indicators


def test_every_theme_has_indicators() -> None:
    assert {indicator.theme for indicator in ALL_INDICATORS} == set(THEMES)


def test_names_are_unique_and_fit_a_dropdown() -> None:
    names = sorted(indicator.name.casefold() for indicator in ALL_INDICATORS)
    assert all(name != after for name, after in pairwise(names))
    assert max(map(len, names)) <= 48


@pytest.mark.parametrize("id_", sorted(DOWN))
def test_fewer_is_better_where_the_coalition_says_so(id_: str) -> None:
    assert registry().indicators[id_].direction == Direction.DOWN


@pytest.mark.parametrize("id_", sorted(NEITHER))
def test_context_has_no_better_direction(id_: str) -> None:
    assert registry().indicators[id_].direction == Direction.CONTEXT


def test_every_measure_is_used_or_says_why_it_is_kept() -> None:
    used = {measure for indicator in ALL_INDICATORS for measure in measures_of(indicator)}
    entries = tomllib.loads(MEASURES_FILE.read_text("utf-8"))
    kept = {id_ for id_, entry in entries.items() if entry.get("kept_for")}
    assert used | kept == set(entries)
    assert not used & kept


@every_indicator
def test_a_definition_is_a_full_sentence_with_a_caveat_free_of_shaming_words(indicator: Indicator) -> None:
    for sentence in (indicator.definition, *indicator.caveats):
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith(".")
        assert not [word for word in WORDS_NOT_USED if word in sentence.casefold()]


@every_indicator
def test_a_rate_divides_by_residents(indicator: Indicator) -> None:
    if indicator.kind == "rate":
        assert indicator.denominator is not None
        assert indicator.denominator.measures == ("population",)
        assert indicator.per in (10_000, 100_000)


@every_indicator
def test_a_proportion_never_divides_by_residents_of_another_source(indicator: Indicator) -> None:
    if indicator.kind == "proportion":
        assert "population" not in measures_of(indicator)


@every_indicator
def test_what_a_proportion_divides_cannot_be_added_further_than_what_it_divides_by(indicator: Indicator) -> None:
    if indicator.kind == "proportion":
        assert indicator.denominator is not None
        part, whole = (
            registry().measures[term.measures[0]].adds_over for term in (indicator.numerator, indicator.denominator)
        )
        assert part <= whole


@every_indicator
def test_money_and_days_come_from_measures_of_their_kind(indicator: Indicator) -> None:
    if indicator.kind in ("money", "days"):
        kinds = {registry().measures[measure].kind for measure in measures_of(indicator)}
        assert kinds == {indicator.kind}


@every_indicator
def test_treatment_is_protected_more_than_the_default(indicator: Indicator) -> None:
    if indicator.theme == "treatment":
        assert indicator.disclosure == "treatment"


@pytest.mark.parametrize("id_", ["opioid_overdose_death_rate", "overdose_death_rate_any_drug"])
def test_deaths_open_on_three_years_by_residence(id_: str) -> None:
    deaths = registry().indicators[id_]
    assert (deaths.months, deaths.bases) == (36, (Basis.RESIDENCE, Basis.OCCURRENCE))


def test_different_people_never_add_over_time_or_partners() -> None:
    people = [measure for id_, measure in registry().measures.items() if id_.startswith(("people_", "survivors_"))]
    assert len(people) > 10
    assert not [measure.id for measure in people if measure.adds_over & {"time", "partner"}]


def test_a_stock_never_adds_over_time() -> None:
    stocks = [measure for measure in registry().measures.values() if measure.kind == "stock"]
    assert not [measure.id for measure in stocks if "time" in measure.adds_over]


def test_twelve_month_windows_and_published_days_add_over_nothing() -> None:
    measures = registry().measures.values()
    alone = [measure for measure in measures if measure.kind == "days" or measure.id.endswith("_12m")]
    assert {measure.adds_over for measure in alone} == {frozenset()}
