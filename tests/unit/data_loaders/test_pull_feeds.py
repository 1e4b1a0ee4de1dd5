"""Feeds are data: the built-in ones, a coalition's own before them, and every fault of a file named."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.errors import DefinitionError
from data_loaders.pull.feeds import Kind, feeds
from data_loaders.pull.fetch import pause_asked
from data_loaders.pull.pulling import fitting


def test_a_feed_of_another_state_is_left_aside() -> None:
    built_in = feeds()
    assert "ct_medical_examiner" not in {one.id for one in fitting(built_in.values(), {"25"})}
    assert "ct_medical_examiner" in {one.id for one in fitting(built_in.values(), {"25", "09"})}
    assert "cdc_vsrr_county" in {one.id for one in fitting(built_in.values(), {"25"})}


def test_a_coalitions_own_feeds_stand_before_the_built_in_ones(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[cdc_vsrr_state]\nsource = "cdc_vsrr_state"\nkind = "file"\nevery_days = 1\n'
        'address = "https://mirror.example/x.csv"\n'
    )
    found = feeds(own)
    assert found["cdc_vsrr_state"].address == "https://mirror.example/x.csv"
    assert found["samhsa_facilities"].kind is Kind.LOCATOR


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('address = "http://data.example/x.csv"', "https"),
        ('address = "file:///etc/passwd"', "https"),
        ('source = "nobody"', "nobody"),
        ('kind = "mail"', "kind"),
        ("every_days = 0", "every_days"),
        ('every_days = "daily"', "every_days"),
        ('colour = "blue"', "colour"),
        ('state = "Atlantis"', "Atlantis"),
    ],
)
def test_a_wrong_feed_is_refused_with_its_fault(tmp_path: Path, line: str, fault: str) -> None:
    good = {
        "source": '"cdc_vsrr_state"',
        "kind": '"file"',
        "address": '"https://data.example/x.csv"',
        "every_days": "7",
    }
    key, _, value = line.partition(" = ")
    own = tmp_path / "own.toml"
    own.write_text("[mine]\n" + "".join(f"{name} = {text}\n" for name, text in (good | {key: value}).items()))
    with pytest.raises(DefinitionError, match=fault):
        feeds(own)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7), ("Mon, 06 Jul 2026 09:01:30 GMT", 90), ("Mon, 06 Jul 2026 08:00:00 GMT", 0), ("", None), ("soon", None),
     ("٣", None)],
)  # fmt: skip
def test_a_pause_is_asked_for_in_seconds_or_until_a_time(told: str, seconds: float | None) -> None:
    assert pause_asked(told, datetime(2026, 7, 6, 9, tzinfo=UTC)) == seconds
