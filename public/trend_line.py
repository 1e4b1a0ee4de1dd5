"""A number over time for one place: periods of one length, their chart, and the word about a direction."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from dashboard.domain import State
from dashboard.errors import InvalidQuery
from dashboard.figures import render_svg
from dashboard.figures.chart import Series, TrendChart, numbers
from dashboard.figures.words import Speech, speaking
from dashboard.periods import Period
from public.cell_words import long_words, per_words
from public.language import Language
from public.scene import Scene
from public.snapshot import CellAt, Snapshot, Topic, period_of

FEWEST = 2
TREND_PERIODS = 5
"""Fewer periods bear no word about a direction."""
Line = list[tuple[Period, CellAt]]


def line(snapshot: Snapshot, topic: Topic, id_: str, stratum: str) -> Line:
    """The cells of a place over time, oldest first: of the period length of which the release has most."""
    return snapshot.once((topic.token, id_, stratum), lambda: _line(snapshot, topic, id_, stratum))


def has_line(snapshot: Snapshot, topic: Topic, id_: str, stratum: str) -> bool:
    """Whether a place has two periods to join; only such lines are linked and written as plain files."""
    return len(line(snapshot, topic, id_, stratum)) >= FEWEST


def _line(snapshot: Snapshot, topic: Topic, id_: str, stratum: str) -> Line:
    by_length: dict[int, Line] = defaultdict(list)
    for text in snapshot.periods(topic):
        at = snapshot.cell(topic, id_, text, stratum)
        if at is not None:
            try:
                period = period_of(text)
            except InvalidQuery:
                continue
            by_length[period.months].append((period, at))
    longest = max(by_length.values(), key=len, default=[])
    return sorted(longest, key=lambda pair: pair[0])


def trend_picture(scene: Scene, topic: Topic, id_: str, stratum: str, width: int = 560) -> str:
    """The chart of a place over time; "" where there are fewer than two periods."""
    chart = trend_chart(scene, topic, line(scene.snapshot, topic, id_, stratum), scene.snapshot.name(id_))
    if chart is None:
        return ""
    with speaking(speech(scene.words)):
        return render_svg.figure(chart, width, 260)


def trend_chart(scene: Scene, topic: Topic, cells: Line, place: str) -> TrendChart | None:
    """The neutral chart: rates, or counts where most periods have too few for a rate."""
    if len(cells) < FEWEST or all(at.count != at.count for _, at in cells):
        return None
    counts = as_counts(topic, cells)
    title = f"{scene.topic_name(topic)}, {place}"
    unit = scene.words.phrase(topic.indicator.unit) if counts else _axis(scene, topic)
    series = (_series(scene, cells, title, counts),)
    return TrendChart(title, sentence(scene, topic, cells, place), unit, 1, series, drawn_breaks(scene, topic, cells))


def drawn_breaks(scene: Scene, topic: Topic, cells: Line) -> tuple[tuple[str, str], ...]:
    """Breaks within a line: (ISO date, why)."""
    first, last = cells[0][0].start, cells[-1][0].end
    known = scene.snapshot.breaks(topic)
    return tuple((day.isoformat(), scene.words.phrase(why)) for day, why in known if first < day < last)


def as_counts(topic: Topic, cells: Line) -> bool:
    """Whether counts are drawn: there is no denominator, or most periods have too few for a rate."""
    shown = [at for _, at in cells if at.count == at.count]
    few = sum(float(at.cells.rate[at.row]) != float(at.cells.rate[at.row]) for at in shown)
    return topic.indicator.denominator is None or few * 2 > len(shown)


def _axis(scene: Scene, topic: Topic) -> str:
    unit = scene.words.phrase(topic.indicator.unit)
    if topic.indicator.kind == "proportion":
        return scene.words.say("percent")
    return f"{unit} {per_words(scene.words, topic.indicator)}"


def _series(scene: Scene, cells: Line, label: str, counts: bool) -> Series:
    def column(name: str) -> tuple[float | None, ...]:
        return numbers([float(getattr(at.cells, name)[at.row]) for _, at in cells])

    absent = (None,) * len(cells)
    states = [State.VALUE if counts and at.count == at.count else at.state for _, at in cells]
    return Series(
        label=label, period_labels=tuple(short_period(scene.words, period) for period, _ in cells),
        x=tuple((period.start + timedelta(days=period.days // 2)).isoformat() for period, _ in cells),
        value=column("numerator" if counts else "rate"), lower=absent if counts else column("lower"),
        upper=absent if counts else column("upper"), numerator=column("numerator"), state=tuple(states),
        provisional=tuple(bool(at.cells.provisional[at.row]) for _, at in cells),
    )  # fmt: skip


def short_period(words: Language, period: Period) -> str:
    """A period for an axis: 2018, 2016–18, Q3 2018."""
    text = str(period)
    if "Q" in text:
        return f"{text[4:]} {text[:4]}" if words.code == "en" else f"T{text[5:]} {text[:4]}"
    last = period.end - timedelta(days=1)
    return f"{period.start.year}–{last.year % 100:02d}" if len(text) == 9 and "-" in text else text


def sentence(scene: Scene, topic: Topic, cells: Line, place: str) -> str:
    """The newest number, and a word about direction only where five periods bear it."""
    if not cells:
        return scene.words.say("no_numbers_here", place=place)
    period, at = cells[-1]
    said = long_words(scene.words, topic.indicator, at)
    now = scene.words.say("in_place_when", place=place, when=scene.words.period(str(period)), said=said)
    return f"{now} {direction(scene, topic, cells)}" if len(cells) >= FEWEST else now


def direction(scene: Scene, topic: Topic, cells: Line) -> str:
    """Higher or lower only where the first and last of five periods since a break have ranges that lie apart."""
    breaks = [day for day, _ in scene.snapshot.breaks(topic) if day < cells[-1][0].end]
    since = max(breaks, default=date.min)
    last = [(period, at) for period, at in cells if period.start >= since][-TREND_PERIODS:]
    ends = [(float(at.cells.lower[at.row]), float(at.cells.upper[at.row])) for _, at in last]
    if len(last) < TREND_PERIODS or any(low != low for low, _ in ends):
        return scene.words.say("too_few_periods")
    before = scene.words.period(str(last[0][0]))
    if ends[-1][0] > ends[0][1]:
        return scene.words.say("higher_than", when=before)
    if ends[-1][1] < ends[0][0]:
        return scene.words.say("lower_than", when=before)
    return scene.words.say("no_clear_change", when=before)


def speech(words: Language) -> Speech:
    """What a chart says by itself, in a language."""
    return Speech(
        suppressed=words.say("hidden_short"), not_reported=words.say("not_reported_short"),
        unstable=words.say("few_short"), no_rate=words.say("no_rate"), unsteady=words.say("note_unsteady"),
        provisional=words.say("provisional"), between=words.say("interval", lower="{lower}", upper="{upper}"),
        baseline=words.say("chart_baseline", value="{value}"),
        target=words.say("chart_target", value="{value}", day="{day}"), months=words.short_months,
    )  # fmt: skip
