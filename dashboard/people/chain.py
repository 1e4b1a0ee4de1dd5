"""The audit log as pure values: a record, its one written form, and the hash that ties it to the one before."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from hashlib import sha256

BEGINNING = "0" * 64
"""What the first record is tied to."""
DONE, REFUSED = "done", "refused"


@dataclass(frozen=True)
class Event:
    """What happened: an action such as "load" or "sign in", what it was done to, and a few facts about it.

    `subject` and `told` hold ids and numbers, never a name, an address or a text that somebody typed.
    """

    action: str
    subject: str = ""
    outcome: str = DONE
    told: str = ""


@dataclass(frozen=True)
class Record:
    """One entry of the log; `at` is UTC as 2026-11-22T06:30:00.000000, `number` counts from 1 without a gap."""

    number: int
    at: str
    account: str
    action: str
    outcome: str
    subject: str
    told: str
    chain: str = ""


@dataclass(frozen=True)
class Head:
    """The end of the log as somebody else wrote it down: how many records there were, and the last one's chain."""

    number: int
    chain: str

    def __str__(self) -> str:
        return f"{self.number}:{self.chain}"


def tied(record: Record, before: str) -> str:
    """The chain of a record: sha256 over its one written form and the chain of the record before it."""
    written = json.dumps([before, *astuple(record)[:-1]], ensure_ascii=True, separators=(",", ":"))
    return sha256(written.encode("ascii")).hexdigest()


def faults(records: Iterable[Record], heads: Iterable[Head] = ()) -> list[str]:
    """Every fault of a log read in the order of its numbers: edits, gaps, insertions, another order, a missing end.

    An end that was cut off, or a log written anew from some record on, is found only through a head that was kept
    elsewhere and is as old as the cut: without one, or if the head was changed too, nothing can tell.
    """
    found, before, expected = [], BEGINNING, 1
    chains: dict[int, str] = {}
    for record in records:
        if record.number != expected:
            found.append(f"Records {expected} to {record.number - 1} are missing." if record.number > expected
                         else f"Record {record.number} stands where record {expected} should be.")  # fmt: skip
        if record.chain != tied(record, before):
            found.append(f"Record {record.number} of {record.at} was edited, inserted or moved.")
        before, expected = record.chain, record.number + 1
        chains[record.number] = record.chain
    return found + [fault for head in heads if (fault := _head_fault(head, chains))]


def _head_fault(head: Head, chains: dict[int, str]) -> str:
    if head.number and head.number not in chains:
        last = max(chains, default=0)
        return f"The log ends at record {last}, but record {head.number} was once its end: the end was cut off."
    if head.number and chains[head.number] != head.chain:
        return f"Record {head.number} is not the one that was once the end: the log was written anew before it."
    return ""
