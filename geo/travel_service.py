"""Minutes from a routing service that speaks the table interface of OSRM."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from geo.distance import Array
from geo.travel import Points, TravelError

if TYPE_CHECKING:
    import httpx

TOO_BUSY = (429, 502, 503, 504)


@dataclass(frozen=True)
class TableService:
    """Driving minutes of GET {address}/table/v1/{profile}/{longitude,latitude;...}, an OSRM server's own interface.

    At most `most_points` positions (origins and destinations together) go into one request, as such servers allow 100
    by default; `timeout` in seconds for each request; a request that fails in passing is tried `attempts` times.
    `progress` is told the share done after each request; raising inside it cancels.
    """

    address: str
    profile: str = "driving"
    most_points: int = 100
    timeout: float = 30.0
    attempts: int = 3
    progress: Callable[[float], None] | None = None

    def __post_init__(self) -> None:
        if urlsplit(self.address).scheme not in {"http", "https"} or not urlsplit(self.address).hostname:
            raise ValueError(f"'{self.address[:80]}' is not the address of a routing service (http://host:5000).")
        if self.most_points < 2:
            raise ValueError("A request needs at least two points: one to set out from and one to arrive at.")

    def minutes(self, origins: Points, destinations: Points) -> Array:
        """Driving minutes, (n, m); inf where the service finds no road. TravelError when it cannot be asked."""
        found = np.full((len(origins), len(destinations)), np.inf)
        parts = list(_parts(found.shape, self.most_points))
        with _client(self.timeout) as client:
            for done, (rows, columns) in enumerate(parts, start=1):
                found[rows, columns] = self._part(client, _texts(origins)[rows], _texts(destinations)[columns])
                if self.progress:
                    self.progress(done / len(parts))
        return found

    def describe(self) -> str:
        """The sentence printed beside the map."""
        return f"Driving minutes ({self.profile}) of the routing service at {urlsplit(self.address).hostname}."

    def _part(self, client: httpx.Client, origins: list[str], destinations: list[str]) -> Array:
        first, last = len(origins), len(origins) + len(destinations)
        path = f"/table/v1/{self.profile}/{';'.join(origins + destinations)}"
        asked = {
            "sources": ";".join(map(str, range(first))),
            "destinations": ";".join(map(str, range(first, last))),
            "annotations": "duration",
        }
        answer = self._asked(client, self.address.rstrip("/") + path, asked)
        return _minutes(answer, (first, last - first), self.address)

    def _asked(self, client: httpx.Client, address: str, asked: dict[str, str]) -> httpx.Response:
        """The service's answer; passing faults are tried again, and what remains is told in words."""
        import httpx
        import stamina

        def passing(error: Exception) -> bool:
            if isinstance(error, httpx.HTTPStatusError):
                return error.response.status_code in TOO_BUSY
            return isinstance(error, httpx.TransportError)

        try:
            for attempt in stamina.retry_context(on=passing, attempts=self.attempts, wait_initial=0.2, wait_max=5.0):
                with attempt:
                    answer = client.get(address, params=asked)
                    if answer.status_code in TOO_BUSY:
                        answer.raise_for_status()
        except httpx.HTTPError as error:
            raise TravelError(
                f"The routing service at {self.address} does not answer ({type(error).__name__}). Start it, correct "
                "its address, or let the straight line tell the minutes."
            ) from error
        return answer


def _client(timeout: float) -> httpx.Client:
    try:
        import httpx
        import stamina  # noqa: F401 (looked for here, so that its absence is told once)
    except ImportError as error:
        raise TravelError(
            "Asking a routing service needs two more packages: pip install coalition-dashboard[routing]."
        ) from error
    return httpx.Client(timeout=timeout)


def _parts(shape: tuple[int, int], most_points: int) -> Iterator[tuple[slice, slice]]:
    """Rectangles of the table that hold at most `most_points` origins and destinations together."""
    n, m = shape
    width = min(m, max(most_points // 2, most_points - n))
    height = most_points - width
    for top in range(0, n, max(height, 1)):
        for left in range(0, m, max(width, 1)):
            yield slice(top, min(top + height, n)), slice(left, min(left + width, m))


def _texts(points: Points) -> list[str]:
    """Longitude before latitude, as the service wants it, to about a tenth of a metre."""
    return [f"{east:.6f},{north:.6f}" for north, east in zip(points.latitude, points.longitude, strict=True)]


def _minutes(answer: httpx.Response, shape: tuple[int, int], address: str) -> Array:
    """Minutes from the seconds of an answer; null is no road."""
    told = _json(answer)
    if told.get("code") != "Ok":
        why = str(told.get("message") or told.get("code") or f"status {answer.status_code}")[:200]
        raise TravelError(f"The routing service at {address} refuses the table: {why}.")
    try:
        rows = [[np.inf if one is None else float(one) for one in row] for row in told["durations"]]
        seconds = np.array(rows, dtype=float).reshape(shape)
    except (KeyError, TypeError, ValueError) as error:
        raise TravelError(f"The routing service at {address} answers with a table of another shape.") from error
    if np.isnan(seconds).any() or (seconds < 0).any():
        raise TravelError(f"The routing service at {address} answers with durations that cannot be.")
    return seconds / 60


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
