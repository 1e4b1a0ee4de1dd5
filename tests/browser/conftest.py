"""A browser, and three dashboards served as users serve them: real files, the demonstration, nothing yet.

A store is filled by the first worker that asks for it; each worker serves it to itself.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from driving import note_requests, quiet
from filled_once import filled_once
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM = next(filter(os.path.exists, ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")), "")
"""Debian's Chromium, without the window around it where that is installed."""
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
COALITION = [sys.executable, "-c", "from commands.main import run; run()"]
START_SECONDS = 90
LATE = "preloaded using link preload but not used within a few seconds"
"""The browser's warning where the machine is too busy to draw within seconds of loading: no fault of the page."""
WAIT_MS = 30_000
"""Longest wait for a page; a busy machine is no fault of the page."""
expect.set_options(timeout=WAIT_MS)
REAL_FILES = (
    "ma/towns_2020.geojson", "ma/towns_census2020.csv", "ma/population_sex_age.csv",
    "ma/opioid_deaths_by_residence_2014_2018.csv", "ma/opioid_deaths_by_place_of_death_2014_2018.csv",
    "ma/settlement_municipal_fy23.csv", "ct/towns_2020.geojson", "ct/population_by_town_1996_2020.csv",
    "ct/village_to_town.csv", "ct/ocme_2012_2022.csv", "ct/dmhas_admissions_fy2010_2020.csv",
)  # fmt: skip


class Dashboard:
    """A store and the address that serves it."""

    def __init__(self, home: Path, address: str) -> None:
        self.home = home
        self.address = address

    def coalition(self, *arguments: str) -> str:
        """What the command line says of the same store."""
        done = subprocess.run([*COALITION, *arguments], env=_environment(self.home), capture_output=True, check=True)
        return done.stdout.decode()


@pytest.fixture(scope="session")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """Massachusetts and Connecticut, from the files of their publishers."""
    files = (str(shared / name) for name in REAL_FILES)
    with _served(_filled(tmp_path_factory, "real", "load", *files)) as dashboard:
        yield dashboard


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """The demonstration coalition, as small as it is with groups, partners and a change of definition in it."""
    with _served(_filled(tmp_path_factory, "demonstration", "demo", "--rows", "600000")) as dashboard:
        yield dashboard


@pytest.fixture(scope="module")
def own_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """A copy of the demonstration for tests that write to it."""
    filled = _filled(tmp_path_factory, "demonstration", "demo", "--rows", "600000")
    home = tmp_path_factory.mktemp("own") / "demonstration"
    shutil.copytree(filled, home)
    with _served(home) as dashboard:
        yield dashboard


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """A store that nobody has brought anything to."""
    with _served(tmp_path_factory.mktemp("empty")) as dashboard:
        yield dashboard


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """A real store with one partner that has not brought anything yet."""
    home = tmp_path_factory.mktemp("newcomer")
    towns = ("--town", "Athol, MA", "--town", "Orange, MA")
    command = ["partners", "add", "stonecrop", "--name", "Stonecrop Outreach", "--sector", "harm reduction",
               "--coalition", "quabbin", "--coalition-name", "North Quabbin", *towns]  # fmt: skip
    subprocess.run([*COALITION, *command], env=_environment(home), capture_output=True, check=True)
    with _served(home) as dashboard:
        yield dashboard


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, once a worker."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A person with a laptop, whose browser keeps what it has fetched."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    context.set_default_timeout(WAIT_MS)
    yield context
    context.close()


@pytest.fixture
def opened(visitor: BrowserContext) -> Iterator[Callable[..., Page]]:
    """Open an address in a new page and wait until it is drawn (`plain`: one that is text alone).

    Whatever the browser complains of while the test runs, and any request to another host, fails the test.
    """
    faults: list[str] = []
    pages: list[Page] = []

    def open_page(
        address: str, *, width: int = 1366, height: int = 768, expected: str = "", plain: bool = False
    ) -> Page:
        page = visitor.new_page()
        page.set_viewport_size({"width": width, "height": height})
        _listen(page, address, faults, expected)
        note_requests(page)
        pages.append(page)
        page.goto(address)
        page.wait_for_selector("#early", state="detached")  # until the real page has taken the plain one's place
        if not plain:
            settle(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert faults == []


def settle(page: Page) -> None:
    """Until the page stands, its map is painted, its chart is drawn and no answer is awaited."""
    page.locator("h1").first.wait_for(state="attached")
    page.wait_for_function(
        """() => [...document.querySelectorAll('.townmap-place')].every((each) => each.querySelector('path'))
              && [...document.querySelectorAll('.chart-large')].every((each) => each.querySelector('.main-svg'))"""
    )
    quiet(page)


def _listen(page: Page, address: str, faults: list[str], expected: str) -> None:
    """Note console errors and warnings (except those that match `expected`) and requests to other hosts."""
    own = re.match(r"https?://[^/]+/", address + "/")
    assert own is not None

    def hear(said: str) -> None:
        if LATE not in said and not (expected and re.search(expected, said)):
            faults.append(said)

    page.on("console", lambda message: hear(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: hear(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith((own[0], "data:", "blob:")) else hear(request.url)
    )


def _filled(factory: pytest.TempPathFactory, name: str, *arguments: str) -> Path:
    """The folder of a store that one command fills, once for all workers."""

    def fill(home: Path) -> None:
        done = subprocess.run([*COALITION, *arguments], env=_environment(home), capture_output=True, check=False)
        assert done.returncode == 0, (done.stdout + done.stderr).decode()[-2000:]

    return filled_once(factory, name, fill)


def _environment(home: Path) -> dict[str, str]:
    return os.environ | {"COALITION_HOME": str(home), "COALITION_DATABASE_URL": ""}


@contextmanager
def _served(home: Path) -> Iterator[Dashboard]:
    """`coalition serve` on a store, ended when the tests are done."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    said = home / f"serve-{port}.log"
    log = said.open("wb")
    server = subprocess.Popen(
        [*COALITION, "serve", "--port", str(port)], env=_environment(home), stdout=log, stderr=subprocess.STDOUT
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _await_answer(server, address, said)
        yield Dashboard(home, address)
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _await_answer(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=START_SECONDS):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"the dashboard does not answer: {log.read_text()[-2000:]}")
