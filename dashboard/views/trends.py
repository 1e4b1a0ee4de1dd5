"""An indicator over time for up to four places, population groups or partners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from itertools import islice
from urllib.parse import urlencode

from dashboard.domain import Cells, Indicator, Period, Query, State
from dashboard.errors import InvalidQuery
from dashboard.figures.chart import Chart, SmallMultiples
from dashboard.views import choices
from dashboard.views.asking import Asked, build_query, find_place, state_of
from dashboard.views.series import tiles, trend
from dashboard.views.source import ViewReader
from dashboard.views.this_month import home_area
from dashboard.views.words import group_words, period_words, short_words

STEPS = ("1", "3", "12")
COMPARISONS = ("place", "group", "partner")
SHAPES = ("together", "apart")
MOST_GROUPS = 4


@dataclass(frozen=True)
class AskedTrend:
    """What the trends page is asked: `first` to `fourth` are places, groups or partners as `compare` says."""

    indicator: str = ""
    place: str = ""
    step: str = ""
    basis: str = ""
    compare: str = ""
    first: str = ""
    second: str = ""
    third: str = ""
    fourth: str = ""
    shape: str = ""
    as_of: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is compared, each once, in order."""
        return tuple(dict.fromkeys(filter(None, (self.first, self.second, self.third, self.fourth))))

    def address(self, path: str) -> str:
        """The address of this request under a path."""
        return f"{path}?{urlencode({name: value for name, value in asdict(self).items() if value})}"


@dataclass(frozen=True)
class Compared:
    """The answer: the completed request, a sentence, the chart (None: nothing reported) and its cells by line."""

    asked: AskedTrend
    headline: str
    reading: str
    chart: Chart | None
    cells: tuple[tuple[str, Cells], ...]


def compared(reader: ViewReader, asked: AskedTrend) -> Compared:
    """Trends for a request; InvalidQuery when it names something unknown."""
    asked = complete(reader, asked)
    indicator = reader.registry.indicator(asked.indicator)
    lines = _lines(reader, indicator, asked)
    queries, labels = [query for _, query in lines], [label for label, _ in lines]
    months = int(asked.step)
    chart: Chart | None = trend(reader, indicator, queries, labels, months=months)
    periods = tiles(reader, indicator, months, state_of(reader, asked.place))
    cells = tuple((label, reader.read(replace(query, periods=periods))) for label, query in lines) if periods else ()
    headline = _headline(reader, indicator, asked, cells, chart.sentence if chart else "")
    if chart and asked.shape == "apart":
        apart = (trend(reader, indicator, [query], [label], months=months) for label, query in lines)
        named = tuple(replace(one, title=label) for one, label in zip(apart, labels, strict=True) if one)
        chart = SmallMultiples(indicator.name, headline, named)
    withheld = dict.fromkeys(note for _, line in cells for note in line.notes)
    reading = " ".join(filter(None, [*withheld, chart.reading if chart else ""]))
    return Compared(asked, headline, reading, chart, cells)


def _headline(
    reader: ViewReader, indicator: Indicator, asked: AskedTrend, cells: tuple[tuple[str, Cells], ...], one: str
) -> str:
    """The sentence of a single line; for several, what each says in the newest period."""
    if not cells:
        return f"Nobody reports {indicator.name.lower()} here yet."
    where = "" if asked.compare == "place" else f" in {reader.gazetteer.name(asked.place)}"
    if len(cells) == 1:
        return f"{indicator.name}{where}. {one}" if where else one
    said = ", ".join(f"{label} ({short_words(indicator, answer, len(answer) - 1)})" for label, answer in cells)
    when = period_words(Period.parse(cells[0][1].period[-1]))
    return f"{indicator.name}{where}, {when}: {said}."


