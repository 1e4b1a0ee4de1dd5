"""The registry reads definition files, and refuses wrong ones with every fault at once."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.domain import Basis, Direction
from dashboard.errors import DefinitionError, InvalidQuery
from dashboard.indicators import Registry, read_registry, registry

MEASURES = """
[kits]
label = "kits"
kind = "count"
adds_over = ["place", "time"]

[population]
label = "residents"
kind = "stock"
adds_over = ["place", "stratum"]
people = true
"""
HEAD = """
name = "Kits for residents"
theme = "naloxone"
kind = "{kind}"
direction = "up"
unit = "kits"
definition = "Kits handed out, per resident."
source_of_definition = "Coalition practice"
reviewed_on = 2026-11-01
"""
NUMERATOR = '[numerator]\nmeasures = ["kits"]\nlabel = "kits"\n'
DENOMINATOR = '[denominator]\nmeasures = ["population"]\nlabel = "residents"\n'


def read(folder: Path, measures: str = MEASURES, **indicators: str) -> Registry:
    """Write the definitions into the folder and read them."""
    (folder / "measures.toml").write_text(measures, "utf-8")
    for id_, text in indicators.items():
        (folder / f"{id_}.toml").write_text(text, "utf-8")
    return read_registry(folder / "measures.toml", [folder / f"{id_}.toml" for id_ in indicators])


def refusal(folder: Path, measures: str = MEASURES, **indicators: str) -> str:
    """The text with which these definitions are refused."""
    with pytest.raises(DefinitionError) as refused:
        read(folder, measures, **indicators)
    return str(refused.value)


def definition(kind: str = "rate", extra: str = "", terms: str = NUMERATOR + DENOMINATOR) -> str:
    return HEAD.format(kind=kind) + extra + "\n" + terms


def test_a_definition_file_becomes_an_indicator_named_after_the_file(tmp_path: Path) -> None:
    extra = 'per = 100_000\nmonths = 12\nbases = ["occurrence"]\nstrata = ["age"]'
    kits = read(tmp_path, kits_rate=definition(extra=extra)).indicator("kits_rate")
    assert (kits.id, kits.per, kits.months, kits.bases) == ("kits_rate", 100_000, 12, (Basis.OCCURRENCE,))
    assert (kits.direction, kits.strata, kits.reviewed_on) == (Direction.UP, ("age",), date(2026, 11, 1))
    assert kits.denominator is not None
    assert kits.denominator.measures == ("population",)


def test_a_proportion_is_per_100_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert read(tmp_path, share=definition("proportion")).indicator("share").per == 100
    assert read(tmp_path, share=definition("proportion", "per = 1000")).indicator("share").per == 1000


def test_a_measure_says_over_what_it_may_be_added(tmp_path: Path) -> None:
    measures = read(tmp_path).measures
    assert measures["kits"].adds_over == {"place", "time"}
    assert not measures["kits"].people
    assert measures["population"].people


def test_an_unknown_key_is_refused_naming_file_and_key(tmp_path: Path) -> None:
    assert "kits_rate.toml: unknown key 'colour'; remove it" in refusal(
        tmp_path, kits_rate=definition(extra='colour = "red"')
    )


def test_an_unknown_key_of_a_measure_is_refused_naming_it(tmp_path: Path) -> None:
    text = refusal(tmp_path, MEASURES + 'unit = "x"\n')
    assert "measures.toml [population]: unknown key 'unit'; remove it" in text


@pytest.mark.parametrize("kind", ["rate", "proportion", "ratio"])
def test_what_divides_needs_a_denominator(tmp_path: Path, kind: str) -> None:
    text = refusal(tmp_path, share=definition(kind, terms=NUMERATOR))
    assert f"share.toml: a {kind} needs a denominator" in text


def test_a_count_has_no_denominator(tmp_path: Path) -> None:
    assert "kits.toml: kind count has no denominator" in refusal(tmp_path, kits=definition("count"))


def test_a_measure_that_nobody_declared_is_refused(tmp_path: Path) -> None:
    terms = NUMERATOR.replace('"kits"]', '"kitz"]') + DENOMINATOR
    assert "numerator names no known measure 'kitz'" in refusal(tmp_path, kits_rate=definition(terms=terms))


def test_two_indicators_cannot_share_a_name(tmp_path: Path) -> None:
    text = refusal(tmp_path, first=definition(), second=definition())
    assert "second.toml: name 'Kits for residents' is already the name of first.toml" in text


@pytest.mark.parametrize(
    ("extra", "fault"),
    [
        ("per = 0", "per '0' is not a whole number"),
        ('months = "12"', "months '12' is not a whole number"),
        ('bases = ["home"]', "bases: 'home' is not one of residence, occurrence, none"),
        ('bases = "residence"', "bases must be a list of texts"),
        ('disclosure = "secret"', "disclosure 'secret' is not one of public_record, default, treatment"),
        ('anchor = ""', "anchor must be a text that is not empty"),
    ],
)
def test_a_wrong_value_is_refused_naming_its_key(tmp_path: Path, extra: str, fault: str) -> None:
    assert f"kits_rate.toml: {fault}" in refusal(tmp_path, kits_rate=definition(extra=extra))


def test_a_date_in_quotes_is_refused_with_how_to_write_it(tmp_path: Path) -> None:
    text = definition().replace("2026-11-01", '"last week"')
    assert "reviewed_on 'last week' is not a date; write it as 2026-11-01" in refusal(tmp_path, kits_rate=text)


def test_every_fault_in_every_file_is_reported_at_once(tmp_path: Path) -> None:
    text = refusal(
        tmp_path,
        MEASURES.replace('kind = "count"', 'kind = "heap"'),
        first=definition("share", "per = -1"),
        second=definition(extra='colour = "red"', terms=DENOMINATOR).replace("Kits for", "More kits for"),
        third="this is not TOML",
        fourth="",
    )
    assert text.splitlines()[1:] == [
        "third.toml: cannot be read as TOML: Expected '=' after a key in a key/value pair (at line 1, column 6)",
        "fourth.toml: is empty",
        "measures.toml [kits]: kind 'heap' is not one of count, days, money, status, stock",
        "first.toml: kind 'share' is not one of count, days, money, proportion, rate, ratio, stock",
        "first.toml: per '-1' is not a whole number of 1 or more",
        "second.toml: 'numerator' is missing",
        "second.toml: unknown key 'colour'; remove it",
    ]


def test_asking_for_an_unknown_indicator_names_the_nearest() -> None:
    with pytest.raises(InvalidQuery, match=r"no indicator 'contact_48h'.*contact_72h"):
        registry().indicator("contact_48h")
