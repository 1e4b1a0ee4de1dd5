"""Pictures of pages by their address: through the gate, written in the audit log, refused in words."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from callbacks import pictures
from dashboard.figures.chart import IntervalChart, IntervalRow
from dashboard.store.audit_log import records
from dashboard.store.workspace import Workspace

HOST = {"Host": "localhost"}
CHART = IntervalChart("By channel", "Most came by post.", "kits", 1, (IntervalRow("Post", 7.0),))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "ANSWERS", {"trends": lambda *_: CHART, "places": lambda *_: ()})


@pytest.mark.usefixtures("drawn")
def test_a_picture_is_handed_out_and_noted(bringing_client: FlaskClient, bringing: Workspace) -> None:
    answer = bringing_client.get("/figure/trends.svg?place=x", headers=HOST)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert answer.headers["Content-Disposition"] == "attachment; filename=trends-1.svg"
    assert "As known on" in answer.text
    newest = list(records(bringing.engine))[-1]
    assert (newest.action, newest.subject, newest.told) == ("export", "figure of trends", "svg By channel")
    listed = bringing_client.get("/figure/trends?place=x", headers=HOST).text
    assert 'href="/figure/trends.png?place=x&amp;figure=0"' in listed
    assert "This page shows one picture." in listed


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize(
    ("address", "said"),
    [("nowhere.svg", "no page 'nowhere' with pictures"), ("trends.gif", "svg or as png"),
     ("trends.svg?figure=1", "no such picture"), ("trends.svg?figure=-1", "no such picture"),
     ("places.svg", "no such picture"), ("trends.svg?as_of=never", "")],
)  # fmt: skip
def test_what_is_not_there_is_refused_in_words(bringing_client: FlaskClient, address: str, said: str) -> None:
    answer = bringing_client.get(f"/figure/{address}", headers=HOST)
    assert answer.status_code == 400
    assert said in answer.text


def test_every_page_with_pictures_answers_an_empty_store_in_words(bringing_client: FlaskClient) -> None:
    for page in pictures.ANSWERS:
        assert bringing_client.get(f"/figure/{page}", headers=HOST).status_code in (200, 400), page