def complete(reader: ViewReader, asked: AskedTrend) -> AskedTrend:
    """A request with its defaults filled in and its names made ids."""
    place = find_place(reader, asked.place) if asked.place else home_area(reader)
    state = state_of(reader, place)
    indicator = reader.registry.indicator(asked.indicator or choices.first_indicator(reader, state))
    bases = [choice.value for choice in choices.bases(reader, indicator, state)]
    steps = [choice.value for choice in offered_steps(reader, indicator, state)]
    compare = _one_of(asked.compare, COMPARISONS, "comparison")
    chosen = {name: _chosen(reader, indicator, compare, value, state) for name, value in _slots(asked)}
    return replace(
        asked,
        **chosen,
        indicator=indicator.id,
        place=place,
        step=asked.step if asked.step in steps else steps[-1],
        basis=asked.basis if asked.basis in bases else next(iter(bases), ""),
        compare=compare,
        shape=_one_of(asked.shape, SHAPES, "shape"),
    )


def _chosen(reader: ViewReader, indicator: Indicator, compare: str, value: str, state: str) -> str:
    """What a slot compares, as an id; "" for what nobody reports here, or what was compared before by another thing."""
    if compare == "place":
        of_before = "=" in value or value in reader.partners
        return "" if of_before else find_place(reader, value)
    offered = (choices.groups if compare == "group" else choices.partners)(reader, indicator, state)
    return value if value in [choice.value for choice in offered if not choice.heading] else ""


def _slots(asked: AskedTrend) -> list[tuple[str, str]]:
    named = [(name, getattr(asked, name)) for name in ("first", "second", "third", "fourth")]
    return [(name, value) for name, value in named if value]


def offered_steps(reader: ViewReader, indicator: Indicator, state: str = "") -> list[choices.Choice]:
    """Steps that the published periods can fill, shortest first."""
    published = min((row["months"] for row in reader.series_of(indicator, state) if row["months"]), default=12)
    words = {"1": "Months", "3": "Quarters", "12": "Years"}
    fitting = [step for step in STEPS if int(step) >= published] or ["12"]
    return [choices.Choice(step, words[step]) for step in fitting]


def _lines(reader: ViewReader, indicator: Indicator, asked: AskedTrend) -> list[tuple[str, Query]]:
    """A label and a query a line. Places: the chosen ones beside the main one; groups, partners: at the main place."""
    state = state_of(reader, asked.place)
    base = build_query(reader, Asked(indicator.id, place=asked.place, basis=asked.basis, as_of=asked.as_of))
    if asked.compare == "group":
        known = [
            choice.value for choice in choices.groups(reader, indicator, state) if choice.value and not choice.heading
        ]
        wanted = list(asked.chosen) or known[:MOST_GROUPS]
        return [(group_words(group), replace(base, stratum=group)) for group in wanted] or [("Everyone", base)]
    if asked.compare == "partner":
        known = [choice.value for choice in choices.partners(reader, indicator, state) if choice.value]
        wanted = list(asked.chosen) or _reported(reader, known, lambda partner: replace(base, partner=partner))
        named = [(str(reader.partners[id_]["name"]), replace(base, partner=id_)) for id_ in wanted]
        return named or [("All partners", base)]
    ids = dict.fromkeys([asked.place, *asked.chosen])
    return [(reader.gazetteer.name(id_), _at(reader, base, id_)) for id_ in list(ids)[:MOST_GROUPS]]


def _reported(reader: ViewReader, known: list[str], query: Callable[[str], Query]) -> list[str]:
    """The first four that report anything here, so that a page opens on something to see."""
    told = (value for value in known if reader.read(query(value)).state[0] != State.NOT_REPORTED)
    return list(islice(told, MOST_GROUPS)) or known[:MOST_GROUPS]


def _at(reader: ViewReader, base: Query, id_: str) -> Query:
    return replace(base, level=reader.gazetteer.level_of(id_), geoids=(id_,))


def _one_of(text: str, known: tuple[str, ...], what: str) -> str:
    if text and text not in known:
        raise InvalidQuery(f"The {what} '{text[:40]}' is not one of {', '.join(known)}.")
    return text or known[0]
