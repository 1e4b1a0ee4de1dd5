"""What people post about registers: an entry that is new or changed, one that is taken away, and sheets to fill in.

Native forms: answered with a redirect to the register, or with the form again and every fault in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from flask import Flask, Response, make_response, redirect, request
from werkzeug.wrappers import Response as Answer

from callbacks.own_coalitions import coalition_of
from callbacks.permissions import Permission, needs, require, who
from callbacks.sign_in import now, plain
from dashboard.errors import InvalidQuery, SavedMeanwhile
from dashboard.registers import Entry, Register, read_entry, register
from dashboard.store.registers import entries, remove_entry, save_entry
from dashboard.store.workspace import Workspace
from dashboard.views.registers_page import ReaderNames, address, options, template_csv, written
from layouts.staff.meeting_form import Field, FormPage, build_form, hidden

REFUSED = 422
NO_COALITION = "-"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GONE = "remove"


def register_register_posts(server: Flask, workspace: Workspace, *, css: str) -> None:
    """Add the routes to a server; `css` is the address of the style sheet."""

    @server.get("/registers/<coalition>/<kept>")
    @needs(Permission.KEEP)
    def _register_form(coalition: str, kept: str) -> Response:
        coalition = allowed(workspace, coalition)
        found = _entry(workspace, coalition, register(kept), request.args.get("entry", ""))
        return plain(build_form(css, form(workspace, coalition, register(kept), found), ""))

    @server.post("/registers/<coalition>/<kept>")
    @needs(Permission.KEEP)
    def _register_post(coalition: str, kept: str) -> Answer:
        coalition = allowed(workspace, coalition)
        return answer(workspace, coalition, register(kept), css)

    @server.get("/registers/templates/<kept>.csv")
    @needs(Permission.SEE)
    def _template_csv(kept: str) -> Response:
        return _sheet(template_csv(register(kept)).encode(), f"{register(kept).id}.csv", "text/csv; charset=utf-8")

    @server.get("/registers/templates/<kept>.xlsx")
    @needs(Permission.SEE)
    def _template_book(kept: str) -> Response:
        from data_loaders.register_template import template_book

        return _sheet(template_book(register(kept)), f"{register(kept).id}.xlsx", BOOK)


def allowed(workspace: Workspace, coalition: str) -> str:
    """The coalition of an address, for whom it may be changed; NotAllowed or InvalidQuery otherwise."""
    named = "" if coalition == NO_COALITION else coalition
    require(Permission.KEEP, coalition=named)
    coalition_of(workspace.reader(), named)
    return named


def answer(workspace: Workspace, coalition: str, kept: Register, css: str) -> Answer:
    """Save what was written, or take it away; what is wrong with it is said beside the form."""
    told = {name: text for name, text in request.form.items() if isinstance(text, str)}
    try:
        _change(workspace, coalition, kept, told)
    except (InvalidQuery, SavedMeanwhile) as error:
        found = _entry(workspace, coalition, kept, told.get("was", ""))
        return plain(build_form(css, form(workspace, coalition, kept, found, told=told), str(error)), REFUSED)
    return redirect(address(kept.id, coalition), 303)


def _change(workspace: Workspace, coalition: str, kept: Register, told: Mapping[str, str]) -> None:
    names = ReaderNames(workspace.reader(), coalition)
    entry, faults = read_entry(kept, told, names, coalition=coalition)
    version = told.get("version", "")
    opened_at = int(version) if version.isdecimal() and version.isascii() and len(version) < 9 else 0
    why = " ".join(told.get("why", "").split())[:400]
    if told.get("what") == GONE:
        gone = Entry(kept.id, told.get("was", ""), coalition, {}, opened_at)
        remove_entry(workspace.engine, gone, who=who().account, why=why, now=now())
        return
    if faults:
        raise InvalidQuery(" ".join(f"{kept.column(fault.column).label}: {fault.rule} {fault.fix}" for fault in faults))
    saved = Entry(entry.register, entry.id, coalition, entry.values, opened_at)
    was = told.get("was", "") if opened_at else ""
    save_entry(workspace.engine, saved, who=who().account, why=why, now=now(), instead_of=was)


def form(
    workspace: Workspace, coalition: str, kept: Register, found: Entry | None, *, told: Mapping[str, str] | None = None
) -> FormPage:
    """The form of an entry (None: a new one) as the store has it, or as it was typed."""
    reader = workspace.reader()
    fields = [
        _field(column.name, f"{column.label}{'' if column.needed else ' (if known)'}", column.kind,
               (told or {}).get(column.name, written(column, found)), options(reader, column, coalition))
        for column in kept.columns
    ]  # fmt: skip
    fields.append(Field("why", "Why (for the history)", value=(told or {}).get("why", ""), most=400))
    if found:
        fields.append(Field("what", "Keep or take away", "choice", "",
                            (("", "Save the changes"), (GONE, "Take this entry away"))))  # fmt: skip
    version = (told or {}).get("version", str(found.version) if found else "")
    headline = f"{kept.title}: {'change' if found else 'add'} one {kept.one}"
    return FormPage(
        title=kept.title, headline=headline, sentences=(kept.about,),
        action=f"/registers/{quote(coalition) or NO_COALITION}/{kept.id}", save="Save",
        back=address(kept.id, coalition),
        fields=(*fields, *hidden(version=version, was=found.id if found else "")),
    )  # fmt: skip


def _field(name: str, label: str, kind: str, value: str, offered: list[tuple[str, str]]) -> Field:
    if offered:
        return Field(name, label, "choice", value, tuple(offered))
    return Field(name, label, "day" if kind == "day" else "line", value, most=400)


def _entry(workspace: Workspace, coalition: str, kept: Register, id_: str) -> Entry | None:
    """The entry that an address names; None for a new one; InvalidQuery when it is not there any more."""
    if not id_:
        return None
    found = [entry for entry in entries(workspace.engine, coalition, kept.id) if entry.id == id_]
    if not found:
        raise InvalidQuery("This entry is not in the register any more.")
    return found[0]


def _sheet(body: bytes, name: str, kind: str) -> Response:
    answered = make_response(body)
    answered.headers["Content-Type"] = kind
    answered.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answered
