"""How many filter callbacks a second a server answers: the browser's own request, replayed with other choices."""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from benchmarks.browser import Side, change, opened, settle

THREADS = 4
HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "gzip, br", "Sec-Fetch-Site": "same-origin"}


Question = list[bytes]
"""The bodies of the requests that a change of a filter sends."""


def captured(browser: Browser, side: Side, menu: str, value: str) -> list[dict[str, Any]]:
    """The bodies that the page sends when a value is chosen."""
    with opened(browser, side) as (page, wire):
        settle(page, wire)
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.post_data or ""))
        change(page, menu, value)
        return [json.loads(body) for body in sent if f'"{menu}"' in body]


def bodies(captured: list[dict[str, Any]], choices: dict[str, tuple[str, ...]]) -> list[Question]:
    """The same requests for every combination of values of the named menus."""
    made = []
    for values in itertools.product(*choices.values()):
        chosen = dict(zip(choices, values, strict=True))
        made.append([json.dumps(body | {"inputs": _with(body["inputs"], chosen)}).encode() for body in captured])
    return made


def _with(inputs: list[dict[str, Any]], chosen: dict[str, str]) -> list[dict[str, Any]]:
    return [one | {"value": chosen.get(one["id"], one.get("value"))} for one in inputs]


def rate(side: Side, asked: list[Question], seconds: float) -> float:
    """Answers a second to `asked`, over and over, from a few threads that keep their connections."""
    until = time.perf_counter() + seconds
    endless, lock, counts = itertools.cycle(asked), threading.Lock(), []
    threads = [
        threading.Thread(target=lambda: counts.append(_replay(side, endless, lock, until))) for _ in range(THREADS)
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)


def rate_once(side: Side, asked: list[Question]) -> float:
    """Answers a second when every request is a new question."""
    connection = http.client.HTTPConnection(urlsplit(side.address).netloc)
    started = time.perf_counter()
    for question in asked:
        _ask(connection, question)
    return len(asked) / (time.perf_counter() - started)


def _replay(side: Side, endless: Iterator[Question], lock: threading.Lock, until: float) -> int:
    connection = http.client.HTTPConnection(urlsplit(side.address).netloc)
    answered = 0
    while time.perf_counter() < until:
        with lock:
            question = next(endless)
        _ask(connection, question)
        answered += 1
    return answered


def _ask(connection: http.client.HTTPConnection, question: Question) -> None:
    for body in question:
        connection.request("POST", "/_dash-update-component", body, HEADERS)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"A replayed request was answered with {answer.status}.")
