"""What a person waits for, measured in a headless browser: first loads and changes, in milliseconds and bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

SCRIPTS = Path(__file__).parent / "waits.js"
CHROMIUM = "/usr/bin/chromium"
SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
WAIT_MS = 30_000


@dataclass(frozen=True)
class Side:
    """One of the two pages: where it is, and the names in waits.js of its ends and of its way to change."""

    name: str
    address: str


@dataclass(frozen=True)
class Load:
    """A first load with an empty cache."""

    painted_ms: float
    bytes: int
    requests: int


class Wire:
    """Bytes and answers that came over the wire, headers included, and what is on its way."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = self.requests = 0
        self.awaited: set[str] = set()
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.loadingFailed", lambda event: self.awaited.discard(event["requestId"]))

    def _sent(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.awaited.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        self.awaited.discard(event["requestId"])
        self.bytes += int(event["encodedDataLength"])
        self.requests += 1


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium where it is there, else playwright's own."""
    path = CHROMIUM if Path(CHROMIUM).exists() else None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, side: Side) -> Iterator[tuple[Page, Wire]]:
    """A page with an empty cache, its map painted."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(path=SCRIPTS)
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    wire = Wire(context.new_cdp_session(page))
    page.goto(side.address, wait_until="commit")
    page.wait_for_function("window.firstPainted > 0")
    yield page, wire
    context.close()


def first_load(browser: Browser, side: Side) -> Load:
    """From the request to the painted map, then everything until the network is quiet."""
    with opened(browser, side) as (page, wire):
        painted = float(page.evaluate("window.firstPainted"))
        page.wait_for_load_state("networkidle")
        return Load(painted, wire.bytes, wire.requests)


def settle(page: Page, wire: Wire) -> None:
    """Until nothing has been on its way for a fifth of a second; "networkidle" is only ever said once a page."""
    still = 0
    while still < 4:
        page.wait_for_timeout(50)
        still = 0 if wire.awaited else still + 1


def change(page: Page, menu: str, value: str) -> float:
    """Choose a value in a menu; milliseconds until map and chart are repainted and two frames have passed."""
    return float(page.evaluate("([menu, value]) => window.changeAndWait(menu, value)", [menu, value]))


def choose(page: Page, wire: Wire, menu: str, value: str) -> None:
    """Choose a value in a menu without a clock."""
    page.evaluate("([menu, value]) => window.choose(menu, value)", [menu, value])
    settle(page, wire)
