"""The desks of all partners: what waits for each, what it would do, and saving it."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from weakref import WeakKeyDictionary

from callbacks.permissions import Permission, may, who
from callbacks.quarantine import Quarantine, Waiting
from dashboard.errors import InvalidQuery
from dashboard.store.partner_files import save
from dashboard.store.workspace import Workspace
from dashboard.views.choices import Choice
from data_loaders.entered import Form
from data_loaders.partner_desk import Desk, Looked, told_changes
from data_loaders.standing import Standing

_making = threading.Lock()
_made: WeakKeyDictionary[Workspace, PartnerDesks] = WeakKeyDictionary()


class PartnerDesks:
    """One for each server; what it knows of places is read anew after each load."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.quarantine = Quarantine(workspace.home)
        self._lock = threading.Lock()
        self._standing: tuple[str, Standing] | None = None

    def today(self) -> date:
        """The day on which numbers are brought."""
        return datetime.now(UTC).date()

    def coalition_of(self, partner: str) -> str:
        """The coalition of a partner; InvalidQuery for one that is not in the store."""
        for row in self.workspace.reader().cube.partners:
            if row["id"] == partner:
                return str(row["coalition_id"])
        raise InvalidQuery("There is no such partner in this store.")

    def name_of(self, partner: str) -> str:
        """The name of a partner; its id where it has none."""
        return next(
            (str(row["name"]) for row in self.workspace.reader().cube.partners if row["id"] == partner), partner
        )

    def desk(self, partner: str) -> Desk:
        """The desk of one partner, on the newest numbers."""
        cube = self.workspace.reader().cube
        with self._lock:
            if self._standing is None or self._standing[0] != cube.version:
                self._standing = cube.version, Standing(self.workspace.engine)
            standing = self._standing[1]
        return Desk(self.workspace.engine, cube, partner, standing=standing)

    def look(self, waiting: Waiting, token: str) -> Looked:
        """What waits, understood and held against what holds now."""
        if waiting.refused:
            return Looked(problems=waiting.refused)
        desk = self.desk(waiting.partner)
        if waiting.form is not None:
            told = waiting.form
            rows = tuple((str(town), str(number)) for town, number in told.get("rows", ()))
            form = Form(told["measure"], told["period"], rows, told.get("basis", ""), bool(told.get("none")))
            return desk.numbers(form, today=self.today(), who=self.signed())
        grids = self.quarantine.grids(token)
        return desk.sheet(grids, waiting.name, waiting.digest, today=self.today(), who=self.signed(),
                          answers=waiting.answers)  # fmt: skip

    def seen(self, looked: Looked) -> str:
        """Names what would be done: saving asks for the very thing that was looked at."""
        found = looked.found
        told = repr((found.added, found.changed, found.withdrawn, found.unchanged))
        return hashlib.sha256(told.encode()).hexdigest()[:24]

    def save(self, looked: Looked, word: str) -> int:
        """Save what was looked at; the number of its load."""
        assert looked.brought is not None
        brought = replace(looked.brought, word=word, changes=told_changes(looked))
        desk = self.desk(brought.partner)
        done = save(self.workspace.engine, brought, desk.card, datetime.now(UTC).replace(tzinfo=None))
        self.workspace.refresh()
        return done.load_id

    def template(self, partner: str) -> bytes:
        """A workbook with drop-downs for this partner's towns, months and measures."""
        return self.desk(partner).template(self.today())

    def signed(self) -> str:
        """Whoever brings, as the history names them."""
        return who().name or who().account


def desks_of(workspace: Workspace) -> PartnerDesks:
    """The desks of a workspace, made once."""
    with _making:
        return _made.setdefault(workspace, PartnerDesks(workspace))


def mine(workspace: Workspace, permission: Permission = Permission.BRING) -> list[Choice]:
    """The partners for whom whoever asks may do this, by name, under their coalition where there are several."""
    reader = workspace.reader()
    names = {row["id"]: str(row["name"]) for row in reader.coalitions}
    found: dict[str, list[Choice]] = {}
    for row in sorted(reader.cube.partners, key=lambda row: str(row["name"])):
        partner = row["id"] if permission is Permission.BRING else None
        if may(permission, coalition=row["coalition_id"], partner=partner):
            coalition = names.get(row["coalition_id"], "Of no coalition")
            found.setdefault(coalition, []).append(Choice(row["id"], row["name"]))
    if len(found) == 1:
        return next(iter(found.values()))
    return [one for name in sorted(found) for one in (Choice("", name, heading=True), *found[name])]
