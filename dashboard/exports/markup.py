"""The elements that a brief is made of, as HTML; every text is escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

from dashboard.exports.pictures import Figure, alternative, svg_of
from dashboard.figures.palette import FILLS

HATCH = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><rect width='8' height='8' fill='{colour}'/>{mark}"
    "</svg>"
)
MARKS = {
    "hatch": "<path d='M0 8L8 0M-2 2L2 -2M6 10L10 6' stroke='#1d2a30' stroke-width='1.4'/>",
    "dots": "<circle cx='4' cy='4' r='1.2' fill='#54636b'/>",
}


def element(name: str, *parts: str, class_: str = "") -> str:
    """An element of parts that are markup already."""
    said = f' class="{class_}"' if class_ else ""
    return f"<{name}{said}>{''.join(parts)}</{name}>"


def words(name: str, text: str, class_: str = "") -> str:
    """An element of a plain text; nothing where there is no text."""
    return element(name, escape(text), class_=class_) if text else ""


def bullets(texts: Iterable[str]) -> str:
    """A list of plain texts."""
    items = "".join(words("li", text) for text in texts)
    return element("ul", items) if items else ""


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with header cells for its columns and its rows."""
    heads = "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
    body = "".join(
        element("tr", f'<th scope="row">{escape(row[0])}</th>', *(words("td", text or "–") for text in row[1:]))
        for row in rows
    )
    named = words("caption", caption)
    return element("table", named, element("thead", element("tr", heads)), element("tbody", body))


def picture(figure: Figure, caption: str = "", *, width: int = 560, height: int = 250) -> str:
    """A figure with its alternative text and caption."""
    data = b64encode(svg_of(figure, width, height).encode()).decode()
    image = f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(alternative(figure))}">'
    return element("figure", image, words("figcaption", caption))


def legend(entries: Iterable[tuple[str, str]]) -> str:
    """The classes of a map: the colour and texture beside the words."""
    items = (f'<li><span class="swatch" style="{_fill(code)}"></span>{escape(said)}</li>' for code, said in entries)
    return element("ul", *items, class_="legend")


def _fill(code: str) -> str:
    fill = FILLS[code]
    mark = MARKS.get(fill.texture)
    if mark is None:
        return f"background-color:{fill.colour}"
    data = b64encode(HATCH.format(colour=fill.colour, mark=mark).encode()).decode()
    return f"background-image:url(data:image/svg+xml;base64,{data})"
