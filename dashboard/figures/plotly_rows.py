"""Groups and places as Plotly dicts: a dot with its interval per row, the number at the right edge."""

from __future__ import annotations

from typing import Any

from dashboard.domain import State
from dashboard.figures.chart import IntervalChart, IntervalRow, stands_out
from dashboard.figures.palette import ACCENT, INK, MUTED, PAPER, QUIET
from dashboard.figures.plotly_style import LETTER, caption, layout, note, plain, value_axis
from dashboard.figures.scale import value_ticks, wrapped
from dashboard.figures.words import absent_words, number

ROW_HEIGHT = 40
LABEL_LETTERS = 18


def figure(chart: IntervalChart) -> dict[str, Any]:
    """One chart of rows, first row on top."""
    ticks = value_ticks([chart], about=4)
    labels = [wrapped(row.label, LABEL_LETTERS) for row in chart.rows]
    left = 20 + int(LETTER * max((len(line) for label in labels for line in label), default=0))
    return {
        "data": [*(trace for strong in (False, True) for trace in _whiskers(chart, strong)), _dots(chart)],
        "layout": layout(
            ROW_HEIGHT * (len(chart.rows) + bool(chart.reference)) + 74,
            {"l": left, "r": 58},
            xaxis=value_axis(ticks, "x"),
            yaxis=_row_axis(chart, ["<br>".join(plain(line) for line in label) for label in labels]),
            shapes=[_reference_line(chart.reference[0])] if chart.reference else [],
            annotations=[caption(chart.axis, left), *_reference_label(chart), *_row_notes(chart, ticks[0])],
        ),
    }


def _row_axis(chart: IntervalChart, texts: list[str]) -> dict[str, Any]:
    """Rows downwards from 0; the name of the reference has a row of its own above them."""
    bold = [f"<b>{text}</b>" if row.highlight else text for row, text in zip(chart.rows, texts, strict=True)]
    return {
        "range": [len(texts) - 0.5, -1.5 if chart.reference else -0.5],
        "tickvals": list(range(len(texts))),
        "ticktext": bold,
        "tickfont": {"color": INK, "size": 14},
        "ticklabelstandoff": 8,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _colour(chart: IntervalChart, row: IntervalRow) -> str:
    return ACCENT if stands_out(chart, row) else QUIET


def _whiskers(chart: IntervalChart, strong: bool) -> list[dict[str, Any]]:
    colour = ACCENT if strong else QUIET
    spans = [
        (i, row.lower, row.upper)
        for i, row in enumerate(chart.rows)
        if row.lower is not None and row.upper is not None and _colour(chart, row) == colour
    ]
    if not spans:
        return []
    return [
        {
            "x": [end for _, lower, upper in spans for end in (float(f"{lower:.4g}"), float(f"{upper:.4g}"), None)],
            "y": [end for i, *_ in spans for end in (i, i, None)],
            "mode": "lines",
            "line": {"color": colour, "width": 2.5},
            "hoverinfo": "skip",
        }
    ]


def _dots(chart: IntervalChart) -> dict[str, Any]:
    shown = [(i, row, row.value) for i, row in enumerate(chart.rows) if row.value is not None]
    return {
        "x": [float(f"{value:.4g}") for _, _, value in shown],
        "y": [i for i, *_ in shown],
        "mode": "markers",
        "marker": {
            "size": 11,
            "symbol": ["diamond" if row.state == State.UNSTABLE else "circle" for _, row, _ in shown],
            "color": [PAPER if row.provisional else _colour(chart, row) for _, row, _ in shown],
            "line": {"color": [_colour(chart, row) for _, row, _ in shown], "width": 2},
        },
        "text": [_hover(chart, row) for _, row, _ in shown],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }


def _hover(chart: IntervalChart, row: IntervalRow) -> str:
    return f"<b>{plain(row.label)}</b><br>{plain(row.point.said(chart.digits))}<br>{plain(chart.axis)}"


def _reference_line(value: float) -> dict[str, Any]:
    line = {"color": MUTED, "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": value, "x1": value, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}


def _reference_label(chart: IntervalChart) -> list[dict[str, Any]]:
    if not chart.reference:
        return []
    value, label = chart.reference
    text = f"{label} {number(value, chart.digits)}"
    return [note(text, x=value, y=-1, xshift=5, bgcolor=PAPER)]


def _row_notes(chart: IntervalChart, start: float) -> list[dict[str, Any]]:
    """The number at the right edge of each row; where there is none, the reason at its start."""
    notes = []
    for i, row in enumerate(chart.rows):
        if row.value is None:
            why = f"<i>{plain(absent_words(row.state, row.numerator))}</i>"
            notes.append(note("", x=start, y=i, xshift=4, bgcolor=PAPER) | {"text": why})
        else:
            edge = {"x": 1, "xref": "paper", "y": i, "xanchor": "right", "xshift": 52}
            notes.append(note(number(row.value, chart.digits), **edge) | {"font": {"color": INK, "size": 14}})
    return notes
