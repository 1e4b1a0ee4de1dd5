"""A figure in a frame: on the site that may, on one that may not, and how high it grows."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from public_site import PublicSite, public_site
from release_maker import DEATHS, release

from dashboard.releases.file import write_release

pytestmark = pytest.mark.long

FIGURE = f"/embed/r/latest/map/{DEATHS}/2022-2024/all/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicSite]:
    home = tmp_path_factory.mktemp("public")
    write_release(release(), home / "releases")
    with public_site(home) as served:
        yield served


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 900, "height": 900})
    yield context.new_page()
    context.close()


def host_page(site: PublicSite, name: str, address: str = FIGURE) -> None:
    """A page of another site with the lines that we say to copy."""
    body = f'<iframe src="{site.address}{address}" title="Map" width="100%" height="300" data-coalition></iframe>'
    body += f'<script src="{site.address}/static/embed.js" defer></script>'
    (site.pages / name).write_text(f'<!doctype html><html lang="en"><title>County</title>{body}</html>', "utf-8")


def test_the_lines_to_copy_show_the_figure_on_an_allowed_site(site: PublicSite, page: Page) -> None:
    page.goto(f"{site.address}/r/1/map/{DEATHS}/2022-2024/all/")
    copied = page.locator("textarea").input_value()
    (site.pages / "copied.html").write_text(f'<!doctype html><html lang="en"><title>C</title>{copied}</html>', "utf-8")
    page.goto(f"{site.allowed}/copied.html")
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_contain_text("Opioid overdose deaths")


def test_the_frame_grows_to_its_page_and_follows_what_is_opened(site: PublicSite, page: Page) -> None:
    host_page(site, "grows.html")
    page.goto(f"{site.allowed}/grows.html")
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_function("Number(document.querySelector('iframe').height) > 310")
    before = int(page.locator("iframe").get_attribute("height") or 0)
    frame = page.frames[1]
    assert abs(before - frame.evaluate("document.documentElement.getBoundingClientRect().height")) <= 1
    inside.get_by_text("The same numbers as a table").click()
    page.wait_for_function("(before) => Number(document.querySelector('iframe').height) > before", arg=before)


def test_a_refused_site_shows_nothing(site: PublicSite, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    host_page(site, "refused.html")
    page.goto(f"{site.refused}/refused.html")
    page.wait_for_timeout(1500)
    assert "frame-ancestors" in " ".join(said)
    assert all(frame.url.startswith("chrome-error") for frame in page.frames[1:])
    assert page.locator("iframe").get_attribute("height") == "300"


def test_a_whole_page_may_be_framed_by_nobody(site: PublicSite, page: Page) -> None:
    host_page(site, "whole.html", f"/r/1/map/{DEATHS}/2022-2024/all/")
    page.goto(f"{site.allowed}/whole.html")
    page.wait_for_timeout(1000)
    assert all(frame.url.startswith("chrome-error") for frame in page.frames[1:])


def test_another_window_cannot_set_the_height(site: PublicSite, page: Page) -> None:
    host_page(site, "forged.html")
    page.goto(f"{site.allowed}/forged.html")
    page.wait_for_function("Number(document.querySelector('iframe').height) > 310")
    height = page.locator("iframe").get_attribute("height")
    page.evaluate("""() => {
      const other = document.body.appendChild(document.createElement('iframe'));
      other.srcdoc = "<script>parent.postMessage({kind: 'coalition-height', height: 5000}, '*')</scr" + "ipt>";
      window.postMessage({kind: 'coalition-height', height: 4000}, '*');
    }""")
    page.wait_for_timeout(700)
    assert page.locator("iframe[data-coalition]").get_attribute("height") == height
