"""Trends as Plotly figures: axes, breaks, and labels at the lines' ends instead of a legend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.figures import plotly_lines
from dashboard.figures.chart import Series, SmallMultiples, TrendChart, nothing_shown
from dashboard.figures.flags import HEAD, ROOM, labels, room
from dashboard.figures.palette import AXIS, INK, MUTED, PAPER, SERIES_LABELS
from dashboard.figures.plotly_style import LETTER, caption, layout, note, plain, value_axis
from dashboard.figures.scale import apart, day, time_span, time_ticks, value_ticks, wrapped

HEIGHT, PANEL_HEIGHT, TOP = 340, 140, 34
PHONE_PLOT, PANEL_PLOT = 260, 120
"""Pixels a plot is wide where it is narrowest: as many period labels are written as fit there."""
BETWEEN = 50
"""Pixels between the panels of small multiples besides the first lines of their titles: for the labels of periods."""
LABEL_LETTERS, BREAK_LETTERS, TITLE_LETTERS = 14, 11, 17
TITLE_LINE = 18
LABEL_GAP = 19

Notes = list[dict[str, Any]]


def figure(chart: TrendChart) -> dict[str, Any]:
    """One trend chart."""
    ticks = value_ticks([chart])
    left, right = _left(ticks), _right(chart)
    return {
        "data": [trace for i in range(len(chart.series)) for trace in plotly_lines.traces(chart, i, ticks[0])],
        "layout": layout(
            HEIGHT,
            {"l": left, "r": right, "t": TOP + room(chart.flags)},
            xaxis=_time_axis(chart, PHONE_PLOT - right / 2),
            yaxis=value_axis(ticks),
            shapes=[*map(_break_line, (iso for iso, _ in chart.breaks)), *map(_pole, (flag.x for flag in chart.flags))],
            annotations=[
                caption(chart.axis, left) | {"yshift": 12 + room(chart.flags)},
                *_end_labels(chart, ticks),
                *_break_labels(chart),
                *_heads(chart, [chart], PHONE_PLOT),
                *_empty(chart),
            ],
        ),
    }


def multiples(chart: SmallMultiples, columns: int) -> dict[str, Any]:
    """Small multiples as subplots with one scale of values, `columns` side by side."""
    ticks = value_ticks(chart.charts)
    rows, left = -(-len(chart.charts) // columns), _left(ticks)
    titles = [wrapped(panel.title, TITLE_LETTERS) for panel in chart.charts]
    above, title = room(chart.flags), TITLE_LINE * max(map(len, titles), default=1)
    counted, top, between = chart.charts[0].axis if chart.charts else "", 48 + above + title, BETWEEN + above + title
    margin = {"l": left, "r": 16, "t": top, "b": BETWEEN}
    high = top + PANEL_HEIGHT * rows + between * (rows - 1) + BETWEEN
    figure = layout(high, margin, annotations=[], shapes=[])
    gap = between / (PANEL_HEIGHT + between)
    figure["grid"] = {"rows": rows, "columns": columns, "pattern": "independent", "xgap": 0.1, "ygap": gap}
    figure["annotations"].append(caption(counted, left) | {"yshift": top - 26})
    data = []
    for i, panel in enumerate(chart.charts):
        axis = str(i + 1) if i else ""
        figure[f"xaxis{axis}"] = _time_axis(panel, PANEL_PLOT, split=True) | {"range": list(time_span(chart.charts))}
        figure[f"yaxis{axis}"] = value_axis(ticks) | {"showticklabels": i % columns == 0}
        heads = _heads(panel, chart.charts, PANEL_PLOT, axis)
        figure["annotations"] += [_panel_title(titles[i], axis, above), *heads, *_empty(panel, axis)]
        figure["shapes"] += [_break_line(day, axis) for day, _ in panel.breaks]
        figure["shapes"] += [_pole(flag.x, axis) for flag in panel.flags]
        traces = [trace for n in range(len(panel.series)) for trace in plotly_lines.traces(panel, n, ticks[0])]
        data += [trace | {"xaxis": f"x{axis}", "yaxis": f"y{axis}"} for trace in traces]
    return {"data": data, "layout": figure}


def _panel_title(lines: Sequence[str], axis: str, above: int) -> dict[str, Any]:
    place = {"x": 0, "y": 1, "xref": f"x{axis} domain", "yref": f"y{axis} domain", "yanchor": "bottom",
             "yshift": 6 + above}  # fmt: skip
    title = "<br>".join(plain(line) for line in lines)
    return note("", **place) | {"text": f"<b>{title}</b>", "align": "left", "font": {"color": INK, "size": 14}}


def _empty(chart: TrendChart, axis: str = "") -> Notes:
    """The reason across a chart that has no number at all."""
    middle = {"x": 0.5, "y": 0.5, "xref": f"x{axis} domain", "yref": f"y{axis} domain", "xanchor": "center"}
    return [note(text, **middle) for text in [nothing_shown(chart)] if text]


def _left(ticks: Sequence[float]) -> int:
    return 14 + int(8 * max(len(text) for text in value_axis(ticks)["ticktext"]))


def _right(chart: TrendChart) -> int:
    if len(chart.series) == 1:
        return 20
    return 24 + int(LETTER * max(len(line) for s in chart.series for line in wrapped(s.label, LABEL_LETTERS)))


def _time_axis(chart: TrendChart, width: float, *, split: bool = False) -> dict[str, Any]:
    """The axis of periods; `split` writes their labels in two lines, so that more of them fit."""
    ticks = time_ticks([chart], width, *([LETTER / 2] if split else []))
    told = [plain(label) for _, label in ticks]
    return {
        "type": "date",
        "range": list(time_span([chart])),
        "tickvals": [x for x, _ in ticks],
        "ticktext": ["<br>".join(label.rsplit(" ", 1)) for label in told] if split else told,
        "tickangle": 0,
        "ticks": "outside",
        "ticklen": 5,
        "tickcolor": AXIS,
        "tickfont": {"color": MUTED, "size": 13},
        "showgrid": False,
        "zeroline": False,
        "linecolor": AXIS,
        "fixedrange": True,
    }


def _end_labels(chart: TrendChart, ticks: Sequence[float]) -> Notes:
    """Names at the lines' ends, moved apart where they would lie on one another. One series needs no name."""
    ends = [_end(series) for series in chart.series]
    named = [i for i, end in enumerate(ends) if end and len(ends) > 1]
    pixel = (ticks[-1] - ticks[0]) / (HEIGHT - 68)
    lines = [wrapped(chart.series[i].label, LABEL_LETTERS) for i in named]
    sizes = [pixel * LABEL_GAP * len(part) for part in lines]
    heights = apart([end[1] for i in named if (end := ends[i])], sizes, ticks[0], ticks[-1])
    last = max((end[0] for end in ends if end), default="")
    return [
        note("", x=last, y=float(f"{y:.4g}"), xshift=10, yanchor="middle")
        | {"text": "<br>".join(plain(line) for line in part), "font": {"color": SERIES_LABELS[i], "size": 14}}
        for i, y, part in zip(named, heights, lines, strict=True)
    ]


