"""What Prometheus may ask, at an address of its own: how many requests of which kind, how long they took, and counts
of the store. It learns route patterns, never an address that somebody asked for, and of nobody who asked."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from commands.beside import IsServed, beside
from dashboard.errors import StoreError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from prometheus_client.core import Metric
    from prometheus_client.registry import Collector

SHARED = "PROMETHEUS_MULTIPROC_DIR"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
NameRoute = Callable[["WSGIEnvironment"], str]


class Counted:
    """A WSGI application before another: counts its requests and times them. All workers write into one folder."""

    def __init__(self, behind: WSGIApplication, name_route: NameRoute) -> None:
        from prometheus_client import Counter, Histogram

        self._behind, self._name_route = behind, name_route
        self._requests = Counter("coalition_requests_total", "Requests that were answered.",
                                 ("route", "method", "status"), registry=None)  # fmt: skip
        self._seconds = Histogram("coalition_request_seconds", "Seconds until an answer began to be sent.",
                                  ("route",), buckets=SECONDS, registry=None)  # fmt: skip

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """What the application behind answers."""
        start, route, told = time.perf_counter(), self._name_route(environ), ["500"]

        def note(status: str, *rest: Any) -> Any:
            told[0] = status[:3]
            return start_response(status, *rest)

        try:
            return self._behind(environ, note)
        finally:
            method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in METHODS else "other"
            self._requests.labels(route, method, told[0]).inc()
            self._seconds.labels(route).observe(time.perf_counter() - start)


def staff_route(server: Flask) -> NameRoute:
    """The pattern of the staff server's route; "none" for an address that leads nowhere."""

    def name(environ: WSGIEnvironment) -> str:
        try:
            rule, _ = server.url_map.bind_to_environ(environ).match(return_rule=True)
        except HTTPException:
            return "none"
        return rule.rule

    return name


def monitor(address: tuple[str, int], folder: Path, counts: Sequence[Callable[[], Collector]] = ()) -> int:
    """Answer Prometheus in a process beside the workers, whose id is told; to be called before there are any.

    `folder` is where the workers write what they count; `counts` make what is asked for besides. StoreError where the
    address cannot be listened on, or prometheus-client is not installed.
    """
    os.environ[SHARED] = str(folder)  # read when prometheus-client is imported
    try:
        from prometheus_client import CollectorRegistry, make_wsgi_app
        from prometheus_client.multiprocess import MultiProcessCollector
    except ImportError:
        raise StoreError("COALITION_MONITORING needs the extra 'monitoring': pip install prometheus-client.") from None
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    listening = _listen(address, make_wsgi_app(registry))

    def work(is_served: IsServed) -> None:
        for make in counts:
            registry.register(make())
        while is_served():
            listening.handle_request()

    child = beside(work, own=[folder])
    listening.server_close()  # in this process: workers shall not hold it open
    return child


def _listen(address: tuple[str, int], application: Any) -> WSGIServer:
    try:
        listening = make_server(*address, application, handler_class=_Silent)
    except OSError as error:
        raise StoreError(
            f"COALITION_MONITORING: cannot listen on {address[0]}:{address[1]} ({error.strerror}). Name another port."
        ) from None
    listening.timeout = 1.0
    return listening


class _Silent(WSGIRequestHandler):
    timeout = 5.0  # of a connection that says nothing

    def log_message(self, *_: Any) -> None:
        """Prometheus asks every few seconds."""


class StoreCounts:
    """Counts of the store at the time of asking; while it is away only that."""

    def __init__(self, url: str) -> None:
        from dashboard.store.engine import open_engine

        self._engine = open_engine(url)

    def collect(self) -> Iterator[Metric]:
        """What the store holds."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        from dashboard.store.tallies import tallies

        try:
            now = tallies(self._engine)
        except SQLAlchemyError:
            yield GaugeMetricFamily("coalition_store_answers", "1 while the store answers.", 0)
            return
        yield GaugeMetricFamily("coalition_store_answers", "1 while the store answers.", 1)
        yield GaugeMetricFamily("coalition_loads", "Loads that the store holds.", now.loads)
        yield GaugeMetricFamily(
            "coalition_newest_load_seconds", "When the newest load came, since 1970.", now.newest_load
        )
        yield CounterMetricFamily("coalition_refusals", "Refusals in the audit log.", now.refusals)
