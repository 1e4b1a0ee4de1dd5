"""The public server: GET and HEAD, pages from released snapshots, remembered with their encodings."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

from flask import Flask, Response, request

from public import assets
from public.addresses import FIGURES, LANGUAGES, LATEST, LONGEST_PATH, LONGEST_QUERY, PROSE, Asked, Key, parse
from public.asides import aside
from public.embedding import told
from public.front import A_WHILE, Front, encoding
from public.headers import ancestors, page_headers, protection
from public.health import HEALTH, READY, probe
from public.kept import Kept
from public.language import language
from public.library import Library, Packed, Shelf, pack
from public.scene import Around
from public.site import INSTEAD, Moved, answer
from public.snapshot import Snapshot

FOREVER = "public, max-age=31536000, immutable"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """What answers are made from: the releases, the site's own address, whom to write to, and what others made."""

    library: Library
    address: str = ""
    contact: str = ""
    kept: Kept = field(default_factory=Kept)

    def around(self, newest: int | None = None) -> Around:
        """What a page needs to know of the site now, or when a release was the newest."""
        return Around(newest or self.library.newest() or 0, self.address, assets.addresses(), self.contact)

    def aside(self, kind: str, code: str) -> Packed:
        """A page beside the releases, in a language."""
        return self.encoded(("aside", kind, code), lambda: aside(self.around(), kind, code))

    def encoded(self, key: tuple[object, ...], make: Callable[[], Packed]) -> Packed:
        """What `make` gives, as the browser wants it encoded; remembered in each encoding that was wanted."""
        encoding = wanted()
        found = self.library.remembered((*key, encoding))
        return found or self.library.remember((*key, encoding), make().encoded(encoding))


def build_server(
    shelf: Shelf | Library, *, address: str = "", frame_ancestors: str = "", contact: str = "", kept: Kept | None = None
) -> Flask:
    """The server. `address` is where the public reaches it, for lines that other sites copy; `frame_ancestors` are
    the origins that may show a figure in a frame; `kept` are pages that the workers of a machine share."""
    server = Flask(__name__, static_folder=None)
    library = shelf if isinstance(shelf, Library) else Library(shelf)
    reading = Reading(library, address.rstrip("/"), contact, kept or Kept())
    allowed = ancestors(frame_ancestors)

    @server.before_request
    def _any() -> Response:
        return respond(reading)  # before routing, which has words of its own for addresses that it does not like

    @server.after_request
    def _headers(response: Response) -> Response:
        asked = parse(request.path)
        response.headers.extend(protection(allowed, embed=bool(asked and asked.embed)))
        return response

    @server.errorhandler(Exception)
    def _failed(error: Exception) -> Response:
        log.error("request failed: %s", type(error).__name__, exc_info=error)
        return send(reading.aside("failed", _language()), 500)

    server.extensions["library"], server.extensions["kept"] = reading.library, reading.kept
    server.wsgi_app = Front(server.wsgi_app, reading.library, allowed, kept=reading.kept)  # type: ignore[method-assign]
    return server


def respond(reading: Reading) -> Response:
    """The answer to the request at hand."""
    if request.method not in ("GET", "HEAD"):
        response = send(reading.aside("method", _language()), 405)
        response.headers["Allow"] = "GET, HEAD"
        return response
    if len(request.path) > LONGEST_PATH or len(request.query_string) > LONGEST_QUERY:
        return send(reading.aside("long", _language()), 414)
    if request.path in (HEALTH, READY):
        return probe(request.path, reading.library)
    if request.path in assets.bodies():
        return _asset(request.path)
    if request.path == "/oembed":
        return _oembed(reading)
    asked = parse(request.path)
    if asked is None:
        return send(reading.aside("missing", _language()), 404)
    return _page(reading, asked)


def _page(reading: Reading, asked: Asked) -> Response:
    newest = reading.library.newest()
    if newest is None:
        return send(reading.aside("empty", asked.language), 503)
    number = newest if asked.release == LATEST else int(asked.release)
    if reading.library.is_withdrawn(number):
        return send(reading.aside("gone", asked.language), 410)
    if request.path == "/" or (asked.release == LATEST and asked.page not in PROSE):
        return _move(replace(asked, release=str(newest)), "")
    snapshot = reading.library.snapshot(number)
    if snapshot is None:
        return _move(replace(asked, release=str(newest)), "release")
    instead = request.args.get("instead", "")
    instead = instead if instead in INSTEAD and asked.form == "" else ""
    if request.path != asked.path:
        return _move(asked, instead)
    newest = reading.library.changeover.newest_beside(number) or newest
    key = (snapshot.number, asked, instead, newest, wanted())
    page = reading.library.remembered(key) or _made(reading, snapshot, key)
    return _move(page.asked, page.instead) if isinstance(page, Moved) else send(page, 200, A_WHILE)


def _made(reading: Reading, snapshot: Snapshot, key: Key) -> Packed | Moved:
    """The page, made once however many ask for it, here or in another worker; or where to go instead."""
    with reading.library.alone(key[:-1]):
        page = reading.library.remembered(key)
        if page is not None:
            return page
        page = reading.kept.find(key)
        if page is None:
            made = answer(snapshot, key[1], reading.around(key[3]), key[2])
            if isinstance(made, Moved):
                return made
            page = pack(made.body, made.mimetype, key[-1])
            reading.kept.keep(key, page)
        return reading.library.remember(key, page)


def _move(asked: Asked, instead: str) -> Response:
    """To another address, for now: what is nearest can change with the next release."""
    query = f"?instead={instead}" if instead and not asked.form else ""
    response = Response("", 302, {"Location": f"{request.script_root}{asked.path}{query}"}, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _asset(path: str) -> Response:
    packed = _packed_asset(path, wanted())
    response = send(packed, 200, A_WHILE if path == assets.HELPER else FOREVER)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@cache
def _packed_asset(path: str, encoding: str) -> Packed:
    return pack(assets.bodies()[path], assets.mimetype(path), encoding)


def _oembed(reading: Reading) -> Response:
    """How to show the figure at `url`: JSON only; 404 for an address that is not a figure of ours."""
    url = request.args.get("url", "")
    asked = parse(url.removeprefix(reading.address)) if reading.address and url.startswith(reading.address) else None
    if request.args.get("format", "json") != "json":
        return Response("", 501, mimetype="text/plain")
    if asked is None or asked.page not in FIGURES:
        return Response('{"error": "no figure of this site has that address"}', 404, mimetype="application/json")
    width, height = (_size(request.args.get(name, "")) for name in ("maxwidth", "maxheight"))
    title = language(asked.language).say("site_long")
    body = json.dumps(told(reading.around(), asked, title, (width, height)))
    return send(pack(body, "application/json", wanted()), 200, A_WHILE)


def _size(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def send(page: Packed, status: int, keep: str = "no-cache") -> Response:
    """A body; 304 where the browser has it already."""
    response = Response(page.body, status, dict(page_headers(page, keep, tagged=status == 200)))
    if status == 200:
        response.make_conditional(request)
    return response


def wanted() -> str:
    """The encoding that the browser takes."""
    return encoding(request.headers.get("Accept-Encoding", ""))


def _language() -> str:
    first = request.path.strip("/").partition("/")[0]
    return first if first in LANGUAGES else LANGUAGES[0]
