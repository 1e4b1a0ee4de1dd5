"""Our colours: calm, at least 3:1 for marks and 4.5:1 for text on paper, told apart in colour blindness.

No colour judges: indicators that should rise, fall or neither share one ramp, and red and green are not used.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1d2a30"
MUTED = "#54636b"
RULE = "#dde4e6"
AXIS = "#8b989e"
PAPER = "#ffffff"
SHADE = "#f5f7f7"
ACCENT = "#0a5660"
QUIET = "#5f7c8a"
"""Rows that stand beside the highlighted one."""

SERIES = (ACCENT, "#c8641f", "#6b3fa0", "#7690a8")
"""Marks of up to four series; they differ in lightness too, and in the shape of their points."""
SERIES_LABELS = (ACCENT, "#a64f12", "#6b3fa0", "#4f6a83")
"""The same hues, dark enough for text."""

RAMP = ("#efe6cc", "#b5d6c2", "#6cb3b0", "#2b7b91", "#1b3d63")
"""Five classes of a map, from low to high: sand to deep sea."""

BIVARIATE = (
    ("#f1ece0", "#b9cbd6", "#6a97b3"),
    ("#e8c79d", "#b0a59a", "#5f7683"),
    ("#d08a3e", "#965a38", "#3a2026"),
)
"""Two things at once: rows from low to high need (sand to amber), columns from near to far (sand to blue).

Both together are the darkest, and every step of a row or column is darker than the one before it.
"""


@dataclass(frozen=True)
class Fill:
    """How an area is filled: a colour and a texture (none, hatch, dots, stripes, grid, or outline: hollow)."""

    colour: str
    texture: str = ""
    mark: str = ""


FILLS: dict[str, Fill] = {
    **{str(i + 1): Fill(colour) for i, colour in enumerate(RAMP)},
    "0": Fill(PAPER),
    "u": Fill("#eceff0", "outline", MUTED),
    "c": Fill("#eceff0"),
    "s": Fill("#d3dadd", "hatch", INK),
    "n": Fill(PAPER, "dots", MUTED),
    " ": Fill(SHADE),
}
"""Class character -> fill; the characters are those of `classes.classify`."""


def css_variables() -> dict[str, str]:
    """The palette as custom properties for a style sheet: name without dashes -> colour."""
    named = {"ink": INK, "muted": MUTED, "rule": RULE, "axis": AXIS, "paper": PAPER, "shade": SHADE, "accent": ACCENT}
    series = {f"series-{i + 1}": colour for i, colour in enumerate(SERIES)}
    return named | series | {f"class-{i + 1}": colour for i, colour in enumerate(RAMP)}