def _end(series: Series) -> tuple[str, float] | None:
    """The last point that has a number."""
    known = [(x, value) for x, value in zip(series.x, series.value, strict=True) if value is not None]
    return known[-1] if known else None


def _break_line(day: str, axis: str = "") -> dict[str, Any]:
    line = {"color": MUTED, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "line": line, "layer": "below",
            "xref": f"x{axis}", "yref": f"y{axis} domain"}  # fmt: skip


def _pole(day_: str, axis: str = "") -> dict[str, Any]:
    """The line under a flag."""
    return _break_line(day_, axis) | {"line": {"color": INK, "width": 1}, "opacity": 0.45}


def _heads(chart: TrendChart, of: Sequence[TrendChart], width: int, axis: str = "") -> Notes:
    """The numbers of the flags above a plot at least so wide, in the time of these charts; those that touch are one."""
    first, last = (day(iso) for iso in time_span(of))
    scale = width / (last - first)
    placed = labels(chart.flags, lambda iso: (day(iso) - first) * scale)
    style = {"xref": f"x{axis}", "yref": f"y{axis} domain", "y": 1, "yanchor": "bottom", "yshift": ROOM - HEAD - 2,
             "xanchor": "center", "bgcolor": INK, "borderpad": 2, "font": {"color": PAPER, "size": 12}}  # fmt: skip
    return [note(said, x=date.fromordinal(first + round(at / scale)).isoformat(), **style) for at, said in placed]


def _break_labels(chart: TrendChart) -> Notes:
    """The reason beside each break's line, on the side that has more room."""
    days = sorted(x for series in chart.series for x in series.x)
    return [
        note("", x=day, y=1, yref="paper", yanchor="top", xshift=5 * side, xanchor="left" if side > 0 else "right")
        | {"text": "<br>".join(plain(line) for line in wrapped(label, BREAK_LETTERS)), "bgcolor": PAPER}
        for day, label in chart.breaks
        for side in [1 if day <= days[len(days) // 2] else -1]
    ]
