"""The parts every SVG figure is made of: the frame with its title and description, text, paths and marks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from zlib import crc32

from dashboard.figures.palette import INK, MUTED
from dashboard.figures.plotly_style import FONT

SMALL = 12.5
LETTER = 6.9
"""Width of an average letter at SMALL, in pixels."""


def frame(width: int, height: int, title: str, sentence: str, parts: Sequence[str]) -> str:
    """A whole SVG: an image to a screen reader, named by its title and described by its sentence."""
    key = f"f{crc32(f'{title}|{sentence}|{width}'.encode()):08x}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{key}t {key}d" font-family="{escape(FONT)}" '
        f'font-size="{SMALL}" fill="{MUTED}"><title id="{key}t">{escape(title)}</title>'
        f'<desc id="{key}d">{escape(sentence)}</desc>{"".join(parts)}</svg>'
    )


def text(lines: Sequence[str] | str, x: float, y: float, /, **attributes: object) -> str:
    """Text whose first line's baseline is at y; more lines follow below."""
    parts = [lines] if isinstance(lines, str) else list(lines)
    spans = escape(parts[0]) if parts else ""
    spans += "".join(f'<tspan x="{short(x)}" dy="1.2em">{escape(part)}</tspan>' for part in parts[1:])
    return tag("text", spans, x=short(x), y=short(y), **attributes)


def strong(lines: Sequence[str] | str, x: float, y: float, **attributes: object) -> str:
    """Text in ink, half bold."""
    return text(lines, x, y, **{"fill": INK, "font_weight": 600, **attributes})


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    """A straight line."""
    return tag("path", d=f"M{short(x1)} {short(y1)}L{short(x2)} {short(y2)}", **attributes)


def polyline(points: Sequence[tuple[float, float]], closed: bool = False) -> str:
    """The `d` of a path through points."""
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points) + ("Z" if closed else "")


def mark(shape: str, x: float, y: float, size: float) -> str:
    """The `d` of a point's mark of this diameter."""
    r = size / 2
    if shape == "circle":
        arc = f"a{short(r)} {short(r)} 0 1 0 "
        return f"M{short(x - r)} {short(y)}{arc}{short(size)} 0{arc}{short(-size)} 0Z"
    corners = {
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "triangle": ((0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
        "plus": ((-1, 0), (1, 0), (0, 0), (0, -1), (0, 1), (0, 0)),
        "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        "cross": ((-0.8, -0.8), (0.8, 0.8), (0, 0), (-0.8, 0.8), (0.8, -0.8), (0, 0)),
    }[shape]
    return polyline([(x + r * dx, y + r * dy) for dx, dy in corners], closed=True)


def tag(name: str, content: str = "", /, **attributes: object) -> str:
    """An element; underscores in attribute names become hyphens, text content must be escaped already."""
    said = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def escape_text(said: str) -> str:
    """Text content with its markup characters escaped."""
    return escape(said, quote=False)


def short(value: float) -> str:
    """A coordinate to a tenth of a pixel."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
