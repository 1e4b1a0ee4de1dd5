"""Fifty people who change a filter every two seconds, and five hundred who come the moment a server starts."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.asking import UPDATE

PEOPLE, PAUSE_SECONDS, SEED = 50, 2.0, 7
COMERS, COME_SECONDS = 500, 120.0
Question = Sequence[bytes]


@dataclass(frozen=True)
class Waited:
    """What people saw: milliseconds of each change or page, and answers that were none or not 200."""

    milliseconds: Sequence[float]
    faults: int

    def at(self, share: float) -> float:
        """The milliseconds within which this share came."""
        ordered = sorted(self.milliseconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else float("nan")


def changes(address: str, questions: Sequence[Question], seconds: float) -> Waited:
    """Fifty people, each with a connection and a mind of their own; a change is all that the browser then asks."""
    return asyncio.run(_people(address, questions, seconds))


def comers(address: str, path: str) -> Waited:
    """Five hundred ask for a page at once of a server that may not listen yet."""
    return asyncio.run(_all(address, path))


async def _people(address: str, questions: Sequence[Question], seconds: float) -> Waited:
    until = time.perf_counter() + seconds
    told = await asyncio.gather(*(_person(address, questions, until, random.Random(SEED + n)) for n in range(PEOPLE)))
    return Waited([ms for took, _ in told for ms in took], sum(faults for _, faults in told))


async def _person(
    address: str, questions: Sequence[Question], until: float, mind: random.Random
) -> tuple[list[float], int]:
    host, port = _host(address)
    source, sink = await asyncio.open_connection(host, port)
    took, faults = [], 0
    await asyncio.sleep(mind.uniform(0, PAUSE_SECONDS))
    while time.perf_counter() < until:
        start = time.perf_counter()
        for body in mind.choice(questions):
            head = (
                f"POST {UPDATE} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nAccept-Encoding: br\r\n"
            )
            sink.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            faults += await _status(source) != 200
        took.append((time.perf_counter() - start) * 1000)
        await asyncio.sleep(max(0.0, PAUSE_SECONDS - took[-1] / 1000))
    sink.close()
    return took, faults


async def _all(address: str, path: str) -> Waited:
    told = await asyncio.gather(*(_comer(address, path) for _ in range(COMERS)))
    return Waited([ms for ms, _ in told], sum(status != 200 for _, status in told))


async def _comer(address: str, path: str) -> tuple[float, int]:
    host, port = _host(address)
    start = time.perf_counter()
    while True:
        try:
            source, sink = await asyncio.open_connection(host, port)
            break
        except OSError:  # nobody listens yet
            if time.perf_counter() - start > COME_SECONDS:
                return COME_SECONDS * 1000, 0
            await asyncio.sleep(0.1)
    try:
        sink.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n".encode())
        status = await _status(source)
    except (OSError, asyncio.IncompleteReadError):
        status = 0
    sink.close()
    return (time.perf_counter() - start) * 1000, status


async def _status(source: asyncio.StreamReader) -> int:
    """The status of an answer that came whole."""
    head = (await source.readuntil(b"\r\n\r\n")).lower()
    length = re.search(rb"content-length: (\d+)", head)
    await source.readexactly(int(length[1]) if length else 0)
    return int(head[9:12])


def _host(address: str) -> tuple[str, int]:
    split = urlsplit(address)
    return str(split.hostname), int(split.port or 80)
