"""Funders' tables: every file is right, and what is wrong in one is told with its file and row."""

from pathlib import Path

import pytest

from dashboard.errors import DefinitionError, InvalidQuery
from dashboard.funders import funder, funders, read_funders
from dashboard.indicators import registry

GOOD = """
name = "County grant"
title = "What the county asks"
source = "The grant's letter"
address = "https://example.org"
reviewed_on = 2026-11-01
months = 12
"""


def refused(tmp_path: Path, text: str) -> str:
    (tmp_path / "county.toml").write_text(text, "utf-8")
    with pytest.raises(DefinitionError) as refusal:
        read_funders(tmp_path)
    return str(refusal.value)


def test_the_three_funders_of_the_program_are_there_and_ask_for_indicators_that_exist():
    assert set(funders()) == {"cdc_od2a_local", "pew_core", "settlement_report"}
    asked = {row.indicator for one in funders().values() for row in one.rows if row.indicator}
    assert asked <= set(registry().indicators)


def test_the_settlement_report_asks_for_money_received_and_spent():
    asked = [row.indicator for row in funder("settlement_report").rows]
    assert {"settlement_funds_received", "settlement_funds_spent"} <= set(asked)


def test_every_funder_says_where_its_definitions_are_from_and_what_could_not_be_checked():
    for one in funders().values():
        assert one.source
        assert one.address.startswith("https://")
        assert one.uncertain


def test_an_unknown_funder_is_refused_with_those_that_are_known():
    with pytest.raises(InvalidQuery, match="pew_core"):
        funder("nobody")


def test_an_unknown_key_and_a_missing_one_are_told_at_once(tmp_path: Path):
    told = refused(tmp_path, GOOD.replace("months", "month") + "rows = []")
    assert "county.toml: 'months' is missing" in told
    assert "county.toml: unknown key 'month'" in told


def test_a_row_that_asks_for_no_indicator_of_ours_is_told_by_its_number(tmp_path: Path):
    told = refused(tmp_path, GOOD + '[[rows]]\nasked = "Kits"\nindicator = "kits_given"\n')
    assert "row 1: there is no indicator 'kits_given'" in told


def test_a_row_in_words_must_say_what_to_do(tmp_path: Path):
    assert "a 'note' must say" in refused(tmp_path, GOOD + '[[rows]]\nasked = "Your story"\n')


def test_a_file_that_is_no_toml_is_told(tmp_path: Path):
    assert "county.toml: cannot be read" in refused(tmp_path, "name = ")
