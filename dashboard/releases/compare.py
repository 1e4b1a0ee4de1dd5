"""What changed between two releases, from their files alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain import State
from dashboard.releases.reading import ReleaseReader
from dashboard.releases.release import PublicText, TableKey

SHOWN = (State.VALUE, State.UNSTABLE)


@dataclass(frozen=True)
class Change:
    """A cell that says something else than before; None where it showed no number."""

    table: TableKey
    geoid: str
    place: str
    before: float | None
    now: float | None


@dataclass(frozen=True)
class Comparison:
    """Tables that came and went, and cells that were revised, newly hidden or newly shown."""

    added: Sequence[TableKey]
    dropped: Sequence[TableKey]
    revised: Sequence[Change]
    newly_hidden: Sequence[Change]
    newly_shown: Sequence[Change]
    texts_added: Sequence[PublicText] = ()
    texts_dropped: Sequence[PublicText] = ()

    @property
    def sentences(self) -> list[str]:
        """What changed, in words."""
        counted = (
            (self.added, "table is new", "tables are new"),
            (self.dropped, "table is gone", "tables are gone"),
            (self.revised, "number was revised by its source", "numbers were revised by their sources"),
            (self.newly_hidden, "number is hidden that was shown", "numbers are hidden that were shown"),
            (self.newly_shown, "number is shown that was hidden", "numbers are shown that were hidden"),
            (self.texts_added, "text is new or worded anew", "texts are new or worded anew"),
            (self.texts_dropped, "text is gone or worded anew", "texts are gone or worded anew"),
        )
        said = [f"{len(found):,} {one if len(found) == 1 else many}." for found, one, many in counted if found]
        return said or ["Nothing changed."]


def compare(before: ReleaseReader, now: ReleaseReader) -> Comparison:
    """The changes from one release to another."""
    old, new = set(before.tables), set(now.tables)
    changes = [change for table in now.tables if table in old for change in _changes(before, now, table)]
    return Comparison(
        [table for table in now.tables if table not in old],
        [table for table in before.tables if table not in new],
        [each for each in changes if each.before is not None and each.now is not None],
        [each for each in changes if each.now is None],
        [each for each in changes if each.before is None],
        [text for text in now.texts if text not in before.texts],
        [text for text in before.texts if text not in now.texts],
    )


def _changes(before: ReleaseReader, now: ReleaseReader, table: TableKey) -> list[Change]:
    """Cells whose number or hiding differs; what nobody reported on either side is no change."""
    old, names = _numbers(before, table)
    new, now_names = _numbers(now, table)
    names |= now_names
    return [Change(table, geoid, names[geoid], old[geoid], new[geoid])
            for geoid in new if geoid in old and old[geoid] != new[geoid]]  # fmt: skip


def _numbers(release: ReleaseReader, table: TableKey) -> tuple[dict[str, float | None], dict[str, str]]:
    cells = release.cells(table)
    rows = zip(cells.geoid, cells.numerator.tolist(), cells.state, strict=True)
    told = {geoid: number if state in SHOWN else None for geoid, number, state in rows if state != State.NOT_REPORTED}
    return told, dict(zip(cells.geoid, cells.place, strict=True))
