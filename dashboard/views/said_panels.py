"""What was said about charts that stand side by side: one number for one entry, whichever of them it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.domain import Level
from dashboard.figures.chart import SmallMultiples
from dashboard.views.memory import Spoken
from dashboard.views.said_flags import MOST_FLAGS, flag, standing


@dataclass(frozen=True)
class PanelSaid:
    """What was said about one of the charts, which shows a place of this level, and the page that has it whole.

    "" is the page on which the charts stand.
    """

    said: Sequence[Spoken]
    level: Level
    page: str = ""


def flagged_panels(chart: SmallMultiples, panels: Sequence[PanelSaid], *, most: int = MOST_FLAGS) -> SmallMultiples:
    """Small multiples with the newest of what was said about any of them; `panels` are in the order of its charts.

    An entry that stands on some of them and not on others says on which.
    """
    found = [standing(one, panel.said, level=panel.level) for one, panel in zip(chart.charts, panels, strict=True)]
    days = {entry.id: day for each in found for day, entry in each}
    newest = sorted(days, key=lambda id_: (days[id_], id_))[-most:]
    number = {id_: n for n, id_ in enumerate(newest, 1)}
    on = {id_: [at for at, each in enumerate(found) if id_ in {entry.id for _, entry in each}] for id_ in newest}
    where = {id_: "" if len(ats) == len(found) else ", ".join(chart.charts[at].title for at in ats)
             for id_, ats in on.items()}  # fmt: skip
    page = {id_: min(panels[at].page for at in ats) for id_, ats in on.items()}
    flagged = (
        replace(one, flags=tuple(flag(number[entry.id], day, entry, where[entry.id], page[entry.id])
                                 for day, entry in each if entry.id in number))
        for one, each in zip(chart.charts, found, strict=True)
    )  # fmt: skip
    return replace(chart, charts=tuple(flagged))
