"""Neutral charts as SVG strings, without script or style sheet: public pages, side panel, print and PDF."""

from __future__ import annotations

from dashboard.figures import svg_cascade, svg_funnel, svg_glide, svg_matrix, svg_rows, svg_steps, svg_trend
from dashboard.figures.cascade import CascadeChart
from dashboard.figures.chart import Chart, IntervalChart, SmallMultiples
from dashboard.figures.funnel import FunnelChart
from dashboard.figures.glide import GlideChart
from dashboard.figures.matrix import MatrixChart
from dashboard.figures.steps import StepChart

Picture = Chart | FunnelChart | StepChart | CascadeChart | GlideChart | MatrixChart
"""Every chart that can be drawn as SVG; Plotly draws those of `chart.Chart` only."""


def figure(chart: Picture, width: int = 560, height: int = 280) -> str:
    """One `<svg role="img">`, named by the chart's title and described by its sentence.

    `width` is in pixels at which the text has its size: ask for the width it will be shown at (340 on a phone).
    `height` is not for charts of rows and steps and for small multiples: they are as high as they have rows.
    """
    match chart:
        case IntervalChart():
            return svg_rows.figure(chart, width)
        case SmallMultiples():
            return svg_trend.multiples(chart, width)
        case CascadeChart():
            return svg_cascade.figure(chart, width)
        case FunnelChart():
            return svg_funnel.figure(chart, width, height)
        case StepChart():
            return svg_steps.figure(chart, width, height)
        case MatrixChart():
            return svg_matrix.figure(chart, width)
        case GlideChart():
            return svg_glide.figure(chart, width, height)
    return svg_trend.figure(chart, width, height)
