"""A series against its target: the glide path under it, the target at its end, a forecast with its band."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.domain import State
from dashboard.figures.chart import Numbers, Series, TrendChart
from dashboard.figures.flags import Flag
from dashboard.figures.tables import Point, Table
from dashboard.figures.words import absent_words, axis_words, capital, digits_for, interval_words, number, remarks


@dataclass(frozen=True)
class Forecast:
    """What is to be expected if the recent trend goes on: columns of equal length, `x` ISO dates as in a Series.

    `interval` names the band, such as "90%".
    """

    period_labels: tuple[str, ...]
    x: tuple[str, ...]
    value: Numbers
    lower: Numbers
    upper: Numbers
    interval: str = "90%"


@dataclass(frozen=True)
class GlideChart:
    """A series, its glide path from (ISO date, value) `baseline` to `target`, and if there is one a forecast.

    `interval` names the series' interval, `target_label` the target ("Target for 2027"); `breaks` are as in a
    TrendChart. Where one end is None no path is drawn.
    """

    title: str
    sentence: str
    unit: str
    per: int
    series: Series
    baseline: tuple[str, float] | None = None
    target: tuple[str, float] | None = None
    forecast: Forecast | None = None
    breaks: tuple[tuple[str, str], ...] = ()
    interval: str = "95%"
    target_label: str = ""
    flags: tuple[Flag, ...] = ()

    @property
    def trend(self) -> TrendChart:
        """The series alone."""
        return TrendChart(self.title, self.sentence, self.unit, self.per, (self.series,), self.breaks)

    @property
    def axis(self) -> str:
        """What the axis counts, in words."""
        return axis_words(self.unit, self.per)

    @property
    def digits(self) -> int:
        """Decimals of the series and its target; what is expected (path, forecast) has one at least."""
        return digits_for([*self.series.value, *(end[1] for end in (self.baseline, self.target) if end)])

    @property
    def has_values(self) -> bool:
        """Whether there is anything to draw."""
        return any(value is not None for value in self.series.value) or self.target is not None

    @property
    def reading(self) -> str:
        """How to read the marks that occur: sentences for the caption."""
        said = [self.trend.reading.replace("the 95% interval", f"the {self.interval} interval")]
        said.append("Grey line: the path from the baseline to the target." if self.baseline and self.target else "")
        said.append("Ring: the target." if self.target else "")
        band = f"its pale band holds the outcome with {self.forecast.interval} chance" if self.forecast else ""
        said.append(f"Dotted: the forecast, if the recent trend goes on; {band}." if self.forecast else "")
        return " ".join(filter(None, said))

    def path_at(self, iso: str) -> float | None:
        """Where the glide path is on a day: G(t) = B + (T - B)(t - t0)/(t_T - t0); None outside of it."""
        if not self.baseline or not self.target:
            return None
        (begin, low), (end, high) = self.baseline, self.target
        if not begin <= iso <= end or begin == end:
            return None
        return low + (high - low) * (_day(iso) - _day(begin)) / (_day(end) - _day(begin))

    def table(self) -> Table:
        """Head and rows of the table twin: periods, then the forecast's, then the target."""
        rows: list[tuple[str, ...]] = [
            (point.label, _value(point, self.digits), interval_words(point.lower, point.upper, self.digits) or "–",
             self._path(x), remarks(point.state, point.provisional, point.value is not None) or "–")
            for x, point in zip(self.series.x, self.series.points, strict=True)
        ]  # fmt: skip
        rows += self._forecast_rows()
        if self.target:
            due, value = self.target
            said = number(value, self.digits)
            rows.append((self.target_label or f"Target, by {due}", said, "–", said, "target"))
        return ("Period", capital(self.axis), f"{self.interval} interval", "Path to the target", "Note"), rows

    def _forecast_rows(self) -> list[tuple[str, ...]]:
        ahead = self.forecast
        if ahead is None:
            return []
        note = f"forecast, {ahead.interval} band"
        columns = zip(ahead.period_labels, ahead.x, ahead.value, ahead.lower, ahead.upper, strict=True)
        return [
            (label, self._expected(value),
             interval_words(lower, upper, self.digits) or "–", self._path(x), note)
            for label, x, value, lower, upper in columns
        ]  # fmt: skip

    def _path(self, iso: str) -> str:
        return self._expected(self.path_at(iso))

    def _expected(self, value: float | None) -> str:
        return "–" if value is None else number(value, max(self.digits, 1))


def _value(point: Point, digits: int) -> str:
    if point.value is not None:
        return number(point.value, digits)
    return absent_words(point.state, point.numerator if point.state == State.UNSTABLE else None)


def _day(iso: str) -> int:
    return date.fromisoformat(iso[:10]).toordinal()
