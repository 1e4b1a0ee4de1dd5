"""The numbers of a page to take along: CSV, JSON and the picture as SVG, all from released cells."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from dashboard.domain import Cells, plain
from dashboard.exports.csv_text import harmless
from public import map_page, targets_page, town_page
from public.choosing import choose_table
from public.gaps_page import gap_records, gaps_picture
from public.map_rows import shown
from public.scene import Choice, Scene
from public.snapshot import CellAt, Topic
from public.trend_line import line, trend_picture

NO_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>'
Record = dict[str, Any]


def offered(scene: Scene) -> list[Choice]:
    """Links to what can be taken from this page."""
    forms = ("csv", "json") if scene.asked.page == "town" else ("csv", "json", "svg")
    return [Choice(scene.words.say(f"download_{form}"), scene.link(replace(scene.asked, form=form))) for form in forms]


def records(scene: Scene) -> list[Record]:
    """The rows behind a page: one a place, period or site, with its state in words of the glossary."""
    return list(RECORDS[scene.asked.page](scene))


def as_csv(scene: Scene) -> str:
    """The rows as CSV; an absent number is empty and its state says why."""
    rows = records(scene)
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]) if rows else ["state"], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def as_json(scene: Scene) -> str:
    """The rows with the release they come from."""
    told = {
        "release": scene.snapshot.number, "made_on": scene.snapshot.made_on.isoformat(), "page": scene.asked.page,
        "hidden": "A suppressed number is known and not shown: it is small, or covers a small one.",
        "sources": [vars(source) for source in scene.snapshot.released.sources], "rows": records(scene),
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1)


def as_svg(scene: Scene) -> str:
    """The picture of a page as a file of its own."""
    svg = PICTURES[scene.asked.page](scene) or NO_PICTURE
    return re.sub(r' class="[^"]*"| data-(?:id|to)="[^"]*"', "", svg)


def cell_record(scene: Scene, topic: Topic, id_: str, period: str, at: CellAt | None) -> Record:
    """One cell as a record: numbers are empty where they are not shown."""
    names = ("numerator", "denominator", "rate", "lower", "upper")
    numbers = [_number(at.cells, name, at.row) if at else None for name in names]
    place = scene.snapshot.places.get(id_)
    level = place.level if place else str(scene.snapshot.sets[id_].level)
    return {
        "geoid": id_, "place": scene.snapshot.name(id_), "level": level,
        "indicator": topic.indicator.id, "name": topic.indicator.name, "basis": topic.basis, "period": period,
        **dict(zip(names, numbers, strict=True)), "per": topic.indicator.per,
        "state": at.state if at else "not_reported", "provisional": bool(at.cells.provisional[at.row]) if at else False,
        "source": at.cells.source[at.row] if at else "", "as_of": at.cells.as_of[at.row] if at else "",
    }  # fmt: skip


def _number(cells: Cells, name: str, row: int) -> object:
    return plain(getattr(cells, name)[row : row + 1])[0]


def _map_records(scene: Scene) -> Iterable[Record]:
    chosen, _ = choose_table(scene.snapshot, scene.asked.parts)
    if chosen:
        for row in shown(scene, chosen).rows:
            yield cell_record(scene, chosen.topic, row.id, chosen.period, row.at)


def _map_picture(scene: Scene) -> str:
    chosen, _ = choose_table(scene.snapshot, scene.asked.parts)
    found = shown(scene, chosen) if chosen else None
    return map_page.draw(scene, chosen, found) if chosen and found and found.row_of else ""


def _trend(scene: Scene) -> tuple[Topic, str, str]:
    token, place, group = scene.asked.parts
    topic = scene.snapshot.topics[token]
    return topic, scene.snapshot.id_of[place], scene.snapshot.every_group(topic)[group]


def _trend_records(scene: Scene) -> Iterable[Record]:
    topic, id_, stratum = _trend(scene)
    for period, at in line(scene.snapshot, topic, id_, stratum):
        yield cell_record(scene, topic, id_, str(period), at)


def _trend_picture(scene: Scene) -> str:
    return trend_picture(scene, *_trend(scene), width=720)


def _town_records(scene: Scene) -> Iterable[Record]:
    id_ = scene.snapshot.id_of[scene.asked.parts[0]]
    for chosen, at in town_page.newest_cells(scene, id_):
        yield cell_record(scene, chosen.topic, at.shown_as or id_ if at else id_, chosen.period, at)


RECORDS: dict[str, Callable[[Scene], Iterable[Record]]] = {
    "map": _map_records, "trend": _trend_records, "town": _town_records, "targets": targets_page.target_records,
    "gaps": gap_records,
}  # fmt: skip
PICTURES: dict[str, Callable[[Scene], str]] = {
    "map": _map_picture, "trend": _trend_picture, "targets": targets_page.first_picture, "gaps": gaps_picture,
}  # fmt: skip
FORMS: dict[str, Callable[[Scene], str]] = {"csv": as_csv, "json": as_json, "svg": as_svg}
