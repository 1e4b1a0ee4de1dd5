"""An address says the whole state of a page, and comes back the same."""

import pytest

from public.addresses import Asked, Links, parse

ROUND = [
    "/r/12/", "/r/12/map/deaths/2016-2018/all/", "/es/r/12/trend/deaths/25/age-25-34/", "/embed/r/3/gaps/",
    "/es/embed/r/3/map/deaths/2023-07..2026-06/all/", "/r/12/town/2501127060/", "/about/", "/es/accessibility/",
    "/r/12/map/deaths/2016-2018/all.csv", "/embed/r/latest/targets/", "/r/12/town/2501127060.json", "/r/12/gaps.svg",
]  # fmt: skip


@pytest.mark.parametrize("path", ROUND)
def test_an_address_is_read_and_written_the_same(path: str) -> None:
    asked = parse(path)
    assert asked is not None
    assert asked.path == path


@pytest.mark.parametrize("path", [
    "/r/", "/r/x/", "/r/12/nowhere/", "/r/12/map/a/b/c/d/", "/about/more/", "/embed/", "/r/12/../../etc/passwd",
    "/r/12/map/<script>/b/c/", "/static/x.css", "/r/-1/", "/r/12/about.csv", "/r/12/town/25.svg",
])  # fmt: skip
def test_other_addresses_ask_for_nothing(path: str) -> None:
    assert parse(path) is None


def test_the_root_asks_for_the_first_page() -> None:
    assert parse("/") == Asked()
    assert parse("/es/") == Asked(language="es")


@pytest.mark.parametrize(("here", "there", "expected"), [
    ("/r/1/", "/r/1/map/a/b/all/", "map/a/b/all/"),
    ("/r/1/map/a/b/all/", "/r/1/", "../../../../"),
    ("/r/1/map/a/b/all/", "/static/x.css", "../../../../../../static/x.css"),
    ("/r/1/", "/r/1/", "./"),
])  # fmt: skip
def test_links_are_relative(here: str, there: str, expected: str) -> None:
    assert Links(here).to(there) == expected


def test_links_of_plain_files_name_the_file() -> None:
    assert Links("/r/1/", "index.html").to("/about/") == "../../about/index.html"
