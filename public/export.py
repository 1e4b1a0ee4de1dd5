"""The same pages as plain files: whatever can be reached from the first page, in every language, and every figure's
frame. Links are relative: the folder works anywhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

from public import assets
from public.addresses import FIGURES, LANGUAGES, PROSE, Asked, parse
from public.asides import aside
from public.embedding import SCRIPT
from public.headers import policy
from public.scene import Around
from public.site import Moved, answer
from public.snapshot import Snapshot

INDEX = "index.html"
LINK = re.compile(r'(?:href|data-to)="([^"#?]+)')
NOTE = """These are plain files: any web host can serve them. No page needs a program behind it.

Who may show a figure in a frame is said by the host, with a header that no file can carry. Send it with every page:

Content-Security-Policy: {policy}

and with the pages below embed/ and es/embed/ the list of allowed sites in place of 'none'. Let the host answer unknown
addresses with 404.html. Addresses below r/{number}/ hold this release for good; later releases go beside it.
"""


@dataclass(frozen=True)
class Exported:
    """How many files were written and how many bytes they hold."""

    files: int
    size: int


def export(
    snapshot: Snapshot,
    folder: Path,
    *,
    address: str = "",
    newest: int = 0,
    told: Callable[[int], None] = lambda _: None,
) -> Exported:
    """Write every page of a release below a folder. `told` hears how many are done."""
    around = Around(newest or snapshot.number, address.rstrip("/"), assets.addresses(), index=INDEX)
    waiting = _first(snapshot)
    seen = set(waiting)
    size = 0
    while waiting:
        asked = waiting.pop()
        page = answer(snapshot, asked, around)
        if isinstance(page, Moved):
            continue
        size += _write(folder, asked.path, page.body)
        found = _linked(asked, page.body) if page.mimetype == "text/html" else set()
        waiting += found - seen
        seen |= found
        told(len(seen) - len(waiting))
    return Exported(len(seen), size + _beside(folder, around, snapshot))


def _first(snapshot: Snapshot) -> list[Asked]:
    number = str(snapshot.number)
    return [Asked(page, release=number if page not in PROSE else "latest", language=language)
            for language in LANGUAGES for page in ("", *PROSE)]  # fmt: skip


def _linked(asked: Asked, body: str) -> set[Asked]:
    """Pages and downloads that a page leads to, and the frame of its own figure."""
    found = set()
    for href in LINK.findall(body):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(asked.path), unescape(href)))
        path = path.removesuffix(INDEX) if path.endswith(INDEX) else path
        linked = None if "/static/" in path or ":" in href else parse(path)
        found |= {linked} if linked else set()
    if asked.page in FIGURES and not asked.form:
        found.add(replace(asked, embed=True))
    return found


def _write(folder: Path, path: str, body: str) -> int:
    file = folder / (path.lstrip("/") + (INDEX if path.endswith("/") else ""))
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.write_bytes(body.encode())


def _beside(folder: Path, around: Around, snapshot: Snapshot) -> int:
    """Style sheet and scripts, the way in, the page for unknown addresses, and a note for whoever runs the host."""
    size = sum(_write(folder, path, body) for path, body in assets.bodies().items())
    size += _write(folder, SCRIPT, assets.bodies()[SCRIPT])
    for language in LANGUAGES:
        start = Asked(language=language, release=str(snapshot.number)).path
        here = "/" if language == LANGUAGES[0] else f"/{language}/"
        target = posixpath.relpath(start, here) + f"/{INDEX}"
        refresh = (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{snapshot.made_on}</title>'
        )
        refresh += f'<meta http-equiv="refresh" content="0; url={target}"></head>'
        size += _write(folder, here, f'{refresh}<body><a href="{target}">{target}</a></body></html>')
    lost = aside(around, "missing", LANGUAGES[0], here=around.address + "/")
    size += _write(folder, "/404.html", lost.plain.decode())
    return size + _write(folder, "/README.txt", NOTE.format(policy=policy("'none'"), number=snapshot.number))
