"""The chain finds every record that was edited, removed, inserted or moved, and a kept end finds what was cut off."""

from __future__ import annotations

from dataclasses import fields, replace
from hashlib import sha256

import pytest

from dashboard.people.chain import BEGINNING, Head, Record, faults, tied


def log(*subjects: str) -> list[Record]:
    """A log that nobody touched."""
    records, before = [], BEGINNING
    for number, subject in enumerate(subjects, start=1):
        plain = Record(number, "2026-11-22T06:30:00.000000", "ann", "load", "done", subject, "3 rows")
        records.append(replace(plain, chain=tied(plain, before)))
        before = records[-1].chain
    return records


def retied(records: list[Record]) -> list[Record]:
    """A log whose chain somebody wrote anew, numbers included."""
    made, before = [], BEGINNING
    for number, record in enumerate(records, start=1):
        plain = replace(record, number=number)
        made.append(replace(plain, chain=tied(plain, before)))
        before = made[-1].chain
    return made


WHOLE = log("deaths 1", "deaths 2", "kits 3", "kits 4", "visits 5")
END = Head(5, WHOLE[-1].chain)


def test_the_written_form_is_one_line_that_anybody_can_hash_again() -> None:
    written = f'["{BEGINNING}",1,"2026-11-22T06:30:00.000000","ann","load","done","Stra\\u00dfe","3 rows"]'
    assert log("Straße")[0].chain == sha256(written.encode()).hexdigest()


def test_a_log_that_nobody_touched_has_no_fault() -> None:
    assert faults(WHOLE, [END, Head(2, WHOLE[1].chain), Head(0, BEGINNING)]) == []
    assert faults([]) == []


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("name", [field.name for field in fields(Record)])
def test_any_edit_of_any_record_is_found(at: int, name: str) -> None:
    value = getattr(WHOLE[at], name)
    edited = replace(WHOLE[at], **{name: value + 1 if isinstance(value, int) else f"{value[:-1]}~"})
    assert faults([*WHOLE[:at], edited, *WHOLE[at + 1 :]])


@pytest.mark.parametrize("at", range(4))
def test_a_record_that_was_removed_is_found(at: int) -> None:
    assert faults(WHOLE[:at] + WHOLE[at + 1 :])


@pytest.mark.parametrize("at", range(5))
def test_a_record_that_was_inserted_is_found(at: int) -> None:
    before = WHOLE[at - 1].chain if at else BEGINNING
    plain = replace(WHOLE[at], subject="never happened")
    assert faults([*WHOLE[:at], replace(plain, chain=tied(plain, before)), *WHOLE[at:]])


@pytest.mark.parametrize("at", range(4))
def test_two_records_that_changed_places_are_found(at: int) -> None:
    first, second = WHOLE[at], WHOLE[at + 1]
    swapped = [replace(second, number=first.number), replace(first, number=second.number)]
    assert faults([*WHOLE[:at], *swapped, *WHOLE[at + 2 :]])


def test_facts_cannot_move_from_one_field_into_the_next() -> None:
    assert faults([*WHOLE[:4], replace(WHOLE[4], subject="visits 53", told=" rows")])


def test_an_end_that_was_cut_off_is_found_by_a_kept_end_only() -> None:
    assert faults(WHOLE[:3]) == []
    assert faults(WHOLE[:3], [END]) == ["The log ends at record 3, but record 5 was once its end: the end was cut off."]
    assert faults([], [END])


def test_a_log_written_anew_is_found_by_a_kept_end_only() -> None:
    rewritten = retied([replace(WHOLE[0], account="eve"), *WHOLE[1:]])
    assert faults(rewritten) == []
    assert faults(rewritten, [END])
    assert faults(retied([*WHOLE[:2], *WHOLE[3:], WHOLE[4]]), [END])
