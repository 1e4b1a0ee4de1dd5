"""Who sends a request: somebody a trusted proxy names, somebody who signed in, or this computer itself."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Generic, TypeVar

from flask import abort, request
from sqlalchemy.exc import SQLAlchemyError

from callbacks.guard import is_loopback
from dashboard.people import AT_THIS_COMPUTER, NOBODY, Person
from dashboard.settings import Settings
from dashboard.store.people import find_person, has_accounts
from dashboard.store.sign_in import person_behind
from dashboard.store.workspace import Workspace

KEPT_SECONDS = 1.0
"""How long an answer of the store is believed: a role that is taken away is gone within a second."""
AWAY_SECONDS = 60.0
"""How much longer while the store is away."""
MOST_KEPT = 2000
WARMING = "coalition.warming"
"""What the server puts beside its own first questions to itself; no header of a request becomes such a name."""
Found = TypeVar("Found")


class Identity:
    """Says who sends a request of one workspace; safe to share between threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._settings = workspace, workspace.settings
        self._people: Kept[Person | None] = Kept()
        self._anybody: Kept[bool] = Kept()

    def __call__(self) -> Person:
        """Who sends the request at hand; 403 for one that names somebody and does not come from the proxy."""
        if WARMING in request.environ:
            return AT_THIS_COMPUTER
        named = named_by_proxy(self._settings)
        if named:
            return self._people.get(("proxy", named), lambda: find_person(self._workspace.engine, named)) or NOBODY
        return self._signed_in() or (AT_THIS_COMPUTER if self.is_open_here() else NOBODY)

    def is_open_here(self) -> bool:
        """Whether this computer needs no sign-in: it shows a demonstration, or nobody has an account yet."""
        if not is_loopback() or comes_from_proxy(self._settings):
            return False
        anybody = self._anybody.get("anybody", lambda: has_accounts(self._workspace.engine))
        return not anybody or self._workspace.reader().cube.demonstration

    def forget(self) -> None:
        """Ask the store again at the next request: somebody signed in or out just now."""
        self._people, self._anybody = Kept(), Kept()

    def _signed_in(self) -> Person | None:
        secret = request.cookies.get(cookie_name())
        if not secret or len(secret) > 100:
            return None
        now = datetime.now(UTC).replace(tzinfo=None)
        return self._people.get(("cookie", secret), lambda: person_behind(self._workspace.engine, secret, now=now))


class Kept(Generic[Found]):
    """Answers of the store, each believed for a second, and for a minute while the store is away."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: OrderedDict[object, tuple[float, Found]] = OrderedDict()

    def get(self, key: object, ask: Callable[[], Found]) -> Found:
        """The answer kept for a key, or what `ask` says."""
        now = time.monotonic()
        with self._lock:
            kept = self._answers.get(key)
        if kept and now - kept[0] < KEPT_SECONDS:
            return kept[1]
        try:
            answer = ask()
        except SQLAlchemyError:
            if kept and now - kept[0] < AWAY_SECONDS:
                return kept[1]
            raise
        with self._lock:
            self._answers[key] = now, answer
            self._answers.move_to_end(key)
            if len(self._answers) > MOST_KEPT:
                self._answers.popitem(last=False)
        return answer


def cookie_name() -> str:
    """The cookie of who signed in; outside of this computer its name makes browsers insist on https."""
    return "coalition" if is_loopback() else "__Host-coalition"


def comes_from_proxy(settings: Settings) -> bool:
    """Whether the request comes straight from an address in COALITION_TRUSTED_PROXY."""
    if not settings.proxies:
        return False
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in settings.proxies)


def named_by_proxy(settings: Settings) -> str:
    """The account that a trusted proxy names, "" without one; 403 where anybody else names one."""
    if not settings.proxies:
        return ""
    name = request.headers.get(settings.trusted_proxy_header, "").strip().lower()
    if name and not comes_from_proxy(settings):
        abort(403, f"Only the proxy may send {settings.trusted_proxy_header}.")
    return name
