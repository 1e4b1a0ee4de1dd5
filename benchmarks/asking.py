"""A page without a browser: the questions that its controls send, taken from what the server tells every browser."""

from __future__ import annotations

import html
import http.client
import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

UPDATE = "/_dash-update-component"
HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "br", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Answered:
    """One answer: milliseconds from asking to the last byte, and bytes of its body on the wire."""

    status: int
    milliseconds: float
    bytes: int


class Asker:
    """One kept connection to a server, and the page at `address` as a browser has it."""

    def __init__(self, address: str) -> None:
        split = urlsplit(address)
        self.address, self.path = address, split.path or "/"
        self._connection = http.client.HTTPConnection(split.netloc, timeout=300)

    @cached_property
    def _callbacks(self) -> list[dict[str, Any]]:
        return [one for one in self._told("/_dash-dependencies") if not one.get("clientside_function")]

    @cached_property
    def _values(self) -> dict[tuple[str, str], Any]:
        return dict(_values(self._told("/_dash-layout")))

    def question(self, output: str, chosen: Mapping[str, str]) -> bytes:
        """What the browser sends to have `output` made anew with these values of controls."""
        callback = next(one for one in self._callbacks if output in one["output"])
        names = [name.rsplit(".", 1) for name in callback["output"].strip(".").split("...")]
        outputs = [{"id": id_, "property": part} for id_, part in names]
        filled = {kind: [self._filled(part, chosen) for part in callback[kind]] for kind in ("inputs", "state")}
        first = next(part for part in callback["inputs"] if part["id"] in chosen)
        several = callback["output"].startswith("..")
        return json.dumps({"output": callback["output"], "outputs": outputs if several else outputs[0],
                           "changedPropIds": [f"{first['id']}.{first['property']}"], **filled}).encode()  # fmt: skip

    def get(self, path: str) -> Answered:
        """Ask for an address."""
        return self._ask("GET", path, None)[0]

    def body(self, path: str) -> bytes:
        """What stands at an address."""
        return self._ask("GET", path, None)[1]

    def linked(self) -> list[str]:
        """Scripts and styles that the page's document names, and the shapes of its map."""
        document = self._plain(self.path)
        named = re.findall(r'<(?:script|link)[^>]+(?:src|href)="(/[^"]+)"', document)
        shapes = self._values.get(("places-geometry", "data"))
        return list(dict.fromkeys([*(html.unescape(path) for path in named), *([shapes] if shapes else [])]))

    def post(self, question: bytes) -> Answered:
        """Ask a question."""
        return self._ask("POST", UPDATE, question)[0]

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _filled(self, part: dict[str, Any], chosen: Mapping[str, str]) -> dict[str, Any]:
        value = chosen.get(part["id"], self._values.get((part["id"], part["property"])))
        return {"id": part["id"], "property": part["property"], "value": value}

    def _told(self, path: str) -> Any:
        return json.loads(self._plain(path))

    def _plain(self, path: str) -> str:
        self._connection.request("GET", path, headers={"Referer": self.address})
        return self._connection.getresponse().read().decode()

    def _ask(self, method: str, path: str, body: bytes | None) -> tuple[Answered, bytes]:
        start = time.perf_counter()
        self._connection.request(method, path, body, HEADERS)
        answer = self._connection.getresponse()
        said = answer.read()
        return Answered(answer.status, (time.perf_counter() - start) * 1000, len(said)), said


def _values(part: Any) -> Iterator[tuple[tuple[str, str], Any]]:
    """Every property of every element with an id."""
    if isinstance(part, list):
        for each in part:
            yield from _values(each)
    elif isinstance(part, dict) and "props" in part:
        for name, value in part["props"].items():
            if isinstance(part["props"].get("id"), str):
                yield (part["props"]["id"], name), value
        yield from _values(part["props"].get("children"))
