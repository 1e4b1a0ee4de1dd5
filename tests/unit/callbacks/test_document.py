"""The document around the application: what Dash tells its scripts is written once and is the same for everybody."""

from __future__ import annotations

import json
import re

import pytest
from dash import Dash, html

from callbacks.document import Dashboard


@pytest.fixture
def app() -> Dashboard:
    made = Dashboard(__name__, add_log_handler=False)
    made.layout = html.Div(id="here")
    made.validation_layout = html.Div([html.P(id="one"), html.P(id="other")])  # type: ignore[assignment]
    return made


def config(app: Dash) -> dict[str, object]:
    written = re.search(r">(.*)</script>", app._generate_config_html())
    assert written is not None
    told: dict[str, object] = json.loads(written[1])
    return told


def test_what_dash_tells_its_scripts_holds_every_id_and_nothing_of_one_visit(app: Dashboard) -> None:
    told = config(app)
    assert "other" in json.dumps(told["validation_layout"])
    assert "end_id" not in told
    assert set(told) == set(Dash._config(app)) - {"end_id"}  # type: ignore[no-untyped-call]


def test_it_is_written_once(app: Dashboard, monkeypatch: pytest.MonkeyPatch) -> None:
    first = app._generate_config_html()
    monkeypatch.setattr("dash.dash.to_json", lambda *_: pytest.fail("written again"))
    assert app._generate_config_html() == first
