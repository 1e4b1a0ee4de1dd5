"""Parts of a page that Dash need not know, as HTML in an attribute."""

import dash_bootstrap_components as dbc
from component_tree import attribute, parts
from dash import html

from layouts.components.figure import text_table
from layouts.components.plain import HTML, as_html, plain


def test_a_tree_becomes_the_html_that_a_browser_would_draw() -> None:
    tree = [html.P("Ash & Birch", className="eyebrow"), html.Img(src="data:,x", alt="A line"), "the end"]
    assert as_html(tree) == '<p class="eyebrow">Ash &amp; Birch</p><img alt="A line" src="data:,x">the end'


def test_a_part_is_one_component_whatever_is_in_it() -> None:
    part = html.Section(id="panel", **plain([html.P("one"), html.P("two")]))
    assert list(parts(part)) == [part]
    assert attribute(part, HTML) == "<p>one</p><p>two</p>"


def test_what_somebody_wrote_cannot_become_markup() -> None:
    assert plain(html.P("<img src=x onerror=alert(1)>")) == {HTML: "<p>&lt;img src=x onerror=alert(1)&gt;</p>"}


def test_in_the_document_a_part_is_written_out_so_that_it_can_be_read_without_a_script() -> None:
    page = html.Main([html.Section(id="panel", **plain(html.P("Ash"))), html.Label("Place", htmlFor="place")])
    assert as_html(page) == '<main><section id="panel"><p>Ash</p></section><label for="place">Place</label></main>'


def test_a_table_of_texts_stays_one_element_inside_a_part() -> None:
    table = as_html(text_table(["Place"], [["Ash"]], "Towns"))
    assert "{&quot;caption&quot;:&quot;Towns&quot;,&quot;head&quot;:[&quot;Place&quot;]," in table
    assert table.endswith("></div>")


def test_a_control_of_a_part_does_not_answer() -> None:
    assert " disabled" in as_html(dbc.Button("Save"))
