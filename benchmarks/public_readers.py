"""Two hundred readers of the public view at once, none of them pausing: `python -m benchmarks.public_readers HOME`.

HOME holds releases, as `coalition publish` leaves them. Each reader keeps one connection, as a browser does, and opens
page after page of a release: the first page, maps, lines over time, towns, frames, in both languages. The server is
`coalition serve --public` on the same cores. Told are the milliseconds that answers took: on a page that costs nothing
to make, which is what gunicorn, the readers and this machine can do at all; on a server that starts for the first time,
by readers who come before it says that it is ready, and once it does; while a new release comes, until its pages are
made, and just after readers are led to it; and on a server that starts again where pages are kept
(COALITION_PUBLIC_PAGES). The load is that of the whole machine: what others do on it slows everything here alike.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import sqlite3
import time
import urllib.request
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from shutil import copy, copytree
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit

from benchmarks.servers import plain, public
from dashboard.releases.shelf import checksum, entry, listed, write_index

READERS, SECONDS, SEED = 200, 15.0, 5
LONGEST_CHANGEOVER = 240.0
LINK = re.compile(r'(?:href|data-to)="([^"#?]+)"')


@dataclass(frozen=True)
class Told:
    """What readers saw: milliseconds of every answer, and answers that were none (or not 200)."""

    milliseconds: Sequence[float]
    faults: int
    seconds: float

    def at(self, share: float) -> float:
        """The milliseconds within which this share of answers came."""
        ordered = sorted(self.milliseconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else float("nan")

    def sentence(self, name: str) -> str:
        """The figures in a line."""
        rate = len(self.milliseconds) / self.seconds
        return (
            f"{name}: {len(self.milliseconds):,} answers, {rate:,.0f} a second, {self.faults} faults; "
            f"median {self.at(0.5):.0f} ms, p95 {self.at(0.95):.0f} ms, p99 {self.at(0.99):.0f} ms, "
            f"longest {self.at(1):.0f} ms"
        )


def main() -> None:
    """Measure the machine, a fresh server, the same one again, and one that starts with what was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()

    def tell(name: str, address: str, paths: Sequence[str]) -> None:
        load = os.getloadavg()[0]
        told = asyncio.run(read(address, paths, chosen.readers, chosen.seconds))
        print(f"{told.sentence(name)}; load before {load:.1f}", flush=True)

    with plain(chosen.workers) as server:
        tell("a page that costs nothing", server.address, ["/"])
    with TemporaryDirectory() as scratch:
        home, early, kept = (Path(scratch) / name for name in ("home", "early", "kept"))
        copytree(chosen.home / "releases", home / "releases")
        with public(home, chosen.workers, early, ready=False) as server:
            paths = pages(server.address)
            print(f"{len(paths):,} pages, {chosen.readers} readers, {chosen.workers} workers")
            tell("first start, before it is ready", server.address, paths)
        started = time.perf_counter()
        with public(home, chosen.workers, kept) as server:
            print(f"ready {time.perf_counter() - started:.0f} s after a first start")
            tell("first start, once it is ready", server.address, paths)
            before = _led_to(server.address)
            publish_again(home / "releases")
            tell("while pages of a new release are made", server.address, paths)
            waited = until_newer(server.address, than=before)
            print(f"readers are led to it {chosen.seconds + waited:.0f} s after it came")
            tell("both releases, just after", server.address, [*paths, *pages(server.address)])
        with public(home, chosen.workers, kept) as server:
            tell("started again", server.address, pages(server.address))


def publish_again(folder: Path) -> None:
    """The newest release once more, under the next number."""
    newest = entry(folder, "latest")
    path = folder / f"release-{newest.number + 1:04d}.db"
    copy(folder / newest.file, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'number'", (str(newest.number + 1),))
    again = replace(newest, number=newest.number + 1, file=path.name, sha256=checksum(path))
    write_index(folder, [*listed(folder), again])


def until_newer(address: str, *, than: str) -> float:
    """Seconds until the first address leads to another release; RuntimeError when it never does."""
    start = time.perf_counter()
    while time.perf_counter() - start < LONGEST_CHANGEOVER:
        if _led_to(address) != than:
            return time.perf_counter() - start
        time.sleep(0.5)
    raise RuntimeError("Readers were never led to the new release.")


def _led_to(address: str) -> str:
    with urllib.request.urlopen(f"{address}/") as answer:
        return urlsplit(answer.url).path


def pages(address: str) -> list[str]:
    """What the first page leads to and what that leads to, in both languages, and the figures' frames."""
    found: dict[str, None] = {}
    waiting = ["/r/latest/", "/es/r/latest/"]
    for depth in range(2):
        linked: dict[str, None] = {}
        for path in waiting if depth == 0 else [p for p in waiting if "/town/" not in p]:
            with urllib.request.urlopen(address + path) as answer:
                base, body = answer.url, answer.read().decode()
            links = (urlsplit(urljoin(base, unescape(each))).path for each in LINK.findall(body))
            linked |= dict.fromkeys(each for each in links if each.endswith("/"))
        found |= linked
        waiting = list(linked)
    figures = [path for path in found if re.search(r"/r/\d+/(?:map|trend|gaps|targets)/", path)]
    frames = [re.sub(r"^(/es)?/r/", r"\1/embed/r/", path) for path in figures]
    return [*found, *frames]


async def read(address: str, paths: Sequence[str], readers: int, seconds: float) -> Told:
    """Readers who open pages one after the other until the time is over."""
    host, port = str(urlsplit(address).hostname), int(urlsplit(address).port or 80)
    until = time.perf_counter() + seconds
    chosen = [random.Random(SEED + number) for number in range(readers)]
    start = time.perf_counter()
    told = await asyncio.gather(*(_reader(host, port, paths, until, each) for each in chosen))
    return Told([ms for each, _ in told for ms in each], sum(n for _, n in told), time.perf_counter() - start)


async def _reader(
    host: str, port: int, paths: Sequence[str], until: float, chosen: random.Random
) -> tuple[list[float], int]:
    took: list[float] = []
    faults = 0
    while time.perf_counter() < until:
        try:
            connection = await asyncio.open_connection(host, port)
            while time.perf_counter() < until:
                start = time.perf_counter()
                is_whole, stays = await _get(*connection, chosen.choice(paths), host)
                took.append((time.perf_counter() - start) * 1000)
                faults += not is_whole
                if not stays:
                    break
            connection[1].close()
        except (OSError, asyncio.IncompleteReadError):
            faults += 1
    return took, faults


async def _get(source: asyncio.StreamReader, sink: asyncio.StreamWriter, path: str, host: str) -> tuple[bool, bool]:
    """Whether a page came whole, and whether the connection stays."""
    sink.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: br\r\n\r\n".encode())
    head = (await source.readuntil(b"\r\n\r\n")).lower()
    length = re.search(rb"content-length: (\d+)", head)
    if length is None:
        return False, False
    await source.readexactly(int(length[1]))
    return head.startswith((b"http/1.1 200", b"http/1.1 302")), b"connection: close" not in head


if __name__ == "__main__":
    main()
