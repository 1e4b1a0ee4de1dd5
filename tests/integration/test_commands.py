"""The commands on real files, as a person runs them: what they print, what they write, how they end."""

from __future__ import annotations

import csv
import io
import json
import socket
from pathlib import Path
from typing import Any

import pytest

DEATHS = "ma/opioid_deaths_by_residence_2014_2018.csv"
KEYS = ["geoid", "place", "period", "numerator", "denominator", "rate", "lower", "upper", "per", "state", "provisional",
        "source", "as_of"]  # fmt: skip
EVERY_TOWN = ("--level", "town", "--within", "Massachusetts", "--period", "2018", "--basis", "residence")
OPIOID, ANY_DRUG = "opioid_overdose_death_rate", "overdose_death_rate_any_drug"


def show(coalition: Any, *arguments: str) -> list[dict[str, Any]]:
    ran = coalition("show", *arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_a_dry_run_says_what_it_would_load_and_writes_nothing(coalition: Any, shared: Path) -> None:
    ran = coalition("load", "--dry-run", shared / DEATHS)
    assert (ran.code, "would load" in ran.out) == (0, True)
    nothing = {"kind": "real data", "places": 0, "sources": [], "not_shown": []}
    assert json.loads(coalition("status", "--json").out) == nothing


def test_the_same_file_again_is_no_change_and_no_error(coalition: Any, shared: Path) -> None:
    assert coalition("load", shared / DEATHS).code == 0
    before = coalition("status", "--json").out
    ran = coalition("load", shared / DEATHS)
    assert (ran.code, "no change" in ran.out) == (0, True)
    assert coalition("status", "--json").out == before


def test_a_refused_file_is_told_in_full_and_writes_nothing(coalition: Any, shared: Path, tmp_path: Path) -> None:
    lines = (shared / DEATHS).read_text("utf-8-sig").splitlines()
    cells = lines[1].split(",")
    wrong = tmp_path / "deaths.csv"
    wrong.write_text("\n".join([lines[0], ",".join(["Atlantis", *cells[1:]]), ",".join([*cells[:-1], "-3"])]), "utf-8")
    ran = coalition("load", wrong)
    assert ran.code == 1
    assert "Atlantis" in ran.out
    assert "-3" in ran.out
    assert json.loads(coalition("status", "--json").out)["sources"] == []


def test_a_file_that_is_not_there_is_one_sentence(coalition: Any) -> None:
    ran = coalition("load", "nowhere.csv")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "No such file: nowhere.csv. Nothing was loaded.\n"


def test_the_sources_that_can_be_read_are_listed(coalition: Any) -> None:
    ran = coalition("sources")
    assert ran.code == 0
    for word in ("ct_medical_examiner", "ma_opioid_deaths", "boundaries", OPIOID):
        assert word in ran.out


def test_an_empty_store_says_how_to_begin(coalition: Any) -> None:
    ran = coalition("status")
    assert (ran.code, "The store is empty" in ran.out) == (0, True)


def test_the_status_names_every_source_and_how_fresh_it_is(loaded: Any) -> None:
    told = json.loads(loaded("status", "--json").out)
    assert told["kind"] == "real data"
    by_id = {source["source"]: source for source in told["sources"]}
    assert by_id["ct_medical_examiner"]["rows_accepted"] > 10_000
    assert "ct_medical_examiner" in loaded("status").out


def test_boston_2018_is_181_by_residence_and_245_by_place_of_death(loaded: Any) -> None:
    (home,) = show(loaded, OPIOID, "--place", "Boston", "--period", "2018", "--basis", "residence")
    (there,) = show(loaded, OPIOID, "--place", "Boston", "--period", "2018", "--basis", "occurrence")
    assert (home["numerator"], there["numerator"]) == (181, 245)
    assert (home["geoid"], home["place"], home["period"], home["state"]) == ("2502507000", "Boston", "2018", "value")


def test_a_row_has_the_agreed_names_in_the_agreed_order(loaded: Any) -> None:
    (row,) = show(loaded, OPIOID, "--place", "Boston", "--period", "2018")
    assert list(row) == KEYS
    assert row["lower"] < row["rate"] < row["upper"]
    assert row["rate"] == pytest.approx(row["numerator"] / row["denominator"] * row["per"], rel=1e-4)


def test_connecticuts_deaths_are_placed_where_they_happened(loaded: Any) -> None:
    for town, atleast in (("Hartford", 354), ("Waterbury", 284), ("New Haven", 201)):
        (row,) = show(loaded, ANY_DRUG, "--place", f"{town}, CT", "--period", "2018-2020", "--basis", "occurrence")
        assert row["numerator"] >= atleast  # the crosswalk alone; more villages may be placed, no death twice
    rows = show(loaded, ANY_DRUG, "--level", "town", "--within", "Connecticut", "--period", "2018-2020", "--basis",
                "occurrence")  # fmt: skip
    assert len(rows) == 169
    assert 3_429 <= sum(row["numerator"] for row in rows) <= 3_591


def test_every_town_of_massachusetts_is_listed_and_no_state_is_mixed_up(loaded: Any) -> None:
    rows = show(
        loaded, OPIOID, "--level", "town", "--within", "Massachusetts", "--period", "2018", "--basis", "residence"
    )
    assert len(rows) == len({row["geoid"] for row in rows}) == 351
    assert {row["geoid"][:2] for row in rows} == {"25"}


def test_under_ten_events_the_count_is_printed_and_the_rate_is_null(loaded: Any) -> None:
    rows = show(
        loaded, OPIOID, "--level", "town", "--within", "Massachusetts", "--period", "2018", "--basis", "residence"
    )
    few = [row for row in rows if row["numerator"] is not None and 0 < row["numerator"] < 10]
    assert few
    assert {(row["rate"], row["lower"], row["upper"], row["state"]) for row in few} == {(None, None, None, "unstable")}


def test_zero_is_a_value(loaded: Any) -> None:
    rows = show(
        loaded, OPIOID, "--level", "town", "--within", "Massachusetts", "--period", "2018", "--basis", "residence"
    )
    none = [row for row in rows if row["numerator"] == 0]
    assert none
    assert {(row["rate"], row["lower"], row["state"]) for row in none} == {(0, 0, "value")}


def test_csv_holds_the_same_rows(loaded: Any) -> None:
    ran = loaded("show", OPIOID, "--place", "Boston", "--period", "2018", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(ran.out))
    assert (list(row), row["numerator"]) == (KEYS, "181")


def test_as_of_a_day_before_the_load_nothing_was_reported(loaded: Any) -> None:
    ran = loaded("show", OPIOID, "--place", "Boston", "--period", "2018", "--as-of", "2020-01-01", "--format", "json")
    (row,) = json.loads(ran.out)
    assert (row["numerator"], row["state"]) == (None, "not_reported")
    assert ran.err == f"Nobody reports '{OPIOID}' as known on 2020-01-01.\n"


@pytest.mark.parametrize(
    ("arguments", "suggested"),
    [
        (["opioid_overdose_death_rat"], "opioid_overdose_death_rate"),
        ([OPIOID, "--place", "Bostn"], "Boston"),
        ([OPIOID, "--place", "Franklin"], "Franklin, CT"),
        ([OPIOID, "--partner", "Nobody"], "no partner"),
        ([OPIOID, "--level", "galaxy"], "county"),
        ([OPIOID, "--basis", "nowhere"], "residence"),
        ([OPIOID, "--period", "last year"], "2018Q3"),
        ([OPIOID, "--as-of", "yesterday"], "2026-09-30"),
    ],
)
def test_what_is_unknown_is_refused_in_a_sentence_with_what_is_known(
    loaded: Any, arguments: list[str], suggested: str
) -> None:
    ran = loaded("show", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert suggested in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_serving_another_machine_is_refused_with_the_reason(coalition: Any, host: str) -> None:
    ran = coalition("serve", "--host", host)
    assert ran.code == 1
    assert f"Refused to listen on {host}" in ran.err
    assert "nobody can sign in yet" in ran.err


def test_a_port_that_is_taken_is_one_sentence(coalition: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = coalition("serve", "--port", str(taken.getsockname()[1]))
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "Address already in use" in ran.err
    assert "--port" in ran.err


def test_a_refusal_ends_a_real_process_with_one_sentence_and_1(coalition_process: Any) -> None:
    ran = coalition_process("show", OPIOID, "--place", "Boston")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "There is no place 'Boston' in this store" in ran.err


def test_a_store_that_cannot_be_opened_is_one_sentence(on_nonsense: Any) -> None:
    ran = on_nonsense("status")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "COALITION_DATABASE_URL" in ran.err


def test_demonstration_data_never_join_real_data(coalition: Any, shared: Path) -> None:
    assert coalition("load", shared / DEATHS).code == 0
    ran = coalition("demo", "--rows", "2000")
    assert (ran.code, "demonstration data never joins it" in ran.err) == (1, True)
    assert coalition("demo", "--rows", "2000", "--if-empty").code == 0
    assert json.loads(coalition("status", "--json").out)["kind"] == "real data"


@pytest.mark.long
def test_a_demonstration_takes_official_shapes_and_no_real_numbers(coalition: Any, shared: Path) -> None:
    assert coalition("demo", "--rows", "20000").code == 0
    assert "demonstration data, not real" in coalition("status").out
    refused = coalition("load", shared / DEATHS)
    assert (refused.code, "real data never join it" in refused.out) == (1, True)
    assert coalition("demo", "--rows", "2000").code == 1
    shapes = coalition("load", "boundaries", shared / "ma/towns_2020.geojson")
    assert shapes.code == 0, shapes.out + shapes.err
    assert json.loads(coalition("status", "--json").out)["kind"] == "demonstration data, not real"


def test_a_load_into_postgresql_says_the_same(on_postgresql: Any, shared: Path) -> None:
    assert on_postgresql("load", shared / DEATHS).code == 0
    (row,) = show(on_postgresql, OPIOID, "--place", "Boston", "--period", "2018", "--basis", "residence")
    assert row["numerator"] == 181
