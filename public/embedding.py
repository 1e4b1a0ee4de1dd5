"""How another site shows a figure: the lines to copy, and the answer to a program that asks (oEmbed 1.0)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from public.addresses import FIGURES, LATEST, Asked
from public.scene import Around, Scene

WIDTH, HEIGHT = 640, 760
SCRIPT = "/static/embed.js"


@dataclass(frozen=True)
class Snippet:
    """The lines, the release they can be held to, and whom to ask for permission."""

    snippet: str
    number: int
    contact: str


def snippet(scene: Scene) -> Snippet | None:
    """The lines for the figure of a page; None where there is no figure or the site does not know its address."""
    if scene.asked.page not in FIGURES or not scene.around.address:
        return None
    framed = replace(scene.asked, embed=True, release=LATEST)
    src = scene.around.address + framed.path + scene.around.index
    title = f"{scene.site}: {scene.words.say('site_long')}"
    return Snippet(lines(scene.around.address, src, title), scene.snapshot.number, scene.contact)


def lines(address: str, src: str, title: str, width: int = 0, height: int = HEIGHT) -> str:
    """An iframe and the helper that fits its height."""
    wide = f'width="{width}"' if width else 'width="100%"'
    return (
        f'<iframe src="{escape(src)}" title="{escape(title)}" {wide} height="{height}" loading="lazy" '
        f'data-coalition></iframe>\n<script src="{escape(address + SCRIPT)}" defer></script>'
    )


def told(around: Around, asked: Asked, title: str, wanted: tuple[int, int] = (0, 0)) -> dict[str, object]:
    """The oEmbed answer for a figure; `wanted` are the greatest width and height (0: any)."""
    address = around.address
    width, height = (min(own, most) if most else own for own, most in zip((WIDTH, HEIGHT), wanted, strict=True))
    src = address + replace(asked, embed=True, form="").path + around.index
    return {
        "version": "1.0", "type": "rich", "title": title, "provider_name": title, "provider_url": f"{address}/",
        "html": lines(address, src, title, width, height), "width": width, "height": height, "cache_age": 3600,
    }  # fmt: skip
