"""Pictures of the pages: `python -m benchmarks.screenshots` for the README, `--all` to look at every page and size."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from benchmarks.browser import chromium
from benchmarks.servers import ours
from benchmarks.small_png import small

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
FOR_README = ROOT / "docs" / "screenshots"
FOR_LOOKING = ROOT / "screenshots"
SIZES = {"projector": (1920, 1080), "laptop": (1366, 768), "phone": (390, 844)}
LARGEST_BYTES = 150_000
DEMONSTRATION_ROWS = "600000"

REAL_FILES = (
    "ma/towns_2020.geojson", "ma/towns_census2020.csv", "ma/population_sex_age.csv",
    "ma/opioid_deaths_by_residence_2014_2018.csv", "ma/opioid_deaths_by_place_of_death_2014_2018.csv",
    "ma/settlement_municipal_fy23.csv", "ct/towns_2020.geojson", "ct/population_by_town_1996_2020.csv",
    "ct/village_to_town.csv", "ct/ocme_2012_2022.csv", "ct/dmhas_admissions_fy2010_2020.csv",
    "us/opioid_treatment_programs.csv",
)  # fmt: skip
BOSTON, HARTFORD = "2502507000", "0900337070"
MASSACHUSETTS = f"/places?indicator=opioid_overdose_death_rate&within=25&place={BOSTON}&level=town"
CONNECTICUT = "indicator=overdose_death_rate_any_drug"

README_PAGES = {
    "this-month": "/?within=09",
    "map": f"{MASSACHUSETTS}&period=2018&basis=residence",
    "map-connecticut": f"/places?{CONNECTICUT}&within=09&place={HARTFORD}&period=2018-2020&basis=occurrence&level=town",
    "hotspots": "/places/hotspots?indicator=opioid_overdose_death_rate&within=25&period=2016-2018&basis=residence",
    "deserts": "/places/access?service=opioid_treatment_program&within=09",
    "what-if": "/places/what-if?service=opioid_treatment_program&within=25&placed=2502333220",
    "trends": f"/places/trends?{CONNECTICUT}&place=Hartford,+CT&first=Waterbury&second=New+Haven,+CT&step=12",
}
"""Pages of the README and the documentation: name of the picture, address on the real files."""
FROM_DEMONSTRATION = {
    "after-an-overdose": "/after-an-overdose",
    "targets": "/targets",
}
"""What no public file tells."""
ANALYSED = (
    ("analyse", "--indicator", "opioid_overdose_death_rate", "--within", "25", "--period", "2016-2018"),
    ("analyse", "--indicator", "overdose_death_rate_any_drug", "--within", "09", "--period", "2018-2020"),
)

EVERY_PAGE = {
    "this-month": "/",
    "map": "/places",
    "map-town": "/places?place=Greenfield",
    "trends": "/places/trends",
    "trends-groups": "/places/trends?compare=group",
    "trends-apart": "/places/trends?compare=group&shape=apart",
    "hotspots": "/places/hotspots",
    "deserts": "/places/access",
    "naloxone": "/places/naloxone",
    "gaps": "/places/gaps",
    "what-if": "/places/what-if",
    "what-changed": "/what-changed",
    "after-an-overdose": "/after-an-overdose",
    "fairness": "/after-an-overdose/fairness",
    "targets": "/targets",
    "bring-numbers": "/bring-numbers",
}
"""Pages to look at, whatever the store holds."""


def main() -> None:
    """Make the stores, serve them and photograph them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="every page, size and store, into screenshots/")
    wanted = parser.parse_args()
    with chromium() as browser:
        with served(("load", *(str(SHARED / name) for name in REAL_FILES)), *ANALYSED) as address:
            photograph(browser, address, README_PAGES, FOR_README, {"": SIZES["laptop"]})
            if wanted.all:
                photograph(browser, address, README_PAGES | EVERY_PAGE, FOR_LOOKING / "real", SIZES, whole=True)
        with served(("demo", "--rows", DEMONSTRATION_ROWS)) as address:
            photograph(browser, address, FROM_DEMONSTRATION, FOR_README, {"": SIZES["laptop"]})
            if wanted.all:
                photograph(browser, address, EVERY_PAGE, FOR_LOOKING / "demonstration", SIZES, whole=True)
        if wanted.all:
            with served() as address:
                photograph(browser, address, EVERY_PAGE, FOR_LOOKING / "empty", SIZES, whole=True)


@contextmanager
def served(*commands: tuple[str, ...]) -> Iterator[str]:
    """The address of a store that commands of the command line fill (none: an empty one)."""
    with TemporaryDirectory() as folder:
        settings = {"COALITION_HOME": folder, "COALITION_DATABASE_URL": ""}
        for command in commands:
            coalition = [sys.executable, "-c", "from commands.main import run; run()", *command]
            subprocess.run(coalition, env=os.environ | settings, check=True, stdout=subprocess.DEVNULL)
        with ours(Path(folder)) as server:
            yield server.address


def photograph(
    browser: Browser,
    address: str,
    pages: Mapping[str, str],
    folder: Path,
    sizes: Mapping[str, tuple[int, int]],
    *,
    whole: bool = False,
) -> None:
    """A picture of each page at each size: what fits the window, or the whole page."""
    folder.mkdir(parents=True, exist_ok=True)
    for size, (width, height) in sizes.items():
        page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        for name, path in pages.items():
            page.goto(address + path, wait_until="networkidle")
            page.wait_for_selector("#early", state="detached")
            settle(page)
            picture = folder / f"{name}{'-' * bool(size)}{size}.png"
            png = page.screenshot(full_page=whole)
            picture.write_bytes(png if whole else small(page, png))
            _say(picture, whole)
        page.close()


def settle(page: Page) -> None:
    """Until the map is painted and the chart is drawn, where the page has one."""
    if page.locator(".townmap-place").count():
        page.locator(".townmap-towns").wait_for(state="attached")
    if page.locator(".chart-large").count():
        page.locator(".chart-large .main-svg").first.wait_for()
    page.wait_for_timeout(300)


def _say(picture: Path, whole: bool) -> None:
    size = picture.stat().st_size
    too_large = "" if whole or size <= LARGEST_BYTES else f": more than {LARGEST_BYTES:,}"
    print(f"{picture.relative_to(ROOT)}  {size:,} bytes{too_large}")


if __name__ == "__main__":
    main()
