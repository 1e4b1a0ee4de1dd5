"""What the page Take it home says: which forms there are, and how far an export is."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.figures.words import number
from dashboard.views.choices import Choice

HEADLINE = "What was said in the room, to take home."
LEAD = (
    "Each form says the same numbers as the screen, with date, sources, notes and the four states. It holds what your "
    "account may see and no more; pass it on to people who may see as much."
)


@dataclass(frozen=True)
class Offer:
    """One form that can be made."""

    id: str
    name: str
    what: str


@dataclass(frozen=True)
class Export:
    """An export on its way: `share` 0 to 1; `size` in bytes once it is there; `fault` says why there is none."""

    token: str
    name: str
    file_name: str
    said: str = ""
    share: float = 0.0
    size: int = 0
    fault: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more is to be waited for."""
        return bool(self.size or self.fault)

    @property
    def sentence(self) -> str:
        """How far it is, in one sentence."""
        if self.fault:
            return f"{self.name}: {self.fault}"
        if self.size:
            return f"{self.name}: ready, {number(max(1, round(self.size / 1024)))} kB. It is deleted within the hour."
        return f"{self.name}: {self.said[:1].lower()}{self.said[1:]} …"


@dataclass(frozen=True)
class TakeHome:
    """The page: forms, menus, what was asked for, an export on its way, and what was just said ("" for nothing)."""

    offers: tuple[Offer, ...]
    areas: tuple[Choice, ...] = ()
    meetings: tuple[Choice, ...] = ()
    within: str = ""
    as_of: str = ""
    meeting: str = ""
    export: Export | None = None
    said: str = ""
    figures: tuple[tuple[str, str], ...] = ()
