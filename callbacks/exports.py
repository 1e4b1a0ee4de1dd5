"""What the page Take it home posts and fetches: start an export, stop it, take it. Native forms."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask, redirect, request, send_file
from werkzeug.wrappers import Response

from callbacks.export_jobs import NAME, AskedExport, exports_of
from callbacks.jobs import Jobs, JobsAway, new_job
from callbacks.permissions import Permission, needs, who
from callbacks.query import short_text
from callbacks.staff.take_home import file_name
from dashboard.errors import InvalidQuery
from dashboard.exports.forms import form_of
from dashboard.people.chain import Event
from dashboard.store.audit_log import record
from dashboard.store.workspace import Workspace

PAGE = "/our-coalition/take-home"
CHANGED = "What you may see has changed since this export was made. Make it again."


def register_exports(server: Flask, workspace: Workspace) -> None:
    """Add the routes to a server."""
    jobs = exports_of(workspace)

    @server.errorhandler(JobsAway)
    def _away(error: JobsAway) -> tuple[str, int, dict[str, str]]:
        return str(error), 503, {"Content-Type": "text/plain; charset=utf-8"}

    @server.post("/take-home/start")
    @needs(Permission.SEE)
    def _start() -> Response:
        return start(workspace, jobs)

    @server.post("/take-home/<token>/stop")
    @needs(Permission.SEE)
    def _stop(token: str) -> Response:
        jobs.stop(jobs.job(token, who().account))
        return _to(said="stopped")

    @server.get("/take-home/<token>/file")
    @needs(Permission.SEE)
    def _take(token: str) -> Response:
        return take(workspace, jobs, token)


def start(workspace: Workspace, jobs: Jobs) -> Response:
    """Start what was asked for, and show its progress; what cannot be started says why."""
    told = {name: short_text(name, request.form.get(name)) for name in ("form", "within", "as_of", "meeting")}
    asked = {name: value for name, value in told.items() if name != "form" and value}
    form = form_of(told["form"])
    try:
        seen = workspace.reader(told["as_of"]).gate.asking.name
    except InvalidQuery:
        return _to(said="day")
    wanted = AskedExport(form.id, told["within"], told["as_of"], told["meeting"], seen)
    try:
        job = jobs.start(new_job(NAME, who(), wanted.arguments))
    except JobsAway:
        return _to(**asked, said="away")
    return _to(**asked, export=job.token) if job else _to(**asked, said="busy")


def take(workspace: Workspace, jobs: Jobs, token: str) -> Response:
    """The finished file, to whoever asked for it, as long as they may see what is in it; the audit log notes it."""
    job = jobs.job(token, who().account)
    asked = AskedExport.of(job)
    if workspace.reader(asked.as_of).gate.asking.name != asked.seen:
        jobs.stop(job)
        raise InvalidQuery(CHANGED)
    file = jobs.file(job)
    told = " ".join(filter(None, (asked.within or "home", asked.as_of, asked.meeting)))
    record(workspace.engine, Event("export", asked.form, told=told))
    answer = send_file(file, form_of(asked.form).mimetype, as_attachment=True, download_name=file_name(asked),
                       max_age=0)  # fmt: skip
    answer.content_length = jobs.progress(job).size
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _to(**named: str) -> Response:
    return redirect(f"{PAGE}?{urlencode(named)}", code=303)
