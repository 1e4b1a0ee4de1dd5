"""Charts as PowerPoint's own: the numbers can be edited there. What is absent is a gap, never a zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.exports.slide_parts import FONT, LEFT, ROOM, TOP, colour_of, describe
from dashboard.figures.cascade import CascadeChart
from dashboard.figures.chart import Series, TrendChart, segments
from dashboard.figures.glide import GlideChart
from dashboard.figures.palette import ACCENT, INK, MUTED, PAPER, RULE, SERIES
from dashboard.figures.scale import ticks
from dashboard.figures.words import capital

CHART_HIGH = 4.35
SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
NO_NUMBER = "No number (hatched)"
WHISKER = (
    '<c:spPr xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ln w="15875"><a:solidFill>'
    '<a:srgbClr val="{colour}"><a:alpha val="55000"/></a:srgbClr></a:solidFill></a:ln></c:spPr>'
)


def trend(slide: Any, chart: TrendChart, alternative: str) -> None:
    """Lines over time with their 95% intervals."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    told = CategoryChartData(number_format=_format(chart.digits))
    told.categories = chart.series[0].period_labels
    for series in chart.series:
        told.add_series(series.label, series.value)
    made = _add(slide, XL_CHART_TYPE.LINE_MARKERS, told, alternative)
    _axes(made, chart.axis, [end for series in chart.series for end in (*series.value, *series.upper)])
    for number, series in enumerate(chart.series):
        _line(made.plots[0].series[number], SERIES[number], strong=True)
        measured(made.plots[0].series[number], SERIES[number], series, range(len(series.x)))
        for at in after_breaks(series, chart.breaks):
            made.plots[0].series[number].points[at].format.line.fill.background()
    _legend(made, shown=len(chart.series) > 1)


def glide(slide: Any, chart: GlideChart, alternative: str) -> None:
    """A series with the path to its target, the target, and what is expected; by days, so that the path is straight."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    days, columns = glide_columns(chart)
    told = CategoryChartData(number_format=_format(max(chart.digits, 1)))
    told.categories = days
    for name, values in columns:
        told.add_series(name, values)
    made = _add(slide, XL_CHART_TYPE.LINE_MARKERS, told, alternative)
    _axes(made, chart.axis, [*(value for _, values in columns for value in values), *chart.series.upper])
    made.category_axis.tick_labels.number_format = "yyyy"
    made.category_axis.tick_labels.number_format_is_linked = False
    colours = (ACCENT, MUTED, SERIES[1], SERIES[2])
    for number, series in enumerate(made.plots[0].series):
        _line(series, colours[number], strong=number == 0)
    at = {day.isoformat(): number for number, day in enumerate(days)}
    measured(made.plots[0].series[0], ACCENT, chart.series, [at[day[:10]] for day in chart.series.x])
    _legend(made, shown=True)
    _as_days(made)


def glide_columns(chart: GlideChart) -> tuple[list[date], list[tuple[str, list[float | None]]]]:
    """The days of a target's chart, and its columns on them; None where a column says nothing."""
    known = dict(zip(chart.series.x, chart.series.value, strict=True))
    ahead = dict(zip(chart.forecast.x, chart.forecast.value, strict=True)) if chart.forecast else {}
    ends = [end[0] for end in (chart.baseline, chart.target) if end]
    days = sorted({day[:10] for day in (*known, *ahead, *ends)})
    columns: list[tuple[str, list[float | None]]] = [(chart.title, [known.get(day) for day in days])]
    if chart.baseline and chart.target:
        path = [chart.path_at(day) for day in days]
        columns.append(("Path to the target", [None if on is None else round(on, 6) for on in path]))
    if chart.target:
        due, value = chart.target
        columns.append((chart.target_label or "Target", [value if day == due[:10] else None for day in days]))
    if chart.forecast:
        columns.append(("Expected, if this goes on", [ahead.get(day) for day in days]))
    return [date.fromisoformat(day) for day in days], columns


