"""What all Plotly figures share: type, grid, margins, hover."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from dashboard.figures.palette import INK, MUTED, PAPER, RULE
from dashboard.figures.scale import tick_digits
from dashboard.figures.words import capital, number

FONT = "Inter, 'Source Sans 3', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
LETTER = 7.2
"""Width of an average letter at the size of labels, in pixels: Plotly cannot tell before it draws."""


def layout(height: int, margin: dict[str, int], **more: Any) -> dict[str, Any]:
    """The layout every figure starts from."""
    return {
        "height": height,
        "autosize": True,
        "margin": {"t": 34, "b": 34, "pad": 0, **margin},
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "showlegend": False,
        "separators": ".,",
        "hovermode": "closest",
        "hoverdistance": 30,
        "hoverlabel": {
            "bgcolor": INK,
            "bordercolor": INK,
            "font": {"family": FONT, "color": PAPER, "size": 14},
            "align": "left",
        },
        "dragmode": False,
        **more,
    }


def value_axis(ticks: Sequence[float], letter: str = "y") -> dict[str, Any]:
    """An axis of values with round ticks and thin lines across."""
    digits = tick_digits(ticks)
    return {
        # A hair beyond the last tick, or Plotly leaves out the line there.
        "range": [ticks[0], ticks[-1] + (ticks[-1] - ticks[0]) * 0.004],
        "tickvals": list(ticks),
        "ticktext": [number(tick, digits) for tick in ticks],
        "gridcolor": RULE,
        "gridwidth": 1,
        "zeroline": False,
        "ticks": "",
        "tickangle": 0,
        "fixedrange": True,
        "tickfont": {"color": MUTED, "size": 13},
        **({"ticklabelstandoff": 6} if letter == "y" else {}),
    }


def caption(text: str, left: int = 0, **more: Any) -> dict[str, Any]:
    """What an axis counts, above its top at the left edge of the picture."""
    return note(capital(text), x=0, y=1, xref="paper", yref="paper", xshift=-left, yshift=12, yanchor="bottom", **more)


def note(text: str, **more: Any) -> dict[str, Any]:
    """A small muted text without an arrow; the text is escaped."""
    return {
        "text": plain(text),
        "showarrow": False,
        "xanchor": "left",
        "align": "left",
        "font": {"color": MUTED, "size": 13},
        **more,
    }


def plain(text: str) -> str:
    """Text that Plotly shows as it is: names come from files and may hold what looks like markup."""
    return escape(text, quote=False)
