"""Kinds of public addresses, for counting: never which place, indicator or release somebody read about."""

from __future__ import annotations

from public import assets
from public.addresses import PROSE, parse
from public.health import HEALTH, READY

OTHERS = frozenset({HEALTH, READY, "/oembed"})


def route_name(path: str) -> str:
    """The pattern that an address follows; "none" for one that no page has."""
    if path in OTHERS:
        return path
    if path in assets.bodies():
        return "/static/<name>"
    asked = parse(path)
    if asked is None:
        return "none"
    if asked.page in PROSE or path.strip("/") in ("", asked.language):
        return f"/{asked.page}/" if asked.page else "/"
    whole = f"{'/embed' if asked.embed else ''}/r/<release>/{asked.page}"
    return f"{whole}.{asked.form}" if asked.form else f"{whole.rstrip('/')}/"
