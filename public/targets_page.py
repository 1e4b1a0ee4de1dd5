"""Targets of the release: where we want to be, and how we are doing, from released numbers alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import isnan
from typing import Any

from dashboard.domain import Indicator, Target
from dashboard.errors import InvalidQuery
from dashboard.figures import render_svg
from dashboard.figures.glide import GlideChart
from dashboard.figures.words import capital, speaking
from dashboard.periods import Period
from dashboard.targets.glide import GlidePath
from dashboard.targets.status import Counted, Standing, stand
from public.cell_words import interval_words, per_words, rate_words
from public.scene import Scene
from public.snapshot import CellAt, Topic
from public.trend_line import Line, line, speech, trend_chart
from public.wholes import source_words


@dataclass(frozen=True)
class Told:
    """One target with its numbers: where it stands, the newest period and the line up to it."""

    target: Target
    topic: Topic
    place: str
    line: Line
    standing: Standing


def told(scene: Scene) -> list[Told]:
    """Every target of the release whose indicator has a table, in the release's order."""
    found = []
    for target in scene.snapshot.released.targets:
        topic = scene.snapshot.topics.get(target.indicator)
        place = target.place or next(iter(scene.snapshot.wholes), "")
        if topic and (place in scene.snapshot.places or place in scene.snapshot.sets):
            cells = line(scene.snapshot, topic, place, target.stratum)
            found.append(Told(target, topic, place, cells, _standing(topic.indicator, target, cells)))
    return found


def _standing(indicator: Indicator, target: Target, cells: Line) -> Standing:
    """The status by the same rule as the staff's, on the newest released number."""
    newest = next(((period, at) for period, at in reversed(cells) if at.count == at.count), None)
    path = GlidePath(target.baseline, target.target, _start(target), target.due, indicator.direction)
    if newest is None:
        return stand(path, None, on=target.due, late=False)
    period, at = newest
    return stand(path, _counted(indicator, at), on=period.end, late=False)


def _start(target: Target) -> Any:
    try:
        return Period.parse(target.baseline_period).end
    except InvalidQuery:
        return target.due - timedelta(days=365)


def _counted(indicator: Indicator, at: CellAt) -> Counted:
    below = float(at.cells.denominator[at.row])
    return Counted(indicator.kind, at.count, 1.0 if isnan(below) else below, 1.0 if isnan(below) else indicator.per)


def build(scene: Scene) -> dict[str, Any]:
    """Everything the template needs."""
    targets = told(scene)
    cited = {at.cells.source[at.row] for each in targets for _, at in each.line}
    return {
        "title": scene.words.say("targets_title"), "targets": [_words(scene, each) for each in targets],
        "sources": source_words(scene, cited),
    }  # fmt: skip


def _words(scene: Scene, each: Told) -> dict[str, Any]:
    words, indicator, target = scene.words, each.topic.indicator, each.target
    status = each.standing.status.name.lower()
    status = "no_data" if status == "data_late" else status
    return {
        "name": scene.topic_name(each.topic), "place": words.say("target_where", place=scene.snapshot.name(each.place)),
        "status": words.say(f"status_{status}"), "means": words.say(f"status_means_{status}"), "code": status,
        "wants": words.say(
            "target_wants", baseline=_value(scene, indicator, target.baseline),
            target=_value(scene, indicator, target.target), due=words.month(target.due - timedelta(days=1)),
        ),
        "per": capital(per_words(words, indicator)), "now": _now(scene, each), "picture": picture(scene, each, 560),
        "narrow": picture(scene, each, 340), "group": scene.group_name(target.stratum) if target.stratum else "",
    }  # fmt: skip


def _value(scene: Scene, indicator: Indicator, value: float) -> str:
    return rate_words(scene.words, indicator, value)


def _now(scene: Scene, each: Told) -> str:
    newest = next(((period, at) for period, at in reversed(each.line) if at.count == at.count), None)
    if newest is None or isnan(each.standing.value):
        return ""
    parts = {
        "when": scene.words.period(str(newest[0])), "value": _value(scene, each.topic.indicator, each.standing.value),
    }  # fmt: skip
    between = interval_words(scene.words, newest[1])
    return scene.words.say("target_now" if between else "target_now_plain", between=between, **parts)


def picture(scene: Scene, each: Told, width: int) -> str:
    """The line up to now, the plan under it and the target at its end; "" where there is nothing to draw."""
    chart = trend_chart(scene, each.topic, each.line, scene.snapshot.name(each.place))
    if chart is None or chart.series[0].value == chart.series[0].numerator:
        return ""
    ends = (_start(each.target).isoformat(), each.target.baseline), (each.target.due.isoformat(), each.target.target)
    glide = GlideChart(chart.title, chart.sentence, chart.unit, chart.per, chart.series[0], *ends)
    with speaking(speech(scene.words)):
        return render_svg.figure(glide, width, 260)


def first_picture(scene: Scene) -> str:
    """The first target that has a picture."""
    return next((drawn for each in told(scene) if (drawn := picture(scene, each, 720))), "")


def target_records(scene: Scene) -> Iterable[dict[str, object]]:
    """A record a target, with its status and the number it rests on."""
    for each in told(scene):
        standing = each.standing
        yield {
            "indicator": each.target.indicator, "place": scene.snapshot.name(each.place), "geoid": each.place,
            "stratum": each.target.stratum, "baseline": each.target.baseline,
            "baseline_period": each.target.baseline_period, "target": each.target.target,
            "due": each.target.due.isoformat(), "status": str(standing.status),
            "value": _plain(standing.value), "lower_90": _plain(standing.lower), "upper_90": _plain(standing.upper),
        }  # fmt: skip


def _plain(value: float) -> float | None:
    return None if isnan(value) else round(value, 4)
