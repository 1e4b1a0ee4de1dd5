"""What people write is shown as letters, emphasis and lists; markup and script do nothing."""

import pytest

from dashboard.meetings.plain_text import Piece, as_html, cleaned, in_one_line, pieces


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[go](javascript:alert(1))", "<b>bold</b>",
     "![p](http://example.org/p.png)", "<!-- hidden -->", "<javascript:alert(1)>", "&lt;script&gt;"],
)  # fmt: skip
def test_markup_stays_the_letters_that_it_is(text: str) -> None:
    assert pieces(text) == (Piece("p", parts=(Piece("", text),)),)
    written = as_html(text)
    inside = written.removeprefix("<p>").removesuffix("</p>\n")
    assert "<" not in inside
    assert ">" not in inside


def test_emphasis_and_lists_are_read() -> None:
    assert as_html("We said **no** to *that*") == "<p>We said <strong>no</strong> to <em>that</em></p>\n"
    listed = (Piece("li", parts=(Piece("", "vans"),)), Piece("li", parts=(Piece("", "kits"),)))
    assert pieces("- vans\n- kits") == (Piece("ul", parts=listed),)


def test_a_title_a_link_and_code_are_no_more_than_letters() -> None:
    assert as_html("# big") == "<p># big</p>\n"
    assert "href" not in as_html("see <https://example.org> or [here](https://example.org)")


def test_a_text_is_kept_without_letters_that_nobody_sees() -> None:
    assert cleaned(" a\x00b\r\nc\u202e ") == "ab\nc"


def test_a_text_is_told_on_one_line() -> None:
    assert in_one_line("In the **North Quabbin**, not in Green*field*.") == "In the North Quabbin, not in Greenfield."
    assert in_one_line("Two **vans**\nfor\n\n- Athol\n- Orange") == "Two vans for Athol Orange"
