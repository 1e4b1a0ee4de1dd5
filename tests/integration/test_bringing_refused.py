"""What is not taken from a partner, or from whoever says to be one: nothing of it is kept, and nothing falls over."""

import io
import random
import re
import zipfile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from steward_at_work import OWN, Steward, sheet
from werkzeug.exceptions import RequestTimeout
from werkzeug.test import TestResponse

from callbacks.partner_desks import desks_of
from callbacks.receiving import Timed, safe_name
from callbacks.uploads import _allowed
from dashboard.errors import InvalidQuery, NotAllowed
from dashboard.people import Grant, Person, Role, act_as
from dashboard.store import schema
from dashboard.store.schema_partner_files import partner_load, sheet_mapping, undone_load
from dashboard.store.workspace import Workspace


def test_a_file_about_people_is_refused_and_nothing_of_it_is_kept(steward: Steward) -> None:
    steward.bring(b"First name,DOB,Town\nZebulon,3/4/1960,Athol\nQuintessa,5/6/1970,Orange\nYsolde,7/8/1980,Gill\n")
    page = steward.page()
    assert "people's names" in page
    assert "dates of birth" in page
    assert "Nothing of this file was kept" in page
    kept = b"".join(path.read_bytes() for path in steward.workspace.home.rglob("*") if path.is_file())
    assert [word for word in (b"Zebulon", b"3/4/1960", b"Quintessa") if word in kept] == []


def test_a_bomb_is_answered_with_what_to_do(steward: Steward) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (60 << 20))
    assert steward.bring(out.getvalue(), "bomb.xlsx") == 303
    assert "unpacks to far more" in steward.page()


def test_nothing_waits_once_it_was_discarded(steward: Steward) -> None:
    steward.bring(sheet((3, 1)))
    token = steward.token
    steward.post(f"/{token}/discard")
    steward.at = f"/bring-numbers/check?partner={steward.partner}&file={token}"
    assert "no longer here" in steward.page()
    assert not list((steward.workspace.home / "quarantine").glob(token))


@pytest.mark.parametrize("partner", ["p0", "nobody"])
def test_a_steward_reaches_the_own_partner_only(partner: str, bringing: Workspace) -> None:
    ann = Person("ann", "Ann", (Grant(Role.STEWARD, "quabbin", "p1"),))
    with act_as(ann):
        _allowed(desks_of(bringing), "p1")
        with pytest.raises((NotAllowed, InvalidQuery), match=r"may not|no such partner"):
            _allowed(desks_of(bringing), partner)


def test_what_waits_for_one_partner_is_not_another_ones(steward: Steward) -> None:
    steward.bring(sheet((3, 1)))
    other = Steward(steward.workspace, steward.client, "p0")
    assert other.post(f"/{steward.token}/save") == 400


def test_posts_from_elsewhere_and_bodies_of_another_kind_are_refused(bringing_client: FlaskClient) -> None:
    body = {"file": (io.BytesIO(b"Town,Kits\n"), "kits.csv")}
    foreign = {**OWN, "Origin": "https://elsewhere.example"}
    assert bringing_client.post("/upload/p0", data=body, headers=foreign).status_code == 403
    crossing = {**OWN, "Sec-Fetch-Site": "cross-site"}
    assert bringing_client.post("/upload/p0/none", data={"measure": "x"}, headers=crossing).status_code == 403
    assert bringing_client.post("/upload/p0", json={"a": 1}, headers=OWN).status_code == 415
    assert bringing_client.post("/upload/p0", data=b"x" * (21 << 20), headers=OWN,
                       content_type="multipart/form-data; boundary=x").status_code == 413  # fmt: skip
    two = {"file": (io.BytesIO(b"a,b\n"), "a.csv"), "more": (io.BytesIO(b"a,b\n"), "b.csv")}
    assert (
        bringing_client.post("/upload/p0", data=two, headers=OWN, content_type="multipart/form-data").status_code == 400
    )


