"""Style sheet and scripts, each under a name that carries the hash of its content; the frame helper has a fixed one."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).with_name("static")
HELPER = "/static/embed.js"
MIMETYPES = {"css": "text/css", "js": "text/javascript"}
PARTS = {"css": ("public.css", "figures.css"), "js": ("map.js", "public.js")}


@cache
def bodies() -> dict[str, str]:
    """Address -> content."""
    found = {HELPER: (FOLDER / "embed.js").read_text(encoding="utf-8")}
    for kind, names in PARTS.items():
        body = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)
        found[f"/static/{sha256(body.encode()).hexdigest()[:16]}.{kind}"] = body
    return found


def addresses() -> dict[str, str]:
    """Kind -> hashed address."""
    return {path.rpartition(".")[2]: path for path in bodies() if path != HELPER}


def mimetype(path: str) -> str:
    """The kind of an asset."""
    return MIMETYPES[path.rpartition(".")[2]]
