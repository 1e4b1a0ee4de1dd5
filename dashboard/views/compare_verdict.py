"""Whether two sides differ by more than chance, or why that cannot be said."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from dashboard.comparison import compare
from dashboard.disparity import Counted, disparity
from dashboard.domain import EVENT_DIMENSIONS, Cells, Indicator, Period
from dashboard.figures.words import number
from dashboard.views.compare_asking import Side
from dashboard.views.source import ViewReader
from dashboard.views.words import many

MORE = "more than chance explains"
CHANCE = "chance alone could explain it"


@dataclass(frozen=True)
class Told:
    """One side with its answer."""

    side: Side
    name: str
    period: Period
    cells: Cells

    @property
    def counted(self) -> Counted:
        """Events and what they stand against; NaN where unknown."""
        return Counted(float(self.cells.numerator[0]), float(self.cells.denominator[0]))


def verdict(reader: ViewReader, indicator: Indicator, first: Told, second: Told) -> str:
    """The sentence: more than chance or not, with the ratio; or the reason why the two are not tested."""
    reason = _why_not(reader, indicator, first, second)
    if reason:
        return reason
    a, b, beside = _apart(reader, first, second)
    if isnan(a.events + a.below + b.events + b.below):
        return "One of the two has no number that may be shown, so that they cannot be compared."
    if min(a.events, b.events, a.below, b.below) < 0 or not a.below or not b.below:
        return "These two numbers do not fit together: the part is larger than its whole. They are not compared."
    return _tested(indicator, a, b, (first.name, beside))


def _why_not(reader: ViewReader, indicator: Indicator, first: Told, second: Told) -> str:
    one, two = first.side, second.side
    if one == two and first.period == second.period:
        return "Both sides are the same: choose another place, group, partner or indicator."
    if one.indicator != two.indicator:
        return "These are two different things. They stand side by side; no test says that one is more than the other."
    if indicator.kind not in ("rate", "proportion"):
        return "For this indicator no test fits: the two numbers stand side by side."
    if first.period != second.period:
        return "The two are of different periods, so that they are not tested against one another."
    if first.cells.basis != second.cells.basis:
        return "One counts where people live, the other where it happened: they are not tested against one another."
    return _shared(reader, indicator, one, two)


def _shared(reader: ViewReader, indicator: Indicator, one: Side, two: Side) -> str:
    """Why two sides may hold the same events or people, so that a test would be wrong; "" where they do not."""
    towns, others = (set(reader.gazetteer.towns_of(side.place)) for side in (one, two))
    if one.place != two.place and not towns & others:
        return ""
    nested = one.place != two.place and (towns < others or others < towns)
    if one.place != two.place and not nested:
        return f"The two places share {many(len(towns & others), 'town')}: they are not tested against one another."
    if nested and (one.group, one.partner) != (two.group, two.partner):
        return "One place lies in the other and the groups differ: the same people may be in both, so no test is made."
    if one.partner != two.partner:
        return _partners_share(reader, indicator, one, two)
    if one.group and two.group and one.group.partition("=")[0] != two.group.partition("=")[0]:
        return "Somebody can belong to both groups: they are not tested against one another."
    dimension = (one.group or two.group).partition("=")[0]
    if dimension in EVENT_DIMENSIONS:
        return "One event can be counted in both: they are not tested against one another."
    return ""


def _partners_share(reader: ViewReader, indicator: Indicator, one: Side, two: Side) -> str:
    measures = (reader.registry.measures[name] for name in indicator.numerator.measures)
    if not one.partner or not two.partner:
        return "One partner is a part of all partners: choose two partners to test them against one another."
    if any("partner" not in measure.adds_over for measure in measures):
        return "Two partners may know the same people: they are not tested against one another."
    return ""


def _apart(reader: ViewReader, first: Told, second: Told) -> tuple[Counted, Counted, str]:
    """Both sides without what they share: where one lies in the other, the rest of the larger one is taken."""
    one, two = first.side, second.side
    towns, others = (set(reader.gazetteer.towns_of(side.place)) for side in (one, two))
    inside = towns < others or (one.place == two.place and bool(one.group) and not two.group)
    around = others < towns or (one.place == two.place and bool(two.group) and not one.group)
    if inside:
        rest = f"the rest of {second.name}" if one.place != two.place else "everybody else"
        return first.counted, second.counted.without(first.counted), rest
    if around:
        return first.counted.without(second.counted), second.counted, second.name
    return first.counted, second.counted, second.name


def _tested(indicator: Indicator, a: Counted, b: Counted, names: tuple[str, str]) -> str:
    name, beside = names
    if indicator.kind == "rate":
        found = compare(a.events, a.below, b.events, b.below)
        if isnan(found.ratio):
            return "There was no event on either side: there is nothing to compare."
        if found.few or isnan(found.lower):
            return _few(name, beside, found.verdict)
        return _said(name, beside, (found.ratio, found.lower, found.upper))
    told = disparity(a, b, proportion=True, per=1)
    if isnan(told.ratio):
        return "One of the two has too few events to say whether they differ."
    return _said(name, beside, (told.ratio, *told.ratio_limits))


def _said(name: str, beside: str, ratio: tuple[float, float, float]) -> str:
    """`Athol is 1.8 times as high as ... (95% interval 1.2 to 2.7): more than chance explains.`"""
    middle, lower, upper = ratio
    between = f"95% interval {number(lower, 2)} to {number(upper, 2)}"
    if lower <= 1 <= upper:
        return f"No clear difference: {name} stands at {number(middle, 2)} times {beside} ({between}); {CHANCE}."
    word = "higher" if lower > 1 else "lower"
    return f"{name} is {word}: {number(middle, 2)} times {beside} ({between}), {MORE}."


def _few(name: str, beside: str, verdict_: str) -> str:
    if verdict_ == "no clear difference":
        return f"No clear difference between {name} and {beside}: there are few events, and {CHANCE}."
    return f"{name} is {verdict_} than {beside}, {MORE}; there are too few events to say by how much."
