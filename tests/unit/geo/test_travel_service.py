"""Minutes from a routing service: a small server that speaks OSRM's /table/v1/driving."""

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from geo.travel import Points, TravelError
from geo.travel_service import TableService

MOST = 100


class Router(BaseHTTPRequestHandler):
    """Seconds = 3,600 x |difference of latitude| + 60 x |difference of longitude|; no road from latitude 41.5."""

    fail_first = 0
    answer_with: bytes | None = None
    asked: list[int]

    def do_GET(self) -> None:
        if type(self).fail_first > 0:
            type(self).fail_first -= 1
            return self._say(503, b"busy")
        if self.answer_with is not None:
            return self._say(200, self.answer_with)
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        head, coordinates = url.path.rsplit("/", 1)
        points = [tuple(float(one) for one in pair.split(",")) for pair in coordinates.split(";")]
        self.asked.append(len(points))
        if head != "/table/v1/driving" or query["annotations"] != "duration":
            return self._told(400, {"code": "InvalidUrl", "message": "URL string malformed"})
        if len(points) > MOST:
            return self._told(400, {"code": "TooBig", "message": "Too many table coordinates"})
        if any(abs(latitude) > 90 or longitude > 0 for longitude, latitude in points):
            return self._told(400, {"code": "InvalidValue", "message": "Longitude comes before latitude"})
        rows, columns = ([points[int(at)] for at in query[side].split(";")] for side in ("sources", "destinations"))
        durations = [[self._seconds(here, there) for there in columns] for here in rows]
        return self._told(200, {"code": "Ok", "durations": durations, "sources": [], "destinations": []})

    @staticmethod
    def _seconds(here: tuple[float, ...], there: tuple[float, ...]) -> float | None:
        if here[1] == 41.5:
            return None
        return 3600 * abs(here[1] - there[1]) + 60 * abs(here[0] - there[0])

    def _told(self, status: int, body: object) -> None:
        self._say(status, json.dumps(body).encode())

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def router(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, type[Router]]]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    kind = type("OneRouter", (Router,), {"asked": []})
    with HTTPServer(("127.0.0.1", 0), kind) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", kind
        server.shutdown()
        thread.join()


def points(latitude: list[float], longitude: float = -72.0) -> Points:
    return Points(np.array(latitude), np.full(len(latitude), longitude))


def test_seconds_become_minutes_and_null_is_no_road(router: tuple[str, type[Router]]) -> None:
    found = TableService(router[0]).minutes(points([42.0, 41.5]), points([42.5, 42.0, 43.0], -71.0))
    assert found[0] == pytest.approx([31.0, 1.0, 61.0])
    assert np.isinf(found[1]).all()


@pytest.mark.parametrize(("n", "m"), [(120, 130), (1, 250), (250, 1), (99, 1), (60, 60)])
def test_a_large_table_is_asked_in_parts_that_the_service_allows(
    router: tuple[str, type[Router]], n: int, m: int
) -> None:
    north, to_north = np.linspace(42, 43, n).round(4), np.linspace(41, 42, m).round(4)
    shares: list[float] = []
    service = TableService(router[0], progress=shares.append)
    found = service.minutes(points(north.tolist()), points(to_north.tolist()))
    np.testing.assert_allclose(found, 60 * np.abs(north[:, None] - to_north[None, :]), atol=1e-9)
    assert max(router[1].asked) <= MOST
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_service_that_is_busy_for_a_moment_is_asked_again(router: tuple[str, type[Router]]) -> None:
    router[1].fail_first = 2
    assert TableService(router[0]).minutes(points([42.0]), points([42.5])) == pytest.approx(30.0)


def test_a_service_that_stays_busy_is_told(router: tuple[str, type[Router]]) -> None:
    router[1].fail_first = 9
    with pytest.raises(TravelError, match="does not answer"):
        TableService(router[0], attempts=2).minutes(points([42.0]), points([42.5]))


def test_a_service_that_is_away_is_told_with_what_to_do() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(TravelError, match=r"does not answer \(ConnectError\).*straight line"):
            TableService(address, attempts=1).minutes(points([42.0]), points([42.5]))


def test_a_service_that_refuses_is_quoted(router: tuple[str, type[Router]]) -> None:
    with pytest.raises(TravelError, match="Too many table coordinates"):
        TableService(router[0], most_points=300).minutes(points([42.0] * 80), points([42.5] * 80))


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (b"<html>", "status 200"),
        (b"[]", "status 200"),
        (b'{"code": "Ok"}', "another shape"),
        (b'{"code": "Ok", "durations": [[1, 2, 3]]}', "another shape"),
        (b'{"code": "Ok", "durations": [[-1]]}', "cannot be"),
    ],
)
def test_an_answer_that_is_no_table_is_told(router: tuple[str, type[Router]], answer: bytes, fault: str) -> None:
    router[1].answer_with = answer
    with pytest.raises(TravelError, match=fault):
        TableService(router[0]).minutes(points([42.0]), points([42.5]))


@pytest.mark.parametrize("address", ["", "router", "ftp://router", "http://"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not the address"):
        TableService(address)


def test_raising_in_progress_cancels(router: tuple[str, type[Router]]) -> None:
    def stop(_share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        TableService(router[0], progress=stop).minutes(points([42.0]), points([42.5]))
