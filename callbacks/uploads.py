"""What partners post: a file, answers about it, numbers typed in, "none this month", save, discard and undo.

Native forms: each is answered with a redirect to the page that shows what came of it. Nothing is saved that was not
looked at, except "none this month", which says everything by itself.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, redirect, request
from werkzeug.wrappers import Response as Answer

from callbacks.partner_desks import PartnerDesks
from callbacks.permissions import Permission, needs, require, who
from callbacks.quarantine import Waiting
from callbacks.receiving import receive
from dashboard.errors import InvalidQuery, LoadRefused
from dashboard.store.partner_files import LONGEST_WORD, LaterLoads, one_load, undo
from data_loaders.contract import Problem
from data_loaders.sheets.grid import Grid

PAGE, CHECK = "/bring-numbers/partner", "/bring-numbers/check"
BROUGHT = "brought"
"""How a file is called while it is read: its own name is a text that somebody else wrote."""
AT_ONCE = 2
"""Files read at the same time by one worker; each may take a gigabyte."""
WAIT_SECONDS = 20
READ_SECONDS = 25
MOST_ROWS = 12
BUSY = "Other files are being read just now. Nothing was kept; bring it again in half a minute."
_reading = threading.BoundedSemaphore(AT_ONCE)


def register_uploads(server: Flask, desks: PartnerDesks) -> None:
    """Add the routes to a server."""
    add = server.add_url_rule

    def route(path: str, name: str, view: Callable[..., Answer]) -> None:
        add(path, f"upload-{name}", needs(Permission.BRING)(_bound(desks, view)), methods=["POST"])

    route("/upload/<partner>", "file", bring)
    route("/upload/<partner>/numbers", "numbers", numbers)
    route("/upload/<partner>/none", "none", none)
    route("/upload/<partner>/undo/<int(max=2147483647):load_id>", "undo", take_back)
    route("/upload/<partner>/<token>/answer", "answer", answered)
    route("/upload/<partner>/<token>/save", "save", saved)
    route("/upload/<partner>/<token>/discard", "discard", discarded)

    @server.get("/upload/<partner>/template.xlsx")
    @needs(Permission.BRING)
    def _template(partner: str) -> Response:
        _allowed(desks, partner)
        return template(desks, partner)


def bring(desks: PartnerDesks, partner: str) -> Answer:
    """Take a file in: its cells wait for what its owner says; the file itself is gone when this returns."""
    from data_loaders.sheets.safe import read_grids

    with desks.quarantine.file(BROUGHT) as path:
        name = receive(request, path)
        if not path.is_file() or not path.stat().st_size:
            return _refused(desks, partner, name, "No file was chosen, or it is empty.", "Choose a file first.")
        digest = _digest(path)
        try:
            with _turn():
                grids = named(read_grids(path, seconds=READ_SECONDS), name)
        except LoadRefused as error:
            rule, fix = getattr(error, "rule", str(error)), getattr(error, "fix", "")
            return _refused(desks, partner, name, rule, fix)
    looked = desks.desk(partner).sheet(grids, name, digest, today=desks.today())
    if looked.problems and looked.proposal is None:
        return _to(CHECK, partner, file=desks.quarantine.keep(
            Waiting(partner, who().account, name, refused=looked.problems)))  # fmt: skip
    token = desks.quarantine.keep(Waiting(partner, who().account, name, digest), grids)
    return _to(CHECK, partner, file=token)


def numbers(desks: PartnerDesks, partner: str) -> Answer:
    """Take in what somebody typed; it is looked at before it is saved."""
    told = _texts()
    rows = [[told.get(f"town{n}", ""), told.get(f"number{n}", "")] for n in range(1, MOST_ROWS + 1)]
    form = {"measure": told.get("measure", ""), "period": told.get("period", ""), "basis": told.get("basis", ""),
            "rows": [row for row in rows if any(text.strip() for text in row)]}  # fmt: skip
    token = desks.quarantine.keep(Waiting(partner, who().account, "typed in", form=form))
    return _to(CHECK, partner, file=token)


def none(desks: PartnerDesks, partner: str) -> Answer:
    """Save a true zero of one measure and month at once; what stands in the way is shown instead."""
    told = _texts()
    form = {"measure": told.get("measure", ""), "period": told.get("period", ""), "none": True}
    waiting = Waiting(partner, who().account, "none this month", form=form)
    looked = desks.look(waiting, "")
    if looked.brought is None or not looked.found.any:
        return _to(CHECK, partner, file=desks.quarantine.keep(waiting))
    return _to(PAGE, partner, saved=str(desks.save(looked, "")))


def answered(desks: PartnerDesks, partner: str, token: str) -> Answer:
    """Keep answers about a sheet."""
    waiting = _waiting(desks, partner, token)
    desks.quarantine.answer(token, waiting, {name[2:]: value for name, value in _texts().items() if name[:2] == "q."})
    return _to(CHECK, partner, file=token)


def saved(desks: PartnerDesks, partner: str, token: str) -> Answer:
    """Save what was looked at, or show it again where it has changed since or a word is missing."""
    told = _texts()
    looked = desks.look(_waiting(desks, partner, token), token)
    word = told.get("word", "").strip()[:LONGEST_WORD]
    if looked.brought is None or not looked.found.any:
        return _to(CHECK, partner, file=token)
    if desks.seen(looked) != told.get("seen", ""):
        return _to(CHECK, partner, file=token, said="changed")
    if looked.surprising and not word:
        return _to(CHECK, partner, file=token, said="word")
    number = desks.save(looked, word)
    desks.quarantine.discard(token)
    return _to(PAGE, partner, saved=str(number))


def discarded(desks: PartnerDesks, partner: str, token: str) -> Answer:
    """Forget what was brought."""
    _waiting(desks, partner, token)
    desks.quarantine.discard(token)
    return _to(PAGE, partner)


def take_back(desks: PartnerDesks, partner: str, load_id: int) -> Answer:
    """Undo a load; a later one that stands on it is told of first."""
    engine = desks.workspace.engine
    if one_load(engine, load_id).partner != partner:
        raise InvalidQuery(f"Load {load_id} is not one of this partner's.")
    told = _texts()
    anyway = told.get("anyway") == "yes"
    try:
        undo(engine, load_id, who=desks.signed(), why=told.get("why", ""), now=_now(), anyway=anyway)
    except LaterLoads:
        return _to(PAGE, partner, later=str(load_id))
    except InvalidQuery:  # undone already
        if anyway:
            raise
        return _to(PAGE, partner)
    desks.workspace.refresh()
    return _to(PAGE, partner, undone=str(load_id))


def template(desks: PartnerDesks, partner: str) -> Response:
    """The partner's own template."""
    body = desks.template(partner)
    response = Response(body, mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response.headers["Content-Disposition"] = f'attachment; filename="numbers-{partner}.xlsx"'
    return response


def named(grids: list[Grid], name: str) -> list[Grid]:
    """The sheets; the one sheet of a text table goes by the name of its file."""
    return [replace(grid, sheet=Path(name).stem or "table") if grid.sheet == BROUGHT else grid for grid in grids]


def _bound(desks: PartnerDesks, view: Callable[..., Answer]) -> Callable[..., Answer]:
    def bound(partner: str, **named: Any) -> Answer:
        _allowed(desks, partner)
        return view(desks, partner, **named)

    return bound


def _allowed(desks: PartnerDesks, partner: str) -> None:
    """Refuse whoever may not bring this partner's numbers; a partner that does not exist is refused alike."""
    require(Permission.BRING, coalition=desks.coalition_of(partner), partner=partner)


def _waiting(desks: PartnerDesks, partner: str, token: str) -> Waiting:
    waiting = desks.quarantine.waiting(token, who().account)
    if waiting.partner != partner:
        raise InvalidQuery("This file was brought for another partner.")
    return waiting


@contextmanager
def _turn() -> Iterator[None]:
    if not _reading.acquire(timeout=WAIT_SECONDS):
        abort(503, BUSY)
    try:
        yield
    finally:
        _reading.release()


def _refused(desks: PartnerDesks, partner: str, name: str, rule: str, fix: str) -> Answer:
    waiting = Waiting(partner, who().account, name, refused=(Problem(name, rule, fix),))
    return _to(CHECK, partner, file=desks.quarantine.keep(waiting))


def _texts() -> Mapping[str, str]:
    """The fields of a form and of the address it was posted to; one that is named twice counts once."""
    return {**request.args.to_dict(), **request.form.to_dict()}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to(page: str, partner: str, **named: str) -> Answer:
    return redirect(f"{page}?{urlencode({'partner': partner, **named})}", code=303)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
