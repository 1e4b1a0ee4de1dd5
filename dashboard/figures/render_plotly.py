"""Neutral charts as Plotly figures: plain dicts, small, and quiet until hovered."""

from __future__ import annotations

from typing import Any

from dashboard.figures import plotly_rows, plotly_trend
from dashboard.figures.chart import Chart, IntervalChart, SmallMultiples

GRAPH_CONFIG = {"displayModeBar": False, "showSendToCloud": False, "responsive": True}
"""For every graph: Plotly's toolbar can upload a chart to its maker's servers, so there is none."""


def figure(chart: Chart, columns: int = 3) -> dict[str, Any]:
    """{"data": [...], "layout": {...}} of a chart; `columns` is for small multiples (1 on a phone).

    Draws neither title nor sentence: the page has them as text.
    """
    if isinstance(chart, IntervalChart):
        return plotly_rows.figure(chart)
    if isinstance(chart, SmallMultiples):
        return plotly_trend.multiples(chart, columns)
    return plotly_trend.figure(chart)
