"""Who asks and what they may do. Every route, page and callback declares what it needs; one that does not is refused.

`@needs(Permission.SEE)` stands right above the function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import g, has_request_context

from dashboard.errors import NotAllowed
from dashboard.people import Permission, Person, acting

__all__ = ["Permission", "declared", "may", "needs", "require", "who"]

View = TypeVar("View", bound=Callable[..., Any])


def needs(permission: Permission) -> Callable[[View], View]:
    """Declare what a route, a page's `build` or a callback needs; goes right above the function."""

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]  # functools.wraps, which Dash uses, carries it over
        return view

    return declare


def declared(view: object) -> Permission | None:
    """What a route, a page or a callback declared; None means that it is refused to everybody."""
    return getattr(view, "permission", None)


def who() -> Person:
    """Who asks; nobody outside of a request."""
    return acting()


def may(permission: Permission, *, coalition: str | None = None, partner: str | None = None) -> bool:
    """Whether whoever asks may do this, in this coalition and for this partner where they are named."""
    return who().may(permission, coalition=coalition, partner=partner)


def require(permission: Permission, *, coalition: str | None = None, partner: str | None = None) -> None:
    """Refuse what may not be done: NotAllowed, with what to do about it."""
    if not may(permission, coalition=coalition, partner=partner):
        raise NotAllowed(refusal(permission))


def refusal(permission: Permission | None) -> str:
    """Why somebody may not, and what to do; the request goes into the audit log as refused."""
    if has_request_context():
        g.refused = permission.value if permission else "undeclared"
    if permission is None:
        return "Nobody may do this: it does not say what it needs (callbacks/permissions.py)."
    if who().account == "nobody":
        return f"Sign in to {permission.value}."
    return f"Your account may not {permission.value}. Ask an administrator of the coalition."