def cascade(slide: Any, chart: CascadeChart, alternative: str) -> None:
    """A bar a step: reached, ended otherwise, not yet reached; hatched where there is no number."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    told = CategoryChartData(number_format="#,##0")
    told.categories = [step.label if step.reached is not None else f"{step.label}: {step.said}" for step in chart.steps]
    columns = cascade_columns(chart)
    for name, values in columns:
        told.add_series(name, values)
    made = _add(slide, XL_CHART_TYPE.BAR_STACKED, told, alternative)
    _axes(made, "", [step.of for step in chart.steps])
    made.category_axis.reverse_order = True
    made.value_axis.visible = False
    made.value_axis.has_major_gridlines = False
    made.plots[0].gap_width, made.plots[0].overlap = 35, 100
    for series in made.plots[0].series:
        _bar(series)
    labels = made.plots[0].series[0].data_labels
    labels.show_value, labels.font.size, labels.font.color.rgb = True, Pt(14), colour_of(PAPER)
    _legend(made, shown=True)
    _known_axes(made)


def cascade_columns(chart: CascadeChart) -> list[tuple[str, list[float | None]]]:
    """Columns of a cascade, a row a step; the last one stands where there is no number, as long as its base."""
    steps = chart.steps
    columns: list[tuple[str, list[float | None]]] = [("Reached", [step.reached for step in steps])]
    if chart.has_ends:
        columns.append((capital(chart.ended_label), [step.ended for step in steps]))
    columns.append(("Not yet reached", [step.not_yet for step in steps]))
    if any(step.reached is None for step in steps):
        columns.append((NO_NUMBER, [step.of if step.reached is None else None for step in steps]))
    return columns


def _add(slide: Any, kind: Any, told: Any, alternative: str) -> Any:
    from pptx.util import Inches, Pt

    frame = slide.shapes.add_chart(kind, *map(Inches, (LEFT, TOP, ROOM, CHART_HIGH)), told)
    describe(frame, alternative)
    made = frame.chart
    made.has_title, made.font.size, made.font.name = False, Pt(15), FONT
    made.font.color.rgb = colour_of(INK)
    blank = made._chartSpace.chart.find(f"{{{SPACE}}}dispBlanksAs")
    if blank is not None:
        blank.set("val", "gap")
    return made


def _axes(made: Any, title: str, values: Sequence[float | None]) -> None:
    """Axes from zero up to a round number above every value and every end of an interval."""
    from pptx.util import Pt

    axis = made.value_axis
    highest = max([value for value in values if value is not None], default=1.0) or 1.0
    axis.minimum_scale, axis.has_minor_gridlines = 0, False
    axis.maximum_scale = ticks(0.0, highest)[-1] if title else highest
    axis.major_gridlines.format.line.color.rgb = colour_of(RULE)
    axis.format.line.fill.background()
    axis.has_title = bool(title)
    if title:
        axis.axis_title.text_frame.text = capital(title)
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    made.category_axis.format.line.color.rgb = colour_of(MUTED)
    made.category_axis.has_major_gridlines = False


def _line(series: Any, colour: str, *, strong: bool) -> None:
    """A line with its round marks; what is measured is strong, what is wanted or expected thin and dashed."""
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = colour_of(colour), Pt(3 if strong else 2)
    if not strong:
        series.format.line.dash_style = MSO_LINE.SQUARE_DOT
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 10 if strong else 7
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour_of(colour)
    series.marker.format.line.color.rgb = colour_of(colour)


def measured(series: Any, colour: str, told: Series, places: Sequence[int]) -> None:
    """Mark what is provisional or unstable, and draw the intervals; `places` is where each point stands."""
    from pptx.enum.chart import XL_MARKER_STYLE

    wide = len(list(series.values))
    ends: list[list[float | None]] = [[None] * wide for _ in range(3)]
    for place, point in zip(places, told.points, strict=True):
        for column, end in zip(ends, (point.value, point.lower, point.upper), strict=True):
            column[place] = end
        if point.value is not None and (point.provisional or point.state == "unstable"):
            marker = series.points[place].marker
            marker.style = XL_MARKER_STYLE.DIAMOND if point.state == "unstable" else XL_MARKER_STYLE.CIRCLE
            marker.size = 11
            marker.format.fill.solid()
            marker.format.fill.fore_color.rgb = colour_of(PAPER if point.provisional else colour)
            marker.format.line.color.rgb = colour_of(colour)
    intervals(series, *ends)


def _bar(series: Any) -> None:
    from pptx.enum.dml import MSO_PATTERN

    patterns = {NO_NUMBER: MSO_PATTERN.WIDE_UPWARD_DIAGONAL}
    name, fill = series.name, series.format.fill
    if name == "Reached":
        fill.solid()
        fill.fore_color.rgb = colour_of(ACCENT)
    elif name == "Not yet reached":
        fill.solid()
        fill.fore_color.rgb = colour_of(PAPER)
    else:
        fill.patterned()
        fill.pattern = patterns.get(name, MSO_PATTERN.PERCENT_20)
        fill.fore_color.rgb, fill.back_color.rgb = colour_of(MUTED), colour_of(PAPER)
    series.format.line.color.rgb = colour_of(MUTED)


def _legend(made: Any, *, shown: bool) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    made.has_legend = shown
    if shown:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        made.legend.font.size = Pt(14)


def _as_days(made: Any) -> None:
    """Let the axis of days step by years: PowerPoint takes days otherwise, and writes hundreds of labels."""
    from lxml import etree

    axis = made._chartSpace.chart.plotArea.find(f"{{{SPACE}}}dateAx")
    if axis is None:
        return
    for name, value in (("baseTimeUnit", "days"), ("majorUnit", "1"), ("majorTimeUnit", "years")):
        found = axis.find(f"{{{SPACE}}}{name}")
        if found is None:
            found = etree.SubElement(axis, f"{{{SPACE}}}{name}")
        found.set("val", value)


def _known_axes(made: Any) -> None:
    """Number the axes of bars as the format wants it: python-pptx writes negative numbers, which its schema has not."""
    axes = made._chartSpace.xpath(".//c:axId | .//c:crossAx")
    for axis in axes:
        axis.set("val", axis.get("val").lstrip("-"))


def intervals(series: Any, value: Sequence[float | None], low: Sequence[float | None],
              high: Sequence[float | None]) -> None:  # fmt: skip
    """Whiskers from the lower to the upper end of each point's interval; none where there is no interval."""
    from lxml import etree

    known = [v is not None and a is not None and b is not None for v, a, b in zip(value, low, high, strict=True)]
    if not any(known):
        return
    bars = etree.Element(f"{{{SPACE}}}errBars")
    for name, told in (("errDir", "y"), ("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        etree.SubElement(bars, f"{{{SPACE}}}{name}", val=told)
    for name, ends in (("plus", high), ("minus", low)):
        listed = etree.SubElement(etree.SubElement(bars, f"{{{SPACE}}}{name}"), f"{{{SPACE}}}numLit")
        etree.SubElement(listed, f"{{{SPACE}}}ptCount", val=str(len(known)))
        for at, here in enumerate(known):
            if here:
                point = etree.SubElement(listed, f"{{{SPACE}}}pt", idx=str(at))
                etree.SubElement(point, f"{{{SPACE}}}v").text = f"{abs((ends[at] or 0) - (value[at] or 0)):.4f}"
    bars.append(etree.fromstring(WHISKER.format(colour=ACCENT.removeprefix("#"))))
    series._element.find(f"{{{SPACE}}}cat").addprevious(bars)


def after_breaks(series: Series, breaks: Sequence[tuple[str, str]]) -> list[int]:
    """Points that are not joined to the one before: what is counted changed between them."""
    firsts = [run[0] for run in segments(series, breaks)]
    return [at for at in firsts if at and series.value[at - 1] is not None]


def _format(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")
