"""Neutral charts as SVG strings, without script or style sheet: public pages, side panel, print and PDF."""

from __future__ import annotations

from dashboard.figures import svg_rows, svg_trend
from dashboard.figures.chart import Chart, IntervalChart, SmallMultiples


def figure(chart: Chart, width: int = 560, height: int = 280) -> str:
    """One `<svg role="img">`, named by the chart's title and described by its sentence.

    `width` is in pixels at which the text has its size: ask for the width it will be shown at (340 on a phone).
    `height` is for a trend chart; the others are as high as they have rows.
    """
    if isinstance(chart, IntervalChart):
        return svg_rows.figure(chart, width)
    if isinstance(chart, SmallMultiples):
        return svg_trend.multiples(chart, width)
    return svg_trend.figure(chart, width, height)
