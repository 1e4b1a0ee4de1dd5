"""The town map's script on a page without Dash: the page, and what a test does to it."""

from playwright.sync_api import Page

# 4 columns, 3 rows: A1 to A4, B1 to B4, C1 to C4; every state is among them
CLASSES = "12341z3usn04".replace("z", "0")


def mount(page: Page, classes: str = CLASSES, columns: int = 4, rows: int = 3, **more: object) -> None:
    """Put a map of squares into the page as `map`, painted with these classes."""
    page.evaluate(
        """([columns, rows, classes, more]) => {
          window.shapes = harness.squares(columns, rows);
          window.chosen = [];
          window.map = new TownMap(document.getElementById("map"), { onSelect: (geoid) => chosen.push(geoid) });
          map.geometry(shapes);
          map.paint(harness.picture(classes, more));
        }""",
        [columns, rows, classes, more],
    )


def paint(page: Page, classes: str, **more: object) -> int:
    painted = page.evaluate("([classes, more]) => map.paint(harness.picture(classes, more))", [classes, more])
    return int(painted)


def said(page: Page) -> str:
    """What a screen reader says of the current town: the active option's text."""
    active = page.get_by_role("listbox").get_attribute("aria-activedescendant")
    return page.locator(f"#{active}").inner_text()


def press(page: Page, *keys: str) -> None:
    page.get_by_role("listbox").focus()
    for key in keys:
        page.keyboard.press(key)


def centre(page: Page, column: int, row: int) -> tuple[float, float]:
    """Where in the window the square of this column and row is."""
    at = page.evaluate("([x, y]) => map.view.onScreen([(x + 0.5) * 40, (y + 0.5) * 40])", [column, row])
    return at[0], at[1]


def hover(page: Page, column: int, row: int) -> str:
    page.mouse.move(*centre(page, column, row))
    return page.locator(".townmap-tooltip").inner_text()


def seen(page: Page) -> str:
    """The part of the map that is seen: x, y, width and height in map units."""
    return page.locator(".townmap-picture").get_attribute("viewBox") or ""
