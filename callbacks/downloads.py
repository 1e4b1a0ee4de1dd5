"""What is fetched beside the pages: shapes, and CSV of exactly what is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial, wraps
from typing import Any, ParamSpec

from flask import Flask, Response, abort, request
from sqlalchemy import select

from callbacks.partner_desks import desks_of
from callbacks.permissions import Permission, needs, require
from callbacks.query import day_of, read_address, read_as, read_asked, short_text
from callbacks.staff.my_agency import filled
from callbacks.staff.places import complete, opening_level
from callbacks.staff.strategies import kept_strategies
from callbacks.staff.targets import today_of
from callbacks.staff.trends import read_trend
from dashboard.exports.csv_text import to_csv
from dashboard.store.gated import GatedReader
from dashboard.store.schema import boundary
from dashboard.store.taken_down import so_far, taken_down
from dashboard.store.workspace import Workspace
from dashboard.views.asking import build_query, finest_level
from dashboard.views.cascade import after_overdose
from dashboard.views.cascade_asking import AskedCascade
from dashboard.views.desert_page import AskedDeserts
from dashboard.views.fairness import fairness
from dashboard.views.fairness_asking import AskedFairness
from dashboard.views.funder_tables import COLUMNS as FUNDER_COLUMNS
from dashboard.views.funder_tables import funder_rows
from dashboard.views.gap_rows import desert_rows, priority_gap_rows, what_if_rows
from dashboard.views.gaps_page import AskedGaps
from dashboard.views.hotspots import hotspot_rows
from dashboard.views.hotspots_asked import AskedHotspots
from dashboard.views.naloxone_page import AskedNaloxone
from dashboard.views.naloxone_rows import naloxone_rows
from dashboard.views.smoothed import SMOOTHED
from dashboard.views.smoothed_map import smoothed_rows
from dashboard.views.strategy_page import AskedStrategies
from dashboard.views.strategy_rows import strategy_rows
from dashboard.views.targets import AskedTargets, target_rows
from dashboard.views.trends import compared
from dashboard.views.what_if_asked import AskedWhatIf

FOREVER = "public, max-age=31536000, immutable"
Asked = ParamSpec("Asked")
GapRows = Callable[[GatedReader, Any, date], list[dict[str, object]]]
GAPS: Mapping[str, tuple[type, GapRows]] = {
    "deserts": (AskedDeserts, desert_rows), "naloxone": (AskedNaloxone, naloxone_rows),
    "priority-gaps": (AskedGaps, priority_gap_rows), "what-if": (AskedWhatIf, what_if_rows),
}  # fmt: skip
"""The pages of gaps by the name of their CSV: what each is asked, and the rows of its table."""


def register_downloads(server: Flask, workspace: Workspace) -> None:
    """Add the routes to a server."""

    @server.get("/geo/<sha>.json")
    @needs(Permission.SEE)
    def _geometry(sha: str) -> Response:
        return geometry(workspace, sha)

    for name, make in FILES.items():
        server.add_url_rule(f"/csv/{name}.csv", f"csv-{name}", needs(Permission.SEE)(partial(make, workspace)))
    for name in GAPS:
        server.add_url_rule(f"/csv/{name}.csv", f"csv-{name}",
                            needs(Permission.SEE)(partial(gaps_csv, workspace, name)))  # fmt: skip


def noted(make: Callable[Asked, Response]) -> Callable[Asked, Response]:
    """Take down what is read while a file is made."""

    @wraps(make)
    def made(*args: Asked.args, **named: Asked.kwargs) -> Response:
        with taken_down():
            return make(*args, **named)

    return made


def geometry(workspace: Workspace, sha: str) -> Response:
    """Prepared shapes by the hash of their content, which never changes."""
    with workspace.engine.connect() as connection:
        body = connection.scalar(select(boundary.c.body).where(boundary.c.sha == sha))
    if body is None:
        abort(404, "There are no such shapes in this store.")
    response = Response(body, mimetype="application/json")
    response.headers["Cache-Control"] = FOREVER
    return response


@noted
def places_csv(workspace: Workspace) -> Response:
    """The rows that the map shows, as `coalition show --format csv` prints them."""
    asked = read_asked(read_address(request.query_string.decode()))
    reader = workspace.reader(asked.as_of)
    asked = complete(reader, asked)
    asked = replace(asked, place="", level=asked.level or opening_level(reader, asked))
    query = build_query(reader, asked)
    cells = reader.read(query)
    smoothed = asked.rates == SMOOTHED and query.level is finest_level(reader, asked.within)
    return _csv(reader, smoothed_rows(reader, query, cells) if smoothed else cells.rows(), "places.csv")


@noted
def hotspots_csv(workspace: Workspace) -> Response:
    """The towns of the hotspots page: smoothed rates, clusters and classes."""
    asked = read_as(AskedHotspots, read_address(request.query_string.decode()))
    reader = workspace.reader(asked.as_of)
    return _csv(reader, hotspot_rows(reader, asked), "hotspots.csv")


@noted
def after_csv(workspace: Workspace) -> Response:
    """The steps of the cascades and their ends, a column saying whose they are."""
    asked = read_as(AskedCascade, read_address(request.query_string.decode()))
    reader = workspace.reader(asked.as_of)
    return _csv(reader, after_overdose(reader, asked).rows(), "after-an-overdose.csv")


@noted
def fairness_csv(workspace: Workspace) -> Response:
    """The groups of the fairness page, each beside whom it is compared with."""
    asked = read_as(AskedFairness, read_address(request.query_string.decode()))
    reader = workspace.reader(asked.as_of)
    return _csv(reader, fairness(reader, asked).rows(), "fairness.csv")


@noted
def trends_csv(workspace: Workspace) -> Response:
    """The rows behind the lines of the trends page, a column saying which line."""
    asked = read_trend(read_address(request.query_string.decode()))
    reader = workspace.reader(asked.as_of)
    lines = compared(reader, asked).cells
    rows: list[dict[str, object]] = [{"line": label} | row for label, cells in lines for row in cells.rows()]
    return _csv(reader, rows, "trends.csv")


@noted
def targets_csv(workspace: Workspace) -> Response:
    """Every target the page shows, with its status and sentence."""
    asked = read_as(AskedTargets, read_address(request.query_string.decode()))
    reader = workspace.reader(asked.as_of)
    return _csv(reader, target_rows(reader, today_of(asked), asked), "targets.csv")


@noted
def strategies_csv(workspace: Workspace) -> Response:
    """Every town of the map of strategies, with what is told of each strategy there."""
    asked = read_as(AskedStrategies, read_address(request.query_string.decode()))
    reader = workspace.reader(asked.as_of)
    asked, kept = kept_strategies(workspace, reader, asked)
    return _csv(reader, strategy_rows(reader, kept, asked), "strategies.csv")


@noted
def funder_csv(workspace: Workspace) -> Response:
    """A funder's table as one partner reports it: what is asked, the numbers, and what nobody counts said as that."""
    asked = read_address(request.query_string.decode())
    partner, table = (short_text(name, asked.get(name)) for name in ("partner", "table"))
    require(Permission.SEE, coalition=desks_of(workspace).coalition_of(partner))
    reader = workspace.reader()
    found = filled(reader, table, partner)
    told = funder_rows(found) if found else []
    rows: list[dict[str, object]] = [
        {"partner": partner, **dict(zip(FUNDER_COLUMNS, row, strict=True))} for row in told
    ]
    return _csv(reader, rows, "funder-table.csv")


@noted
def gaps_csv(workspace: Workspace, name: str) -> Response:
    """The towns of a page of gaps, with the numbers of its table and the question that they answer."""
    kind, rows = GAPS[name]
    asked: Any = read_as(kind, read_address(request.query_string.decode()))
    reader = workspace.reader(asked.as_of)
    return _csv(reader, rows(reader, asked, day_of(asked.as_of)), f"{name}.csv")


FILES: Mapping[str, Callable[[Workspace], Response]] = {
    "places": places_csv, "hotspots": hotspots_csv, "after-an-overdose": after_csv, "fairness": fairness_csv,
    "trends": trends_csv, "targets": targets_csv, "strategies": strategies_csv, "funder-table": funder_csv,
}  # fmt: skip
"""The other pages by the name of their CSV."""


def _csv(reader: GatedReader, rows: list[dict[str, object]], name: str) -> Response:
    """Rows as a file, each with what has to be said with the numbers that were read for them."""
    notes = ["demonstration data, not real"] if reader.cube.demonstration else []
    notes += reader.notices(so_far())
    if notes:
        rows = [row | {"note": "; ".join(notes)} for row in rows]
    response = Response(to_csv(rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
