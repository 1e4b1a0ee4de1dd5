"""Words that enter a release: answered requests and the code of conduct that somebody let go out, and nothing else."""

from __future__ import annotations

from sqlalchemy import Engine

from dashboard.meetings import Conduct, Request
from dashboard.meetings.going_out import check_public, numbers_told
from dashboard.releases.release import PublicText
from dashboard.store.meetings import read_memory
from dashboard.store.reader import CubeReader


def public_texts(engine: Engine, reader: CubeReader) -> list[PublicText]:
    """The public words of the coalition whose release this is, the newest answer first, the code of conduct last.

    InvalidQuery where one carries a count, however it became public. Days become months: a day can point to a person.
    """
    found: list[PublicText] = []
    for coalition in (str(row["id"]) for row in reader.coalitions if row["catchment"] == reader.home):
        memory = read_memory(engine, coalition)
        requests = [each for each in memory.requests if each.public]
        found += sorted(map(_request, requests), key=lambda text: (text.answered, text.asked, text.text), reverse=True)
        found += [_conduct(memory.conduct)] if memory.conduct and memory.conduct.public else []
    return found


def numbers_in(text: PublicText) -> tuple[str, ...]:
    """The numbers that stand in it, for whoever approves the release."""
    return numbers_told(f"{text.text}\n\n{text.answer}")


def _request(entry: Request) -> PublicText:
    check_public(entry)
    answered = entry.answered_on or entry.on
    return PublicText(
        "request", entry.language, entry.text, entry.role, f"{entry.on:%Y-%m}", entry.answer, f"{answered:%Y-%m}",
        entry.outcome.value,
    )  # fmt: skip


def _conduct(entry: Conduct) -> PublicText:
    check_public(entry)
    return PublicText("conduct", entry.language, entry.text)
