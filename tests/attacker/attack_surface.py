"""Everything that the public side sends: what answers an address, and the addresses that can be found on its pages."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

LINK = re.compile(rb'(?:href|src|data-to)="([^"]*)"')
ADDRESS = re.compile(r"https?://[\w.:-]+(/[^\s\"'&<>]*)")


Answer = tuple[str, bytes]


class Surface(Protocol):
    """What answers an address: the address it led to and the bytes of the page; None where there is none."""

    def get(self, path: str) -> Answer | None: ...


class Pages:
    """Hand-made pages by address."""

    def __init__(self, pages: dict[str, str]) -> None:
        self._pages = pages

    def get(self, path: str) -> Answer | None:
        body = self._pages.get(path)
        return None if body is None else (path, body.encode())


class Client:
    """A Flask test client."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def get(self, path: str) -> Answer | None:
        answer = self._client.get(path, follow_redirects=True)
        return (answer.request.path, answer.data) if answer.status_code == 200 else None


def crawl(surface: Surface, starts: tuple[str, ...] = ("/",), wanted: Callable[[str], bool] = lambda _: True,
          most: int = 20_000) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    """Every address that pages lead to, with what it answers: links, pictures, addresses in snippets to copy."""
    waiting, seen = deque(starts), set(starts)
    while waiting and len(seen) < most:
        answer = surface.get(waiting.popleft())
        if answer is None:
            continue
        yield answer
        for found in links(*answer):
            if found not in seen and wanted(found):
                seen.add(found)
                waiting.append(found)


def links(path: str, body: bytes) -> list[str]:
    """Addresses on a page of this site, without what stands behind # or ?."""
    raw = [unescape(each.decode("utf-8", "replace")) for each in LINK.findall(body)]
    raw += ADDRESS.findall(unescape(body.decode("utf-8", "replace"))) if b"<textarea" in body else []
    found = [urlsplit(urljoin(f"http://site{path}", each)) for each in raw if not each.startswith(("data:", "tel:"))]
    return list(dict.fromkeys(each.path for each in found if each.hostname == "site"))
