"""Answers kept in memory as they went over the wire, compressed once: scripts, shapes, and what a callback said."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date

from flask import Flask, Response, g, request

from callbacks.guard import CALLBACK_PATH
from callbacks.permissions import who
from callbacks.shared_answers import Answer, SharedAnswers

STATIC_PATHS = ("/_dash-component-suites/", "/static/", "/geo/")
PURE_PAGES = ("places-", "trends-", "month-", "deserts-", "hotspots-", "after-", "whatif-", "targets-", "gaps-",
              "naloxone-")  # fmt: skip
"""Pages whose callbacks only read: their answer follows from the data version, the day, what was asked and what
whoever asks may see, so that nobody gets an answer made for somebody with other rights."""
MOST_BYTES = 24 * 1024 * 1024
LARGEST = 4 * 1024 * 1024
OVERHEAD = 2048
"""Bytes that an answer takes besides its body and its question: headers and what holds them together."""


class Remembered:
    """Bodies and headers of answers, the least recently asked dropped when they outgrow MOST_BYTES."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable) -> Answer | None:
        """The answer to a key, or None."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer."""
        if len(answer[0]) > LARGEST:
            return
        with self._lock:
            known = self._answers.pop(key, None)
            self._bytes += _weight(key, answer) - (_weight(key, known) if known else 0)
            self._answers[key] = answer
            while self._bytes > MOST_BYTES:
                self._bytes -= _weight(*self._answers.popitem(last=False))


def _weight(key: Hashable, answer: Answer) -> int:
    """What an answer takes with its question, which may be a hundred times as long as it."""
    parts = key if isinstance(key, tuple) else ()
    return OVERHEAD + len(answer[0]) + sum(len(part) for part in parts if isinstance(part, (bytes, str)))


def register_remembered(server: Flask, version: Callable[[], str], *, beyond: SharedAnswers | None = None) -> None:
    """Answer from memory what was answered before; `version` names the newest data, `beyond` knows others' answers.

    Registered after the guard and admission, so that nothing is answered that they would refuse, and before
    compression, because Flask runs what comes after a request backwards: what is kept is compressed.
    """
    kept = Remembered()

    @server.before_request
    def _again() -> Response | None:
        g.remember_as = key = _key(version)
        answer = (kept.get(key) or _of_others(key)) if key else None
        if answer is None:
            return None
        g.remember_as = None
        response = Response(answer[0])
        response.headers.clear()
        response.headers.extend(answer[1])
        return response

    @server.after_request
    def _keep(response: Response) -> Response:
        key = g.pop("remember_as", None)
        if key and response.status_code == 200 and "Set-Cookie" not in response.headers:
            response.direct_passthrough = False
            answer = response.get_data(), list(response.headers.items())
            kept.put(key, answer)
            if beyond and request.path == CALLBACK_PATH:
                beyond.put(key, answer)
        return response

    def _of_others(key: Hashable) -> Answer | None:
        answer = beyond.get(key) if beyond and request.path == CALLBACK_PATH else None
        if answer:
            kept.put(key, answer)
        return answer


def _key(version: Callable[[], str]) -> Hashable:
    """What an answer follows from; None for what is not to be kept."""
    accepted = request.headers.get("Accept-Encoding", "")
    if request.method == "GET" and request.path.startswith(STATIC_PATHS):
        return request.full_path, accepted
    if request.method == "POST" and request.path == CALLBACK_PATH:
        asked = str(request.json["output"]).lstrip(".") if request.json else ""
        if asked.startswith(PURE_PAGES):
            return version(), date.today(), who().rights, request.get_data(), accepted
    return None
