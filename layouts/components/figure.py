"""A picture with its sentence before it and its table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import orjson
from dash import html
from dash.development.base_component import Component

from dashboard.figures import render_svg
from dashboard.figures.chart import IntervalChart, SmallMultiples, TrendChart
from dashboard.figures.render_svg import Picture
from layouts.components.aria import aria
from layouts.components.flag_list import flag_list

PICTURE_LINKS = (("SVG", ".svg"), ("PNG", ".png"), ("Every picture", ""))
PANEL = 330
"""Pixels that the panel beside a map has for a picture: drawn wider, its words would be too small to read there."""
SVG_PLAIN = " !'()*+,/:;=?@-._~<>\""
"""What a data address may hold unescaped, so that text stays text and compresses."""


def svg_figure(chart: Picture, *, width: int = PANEL, height: int = 220, wide: int = 0, heading: str = "") -> Component:
    """A chart as a picture of text and lines, with its sentence and its table twin; `wide`: a second, wide drawing."""
    picture = (
        fitted_picture(chart, wide=wide, narrow=width) if wide else chart_picture(chart, width=width, height=height)
    )
    return html.Figure(
        [
            html.H3(heading or chart.title, className="figure-title"),
            html.Figcaption(
                [html.P(chart.sentence), html.P(chart.reading, className="quiet", hidden=not chart.reading)]
            ),
            *(
                [
                    picture,
                    *flag_list(getattr(chart, "flags", ())),
                    folded(_table(chart)),
                ]
                if _has_values(chart)
                else [_table(chart)]
            ),
        ],
        className="figure",
    )


def chart_picture(chart: Picture, *, width: int, height: int = 240) -> Component:
    """A chart as a picture; its alternative text is the sentence it carries."""
    svg = render_svg.figure(chart, width, height)
    return html.Img(src=_data_address(svg), alt=chart.sentence, className="chart-picture")


def fitted_picture(chart: Picture, *, wide: int, narrow: int) -> Component:
    """A chart drawn twice, so that its words stay readable: wide beside the controls, narrow on a small screen."""
    small = chart_picture(chart, width=narrow)
    source = _data_address(render_svg.figure(chart, wide), safe=SVG_PLAIN.replace(" ", "").replace(",", ""))
    return html.Picture([html.Source(srcSet=source, media="(min-width: 62.01rem)"), small], className="chart-fitted")


def _data_address(svg: str, safe: str = SVG_PLAIN) -> str:
    """What is between blanks and commas counts as one address in a list of sources: there they are escaped too."""
    return "data:image/svg+xml," + quote(svg, safe=safe)  # half of what base64 takes once compressed


def _has_values(chart: Picture) -> bool:
    """Whether there is anything to draw; a picture of nothing but absent numbers says less than its table."""
    if isinstance(chart, TrendChart | SmallMultiples):
        return True
    return any(row.value is not None for row in chart.rows) if isinstance(chart, IntervalChart) else chart.has_values


def _table(chart: Picture) -> Component:
    head, rows = chart.table()
    return text_table(head, rows, chart.title)


def folded(table: Component, **attributes: Any) -> Component:
    """A table that opens on demand."""
    return html.Details([html.Summary("The same numbers as a table"), table], className="twin", **attributes)


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Component:
    """A table of texts with its first column as row heads; it scrolls by itself where it is too wide.

    One component, whatever its size: assets/texttable.js writes the cells (decision 0080).
    """
    told = orjson.dumps({"caption": caption, "head": head, "rows": rows}).decode()
    attributes: dict[str, Any] = {"data-cells": told, **aria(label=caption)}
    return html.Div(className="table-scroll", tabIndex=0, role="region", **attributes)


def download(id_: str, href: str, name: str) -> Component:
    """Links to the numbers and the picture of exactly what is shown; without an address none of them is seen.

    assets/pictures.js lets the pictures follow the address of the numbers.
    """
    numbers: dict[str, Any] = {"data-figure": name.removesuffix(".csv")}
    csv = html.A("Download what is shown (CSV)", id=id_, href=href or None, className="download", download=name,
                 **numbers)  # fmt: skip
    address = href.replace("/csv/", "/figure/", 1).replace(".csv", "{}", 1)
    return html.Div([csv, *picture_links(address)], className="downloads")


def picture_links(address: str) -> list[Component]:
    """Links to the picture of a page as SVG and PNG, and to all its pictures; `address` has {} for the ending."""
    return [_picture_link(words, address, ending) for words, ending in PICTURE_LINKS]


def _picture_link(words: str, address: str, ending: str) -> Component:
    followed: dict[str, Any] = {"data-ending": ending}
    href = address.replace("{}", ending, 1) or None
    return html.A(words, href=href, className="download", download="" if ending else None, **followed)
