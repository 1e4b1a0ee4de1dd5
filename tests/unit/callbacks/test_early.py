"""The page as plain HTML in the document."""

from html.parser import HTMLParser

import dash_bootstrap_components as dbc
import numpy as np
from dash import dcc, html

from callbacks.early import early_page


class Tags(HTMLParser):
    """The elements of a piece of HTML with their attributes, as a browser reads them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def inside(tree: object) -> str:
    return early_page(tree).removeprefix('<div id="early">').removesuffix("</div>")  # type: ignore[arg-type]


def test_text_and_attributes_are_written_as_html() -> None:
    link = html.A(["Deaths ", html.Strong("& kits")], href="/places?a=1&b=2", className="door", tabIndex=0)
    tags = Tags(inside(link))
    assert tags.seen == [("a", {"href": "/places?a=1&b=2", "class": "door", "tabindex": "0"}), ("strong", {})]
    assert inside(link).endswith(">Deaths <strong>&amp; kits</strong></a>")


def test_what_a_partner_wrote_cannot_become_markup() -> None:
    assert inside(html.P("<script>alert(1)</script>")) == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert inside(html.P("x", title='"><img src=x>')) == '<p title="&quot;&gt;&lt;img src=x&gt;">x</p>'


def test_a_store_cannot_end_its_script() -> None:
    assert "</script><b>" not in inside(dcc.Store(id="s", data={"name": "</script><b>"}))


def test_a_store_is_kept_for_the_map_as_json() -> None:
    store = dcc.Store(id="places-paint", data={"rate": np.array([1.5, np.nan])})
    assert inside(store) == '<script type="application/json" data-store="places-paint">{"rate":[1.5,null]}</script>'


def test_controls_wait_until_they_are_answered() -> None:
    menu = dbc.Select(id="m", options=[{"value": "a", "label": "A"}, {"value": "b", "label": "B"}], value="b")
    assert inside(menu) == (
        '<select class="form-select" disabled id="m"><option value="a">A</option>'
        '<option value="b" selected>B</option></select>'
    )


def test_what_is_hidden_stays_hidden_and_what_is_closed_closed() -> None:
    assert inside(html.Div("x", hidden=True)) == "<div hidden>x</div>"
    assert inside(html.Details("x", open=False)) == "<details>x</details>"
