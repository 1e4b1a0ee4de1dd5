"""The registers that there are, read from registers.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboard.errors import DefinitionError, InvalidQuery

FILE = Path(__file__).with_name("registers.toml")
KINDS = frozenset({"text", "choice", "town", "partner", "day", "money", "count"})


@dataclass(frozen=True)
class Column:
    """One column: how its cells are written, and whether every row needs one."""

    name: str
    label: str
    kind: str
    needed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """One register; `one` and `many` are what entries are, `key` the columns that make two rows the same entry."""

    id: str
    title: str
    one: str
    many: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def needed(self) -> tuple[str, ...]:
        """Names of the columns without which a row is refused."""
        return tuple(column.name for column in self.columns if column.needed)

    def column(self, name: str) -> Column:
        """A column by name."""
        return next(column for column in self.columns if column.name == name)


@cache
def registers() -> Mapping[str, Register]:
    """Every register by id, in the order of the file; DefinitionError when the file is wrong."""
    return {id_: _register(id_, entry) for id_, entry in tomllib.loads(FILE.read_text("utf-8")).items()}


def register(id_: str) -> Register:
    """The register with this id; InvalidQuery names those there are."""
    found = registers().get(id_)
    if found is None:
        raise InvalidQuery(f"There is no register '{id_[:60]}'. Registers: {', '.join(registers())}.")
    return found


def _register(id_: str, entry: dict[str, object]) -> Register:
    told = dict(entry)
    written = told.pop("columns")
    assert isinstance(written, dict)
    try:
        columns = tuple(
            Column(name, **(column | {"choices": tuple(column.get("choices", ()))})) for name, column in written.items()
        )
        key = told.pop("key")
        assert isinstance(key, list)
        found = Register(id=id_, key=tuple(key), columns=columns, **told)  # type: ignore[arg-type]
    except TypeError as error:
        raise DefinitionError(f"{FILE.name}, register {id_}: {error}.") from None
    wrong = [column.name for column in columns if column.kind not in KINDS]
    wrong += [name for name in found.key if name not in written]
    if wrong:
        raise DefinitionError(f"{FILE.name}, register {id_}: {', '.join(wrong)} is unknown.")
    return found
