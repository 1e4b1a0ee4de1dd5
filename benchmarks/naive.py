"""The naive page: every change sends px.choropleth with its GeoJSON again, and a px.line; Dash's default settings.

Reads its folder (the boundary file and the rows) from NAIVE_FOLDER. Plotly's map asks a content network for a world
outline and waits for it; here the page serves an empty one itself, so that the page paints without a network.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, dcc, html
from flask import Flask

from benchmarks.rows import FIRST_YEAR, YEARS

EMPTY_WORLD = {"type": "Topology", "objects": {}, "arcs": []}
WINDOWS = {
    **{f"{months}m": (YEARS * 12 - months, YEARS * 12) for months in (12, 24, 36)},
    **{str(FIRST_YEAR + year): (year * 12, year * 12 + 12) for year in range(YEARS)},
}
"""Period -> first month and the month after the last."""


def create_server() -> Flask:
    """The page's WSGI application, for gunicorn."""
    folder = Path(os.environ["NAIVE_FOLDER"])
    shapes = json.loads((folder / "towns.geojson").read_text(encoding="utf-8"))
    rows = pd.read_pickle(folder / "rows.pickle")
    app = Dash(__name__)
    groups = sorted(set(rows["group"]))
    app.layout = html.Div(
        [
            dcc.Dropdown(id="period", options=list(WINDOWS), value="36m"),
            dcc.Dropdown(id="group", options=[{"value": group or "all", "label": group or "all"} for group in groups],
                         value="all"),
            dcc.Graph(id="map", config={"topojsonURL": "/outline/"}),
            dcc.Graph(id="line"),
        ]
    )  # fmt: skip

    @app.callback(Output("map", "figure"), Output("line", "figure"), Input("period", "value"), Input("group", "value"))
    def _show(period: str, group: str) -> tuple[Any, Any]:
        return figures(rows, shapes, period, "" if group == "all" else group)

    @app.server.get("/outline/<name>")
    def _outline(name: str) -> dict[str, Any]:  # noqa: ARG001
        return EMPTY_WORLD

    app.server.test_client().get("/")
    return app.server


def figures(rows: pd.DataFrame, shapes: dict[str, Any], period: str, group: str) -> tuple[Any, Any]:
    """Map of the deaths of a period and their line by month: mask, then groupby."""
    first, after = WINDOWS[period]
    asked = rows[(rows["group"] == group) & (rows["basis"] == "residence") & (rows["partner"] == "")]
    here = asked[(asked["month"] >= first) & (asked["month"] < after)]
    by_town = here.groupby("town", as_index=False)["deaths"].sum()
    picture = px.choropleth(
        by_town,
        geojson=shapes,
        locations="town",
        featureidkey="properties.geoid",
        color="deaths",
        fitbounds="locations",
    )
    picture.update_geos(visible=False)
    line = px.line(here.groupby("month", as_index=False)["deaths"].sum(), x="month", y="deaths")
    return picture, line
