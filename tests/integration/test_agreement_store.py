"""Agreements in a store of each kind: versions, who saved them and why, and their end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from dashboard.agreements import Agreement, Standing
from dashboard.agreements.written import from_terms
from dashboard.errors import InvalidQuery
from dashboard.people import AT_THE_COMMAND_LINE, act_as
from dashboard.store.agreements import agreements, end_agreement, find_agreement, history, save_agreement
from dashboard.store.audit_log import records

TERMS = {
    "id": "ems", "name": "Tamarack Ambulance", "coalition": "ours", "partner": "ems", "purpose": "To learn",
    "indicators": "all", "finest_place": "town", "finest_period": "month", "groups": "all",
    "audiences": {"member": 0, "public": 11}, "embargo_days": 0, "valid_from": "2026-01-01", "valid_to": "2026-06-30",
    "on_expiry": "hide", "legal_basis": "Counts", "citation": "none",
    "signatures": [{"who": "them", "on": "2026-01-01"}],
}  # fmt: skip
AGREED = from_terms(TERMS)
NOW = datetime(2026, 6, 1, 12)


def save(engine: Engine, agreement: Agreement) -> Agreement:
    return save_agreement(engine, agreement, who="Ann", why="Agreed", now=NOW)


def test_a_saved_agreement_is_read_back_with_its_version(store: Engine) -> None:
    assert save(store, AGREED).version == 1
    assert agreements(store) == (replace(AGREED, version=1),)


def test_what_is_as_it_was_is_not_saved_again(store: Engine) -> None:
    save(store, AGREED)
    assert save(store, AGREED).version == 1
    assert len(history(store, AGREED)) == 1


def test_every_version_stays_with_who_saved_it_and_why(store: Engine) -> None:
    save(store, AGREED)
    save_agreement(store, replace(AGREED, embargo_days=30), who="Ben", why="The clinic asked", now=NOW)
    told = [(each.agreement.embargo_days, each.who, each.why) for each in history(store, AGREED)]
    assert told == [(0, "Ann", "Agreed"), (30, "Ben", "The clinic asked")]
    assert agreements(store)[0].embargo_days == 30


def test_an_agreement_that_was_ended_holds_no_more_today(store: Engine) -> None:
    ended = end_agreement(store, save(store, AGREED), who="Ann", why="They left", now=NOW)
    assert ended.valid_to == date(2026, 5, 31)
    assert agreements(store)[0].standing(NOW.date()) is Standing.EXPIRED


def test_saving_is_in_the_audit_log(store: Engine) -> None:
    with act_as(AT_THE_COMMAND_LINE):
        save(store, AGREED)
    told = [(each.account, each.action, each.subject) for each in records(store)]
    assert told == [("command-line", "save an agreement", "ours/ems")]


def test_an_agreement_nobody_knows_is_refused_with_the_nearest(store: Engine) -> None:
    save(store, AGREED)
    with pytest.raises(InvalidQuery, match="Nearest: ems"):
        find_agreement(agreements(store), "esm")
