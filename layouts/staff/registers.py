"""One register of the coalition: its entries, how each is changed, how a sheet brings many, what it said before."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.views.registers_page import HISTORY, EntryRow, RegisterPage
from layouts.components.aria import aria
from layouts.components.coalition_tabs import coalition_tabs
from layouts.components.figure import text_table

PATH, FIGURES = "/our-coalition/registers", "/figure/our-coalition"


def build_registers(page: RegisterPage, *, may_keep: bool) -> Component:
    """The page; the links that change something are shown to whoever may."""
    return html.Div(
        [
            coalition_tabs(PATH),
            html.H1(page.headline, className="headline headline-large"),
            _links(page),
            html.P(page.register.about),
            *([html.P(html.A("Add to this register", href=page.add, className="button-link"))]
              if may_keep else []),
            *([_table(page, may_keep=may_keep)] if page.rows else []),
            *_pictures(page),
            *_sheet(page),
            *([html.Details([html.Summary("What changed"), text_table(HISTORY, page.history, "Newest changes first")],
                            className="twin")] if page.history else []),
        ]
    )  # fmt: skip


def _links(page: RegisterPage) -> Component:
    links = [
        html.Li(html.A(f"{title} ({count})", href=address,
                       **(aria(current="page") if title == page.register.title else {})))
        for title, address, count in page.links
    ]  # fmt: skip
    return html.Nav(html.Ul(links, className="inline-links"), **aria(label="Registers"))


def _table(page: RegisterPage, *, may_keep: bool) -> Component:
    head = html.Thead(html.Tr([html.Th(label, scope="col") for label in page.head]))
    body = html.Tbody([html.Tr(_cells(row, may_keep=may_keep)) for row in page.rows])
    table = html.Table([html.Caption(page.register.title), head, body], className="text-table")
    return html.Div(table, className="table-scroll", tabIndex=0, role="region", **aria(label=page.register.title))


def _cells(row: EntryRow, *, may_keep: bool) -> list[Component]:
    first = row.cells[0] or "–"
    link = html.A(first, href=row.address) if may_keep else first
    return [html.Th(link, scope="row"), *(html.Td(cell or "–") for cell in row.cells[1:])]


def _pictures(page: RegisterPage) -> list[Component]:
    """The way to what the registers look like as pictures, where anything is kept."""
    if not page.rows:
        return []
    address = f"{FIGURES}?{urlencode({'coalition': page.coalition})}"
    return [html.P(["The registers as pictures: ", html.A("SVG and PNG of each", href=address)])]


def _sheet(page: RegisterPage) -> list[Component]:
    path = f"/registers/templates/{page.register.id}"
    return [
        html.H2("Many at once"),
        html.P(
            [
                "Fill in a sheet (", html.A("XLSX", href=f"{path}.xlsx"), " or ", html.A("CSV", href=f"{path}.csv"),
                ") and load it: ", html.Code("coalition load SHEET"), ". A row that is there already is changed; a row "
                "that the sheet leaves out stays. A sheet with any fault changes nothing, and every fault is told.",
            ]
        ),
    ]  # fmt: skip
