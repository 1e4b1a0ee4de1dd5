"""The staff server: a Dash application on one workspace. Composition root; nothing imports it but commands."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import flask_bootstrap
from dash import Dash
from flask import Flask, request
from flask_compress import Compress

from callbacks import pages
from callbacks.admission import register_admission
from callbacks.agency_posts import register_agency_posts
from callbacks.document import Dashboard
from callbacks.downloads import register_downloads
from callbacks.exports import register_exports
from callbacks.guard import register_guard
from callbacks.health import register_health
from callbacks.identity import WARMING, Identity
from callbacks.limits import Counts, register_limits
from callbacks.meeting_mode import register_meeting_mode
from callbacks.meeting_posts import register_meeting_posts
from callbacks.openid import register_openid
from callbacks.partner_desks import desks_of
from callbacks.people_posts import register_people_posts
from callbacks.pictures import register_pictures
from callbacks.refusals import Refusals
from callbacks.register_posts import register_register_posts
from callbacks.remembered import register_remembered
from callbacks.shared import shared_of
from callbacks.shared_answers import answers_of
from callbacks.sign_in import register_sign_in
from callbacks.static_files import StaticFiles
from callbacks.tab_notice import register_tab_notice, version_of
from callbacks.uploads import register_uploads
from dashboard.store.audit_log import keep_head, record
from dashboard.store.readiness import why_unreadable
from dashboard.store.workspace import Workspace
from layouts.components.notice import build_notice
from layouts.shell import INDEX

NAME = "Coalition dashboard"
ROOT = Path(__file__).parent
BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
SENT_AS = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 5,
    "COMPRESS_MIMETYPES": ["text/html", "text/css", "application/json", "application/javascript", "text/javascript",
                           "image/svg+xml", "text/csv"],
    "SEND_FILE_MAX_AGE_DEFAULT": 365 * 24 * 3600,
}  # fmt: skip
"""How answers go over the wire; of what carries its hash in its name a browser keeps a copy for a year."""


def create_app(workspace: Workspace) -> Dash:
    """The dashboard on a workspace, warmed up: the first request does not race Dash's own set-up."""
    server = Flask(__name__)
    server.config.update(SENT_AS)
    register_health(server, lambda: why_unreadable(workspace))
    version = cache(lambda: version_of(app, files))  # asked at every answer, and first when all callbacks are known
    register_tab_notice(server, workspace, version)
    register_guard(server, workspace.settings.allowed_hosts)
    identity = Identity(workspace)
    refusals = Refusals(
        lambda event, account: record(workspace.engine, event, account=account),
        lambda: keep_head(workspace.engine, workspace.home),
    )
    register_admission(server, identity, lambda: app.callback_map, refusals)
    register_limits(server, Counts(shared_of(workspace)))
    register_remembered(server, lambda: workspace.reader().version, beyond=answers_of(workspace))
    Compress(server)
    app = Dashboard(
        __name__,
        server=server,  # type: ignore[arg-type]  # Dash takes a Flask server; its annotation forgot
        assets_folder=str(ROOT / "assets"),
        assets_ignore=r".*\.(js|css|sh)$",
        index_string=INDEX,
        title=NAME,
        update_title="",
        add_log_handler=False,
        enable_mcp=False,
    )
    files = StaticFiles(ROOT / "assets", ROOT / ".browser-assets", bootstrap=BOOTSTRAP)
    files.register(server)
    register_sign_in(server, workspace, identity, css=files.address["css"])
    register_openid(server, workspace, identity, css=files.address["css"])
    register_people_posts(server, workspace, identity, css=files.address["css"])
    app.serve_with(
        files,
        lambda: pages.shown(workspace, request.full_path),
        lambda: build_notice(version(), away=workspace.is_away),
        lambda: f"{pages.title_of(request.path)} · {NAME}",
    )
    _register_beside(server, workspace, files.address["css"])
    pages.lay_out(app, workspace)
    pages.register(app, workspace)
    for path in ("/", "/_dash-layout"):
        server.test_client().get(path, headers={"Host": "localhost"}, environ_overrides={WARMING: True})
    return app


def _register_beside(server: Flask, workspace: Workspace, css: str) -> None:
    """What is fetched and posted beside the pages; `css` is the address of the style sheet."""
    register_downloads(server, workspace)
    register_exports(server, workspace)
    register_pictures(server, workspace, css=css)
    register_uploads(server, desks_of(workspace))
    register_agency_posts(server, workspace)
    register_meeting_mode(server, workspace, ROOT / "assets" / "meeting")
    register_meeting_posts(server, workspace, css=css)
    register_register_posts(server, workspace, css=css)