def test_a_body_that_arrives_too_slowly_is_given_up() -> None:
    class Silent(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:  # noqa: ARG002
            raise TimeoutError

    with pytest.raises(RequestTimeout):
        Timed(Silent(), None).read(10)
    with pytest.raises(RequestTimeout):
        Timed(io.BytesIO(b"x"), None, seconds=-1).read(10)


@pytest.mark.parametrize(("name", "kept"), [
    ("..\\..\\windows\\kits.xlsx", "kits.xlsx"), ("/etc/passwd", "passwd"), ("a\x00\x1b[31mb.csv", "a[31mb.csv"),
    ("x" * 500 + ".csv", "x" * 116 + ".csv"),
])  # fmt: skip
def test_the_name_of_a_file_is_only_its_last_part(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def fuzzed(bringing_client: FlaskClient, seed: int) -> TestResponse:
    """Post something random to a random address of these routes; the answer."""
    chance = random.Random(seed)
    text = "".join(chance.choice("abcé\x00=&%;\"'<>{}[]\n0123456789-.") for _ in range(chance.randrange(300)))
    token = chance.choice(["x" * 22, "../../../etc", "%2e%2e", "A" * 5, "é"])
    number = chance.choice(["1", "9" * 20, str(chance.randint(-5, 99))])
    path = chance.choice(["", "/numbers", "/none", f"/{token}/save", f"/{token}/answer", f"/{token}/discard",
                          f"/undo/{number}", "/x/y/z"])  # fmt: skip
    partner = chance.choice(["p0", "p19", "nobody", "%00", "..", text[:20].replace("/", "") or "p"])
    names = ["measure", "period", "town1", "number1", "seen", "word", "q.a", "why", "anyway"]
    values = [text, "2026-05", "positive_tests", "9" * 400, "-1", "1e999"]
    fields = {chance.choice(names): chance.choice(values) for _ in range(5)}
    if chance.random() < 0.3:
        body = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{text}"\r\n\r\n{text}\r\n--x--'
        cut = body.encode()[: chance.randrange(1, len(body.encode()) + 1)]
        return bringing_client.post(f"/upload/{partner}{path}", data=cut, headers=OWN,
                             content_type="multipart/form-data; boundary=x")  # fmt: skip
    return bringing_client.post(f"/upload/{partner}{path}", data=fields, headers=OWN)


def kept(engine: Engine) -> tuple[int, ...]:
    """How many loads and undos of partners there are, how many layouts are known, and how many files were loaded."""
    tables = (partner_load, undone_load, sheet_mapping, schema.load)
    with engine.connect() as connection:
        return tuple(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def hold_out(workspace: Workspace, client: FlaskClient, seeds: range) -> None:
    """Post for every seed: none is a fault of the server, and nothing is written but what an answer says was saved."""
    loads, undos, known, files = kept(workspace.engine)
    answers = {seed: fuzzed(client, seed) for seed in seeds}
    assert {seed: answer.status for seed, answer in answers.items() if answer.status_code >= 500} == {}
    told = [answer.headers.get("Location", "") for answer in answers.values()]
    saved, undone = (sum(f"&{word}=" in address for address in told) for word in ("saved", "undone"))
    assert kept(workspace.engine) == (loads + saved, undos + undone, known, files + saved)


def test_no_random_post_is_a_fault_of_the_server_or_writes_anything_unasked(
    bringing: Workspace, bringing_client: FlaskClient
) -> None:
    hold_out(bringing, bringing_client, range(120))


@pytest.mark.long
@pytest.mark.parametrize("first", range(1000, 11_000, 1000))
def test_no_post_of_ten_thousand_is_a_fault_of_the_server_or_writes_anything_unasked(
    first: int, bringing: Workspace, bringing_client: FlaskClient
) -> None:
    hold_out(bringing, bringing_client, range(first, first + 1000))


def test_no_route_takes_a_post_from_another_site(bringing_client: FlaskClient) -> None:
    rules = bringing_client.application.url_map.iter_rules()
    posted = [re.sub("<[^>]*>", "1", str(rule)) for rule in rules if "POST" in (rule.methods or ())]
    assert len(posted) >= 9
    for name, value in (
        ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "null"),
        ("Origin", "https://elsewhere.example"), ("Origin", "http://localhost.elsewhere.example"),
    ):  # fmt: skip
        told = {path: bringing_client.post(path, data={"a": "1"}, headers={**OWN, name: value}) for path in posted}
        assert {path for path, answer in told.items() if answer.status_code not in (403, 405)} == set()
