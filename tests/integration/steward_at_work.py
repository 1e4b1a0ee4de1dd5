"""A small store of one coalition with thirty partners, and a steward who posts forms and reads pages."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from dashboard.domain import Level, Partner, Period, PlaceSet, SourceCard, add_months
from dashboard.intake import Intake
from dashboard.settings import Settings
from dashboard.store.partner_changes import holding
from dashboard.store.partner_files import history
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write
from data_loaders.register import built_in

OWN = {"Host": "localhost", "Origin": "http://localhost"}
TODAY = datetime.now(UTC).date()
NEWEST = add_months(TODAY.replace(day=1), -1)
PARTNERS = [f"p{number}" for number in range(30)]
UNTAKEN = iter(PARTNERS[2:])
ATHOL, ORANGE = "2502702480", "2501151265"


class Steward:
    """Somebody at a partner's page: posts forms and reads what the page then says."""

    def __init__(self, workspace: Workspace, client: FlaskClient, partner: str) -> None:
        self.workspace, self.client, self.partner = workspace, client, partner
        self.at = ""

    def post(self, path: str, **fields: str) -> int:
        answer = self.client.post(f"/upload/{self.partner}{path}", data={"here": "1", **fields}, headers=OWN)
        self.at = answer.headers.get("Location", "")
        return answer.status_code

    def bring(self, content: bytes, name: str = "kits.csv") -> int:
        body = {"file": (io.BytesIO(content), name)}
        answer = self.client.post(f"/upload/{self.partner}", data=body, headers=OWN, content_type="multipart/form-data")
        self.at = answer.headers.get("Location", "")
        return answer.status_code

    @property
    def token(self) -> str:
        return parse_qs(urlsplit(self.at).query)["file"][0]

    def page(self) -> str:
        """The texts of the page, as the browser gets it from the layout."""
        return self.client.get("/_dash-layout", headers={**OWN, "Referer": f"http://localhost{self.at}"}).get_data(True)

    def seen(self) -> str:
        """What stands for the differences shown; nothing where there is none to save."""
        found = re.search(r"seen=([0-9a-f]{24})", self.page())
        return found[1] if found else ""

    def save(self, **fields: str) -> int:
        seen = self.seen()
        assert seen, self.page()[-3000:]
        return self.post(f"/{self.token}/save", seen=seen, **fields)

    def held(self) -> dict[tuple[str, str], float | None]:
        """What counts now, by month and geoid."""
        self.workspace.refresh()
        cube = self.workspace.reader().cube
        return {(str(Period(key.start, key.end)), key.geoid): told.value
                for key, told in holding(cube, f"partner-{self.partner}", self.partner).items()}  # fmt: skip

    def loads(self) -> int:
        return len(history(self.workspace.engine, self.partner))


class Inline:
    """A process that is none: starting one for every change of the store would take a second each."""

    def __init__(self, target: Callable[..., None], args: tuple[Any, ...]) -> None:
        self.start = partial(target, *args)

    def join(self) -> None:
        """It has ended already."""


def opened_workspace(home: Path) -> Iterator[Workspace]:
    """The towns of Massachusetts, and a coalition of thirty partners in two towns."""
    patch = pytest.MonkeyPatch()
    patch.setattr("dashboard.store.workspace.get_context", lambda _how: SimpleNamespace(Process=Inline))
    opened = Workspace(Settings(home=home, database_url=""))
    filled_workspace(opened)
    yield opened
    opened.engine.dispose()
    patch.undo()


def filled_workspace(opened: Workspace) -> None:
    """Write the towns and the partners into an empty store."""
    write(opened.engine, built_in("25"), SourceCard("gazetteer", "Towns", "us", "public domain"), datetime(2026, 1, 1))
    people = Intake("people", "people.toml", sha256(b"people").hexdigest(), date(2026, 1, 1))
    people.place_sets = [PlaceSet("quabbin", "Quabbin", Level.CATCHMENT, (ATHOL, ORANGE))]
    people.coalitions = [("quabbin", "Quabbin", "quabbin")]
    people.partners = [Partner(id_, f"Partner {id_}", "harm reduction", "quabbin") for id_ in PARTNERS]
    write(opened.engine, people, SourceCard("people", "People", "us", "ours"), datetime(2026, 1, 2))


def month(back: int) -> str:
    return str(Period(add_months(NEWEST, -back), add_months(NEWEST, 1 - back)))


def sheet(*columns: tuple[int, int], title: str = "Supplies handed out") -> bytes:
    """A wide CSV whose columns are the newest months; `columns` are (Athol, Orange), the newest last."""
    heads = ",".join(month(len(columns) - 1 - at) for at in range(len(columns)))
    athol, orange = (",".join(str(pair[at]) for pair in columns) for at in (0, 1))
    return f"{title}\nTown,{heads}\nAthol,{athol}\nOrange,{orange}\n".encode()
