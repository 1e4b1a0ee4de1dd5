"""In front of Flask: a page that is remembered is sent at once; every other request goes on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from public.addresses import LATEST, PROSE, Asked, Key, parse
from public.headers import page_headers, protection
from public.kept import Kept
from public.library import Library, Packed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

A_WHILE = "public, max-age=300"


class Front:
    """A WSGI application before another. Two hundred readers at once open the same pages: Flask would take ten times
    as long for each as looking them up does. A page that another worker made is read from its file once."""

    def __init__(self, behind: WSGIApplication, library: Library, frame_ancestors: str, *, kept: Kept) -> None:
        self._behind, self._library, self._kept = behind, library, kept
        self._protection = {embed: list(protection(frame_ancestors, embed=embed)) for embed in (True, False)}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The remembered page, or what the application behind answers."""
        asked = _plain_page(environ)
        page = self._remembered(asked, environ.get("HTTP_ACCEPT_ENCODING", "")) if asked else None
        if asked is None or page is None:
            return self._behind(environ, start_response)
        headers = [*page_headers(page, A_WHILE, tagged=True), *self._protection[asked.embed]]
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]

    def _remembered(self, asked: Asked, accepted: str) -> Packed | None:
        latest = self._library.newest()
        if latest is None or (asked.release == LATEST and asked.page not in PROSE):
            return None
        number = latest if asked.release == LATEST else int(asked.release)
        newest = self._library.changeover.newest_beside(number)
        if newest is None or self._library.is_withdrawn(number):
            return None
        key: Key = (number, asked, "", newest, encoding(accepted))
        page = self._library.remembered(key)
        if page is None:
            page = self._kept.find(key)
            return self._library.remember(key, page) if page else None
        return page


def _plain_page(environ: WSGIEnvironment) -> Asked | None:
    """What a request asks for that only wants to read a page, without conditions or a query."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("QUERY_STRING"):
        return None
    if "HTTP_IF_NONE_MATCH" in environ:
        return None
    path = str(environ.get("PATH_INFO", ""))
    asked = parse(path)
    return asked if asked is not None and asked.path == path else None


@lru_cache(maxsize=256)
def encoding(accepted: str) -> str:
    """The best encoding that an Accept-Encoding header takes; never one that it refuses (q=0) or does not name."""
    wanted = parse_accept_header(accepted, Accept)
    return next((each for each in ("br", "gzip") if wanted[each] > 0), "")
