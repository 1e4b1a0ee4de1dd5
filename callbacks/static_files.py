"""Our own scripts and style sheets, each joined into one file whose name carries the hash of its content."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, send_file

from callbacks.permissions import Permission, needs

FOREVER = "public, max-age=31536000, immutable"
FONT = "inter.woff2"
MIMETYPES = {"css": "text/css", "js": "text/javascript"}
CHART_BUNDLE = "plotly-cartesian.min.js"
CHART_ADDRESS = "/_dash-component-suites/plotly/package_data/"
FONT_FACE = (
    '@font-face { font-family: "Inter"; src: url("/static/inter.woff2") format("woff2"); '
    "font-weight: 100 900; font-display: swap; }\n"
)


class StaticFiles:
    """What `assets` holds, and `fetched` where set-up found npm: a smaller chart bundle and a font, both optional."""

    def __init__(self, assets: Path, fetched: Path, *, bootstrap: Path) -> None:
        font = fetched / FONT
        styles = [_text(bootstrap), *map(_text, sorted(assets.glob("*.css")))]
        scripts = map(_text, sorted(assets.glob("*.js")))
        self._fetched = fetched
        self._bodies = {
            "css": (FONT_FACE if font.is_file() else "") + "\n".join(styles),
            "js": ";\n".join(scripts),
        }
        self.address = {kind: f"/static/{_hash(body)}.{kind}" for kind, body in self._bodies.items()}

    def register(self, server: Flask) -> None:
        """Add the routes to a server."""

        @server.get("/static/<name>")
        @needs(Permission.OPEN)
        def _static(name: str) -> Response:
            return self.file(name)

        if (self._fetched / CHART_BUNDLE).is_file():

            @server.get(f"{CHART_ADDRESS}<name>")
            @needs(Permission.OPEN)
            def _charts(name: str) -> Response:  # noqa: ARG001  # Dash puts its version and the file's age into it
                return _forever(send_file(self._fetched / CHART_BUNDLE, mimetype="text/javascript"))

    def file(self, name: str) -> Response:
        """One of the joined files, or the font; 404 for anything else."""
        if name == FONT and (self._fetched / FONT).is_file():
            return _forever(send_file(self._fetched / FONT, mimetype="font/woff2"))
        kind = name.rpartition(".")[2]
        if self.address.get(kind) != f"/static/{name}":
            abort(404, "There is no such file; reload the page.")
        return _forever(Response(self._bodies[kind], mimetype=MIMETYPES[kind]))


def _forever(response: Response) -> Response:
    response.headers["Cache-Control"] = FOREVER
    return response


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _hash(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:16]
