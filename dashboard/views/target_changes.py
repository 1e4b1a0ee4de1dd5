"""Targets whose status is another one than it was."""

from __future__ import annotations

from datetime import date

from dashboard.views.source import ViewReader
from dashboard.views.target_standing import assess
from dashboard.views.target_words import STATUS_WORDS, whom_words
from dashboard.views.targets import key_of


def moved_targets(
    reader: ViewReader, then: ViewReader, place: str, since: date, now: date
) -> tuple[tuple[str, str], ...]:
    """A sentence and an address for each target of the place's coalition that moved, was made or was withdrawn.

    Statuses are worked out as of both days from what was known on each; what needs a look comes first.
    """
    ours = {row["id"] for row in reader.coalitions if row["catchment"] == place} or {""}
    order = list(STATUS_WORDS)
    before = {key_of(t): assess(then, t, since, seed=None).status for t in then.targets() if t.coalition in ours}
    found = []
    for target in reader.targets():
        if target.coalition not in ours:
            continue
        status, key = assess(reader, target, now, seed=None).status, key_of(target)
        was = before.get(key)
        if was == status:
            continue
        indicator = reader.registry.indicators.get(target.indicator)
        name = f"{indicator.name if indicator else target.indicator}, {whom_words(reader, target)}"
        is_now = STATUS_WORDS[status].lower()
        said = f"{name}: now {is_now}; it was {STATUS_WORDS[was].lower()}." if was else f"{name}: new, {is_now}."
        found.append((order.index(status), said, f"/targets?target={key}"))
    return tuple((said, href) for _, said, href in sorted(found))
